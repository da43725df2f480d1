"""What stands around the words in every form: names and values, the notice, the closing lines.

All of them in the active language; callers override it with the paper's.
"""

from django.utils.translation import gettext as _

from consultations.printing import long_day, plain_day
from consultations.standards.enums import ComponentGroup
from consultations.standards.exporting.documents import (
    ExportedComponent,
    ExportedDecree,
    ExportedRevision,
)
from consultations.standards.queries import Standing


def title(given: ExportedRevision) -> str:
    return _("Service standard: %(service)s") % {"service": given.service}


def revision_name(given: ExportedRevision) -> str:
    return _("Revision %(number)s") % {"number": given.number}


def facts(given: ExportedRevision) -> list[tuple[str, str]]:
    """Rows of name and value, for the head of a paper."""
    rows = [
        (_("Revision"), str(given.number)),
        (_("Standing"), str(Standing(given.standing).label)),
    ]
    if given.effective_on:
        rows.append((_("In force from"), long_day(given.effective_on, given.language)))
    if given.superseded_on:
        rows.append((_("In force until"), long_day(given.superseded_on, given.language)))
    if given.decree:
        rows.append((_("Decree"), decree_line(given.decree, given.language)))
    filled = sum(1 for part in given.components if part.clauses)
    words = {
        "filled": filled,
        "all": len(given.components),
        "name": given.component_set,
        "source": given.component_source,
    }
    line = _("%(filled)d of %(all)d; %(name)s (%(source)s)") % words
    return [*rows, (_("Components"), line)]


def decree_line(decree: ExportedDecree, language: str) -> str:
    """Nomor 188/7/2021 tanggal …, tentang …, Lampiran II"""
    words = {"number": decree.number, "day": plain_day(decree.dated_on, language)}
    line = _("Number %(number)s of %(day)s") % words
    if decree.title:
        line += _(", on %(title)s") % {"title": decree.title}
    if decree.annex_number:
        line += _(", annex %(number)s") % {"number": decree.annex_number}
    return line


def notice(given: ExportedRevision) -> str:
    """Why these words do not bind today; empty where they do."""
    day = given.effective_on and long_day(given.effective_on, given.language)
    end = given.superseded_on and long_day(given.superseded_on, given.language)
    sentences = {
        Standing.IN_FORCE: "",
        Standing.WORKING: _("Not in force: this is a working draft, which still changes."),
        Standing.CONSULTED: _("Not in force: this is a draft in consultation."),
        Standing.FINALISED: _("Not yet in force: no decree has adopted these words yet."),
        Standing.COMING: _("Not yet in force: these words hold from %(day)s.") % {"day": day},
        Standing.SUPERSEDED: _("No longer in force: superseded on %(day)s.") % {"day": end},
        Standing.NEVER_ADOPTED: _("Never in force: a later draft took the place of this one."),
        Standing.WITHDRAWN: _("Not in force: this revision was withdrawn."),
    }
    return sentences[Standing(given.standing)]


def short_notice(given: ExportedRevision) -> str:
    """The notice as it stands on every page; empty for words that bind."""
    coming = {Standing.FINALISED, Standing.COMING}
    ended = {Standing.SUPERSEDED, Standing.WITHDRAWN}
    if given.standing == Standing.IN_FORCE:
        return ""
    if given.standing in coming:
        return _("Not yet in force")
    return _("No longer in force") if given.standing in ended else _("Not in force")


def groups(given: ExportedRevision) -> list[tuple[str, list[ExportedComponent]]]:
    """The components under the names of their groups, in the order of their numbers."""
    found: dict[str, list[ExportedComponent]] = {}
    for part in given.components:
        found.setdefault(part.group, []).append(part)
    return [(str(ComponentGroup(group).label), parts) for group, parts in found.items()]


def closing(given: ExportedRevision) -> list[tuple[str, str]]:
    """Rows of name and value, for the end of a paper: by what it was adopted, where it stands."""
    rows = []
    if given.decree:
        rows.append((_("Adopted by"), decree_line(given.decree, given.language)))
        if given.decree.signed_name:
            rows.append((_("Signed by"), given.decree.signed_name))
    return [*rows, (_("Address of these words"), given.url)]


def digest_name() -> str:
    return _("Digest of all words (SHA-256)")
