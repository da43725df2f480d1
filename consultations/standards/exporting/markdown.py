"""A revision as Markdown that other programs read alike."""

import re
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from consultations.standards.exporting import facts
from consultations.standards.exporting.documents import ExportedClause, ExportedRevision

# What other readers take for code, HTML, pictures or struck words, unless it is escaped already.
_ELSEWHERE_MARKUP = re.compile(r"(\\.)|([`<~|]|!(?=\[))", re.S)
# What they take at the beginning of a line for a heading, a quotation or a rule; our words have
# none of these.
_ELSEWHERE_BLOCK = re.compile(
    r"^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(#{1,6}(?=[ \t]|$)|>|=+|-{2,}|\*{3,}|_{3,}|~{3,})",
    re.M,
)
_LIST = re.compile(r"[ \t]*([-*+]|\d{1,9}[.)])[ \t]")


def standard_markdown(given: ExportedRevision) -> bytes:
    with translation.override(given.language):
        return ("\n\n".join(_blocks(given)) + "\n").encode()


def _blocks(given: ExportedRevision) -> Iterator[str]:
    yield f"# {_line(facts.title(given))}"
    yield "  \n".join(_line(name) for name in given.agencies)
    if sentence := facts.notice(given):
        yield f"> **{_line(sentence)}**"
    yield _rows(facts.facts(given))
    for group, parts in facts.groups(given):
        yield f"## {_line(group)}"
        for part in parts:
            yield f"### {part.number}. {_line(part.name)}"
            if not part.clauses:
                yield f"*{_('This component has no words yet.')}*"
            for clause in part.clauses:
                yield _clause(clause)
    yield f"## {_('About this paper')}"
    digest = [(facts.digest_name(), given.digest)] if given.digest else []
    yield _rows([*facts.closing(given), *digest])


def _rows(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"- **{_line(name)}:** {_line(value)}" for name, value in rows)


def _clause(clause: ExportedClause) -> str:
    label, body = f"**{clause.label}**", portable(clause.body)
    if clause.heading:
        return f"**{clause.label} {_line(clause.heading)}**\n\n{body}"
    return f"{label}\n\n{body}" if _LIST.match(body) else f"{label} {body}"


def portable(body: str) -> str:
    """Our small Markdown, with what means more elsewhere escaped; our own readers see the same."""
    body = _ELSEWHERE_BLOCK.sub(r"\1\\\2", body)
    return _ELSEWHERE_MARKUP.sub(lambda found: found[1] or "\\" + found[2], body)


def _line(text: str) -> str:
    """A text without markup, on one line."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(text.split()))
