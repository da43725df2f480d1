"""From the editor to the next gate: what is missing, and finalising where nothing is."""

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.middleware import wants_json
from consultations.standards import actions
from consultations.standards.enums import RevisionState
from consultations.standards.gates import Gate, consulting, lacks, publication
from consultations.standards.queries.drafting import unsaved_by_others
from consultations.standards.rules import can_publish
from consultations.standards.views.drafting.loading import Desk, load_draft


@never_cache
def publish(request, agency, service):
    desk = load_draft(request, agency, service)
    missing = lacks(publication, desk.draft)
    # The action asks the gate again under its lock; what closed it in between is a plain conflict.
    if request.method == "POST" and (not missing or wants_json(request)):
        actions.publish_revision(
            actor=request.user,
            revision=desk.draft,
            state=RevisionState.FINALISED,
            at=desk.at,
        )
        messages.success(
            request,
            _("Revision %d is finalised. A decree brings it into force.") % desk.draft.number,
        )
        return desk.to("revision", desk.draft.number)
    return desk.page(
        "publish",
        "publish",
        status=409 if request.method == "POST" else 200,
        gate=_gate(desk),
        lacks=missing,
        form=forms.Form(),
        ways=[way for find in consulting for way in find(desk.draft)],
        colleagues=unsaved_by_others(desk.draft, request.user),
    )


def _gate(desk: Desk) -> Gate:
    return Gate(
        "finalise",
        _("Finalise"),
        _("Finalise the draft"),
        [
            _("The draft is published as revision %d; its words never change again.")
            % desk.draft.number,
            _("It does not hold yet: a decree brings it into force."),
            _("What should still be discussed in public is put into a consultation instead."),
        ],
        can_publish(desk.user, desk.standard.service.agency, on=desk.on),
    )
