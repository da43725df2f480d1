"""The consultation page: a draft by component and clause, each clause with its newest threads.

However many comments there are, the queries are the same ones; everything that is read per comment
is limited to the newest few of each clause.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.meetings.enums import ItemState, MeetingState
from consultations.meetings.models import AgendaItem, Meeting
from consultations.pages.marking import Passage, mark_passages
from consultations.pages.queries.conversations import add_answers
from consultations.pages.queries.tallies import Tally
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.standards.enums import ComponentGroup
from consultations.standards.models import PlainQuestion, Wording
from consultations.standards.queries import DocumentClause, revision_document
from consultations.threads.enums import CommentState
from consultations.threads.models import Anchor
from consultations.threads.queries import (
    Counts,
    Thread,
    counts_by_wording,
    threads_of_wordings,
)
from consultations.threads.queries.threads import every

NEWEST = 3  # threads of a clause that the consultation page shows

# The wordings of one clause, each with its round and the label that it had there.
Rounds = dict[int, tuple[ConsultationDraft, str]]


@dataclass
class ClauseBlock:
    """A clause with what was said on it: on its words in every language and every round."""

    words: DocumentClause
    wording_ids: tuple[int, ...]
    html: SafeString  # with the marks
    tally: Tally
    url: str
    threads: list[Thread] = field(default_factory=list)
    is_on_table: bool = False
    is_chosen: bool = False
    clause_html: SafeString | str = ""
    thread_html: SafeString | str = ""

    @property
    def key(self) -> str:
        """The label as it stands in the ids of the page: 3-1."""
        return self.words.label.replace(".", "-")

    @property
    def has_html(self) -> bool:
        return bool(self.clause_html and self.thread_html)

    @property
    def has_more(self) -> bool:
        """Whether more was said than stands on this page."""
        return self.tally.standing > len(every(self.threads))


@dataclass
class ComponentBlock:
    number: int
    name: str
    dom_id: str
    is_management: bool
    clauses: list[ClauseBlock]

    @property
    def sum_id(self) -> str:
        """Under which figure of the contents its comments are counted."""
        return "management" if self.is_management else self.dom_id

    @property
    def total(self) -> int:
        return sum(clause.tally.total for clause in self.clauses)


@dataclass
class GoneClause:
    """A clause of an earlier round that this draft no longer has. Its comments stand."""

    label: str
    total: int
    url: str


@dataclass
class Reading:
    """A draft with everything that stands beside its words."""

    draft: ConsultationDraft
    components: list[ComponentBlock]
    rounds: dict[int, Rounds]  # by clause: the words of those that this draft no longer has
    gone: list[GoneClause]

    @property
    def clauses(self) -> list[ClauseBlock]:
        return [clause for component in self.components for clause in component.clauses]

    @property
    def public(self) -> list[ComponentBlock]:
        return [component for component in self.components if not component.is_management]

    @property
    def management(self) -> list[ComponentBlock]:
        return [component for component in self.components if component.is_management]

    @property
    def management_total(self) -> int:
        return sum(component.total for component in self.management)


@dataclass(frozen=True)
class Voices:
    """How many take part, the organisers apart, and the number of who came last."""

    count: int
    newest: int


@dataclass
class ConsultationPage:
    """All that the consultation page shows, for whoever reads it."""

    consultation: Consultation
    drafts: list[ConsultationDraft]
    reading: Reading | None  # None where nothing but a theme is put before the public
    questions: list[tuple[str, list[ClauseBlock]]]
    counts: dict[int | None, Counts]  # by wording, in all drafts
    whole: Tally
    whole_threads: list[Thread]
    total: Tally
    voices: Voices
    meetings: list[Meeting]
    item: AgendaItem | None
    html: dict[str, SafeString] = field(default_factory=dict)  # parts of it, rendered

    @property
    def live_meeting(self) -> Meeting | None:
        return next((m for m in self.meetings if m.state == MeetingState.OPEN), None)

    @property
    def other_drafts(self) -> list[ConsultationDraft]:
        """The other drafts under discussion beside the one that is shown."""
        return [one for one in self.drafts if one.replaced_by_id is None]


def consultation_page(
    consultation: Consultation, asked: str | None, language: str
) -> ConsultationPage:
    drafts = drafts_of(consultation)
    draft = choose_draft(drafts, asked)
    counts = counts_by_wording(consultation)
    item = item_on_table(consultation)
    reading = read_draft(draft, drafts, counts, language) if draft else None
    shown = reading.clauses if reading else []
    whole = add_threads(shown, consultation)
    if shown:
        add_marks(shown)
        choose_clause(shown, item)
    add_answers([*whole, *(thread for clause in shown for thread in clause.threads)])
    return ConsultationPage(
        consultation=consultation,
        drafts=drafts,
        reading=reading,
        questions=questions_of(draft, reading.clauses) if draft and reading else [],
        counts=counts,
        whole=Tally.of(counts, [None]),
        whole_threads=whole,
        total=Tally.of(counts, counts),
        voices=voices_in(consultation),
        meetings=list(consultation.meetings.order_by("starts_at", "number")),
        item=item,
    )


def voices_in(consultation: Consultation) -> Voices:
    counted = consultation.participants.aggregate(
        count=Count("pk", filter=Q(is_organiser=False)), newest=Max("number", default=0)
    )
    return Voices(**counted)


def drafts_of(consultation: Consultation) -> list[ConsultationDraft]:
    """All drafts, those of earlier rounds too, in the order of their position."""
    found = consultation.drafts.select_related(
        "revision__standard__service__agency", "revision__based_on", "replaced_by"
    )
    drafts = list(found)
    for draft in drafts:
        draft.consultation = consultation
    return drafts


def choose_draft(drafts: list[ConsultationDraft], asked: str | None) -> ConsultationDraft | None:
    """The draft that was asked for by its id, otherwise the first that is under discussion."""
    if asked is not None:
        found = next((draft for draft in drafts if str(draft.pk) == asked), None)
        if found is None:
            raise Missing(_("This consultation has no such draft."))
        return found
    current = (draft for draft in drafts if draft.replaced_by_id is None)
    return next(current, None)


def clause_url(draft: ConsultationDraft, label: str, *, is_default: bool) -> str:
    url = reverse("clause", args=[draft.consultation.slug, label])
    return url if is_default else f"{url}?draft={draft.pk}"


def read_draft(
    draft: ConsultationDraft, drafts: list[ConsultationDraft], counts: dict, language: str
) -> Reading:
    """The draft in the reader's language, without threads yet."""
    document = revision_document(draft.revision, language)
    is_default = draft == choose_draft(drafts, None)
    wordings = _wordings_by_clause(draft, drafts)
    components = [
        ComponentBlock(
            component.number,
            component.name,
            component.dom_id,
            component.group != ComponentGroup.DELIVERY,
            [
                _block(words, wordings.pop(words.clause_id), counts, draft, is_default)
                for words in component.clauses
            ],
        )
        for component in document.components
    ]
    return Reading(draft, components, wordings, gone_clauses(wordings, counts))


def _wordings_by_clause(
    draft: ConsultationDraft, drafts: list[ConsultationDraft]
) -> dict[int, Rounds]:
    """By clause: its wordings in all rounds of this draft, each with its round and label."""
    rounds = {
        one.revision_id: one
        for one in drafts
        if one.revision.standard_id == draft.revision.standard_id
    }
    rows = Wording.objects.filter(placement__revision__in=rounds).values_list(
        "placement__clause_id", "id", "placement__revision_id", "placement__label"
    )
    found: dict[int, Rounds] = defaultdict(dict)
    for clause, wording, revision, label in rows.order_by("id"):
        found[clause][wording] = rounds[revision], label
    return found


def _block(
    words: DocumentClause,
    wordings: Rounds,
    counts: dict,
    draft: ConsultationDraft,
    is_default: bool,
) -> ClauseBlock:
    return ClauseBlock(
        words=words,
        wording_ids=tuple(wordings),
        tally=Tally.of(counts, wordings),
        url=clause_url(draft, words.label, is_default=is_default),
        html=words.html,
    )


def gone_clauses(wordings: dict[int, Rounds], counts: dict) -> list[GoneClause]:
    """What is left of the wordings has no clause in this draft; shown where somebody spoke."""
    found = []
    for rounds in wordings.values():
        if total := Tally.of(counts, rounds).standing:
            draft, label = next(iter(rounds.values()))
            found.append(GoneClause(label, total, clause_url(draft, label, is_default=False)))
    return found


def add_marks(blocks: list[ClauseBlock]) -> None:
    """Marks the passages that published comments are about. One query."""
    by_wording = {block.words.wording_id: block for block in blocks}
    rows = (
        Anchor.objects.filter(wording__in=by_wording, comment__state=CommentState.PUBLISHED)
        .values_list("wording_id", "start", "end")
        .annotate(Count("id"))
        .order_by("wording_id", "start", "end")
    )
    passages: dict[int, list[Passage]] = defaultdict(list)
    for wording, start, end, count in rows:
        passages[wording].append(Passage(start, end, count))
    for wording, found in passages.items():
        block = by_wording[wording]
        block.html = mark_passages(block.words.html, found, href=f"#u-{block.key}")


def add_threads(blocks: list[ClauseBlock], consultation: Consultation) -> list[Thread]:
    """The newest threads of each clause; returns those on the consultation as a whole."""
    found = threads_of_wordings(
        [wording for block in blocks for wording in block.wording_ids],
        per_wording=NEWEST,
        whole_of=consultation,
    )
    for block in blocks:
        threads = [thread for wording in block.wording_ids for thread in found.get(wording, ())]
        threads.sort(key=lambda thread: -thread.comment.number)
        block.threads = threads[:NEWEST]
    return found.get(None, [])


def item_on_table(consultation: Consultation) -> AgendaItem | None:
    """What the session that is under way is just discussing."""
    found = AgendaItem.objects.filter(
        meeting__consultation=consultation,
        meeting__state=MeetingState.OPEN,
        state=ItemState.ON_TABLE,
    )
    return found.select_related("meeting", "wording__placement").first()


def choose_clause(blocks: list[ClauseBlock], item: AgendaItem | None) -> None:
    """Marks the clause on the table, and the one whose thread is open at first: that clause, or
    else the one that most was said on."""
    for block in blocks:
        block.is_chosen = False
        block.is_on_table = bool(item and item.wording_id in block.wording_ids)
    spoken = [block for block in blocks if block.tally.total]
    first = max(spoken, key=lambda block: (block.is_on_table, block.tally.total), default=None)
    on_table = next((block for block in blocks if block.is_on_table), None)
    if chosen := on_table or first:
        chosen.is_chosen = True


def questions_of(draft: ConsultationDraft, blocks: list[ClauseBlock]) -> list[tuple[str, list]]:
    """The plain questions, each with the clauses of this draft that it is about."""
    by_clause = {block.words.clause_id: block for block in blocks}
    questions = PlainQuestion.objects.filter(revision=draft.revision_id).prefetch_related("clauses")
    return [
        (
            str(question.text),
            [by_clause[clause.pk] for clause in question.clauses.all() if clause.pk in by_clause],
        )
        for question in questions
    ]
