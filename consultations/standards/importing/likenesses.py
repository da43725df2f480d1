"""Documents with nearly the same words: among themselves, and among the agency's standards.

Kept as rows {"document" or "standard": id, "score": share of the words}.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings

from consultations.standards.importing import files, stored
from consultations.standards.importing.own_format import as_read_standard
from consultations.standards.importing.present import Standards
from consultations.standards.models import ImportBatch, ImportedDocument, Standard, Wording
from consultations.standards.reading.duplicates import near_duplicates, text_of


def find(batch: ImportBatch, documents: Sequence[ImportedDocument]) -> dict[int, list[dict]]:
    """By document. Two queries, whatever the number."""
    texts = [(("document", document.pk), _words_of(document)) for document in documents]
    texts += _texts_of_standards(batch)
    found: dict[int, list[dict]] = defaultdict(list)
    for one, other, score in near_duplicates(texts):
        for (kind, key), (other_kind, other_key) in ((one, other), (other, one)):
            if kind == "document":
                found[key].append({other_kind: other_key, "score": score})
    return found


def open_likes(document: ImportedDocument, standard: Standard | None) -> list[dict]:
    """Without the standard that it is a revision of, which it should be like."""
    own = standard.pk if standard else None
    return [like for like in document.likes if like.get("standard", 0) != own]


def _words_of(document: ImportedDocument) -> str:
    own = files.own_format_of(document.content)
    return text_of(as_read_standard(own) if own else stored.load(document.content))


def _texts_of_standards(batch: ImportBatch) -> list[tuple[tuple[str, int], str]]:
    newest = Standards(batch.agency, batch.component_set).newest
    standard_of = {revision: standard for standard, revision in newest.items()}
    rows = Wording.objects.filter(
        placement__revision__in=standard_of, language=settings.LANGUAGE_CODE
    ).order_by("placement__component__number", "placement__position")
    words: dict[int, list[str]] = defaultdict(list)
    for revision, heading, body in rows.values_list("placement__revision_id", "heading", "body"):
        words[standard_of[revision]].append(f"{heading}\n{body}")
    return [(("standard", standard), "\n".join(texts)) for standard, texts in words.items()]
