"""A revision as a Word document, in the ministry's layout: a table "No · Komponen · Uraian"."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell

from consultations.printing import office
from consultations.richtext.trees import tree
from consultations.standards.exporting import facts
from consultations.standards.exporting.documents import (
    ExportedClause,
    ExportedComponent,
    ExportedRevision,
)

_WIDTHS = (Cm(1.3), Cm(4.4), Cm(10.8))
_LABEL_WIDTH, _STEP = Cm(1.3), Cm(0.6)


def standard_docx(given: ExportedRevision) -> bytes:
    """The same bytes for the same revision and standing."""
    with translation.override(given.language):
        return _Writer(given).write()


class _Writer:
    def __init__(self, given: ExportedRevision):
        self._given = given
        self._document = office.new_document(given.language)
        self._lists = office.Lists(self._document)

    def write(self) -> bytes:
        self._properties()
        self._running_lines()
        self._head()
        for name, parts in facts.groups(self._given):
            self._document.add_heading(name, 1)
            self._table(name, parts)
        self._document.add_heading(_("About this paper"), 1)
        self._rows(facts.closing(self._given))
        if self._given.digest:
            self._rows([(facts.digest_name(), self._given.digest)])
        return office.saved(self._document)

    def _properties(self) -> None:
        office.set_properties(
            self._document,
            title=facts.title(self._given),
            author=self._given.agency,
            subject=f"{facts.revision_name(self._given)}, {self._given.url}",
            language=self._given.language,
            day=self._given.dated_on,
        )

    def _running_lines(self) -> None:
        section = self._document.sections[0]
        parts = [self._given.service, facts.revision_name(self._given)]
        parts += filter(None, [facts.short_notice(self._given)])
        section.header.paragraphs[0].text = office.text(" · ".join(parts))
        office.add_page_numbers(section.footer.paragraphs[0], _("page {page} of {pages}"))

    def _head(self) -> None:
        for line in filter(None, [*self._given.agencies, self._given.address]):
            paragraph = self._document.add_paragraph(office.text(line))
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
        self._document.add_paragraph(office.text(facts.title(self._given)), style="Title")
        if sentence := facts.notice(self._given):
            self._document.add_paragraph(style="Intense Quote").add_run(sentence).bold = True
        self._rows(facts.facts(self._given))

    def _rows(self, rows: list[tuple[str, str]]) -> None:
        for name, value in rows:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(office.text(value))

    def _table(self, group: str, parts: list[ExportedComponent]) -> None:
        table = self._document.add_table(1, 3, style="Table Grid")
        words = {"service": self._given.service, "group": group}
        office.describe_table(
            table,
            caption=_("Components of the service standard: %(group)s") % words,
            description=_("Each row is a component of %(service)s, with its clauses.") % words,
        )
        head = table.rows[0].cells
        names = (
            pgettext("column of numbers", "No"),
            _("Component"),
            pgettext("column of a component's words", "Description"),
        )
        for cell, name in zip(head, names, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        office.repeat_as_header(table.rows[0])
        for part in parts:
            number, name, words_cell = table.add_row().cells
            number.text, name.text = str(part.number), office.text(part.name)
            self._clauses(words_cell, part)
        office.set_widths(table, _WIDTHS)

    def _clauses(self, cell: _Cell, part: ExportedComponent) -> None:
        place = office.Place(cell, self._lists)
        if not part.clauses:
            place.paragraph().add_run(_("This component has no words yet.")).italic = True
        for clause in part.clauses:
            self._clause(place, clause)

    def _clause(self, place: office.Place, clause: ExportedClause) -> None:
        left = _LABEL_WIDTH + _STEP * min(clause.depth, 4)
        first = place.paragraph(left=left, hanging=_LABEL_WIDTH)
        first.add_run(f"{clause.label}\t").bold = True
        blocks = tree(clause.html, base=self._given.url)
        if clause.heading:
            first.add_run(office.text(clause.heading)).bold = True
        elif blocks and blocks[0]["kind"] == "paragraph":
            place.inline(first, blocks.pop(0)["nodes"])
        place.blocks(blocks, left=left)
