"""A standard as the data that a file holds: what `importing.parsing` makes of one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.people.models import Agency
from consultations.standards.enums import Operation, ReasonKind, RevisionState
from consultations.standards.exporting.reasons import Given, reasons_by_clause
from consultations.standards.importing.parsing import (
    AgencyData,
    ClauseData,
    DecreeData,
    Origin,
    Reason,
    RevisionData,
    StandardData,
)
from consultations.standards.models import (
    Change,
    ClauseAncestry,
    Component,
    Placement,
    Revision,
    Standard,
)
from consultations.standards.queries import published
from consultations.standards.queries.documents import placements_of

_AGENCY_COLUMNS = (
    "name", "short_name", "region", "seat", "address", "time_zone", "complaints_url",
)  # fmt: skip


def standard_data(standard: Standard, numbers: Collection[int] | None = None) -> StandardData:
    """All published revisions, or those of `numbers`, which may name the working draft too.

    Constant queries. What is withdrawn is left out: no file can say it.
    """
    service = standard.service
    return StandardData(
        agency=_agency(service.agency),
        component_set=standard.component_set.key,
        slug=service.slug,
        name=service.name,
        sector=service.sector,
        kind=service.kind,
        revisions=_Collector(standard, _chosen(standard, numbers)).revisions(),
    )


def _chosen(standard: Standard, numbers: Collection[int] | None) -> list[Revision]:
    found = standard.revisions.select_related("decree__agency", "decree__signed_by")
    found = found.exclude(state=RevisionState.WITHDRAWN).order_by("number")
    return list(published(found) if numbers is None else found.filter(number__in=numbers))


def _agency(agency: Agency | None) -> AgencyData | None:
    if agency is None:
        return None
    columns = {name: getattr(agency, name) for name in _AGENCY_COLUMNS}
    return AgencyData(agency.slug, columns, _agency(agency.parent))


class _Collector:
    """Goes through the revisions in their order. A clause's key is where it came up first, which
    stays the same when the file is loaded elsewhere and written again. One that was gone in
    between comes back as another, which is how the file is loaded too."""

    def __init__(self, standard: Standard, revisions: Sequence[Revision]):
        self._standard, self._revisions = standard, revisions
        components = Component.objects.filter(component_set=standard.component_set_id)
        self._components = {component.pk: component.key for component in components}
        self._placements: dict[int, list[Placement]] = defaultdict(list)
        for placement in placements_of(*revisions):
            self._placements[placement.revision_id].append(placement)
        self._changes: dict[int, list[Change]] = defaultdict(list)
        for change in Change.objects.filter(revision__in=revisions, reverted_at=None):
            self._changes[change.revision_id].append(change)
        self._origins: dict[int, list[ClauseAncestry]] = defaultdict(list)
        for row in ClauseAncestry.objects.filter(revision__in=revisions).order_by("pk"):
            self._origins[row.revision_id].append(row)
        self._here: dict[int, str] = {}  # keys of the clauses in the revision at hand
        self._keys: dict[int, str] = {}  # of these, and of those in the revision before

    def revisions(self) -> tuple[RevisionData, ...]:
        with translation.override(settings.LANGUAGE_CODE):
            found, before = [], ()
            for number, revision in enumerate(self._revisions):
                later = self._revisions[number + 1 :]
                data = self._revision(revision, before, later)
                found.append(data)
                before = data.clauses
        return tuple(found)

    def _revision(
        self, revision: Revision, before: Sequence[ClauseData], later: Sequence[Revision]
    ) -> RevisionData:
        clauses = self._clauses(revision)
        otherwise = Reason(ReasonKind.AS_PUBLISHED.value, _("As published."))
        why = reasons_by_clause(before, clauses, self._given(revision), otherwise)
        usual = _most_common(why.values()) or otherwise
        own = {key: reason for key, reason in why.items() if reason != usual}
        kept = {clause.key for clause in clauses}
        was_adopted = revision.effective_on is not None
        return RevisionData(
            number=revision.number,
            state=RevisionState.ADOPTED.value if was_adopted else revision.state,
            decree=_decree(revision, self._standard) if was_adopted else None,
            annex_number=revision.annex_number,
            effective_on=revision.effective_on,
            superseded_on=_ended_early(revision, later),
            reason=usual,
            removed={key: own[key] for key in sorted(own.keys() - kept)},
            clauses=tuple(replace(clause, reason=own.get(clause.key)) for clause in clauses),
        )

    def _clauses(self, revision: Revision) -> tuple[ClauseData, ...]:
        placements = self._placements[revision.pk]
        before = self._here
        self._here = {
            placement.clause_id: before.get(placement.clause_id)
            or f"{revision.number}-{placement.label}"
            for placement in placements
        }
        self._keys = before | self._here
        key_of = {placement.pk: self._keys[placement.clause_id] for placement in placements}
        origins = self._origins_in(revision)
        return tuple(
            ClauseData(
                key=key_of[placement.pk],
                component=self._components[placement.component_id],
                parent=key_of.get(placement.parent_id, ""),
                words=_by_language(placement, "body"),
                headings=_by_language(placement, "heading"),
                target=placement.target,
                reason=None,
                origins=tuple(origins.get(placement.clause_id, ())),
            )
            for placement in placements
        )

    def _origins_in(self, revision: Revision) -> dict[int, list[Origin]]:
        """What clauses came from in this revision; through those that lived in its draft only."""
        rows: dict[int, list[ClauseAncestry]] = defaultdict(list)
        for row in self._origins[revision.pk]:
            rows[row.descendant_id].append(row)

        def known(clause_id: int, seen: set[int]) -> Iterable[int]:
            for row in rows.get(clause_id, ()):
                if row.ancestor_id in seen:
                    continue
                seen.add(row.ancestor_id)
                if row.ancestor_id in self._keys:
                    yield row.ancestor_id
                else:
                    yield from known(row.ancestor_id, seen)

        return {
            clause_id: [
                Origin(self._keys[ancestor], own[0].operation)
                for ancestor in known(clause_id, {clause_id})
            ]
            for clause_id, own in list(rows.items())
        }

    def _given(self, revision: Revision) -> dict[str, Given]:
        given: dict[str, Given] = defaultdict(Given)
        others: dict[int, set[int]] = defaultdict(set)
        for row in self._origins[revision.pk]:
            # The reason of a split stands with what was split, that of a merge with the heir.
            if row.operation == Operation.SPLIT:
                others[row.ancestor_id].add(row.descendant_id)
            else:
                others[row.descendant_id].add(row.ancestor_id)
        for change in self._changes[revision.pk]:
            reason = self._reason(change, revision)
            own = given[self._keys.get(change.clause_id, "")]
            (own.moves if change.operation == Operation.MOVE else own.words).append(reason)
            if change.operation in {Operation.SPLIT, Operation.MERGE}:
                for clause_id in others[change.clause_id]:
                    given[self._keys.get(clause_id, "")].inherited.append(reason)
        return given

    def _reason(self, change: Change, revision: Revision) -> Reason:
        if change.reason_kind != ReasonKind.OUTCOME:
            return Reason(change.reason_kind, change.reason)
        # An outcome stays where it was decided; elsewhere the words are as they were published.
        address = settings.SITE_URL + revision.get_absolute_url()
        text = change.reason or _("Outcome of a consultation: %(url)s") % {"url": address}
        return Reason(ReasonKind.AS_PUBLISHED.value, text)


def _most_common(reasons: Iterable[Reason]) -> Reason | None:
    counts = Counter(reasons)
    return min(counts, key=lambda r: (-counts[r], r.kind, r.text), default=None)


def _by_language(placement: Placement, column: str) -> dict[str, str]:
    found = {w.language: getattr(w, column) for w in placement.wordings.all()}
    first = settings.LANGUAGE_CODE
    return {key: found[key] for key in sorted(found, key=lambda k: (k != first, k)) if found[key]}


def _decree(revision: Revision, standard: Standard) -> DecreeData:
    decree = revision.decree
    own = decree.agency_id == standard.service.agency_id
    return DecreeData(
        number=decree.number,
        dated_on=decree.dated_on,
        title=decree.title,
        signed_name=decree.signed_name,
        agency="" if own else decree.agency.slug,
        post=decree.signed_by.title if decree.signed_by else None,
    )


def _ended_early(revision: Revision, later: Sequence[Revision]):
    """The day on which it ended, where that is not the day on which the next one begins."""
    following = next((other.effective_on for other in later if other.effective_on), None)
    return None if revision.superseded_on == following else revision.superseded_on
