"""Digests of words: what an editor saw, and what a published revision holds."""

import hashlib
import json
from collections.abc import Iterable

from consultations.standards.models import Placement, Revision

REVISION_FORMAT = "rembuk-revision-1"


def digest_words(heading: str, body: str) -> str:
    """SHA-256 of a wording: of its heading and body as a JSON array in UTF-8."""
    return _sha256([heading, body])


def digest_revision(placements: Iterable[Placement]) -> str:
    """Of all words of a revision. Expects component, parent and wordings to be loaded."""
    return digest_clauses(
        {
            "label": placement.label,
            "component": placement.component.key,
            "parent": placement.parent.label if placement.parent else None,
            "target": placement.target,
            "words": {
                wording.language: [wording.heading, wording.body]
                for wording in placement.wordings.all()
            },
        }
        for placement in placements
    )


def digest_clauses(clauses: Iterable[dict]) -> str:
    """SHA-256 of clauses in canonical order: components by number, clauses by place, languages by
    code. Nothing in it depends on the database that they stand in."""
    ordered = sorted(clauses, key=lambda clause: label_key(clause["label"]))
    return _sha256([REVISION_FORMAT, ordered])


def digest_target(target: dict | None) -> str:
    """Of what a clause promises in figures; "" for nothing."""
    return _sha256(target) if target else ""


def digest_explanation(revision: Revision) -> str:
    """Of what a revision says that it changes for people, and of its plain questions."""
    questions = revision.questions.prefetch_related("clauses").order_by("position")
    return _sha256(
        [
            revision.summary,
            [[q.text, sorted(clause.pk for clause in q.clauses.all())] for q in questions],
        ]
    )


def label_key(label: str) -> tuple[int, ...]:
    """3.10 stands after 3.9."""
    return tuple(int(part) for part in label.split("."))


def _sha256(value) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
