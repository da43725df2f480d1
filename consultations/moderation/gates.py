"""What moderation asks before a consultation is concluded (every appeal heard, none cut short),
and where a working draft is put before the public."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.moderation.queries.cases import appealable, open_appeals
from consultations.proceedings.enums import Stage
from consultations.proceedings.gates import conclusion
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.standards.gates import Lack, Way, consulting
from consultations.standards.models import Revision


@conclusion.register("appeals_decided")
def appeals_decided(consultation: Consultation) -> list[Lack]:
    count = open_appeals(consultation).count()
    if not count:
        return []
    message = ngettext("%(count)d appeal is open.", "%(count)d appeals are open.", count)
    return [Lack(message % {"count": count}, _desk(consultation, "appeals"), count)]


@conclusion.register("appeal_time_over")
def appeal_time_over(consultation: Consultation) -> list[Lack]:
    """A gate says what is missing now: the one place beside views that reads the clock."""
    count = appealable(consultation, at=timezone.now()).count()
    if not count:
        return []
    message = ngettext(
        "The time to appeal is still running for %(count)d hidden comment.",
        "The time to appeal is still running for %(count)d hidden comments.",
        count,
    )
    return [Lack(message % {"count": count}, _desk(consultation, "hidden"), count)]


@consulting.register("next_round")
def next_rounds(revision: Revision) -> list[Way]:
    """A further round of each consultation on this standard that is under way."""
    drafts = ConsultationDraft.objects.filter(
        revision__standard=revision.standard_id,
        replaced_by=None,
        consultation__stage__in=Stage.UNDER_WAY,
    ).select_related("consultation")
    return [
        Way(
            _("Open a further round of “%s”") % draft.consultation.title,
            reverse("next_round", args=[draft.consultation.slug]) + f"?draft={draft.position}",
        )
        for draft in drafts
    ]


def _desk(consultation: Consultation, state: str) -> str:
    return reverse("desk", args=[consultation.slug]) + f"?state={state}"
