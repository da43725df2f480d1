#!/usr/bin/env python3
"""Fetch the fonts that papers are printed with into `consultations/printing/fonts/`, from npm, at
the versions named here.

Needs `npm` and `pip install fonttools brotli`; run it as `python -m scripts.refresh_fonts` when a
version below changes, look at the difference, and commit the result: nothing is fetched while the
program is installed, built or run. The printing engine reads TrueType and OpenType only, so that
fonts that come as woff2 are unpacked here.
"""

import shutil
import tempfile
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.merge import Merger, Options
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from scripts.refresh_vendor import ROOT, unpack

FONTS = ROOT / "consultations" / "printing" / "fonts"
# The record's own words; as it comes, since its licence reserves the name for what is unchanged.
SERIF = ("source-serif", "4.5.1")
SERIF_FILES = ["Regular", "It", "Semibold", "SemiboldIt"]
# What stands around them; joined out of its parts, and named anew as on the site.
SANS = ("@fontsource/public-sans", "5.3.0")
SANS_PARTS, SANS_WEIGHTS = ["latin", "latin-ext", "vietnamese"], [400, 600]
SANS_FAMILY = "Rembuk Sans"
# For letters that those lack: the scripts that names and quotations in Indonesia are written in.
OTHERS = {
    "@fontsource/noto-naskh-arabic": ("5.3.0", "noto-naskh-arabic-arabic"),
    "@fontsource/noto-sans-javanese": ("5.3.0", "noto-sans-javanese-javanese"),
    "@fontsource/noto-sans-balinese": ("5.3.0", "noto-sans-balinese-balinese"),
    "@fontsource/noto-sans-sundanese": ("5.3.0", "noto-sans-sundanese-sundanese"),
    "@fontsource/noto-sans-buginese": ("5.0.12", "noto-sans-buginese-buginese"),
    "@fontsource/noto-emoji": ("5.3.2", "noto-emoji-emoji"),
}
MISSING_FAMILY = "Rembuk Missing"


def copy_serif(into: Path) -> None:
    package = unpack(*SERIF, into)
    for style in SERIF_FILES:
        shutil.copy(package / "OTF" / f"SourceSerif4-{style}.otf", FONTS)
    shutil.copy(package / "LICENSE.md", FONTS / "LICENSE-source-serif")


def join_sans(into: Path) -> None:
    package = unpack(*SANS, into)
    for weight in SANS_WEIGHTS:
        parts = []
        for part in SANS_PARTS:
            parts.append(str(into / f"{part}-{weight}.ttf"))
            source = package / "files" / f"public-sans-{part}-{weight}-normal.woff2"
            write_truetype(source, Path(parts[-1]))
        # Of the parts' tables that a merger cannot join, none matters in print.
        font = Merger(Options(drop_tables=["STAT", "vhea", "vmtx"])).merge(parts)
        head, font.recalcTimestamp = TTFont(parts[0])["head"], False
        font["head"].created, font["head"].modified = head.created, head.modified
        rename(font, SANS_FAMILY, {400: "Regular", 600: "SemiBold"}[weight])
        font.save(FONTS / f"rembuk-sans-{weight}.ttf")
    shutil.copy(package / "LICENSE", FONTS / "LICENSE-public-sans")


def copy_others(into: Path) -> None:
    for name, (version, file) in OTHERS.items():
        package, short = unpack(name, version, into), name.split("/")[1]
        write_truetype(package / "files" / f"{file}-400-normal.woff2", FONTS / f"{short}.ttf")
        shutil.copy(package / "LICENSE", FONTS / f"LICENSE-{short}")


def write_truetype(source: Path, target: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    font.save(target, reorderTables=False)


def rename(font: TTFont, family: str, style: str) -> None:
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {1: f"{family} {style}", 2: "Regular", 3: postscript, 4: f"{family} {style}"}
    names |= {6: postscript, 16: family, 17: style}
    for record in list(font["name"].names):
        if record.nameID in {*names, 25}:
            font["name"].removeNames(nameID=record.nameID)
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def make_missing() -> None:
    """A font of our own that shows one empty box for each character there is.

    The standards for archives and for accessible files forbid a character that no font has, and
    the engine then refuses the whole paper: with this one as the last, the paper is printed, the
    box is seen, and the character stays in the text that is read aloud or copied.
    """
    pen = TTGlyphPen(None)
    for corners in ([(80, 0), (80, 700), (520, 700), (520, 0)],
                    [(130, 50), (470, 50), (470, 650), (130, 650)]):  # fmt: skip
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({0x25A1: "box"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "box": (600, 80)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    names = {"familyName": MISSING_FAMILY, "styleName": "Regular", "psName": "RembukMissing"}
    builder.setupNameTable(names)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font["cmap"] = every_character("box")
    builder.font.recalcTimestamp = False
    builder.save(FONTS / "rembuk-missing.ttf")


def every_character(glyph: str):
    """A table of format 13, which maps ranges of characters to one glyph."""
    surrogates, private = range(0xD800, 0xE000), range(0xE000, 0xF900)
    cmap = newTable("cmap")
    cmap.tableVersion = 0
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {
        code: glyph
        for code in range(0x20, 0xF0000)
        if code not in surrogates and code not in private and code & 0xFFFE != 0xFFFE
    }
    cmap.tables = [table]
    return cmap


def write_readme() -> None:
    rows = [
        (*SERIF, "`SourceSerif4-*.otf`, as they come"),
        (*SANS, f"`rembuk-sans-*.ttf`, joined of {', '.join(SANS_PARTS)}, renamed {SANS_FAMILY}"),
        *((name, v, f"`{name.split('/')[1]}.ttf`, unpacked") for name, (v, _f) in OTHERS.items()),
    ]
    lines = [
        "# Fonts of printed papers",
        "",
        "Fetched by `scripts/refresh_fonts.py`; do not edit by hand. `rembuk-missing.ttf` is made "
        "there, and is ours.",
        "",
        "| package | version | licence | files |",
        "|---|---|---|---|",
        *(f"| {name} | {version} | OFL-1.1 | {files} |" for name, version, files in rows),
    ]
    (FONTS / "README.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        into = Path(temporary)
        copy_serif(into)
        join_sans(into)
        copy_others(into)
    make_missing()
    write_readme()


if __name__ == "__main__":
    main()
