"""Commenting: one address that takes comments from forms and programs, and the page for writing."""

from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.kernel.errors import Denied, Missing, Refused
from consultations.kernel.forms import check
from consultations.kernel.middleware import wants_json
from consultations.kernel.paging import after_of
from consultations.kernel.rates import check_rate
from consultations.proceedings.models import Consultation
from consultations.proceedings.queries import (
    current_drafts,
    get_consultation,
    get_consultation_to_write,
)
from consultations.proceedings.rules import check_takes_comments, takes_comments
from consultations.threads import keeping
from consultations.threads.actions import PostedComment, TokenReused, post_comment
from consultations.threads.contributions import contribution, same_space
from consultations.threads.forms import CommentForm
from consultations.threads.models import Comment
from consultations.threads.moving import QUOTE, moved, without_words
from consultations.threads.queries.composing import Place, place_of
from consultations.threads.rules import DraftReplaced
from consultations.threads.sending import to_post, with_chosen_words
from consultations.threads.sentences import Choice, choices


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request, slug):
    """Takes a comment. Answers programs with JSON, forms with a redirect or with the form again."""
    is_program = request.method == "POST" and wants_json(request)
    load = get_consultation_to_write if is_program else get_consultation
    consultation = load(slug, request.user)
    if request.method != "POST":  # somebody came back to the address of a form
        return HttpResponseRedirect(consultation.get_absolute_url())
    answer = _answer_program if is_program else _answer_person
    sent = with_chosen_words(request.POST.dict())
    response = answer(request, consultation, CommentForm(sent))
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response


@never_cache
@require_safe
def compose(request, slug):
    """The page for writing: without JavaScript, and for visitors, who sign in when they send."""
    consultation = get_consultation(slug, request.user)
    wording, parent = (after_of(request.GET.get(name)) for name in ("wording", "parent"))
    place = place_of(consultation, wording, parent)
    initial = {"wording": place.words_id, "parent": parent, "token": uuid4()}
    # Words that were selected on another page come along in the address.
    initial |= {name: request.GET.get(name, "") for name in QUOTE}
    if proposed := request.GET.get("proposed_text", ""):
        initial |= {"proposed_text": proposed, "proposed_from": "quote"}
    elif place.words:
        initial |= {"proposed_text": place.words.plain, "proposed_from": "clause"}
    where = {"wording": place.wording and place.wording.pk, "parent": parent}
    initial |= keeping.kept_for(request.session, slug, where)
    if place.is_replaced:
        initial = moved(initial, place)
    return _page(request, consultation, CommentForm(initial=initial), place)


def _answer_program(request, consultation: Consultation, form: CommentForm) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Denied(_("Sign in, then send your comment again."), code="not_signed_in")
    try:
        comment = _post(request, consultation, form).comment
    except (DraftReplaced, TokenReused) as refusal:
        return JsonResponse(_with_remedy(refusal), status=refusal.status)
    return JsonResponse(
        {"id": comment.number, "seq": comment.seq, "state": comment.state},
        status=201,
        headers={"Location": comment.get_absolute_url()},
    )


def _answer_person(request, consultation: Consultation, form: CommentForm) -> HttpResponse:
    try:
        if not request.user.is_authenticated:
            return _keep_and_sign_in(request, consultation, form)
        posted = _post(request, consultation, form)
    except Refused as refusal:
        return _form_again(request, consultation, form, refusal)
    messages.success(request, _("Your comment %s is published.") % posted.comment)
    return _see_other(_place_in_page(consultation, posted.comment))


def _post(request, consultation: Consultation, form: CommentForm) -> PostedComment:
    check_rate(request, "comment")
    sent = check(form)
    posted = post_comment(
        actor=request.user,
        consultation=consultation,
        language=get_language(),
        at=timezone.now(),
        **to_post(form.contribution(), sent["proposed_from"]),
    )
    keeping.forget(request.session, consultation.slug)
    return posted


def _keep_and_sign_in(request, consultation: Consultation, form: CommentForm) -> HttpResponse:
    """What can be told to be wrong is told now, not after signing in."""
    sent = check(form)
    said = to_post(form.contribution(), sent["proposed_from"])
    contribution(**{name: said[name] for name in ("stance", "body", "proposed_text", "quote")})
    check_takes_comments(consultation, occurred_at=timezone.now())
    keeping.keep(request.session, consultation.slug, sent)
    place = {name: sent[name] for name in ("wording", "parent") if sent[name]}
    back = reverse("compose", args=[consultation.slug])
    back = f"{back}?{urlencode(place)}" if place else back
    return _see_other(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


def _form_again(
    request, consultation: Consultation, form: CommentForm, refusal: Refused
) -> HttpResponse:
    """The form with all that was typed, and what is wrong with it."""
    data, place = dict(form.data), Place()
    try:
        numbers = (after_of(data.get(name)) for name in ("wording", "parent"))
        place = place_of(consultation, *numbers)
    except Missing:
        data = without_words(data)
    if isinstance(refusal, DraftReplaced):
        data = moved(data, place)
    if isinstance(refusal, DraftReplaced | TokenReused):
        data["token"] = uuid4()
    again = CommentForm(data)
    again.is_valid()
    _add_errors(again, refusal)
    response = _page(request, consultation, again, place, status=refusal.status)
    if seconds := getattr(refusal, "retry_after_seconds", None):
        response["Retry-After"] = str(seconds)
    return response


def _add_errors(form: CommentForm, refusal: Refused) -> None:
    """What is wrong with a field that cannot be seen is said above the form."""
    hidden = {bound.name for bound in form.hidden_fields()} - {"quote_exact"}
    found = {name: list(errors) for name, errors in form.errors.items()} | refusal.errors
    form.errors.clear()
    for name, sentences_ in found.items():
        is_seen = name in form.fields and name not in hidden
        for sentence in sentences_:
            form.add_error(name if is_seen else None, sentence)


def _page(
    request, consultation: Consultation, form: CommentForm, place: Place, status: int = 200
) -> HttpResponse:
    parent = place.parent if not place.is_replaced else None
    context = {
        "page_title": _heading(place, parent),
        "consultation": consultation,
        "form": form,
        "place": place,
        "wording": place.words,
        "parent": parent,
        "passages": [] if parent else _passages(form, place),
        "proposes": _proposes(form, place),
        "takes_comments": takes_comments(consultation, at=timezone.now()),
        # The other language's page would not have what was typed.
        "language_switch": not form.is_bound,
    }
    return render(request, "threads/compose.html", context, status=status)


def _heading(place: Place, parent: Comment | None) -> str:
    if parent is not None:
        return _("Reply to %s") % parent
    if place.words is not None:
        return _("Comment on clause %s") % place.label
    return _("Comment on the consultation as a whole")


def _passages(form: CommentForm, place: Place) -> list[Choice]:
    """The sentences to choose from; words selected before too."""
    if place.words is None:
        return []
    return choices(place.words.plain, *(str(form[name].value() or "") for name in QUOTE))


def _proposes(form: CommentForm, place: Place) -> bool:
    """Whether the field for other words is wanted already, so that it stands open."""
    proposed = form["proposed_text"].value() or ""
    present = place.words.plain if place.words else ""
    return bool(proposed) and same_space(proposed) != same_space(present)


def _with_remedy(refusal: DraftReplaced | TokenReused) -> dict:
    """What a program needs to send the text again: the words that stand there now, a new token."""
    found = {"errors": refusal.errors, "code": refusal.code, "token": str(uuid4())}
    if isinstance(refusal, TokenReused):
        return found
    old, new = refusal.old, refusal.new
    return found | {
        "wordings": {
            "old": {"id": old.pk, "label": old.placement.label, "text": old.plain},
            "new": new and {"id": new.wording_id, "label": new.label, "text": new.plain},
        }
    }


def _place_in_page(consultation: Consultation, comment: Comment) -> str:
    """Back to where it was written; where that page may not show it, to its own address."""
    is_shown = comment.parent_id is None and len(current_drafts(consultation)) <= 1
    page = consultation if is_shown else comment
    return f"{page.get_absolute_url()}#m-{comment.number}"


def _see_other(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})
