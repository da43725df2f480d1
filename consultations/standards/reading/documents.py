"""From the bytes of a file to the service standards in it. Pure: nothing is stored or looked up."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _

from consultations.standards.reading import archives, word
from consultations.standards.reading.blocks import Block, lines_of
from consultations.standards.reading.clauses import ClauseWriter
from consultations.standards.reading.contract import (
    ComponentNames,
    DocumentKind,
    ReadClause,
    ReadDecree,
    ReadStandard,
    UnreadableFile,
)
from consultations.standards.reading.doubts import Doubt, DoubtCode, Place
from consultations.standards.reading.drafts import Draft
from consultations.standards.reading.markdown_files import read_markdown
from consultations.standards.reading.names import Recogniser
from consultations.standards.reading.sections import Sections
from consultations.standards.reading.titles import (
    Strength,
    is_minimal,
    language_of,
    name_in_decree,
    procedure_signs,
)

_JSON_FORMAT = "rembuk-standard/1"
_TEXT_ENDINGS = {".md", ".markdown", ".txt"}
_ENOUGH_SIGNS = 2  # of an SOP
_FEW_COMPONENTS = 3
_MOST_IN_PROCEDURE = 5  # components that an SOP happens to name too
_TITLE_LIMIT = 200


def read_documents(
    content: bytes, filename: str, *, components: Sequence[ComponentNames], component_set: str
) -> tuple[ReadStandard, ...]:
    """All standards in a DOCX or Markdown file, at least one, in their order.

    `component_set` is the key of the set whose synonyms are known (`vocabulary`). Raises
    UnreadableFile, in bounded time and memory, for anything else than a readable file.
    """
    blocks = _blocks(content, filename)
    texts = [line.text for line in lines_of(blocks) if line.text]
    if not texts:
        raise UnreadableFile(
            _("The file holds no text. If it holds pictures of pages, send the text itself."),
            code="no_text",
        )
    recogniser = Recogniser(components, component_set)
    sections = Sections(recogniser)
    drafts = [draft for draft in sections.read(blocks) if draft.stretches or draft.titles]
    decree = sections.decree.found()
    language = language_of(texts)
    shared = _doubts_of_file(texts, sections.decree.other_numbers)
    signs = procedure_signs(texts)
    return tuple(
        _standard(draft, recogniser, decree, language, shared, signs, filename)
        for draft in drafts or [Draft()]
    )


def read_document(
    content: bytes, filename: str, *, components: Sequence[ComponentNames], component_set: str
) -> ReadStandard:
    """The first standard of a file that holds one."""
    return read_documents(content, filename, components=components, component_set=component_set)[0]


def is_standard_json(content: bytes) -> bool:
    """Whether it is a file of docs/standard-format.md, which has a reader of its own."""
    if len(content) > archives.MOST_BYTES or not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
        b"{"
    ):
        return False
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("format") == _JSON_FORMAT


def _blocks(content: bytes, filename: str) -> list[Block]:
    archives.check_size(content)
    archives.check_kind(content)
    if archives.is_archive(content):
        return word.read_blocks(content)
    if is_standard_json(content):
        message = _("This is a standard in Rembuk's own format. Import it as JSON.")
        raise UnreadableFile(message, code="standard_json")
    ending = PurePath(filename.lower()).suffix
    if ending == ".docx":
        raise archives.damaged()
    if ending not in _TEXT_ENDINGS:
        raise UnreadableFile(
            _("Only DOCX, Markdown (.md, .txt) and JSON are read. Save the file as one of these."),
            code="wrong_kind",
        )
    return read_markdown(content)


def _standard(
    draft: Draft,
    recogniser: Recogniser,
    decree: ReadDecree | None,
    language: str,
    shared: list[Doubt],
    signs: int,
    filename: str,
) -> ReadStandard:
    writer = ClauseWriter()
    for stretch in draft.stretches:
        writer.write(stretch)
    clauses = tuple(writer.clauses)
    kind = _kind(draft, signs)
    name, doubts = _name(draft, decree, filename)
    doubts += [*shared, *writer.doubts, *_doubts_of_components(draft, recogniser, kind)]
    title = " ".join(" ".join(draft.titles).split()) or name
    return ReadStandard(
        title=title[:_TITLE_LIMIT],
        service_name=name[:_TITLE_LIMIT],
        language=language,
        decree=decree,
        clauses=clauses,
        doubts=tuple(dict.fromkeys(doubts)),
        kind_of_document=kind,
        digest=_digest(name, clauses),
        annex_number=draft.annex,
    )


def _kind(draft: Draft, signs: int) -> DocumentKind:
    found = len(draft.keys)
    if signs >= _ENOUGH_SIGNS and found < _MOST_IN_PROCEDURE:
        return DocumentKind.PROCEDURE
    return DocumentKind.STANDARD if found >= _FEW_COMPONENTS else DocumentKind.UNKNOWN


def _name(draft: Draft, decree: ReadDecree | None, filename: str) -> tuple[str, list[Doubt]]:
    """The service's name with what makes it doubtful; the file's own name is the last resort."""
    if name := str(draft.name):
        is_guess = draft.name.strength < Strength.TITLE
        return name, [Doubt.about(DoubtCode.SERVICE_GUESSED)] if is_guess else []
    if decree and (name := name_in_decree(decree.title)):
        return name, [Doubt.about(DoubtCode.SERVICE_GUESSED)]
    stem = PurePath(filename.replace("\\", "/")).stem
    name = " ".join("".join(c if c.isprintable() else " " for c in stem).replace("_", " ").split())
    return name, [Doubt.about(DoubtCode.NO_SERVICE)]


def _doubts_of_components(draft: Draft, recogniser: Recogniser, kind: DocumentKind) -> list[Doubt]:
    if kind is DocumentKind.PROCEDURE:
        return [Doubt.about(DoubtCode.PROCEDURE)]
    doubts = []
    if kind is DocumentKind.UNKNOWN:
        doubts.append(Doubt.about(DoubtCode.NOT_A_STANDARD))
    counts: Counter[str] = Counter()
    filled: set[str] = set()
    places: dict[str, Place] = {}
    for stretch in draft.stretches:
        if stretch.component:
            key = stretch.component.key
            counts[key] += 1
            places[key] = stretch.place
            if any(line.text for line in lines_of(stretch.blocks)):
                filled.add(key)
    for key, component in recogniser.components.items():
        name = str(next(iter(component.name.values())))
        if not counts[key]:
            doubts.append(Doubt.about(DoubtCode.MISSING, name=name))
        elif key not in filled:
            doubts.append(Doubt.about(DoubtCode.EMPTY, places[key], name=name))
        if counts[key] > 1:
            doubts.append(Doubt.about(DoubtCode.TWICE, places[key], name=name))
    return doubts


def _doubts_of_file(texts: list[str], other_decrees: list[str]) -> list[Doubt]:
    doubts = [
        Doubt.about(DoubtCode.DECREE, other=number) for number in dict.fromkeys(other_decrees)
    ]
    if is_minimal(texts):
        doubts.append(Doubt.about(DoubtCode.MINIMAL_STANDARD))
    return doubts


def _digest(name: str, clauses: Sequence[ReadClause]) -> str:
    words = [[clause.component_key, clause.heading, clause.body] for clause in clauses]
    canonical = json.dumps(["rembuk-read-1", name, words], ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
