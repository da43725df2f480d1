"""The working draft as its editor shows it: what changed, what is missing, what is not saved."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.standards.digests import label_key
from consultations.standards.enums import Operation, ReasonKind
from consultations.standards.models import (
    Change,
    Clause,
    ClauseAncestry,
    Placement,
    Revision,
    Standard,
    UnsavedWords,
    Wording,
)
from consultations.standards.queries.documents import (
    Document,
    DocumentClause,
    DocumentComponent,
    placements_of,
    revision_document,
    wording_in,
)
from consultations.standards.queries.register import working_draft


@dataclass(frozen=True)
class DraftClause:
    """A clause of the draft, with what a drafter wants to see beside it."""

    words: DocumentClause
    is_changed: bool
    is_unsaved: bool  # the reader has typed words that are not part of the draft
    untranslated: tuple[str, ...]  # languages in which it has no words

    @property
    def title(self) -> str:
        """Its heading, or how it begins."""
        return self.words.heading or " ".join(self.words.plain.split()[:8])


@dataclass(frozen=True)
class DraftComponent:
    component: DocumentComponent
    clauses: tuple[DraftClause, ...]


@dataclass(frozen=True)
class DraftDocument:
    document: Document
    components: tuple[DraftComponent, ...]

    @property
    def gaps(self) -> list[DocumentComponent]:
        return [part.component for part in self.components if not part.clauses]

    @property
    def clauses(self) -> list[DraftClause]:
        return [clause for part in self.components for clause in part.clauses]


@dataclass(frozen=True)
class LanguageWords:
    """A clause in one language: now, in the revision that the draft is based on, and typed."""

    language: str
    now: Wording | None
    base: Wording | None
    unsaved: UnsavedWords | None

    @property
    def digest(self) -> str:
        return self.now.digest if self.now else ""

    @property
    def is_stale(self) -> bool:
        """What was typed began from words that are others by now."""
        return bool(self.unsaved and self.unsaved.base_digest != self.digest)


@dataclass(frozen=True)
class ClauseInDraft:
    draft: Revision
    placement: Placement
    languages: tuple[LanguageWords, ...]
    changes: tuple[Change, ...]  # the newest first, the reverted ones too
    previous: Placement | None
    next: Placement | None

    @property
    def first(self) -> LanguageWords:
        """In the language in which standards are law."""
        return self.languages[0]

    @property
    def unsaved(self) -> list[LanguageWords]:
        return [words for words in self.languages if words.unsaved]


def languages() -> list[str]:
    """The site's, the one in which standards are law first."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE)


def get_draft(standard: Standard) -> Revision:
    """The working draft, with what it is based on; raises Missing."""
    found = working_draft(standard)
    if found is None:
        raise Missing(_("There is no working draft of this standard. Start one first."))
    found.standard = standard
    return found


def draft_document(draft: Revision, user, language: str) -> DraftDocument:
    """Seven queries, whatever the size."""
    document = revision_document(draft, language)
    changes = draft.changes.filter(reverted_at=None)
    changed = set(changes.values_list("clause_id", flat=True))
    made = ClauseAncestry.objects.filter(revision=draft)
    changed |= set(made.values_list("descendant_id", flat=True))
    unsaved = _unsaved_clauses(draft, user)
    translated = _translated(draft)
    components = tuple(
        DraftComponent(
            component,
            tuple(
                DraftClause(
                    clause,
                    clause.clause_id in changed,
                    clause.clause_id in unsaved,
                    tuple(
                        code for code in languages() if (clause.clause_id, code) not in translated
                    ),
                )
                for clause in component.clauses
            ),
        )
        for component in document.components
    )
    return DraftDocument(document, components)


def _unsaved_clauses(draft: Revision, user) -> set[int]:
    return set(draft.unsaved_words.filter(user=user).values_list("clause_id", flat=True))


def _translated(draft: Revision) -> set[tuple[int, str]]:
    words = Wording.objects.filter(placement__revision=draft)
    return set(words.values_list("placement__clause_id", "language"))


def clause_in_draft(draft: Revision, clause_id: int, user) -> ClauseInDraft:
    """Raises Missing for a clause that does not stand in the draft (any more)."""
    placements = placements_of(draft)
    here = next((i for i, p in enumerate(placements) if p.clause_id == clause_id), None)
    if here is None:
        raise Missing(
            _("This clause does not stand in the draft any more. It was removed or merged.")
        )
    placement = placements[here]
    placement.revision = draft
    return ClauseInDraft(
        draft=draft,
        placement=placement,
        languages=tuple(_by_language(draft, placement, user)),
        changes=tuple(_changes_of(draft, clause_id)),
        previous=placements[here - 1] if here else None,
        next=placements[here + 1] if here + 1 < len(placements) else None,
    )


def _by_language(draft: Revision, placement: Placement, user) -> Iterable[LanguageWords]:
    now = {wording.language: wording for wording in placement.wordings.all()}
    of_base = Wording.objects.filter(
        placement__revision=draft.based_on_id, placement__clause=placement.clause_id
    )
    base = {wording.language: wording for wording in of_base}
    typed = UnsavedWords.objects.filter(revision=draft, clause=placement.clause_id, user=user)
    unsaved = {words.language: words for words in typed}
    for code in languages():
        yield LanguageWords(code, now.get(code), base.get(code), unsaved.get(code))


def _changes_of(draft: Revision, clause_id: int) -> QuerySet[Change]:
    """Of this clause, and the splits that made it of others in this draft."""
    made = ClauseAncestry.objects.filter(revision=draft, descendant=clause_id)
    origins = made.filter(operation=Operation.SPLIT).values("ancestor_id")
    split_from = Q(clause__in=origins, operation=Operation.SPLIT)
    return draft_changes(draft).filter(Q(clause=clause_id) | split_from)


def draft_changes(draft: Revision) -> QuerySet[Change]:
    """All edits of a draft, the newest first."""
    return draft.changes.select_related("made_by", "clause").order_by("-pk")


def labels_in(draft: Revision) -> dict[int, str]:
    """By clause; a clause that is gone has the label that it had in the base revision."""
    found = Placement.objects.filter(revision__in=[draft.pk, draft.based_on_id or draft.pk])
    rows = found.order_by("revision__number").values_list("clause_id", "label")
    return dict(rows)


def last_reason(draft: Revision, user) -> dict[str, str]:
    """Kind and text of this person's last edit of the draft, to be offered again."""
    last = (
        draft.changes.filter(made_by=user, reverted_at=None)
        .exclude(reason_kind=ReasonKind.OUTCOME)
        .order_by("-pk")
        .first()
    )
    return {"reason_kind": last.reason_kind, "reason": last.reason} if last else {}


@dataclass(frozen=True)
class Spot:
    """A place where a clause can be put: its key in forms, and how it reads."""

    key: str  # start:3 (a component's number), after:17 or below:17 (a clause)
    label: str


@dataclass(frozen=True)
class SpotsOfComponent:
    number: int
    name: str
    spots: tuple[Spot, ...]


def spots(draft: Revision, *, moving: Clause | None = None) -> list[SpotsOfComponent]:
    """Every place of the draft; for a clause that moves, those outside of itself."""
    document = revision_document(draft, settings.LANGUAGE_CODE)
    own = {}
    if moving:
        own = {p.clause_id: p.label for p in placements_of(draft) if p.clause_id == moving.pk}
    below = own.get(moving.pk) if moving else None
    found = []
    for component in document.components:
        rows = [Spot(f"start:{component.number}", _("At the beginning"))]
        for clause in component.clauses:
            if below and (clause.label + ".").startswith(below + "."):
                continue
            name = f"{clause.label} {clause.heading or ' '.join(clause.plain.split()[:6])}"
            rows += [
                Spot(f"after:{clause.clause_id}", _("After %s") % name),
                Spot(f"below:{clause.clause_id}", _("Below %s, as a part of it") % name),
            ]
        found.append(SpotsOfComponent(component.number, component.name, tuple(rows)))
    return found


@dataclass(frozen=True)
class SiblingClause:
    """A clause that another one of its component can be merged with."""

    clause_id: int
    label: str
    title: str
    body: str
    digest: str  # of the words in the first language


def clauses_to_merge(draft: Revision, placement: Placement) -> list[SiblingClause]:
    """All clauses of the component that this one belongs to, itself included."""
    found = []
    for each in placements_of(draft):
        if each.component_id != placement.component_id:
            continue
        words = wording_in(each.wordings.all(), settings.LANGUAGE_CODE)
        is_first = words is not None and words.language == settings.LANGUAGE_CODE
        title = words.heading or " ".join(words.plain.split()[:12]) if words else ""
        found.append(
            SiblingClause(
                each.clause_id,
                each.label,
                title,
                words.body if is_first else "",
                words.digest if is_first else "",
            )
        )
    return sorted(found, key=lambda each: label_key(each.label))


def clauses_of(draft: Revision, language: str) -> list[tuple[int, str]]:
    """Each clause with its label and how it begins, to be chosen from."""
    return [
        (each.clause_id, f"{each.label} {each.heading or ' '.join(each.plain.split()[:8])}")
        for each in revision_document(draft, language).clauses
    ]


def unsaved_by_others(draft: Revision, user) -> int:
    """How many colleagues have typed words that are not part of the draft; not which words."""
    return draft.unsaved_words.exclude(user=user).values("user").distinct().count()
