"""The entries of a consultation's record in words, from what the entry itself says.

Nothing is read but the entry, so a hidden or erased text cannot come back through the record.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.meetings.enums import AgreementResult
from consultations.outcomes.enums import Disposition
from consultations.proceedings.enums import Source
from consultations.threads.enums import ConductRule


@dataclass(frozen=True)
class Sentence:
    text: str
    url: str = ""


Writer = Callable[[str, dict], Sentence]
_WRITERS: dict[str, Writer] = {}


def in_words(slug: str, type: str, data: dict) -> Sentence:
    """What happened; a type that nobody has words for is named as it is."""
    return _WRITERS[type](slug, data) if type in _WRITERS else Sentence(type)


def actor_in_words(actor: str, posts: dict[int, str]) -> str:
    """Who did it: a participant by number, an official by post, or the program."""
    kind, _colon, number = actor.partition(":")
    if kind == "participant":
        return _("participant %(number)s") % {"number": number}
    if kind == "post" and number.isdigit():
        return posts.get(int(number), actor)
    return {"system": _("the program"), "operator": _("the operator of the site")}.get(kind, actor)


def _writes(*types: str):
    def register(writer: Writer) -> Writer:
        _WRITERS.update(dict.fromkeys(types, writer))
        return writer

    return register


def _comment(slug: str, number: int) -> str:
    return reverse("comment", args=[slug, number])


def comment_name(number: int) -> str:
    return f"M-{number:04d}"


@_writes("consultation.opened")
def _opened(slug: str, data: dict) -> Sentence:
    return Sentence(_("The consultation was opened."), reverse("consultation", args=[slug]))


@_writes("consultation.closed")
def _closed(slug: str, data: dict) -> Sentence:
    return Sentence(_("The consultation was closed for comments."))


@_writes("consultation.concluded")
def _concluded(slug: str, data: dict) -> Sentence:
    return Sentence(_("The consultation was concluded: every comment has an official answer."))


@_writes("draft.opened")
def _draft(slug: str, data: dict) -> Sentence:
    return Sentence(_("A draft was put before the public."), reverse("consultation", args=[slug]))


@_writes("draft.replaced")
def _replaced(slug: str, data: dict) -> Sentence:
    return Sentence(
        _("A new draft took the place of the one before."), reverse("consultation", args=[slug])
    )


@_writes("comment.posted")
def _posted(slug: str, data: dict) -> Sentence:
    values = {"comment": comment_name(data["number"]), "clause": data.get("clause", "")}
    if data.get("parent"):
        values["parent"] = comment_name(data["parent"])
        text = _("%(comment)s was published, a reply to %(parent)s")
    elif values["clause"]:
        text = _("%(comment)s was published, on clause %(clause)s")
    else:
        text = _("%(comment)s was published, on the consultation as a whole")
    text %= values
    source = data.get("source", Source.ONLINE)
    if source != Source.ONLINE and source in Source.values:
        text = f"{text} ({Source(source).label})"
    return Sentence(f"{text}.", _comment(slug, data["number"]))


@_writes("comment.hidden")
def _hidden(slug: str, data: dict) -> Sentence:
    rule = data.get("rule", "")
    reason = ConductRule(rule).label if rule in ConductRule.values else rule
    text = _("%(comment)s was hidden: it %(reason)s.")
    values = {"comment": comment_name(data["number"]), "reason": reason}
    return Sentence(text % values, _comment(slug, data["number"]))


@_writes("comment.shown")
def _shown(slug: str, data: dict) -> Sentence:
    text = _("%(comment)s was shown again.") % {"comment": comment_name(data["number"])}
    return Sentence(text, _comment(slug, data["number"]))


@_writes("comment.erased")
def _erased(slug: str, data: dict) -> Sentence:
    text = _("%(comment)s was erased by its author's right.")
    return Sentence(text % {"comment": comment_name(data["number"])})


@_writes("meeting.planned")
def _planned(slug: str, data: dict) -> Sentence:
    text = _("Session %(number)d was planned.") % {"number": data["meeting"]}
    return Sentence(text, _meeting(slug, data))


@_writes("meeting.opened")
def _begun(slug: str, data: dict) -> Sentence:
    text = _("Session %(number)d began.") % {"number": data["meeting"]}
    return Sentence(text, _meeting(slug, data))


@_writes("meeting.closed")
def _ended(slug: str, data: dict) -> Sentence:
    text = _("Session %(number)d ended.") % {"number": data["meeting"]}
    return Sentence(text, _meeting(slug, data))


@_writes("item.opened")
def _item(slug: str, data: dict) -> Sentence:
    text = _("Item %(item)d of session %(number)d was put on the table.")
    return Sentence(text % _place(data), _meeting(slug, data))


@_writes("agreement.recorded")
def _agreement(slug: str, data: dict) -> Sentence:
    result = data.get("result", "")
    label = AgreementResult(result).label if result in AgreementResult.values else result
    text = _("The room on item %(item)d of session %(number)d: %(result)s.")
    return Sentence(text % (_place(data) | {"result": label}), _meeting(slug, data))


@_writes("outcome.recorded")
def _outcome(slug: str, data: dict) -> Sentence:
    disposition, answers = data["disposition"], data.get("answers", [])
    known = disposition in Disposition.values
    text = ngettext(
        "H-%(number)d answered %(n)d comment: %(disposition)s.",
        "H-%(number)d answered %(n)d comments: %(disposition)s.",
        len(answers),
    )
    values = {
        "number": data["number"],
        "n": len(answers),
        "disposition": Disposition(disposition).label if known else disposition,
    }
    return Sentence(text % values, _outcome_url(slug, data))


@_writes("outcome.reverted")
def _reverted(slug: str, data: dict) -> Sentence:
    text = _("H-%(number)d was taken back.") % {"number": data["number"]}
    return Sentence(text, _outcome_url(slug, data))


@_writes("log.restored")
def _epoch(slug: str, data: dict) -> Sentence:
    return Sentence(_("The record was restored from a backup and goes on from here."))


def _place(data: dict) -> dict[str, int]:
    return {"item": data["position"], "number": data["meeting"]}


def _meeting(slug: str, data: dict) -> str:
    return reverse("meeting", args=[slug, data["meeting"]])


def _outcome_url(slug: str, data: dict) -> str:
    return f"{reverse('outcomes', args=[slug])}#h-{data['number']}"
