#!/usr/bin/env python3
"""Fetch what `static/vendor/` and `tests/vendor/` hold, from npm, at the versions named here.

Needs `npm` and, for cutting the fonts, `pip install fonttools brotli`. Run it by hand when a
version below changes, look at the difference, and commit the result: nothing is fetched while the
program is installed, built or run.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
STATIC, TESTS = ROOT / "static" / "vendor", ROOT / "tests" / "vendor"

PACKAGES = {
    "@digdir/designsystemet-css": ("1.22.0", "MIT"),
    "@digdir/designsystemet-theme": ("1.11.0", "MIT"),
    "@fontsource-variable/public-sans": ("5.3.0", "OFL-1.1"),
    "@fontsource-variable/source-serif-4": ("5.3.1", "OFL-1.1"),
    "axe-core": ("4.14.1", "MPL-2.0"),
}
# The components that our pages use; the whole of Designsystemet is three times as large.
COMPONENTS = ["label", "skip-link", "button", "field", "fieldset", "input", "table", "details"]
# Colours of the theme that no page of ours names.
UNUSED_COLORS = ("brand2", "brand3")
# Latin as Indonesian, English and the names of people need it, and the signs that we set.
LETTERS = (
    "U+0020-007E U+00A0-00FF U+2010-2015 U+2018-201E U+2020-2022 U+2026 U+2030 U+2032 U+2033 "
    "U+2039 U+203A U+2044 U+20AC U+2122 U+2190-2193 U+2212 U+2248 U+2260 U+2264 U+2265"
)
FONTS = {
    "public-sans": ("public-sans-latin-wght-normal.woff2", "Rembuk Sans"),
    "source-serif-4": ("source-serif-4-latin-wght-normal.woff2", "Rembuk Serif"),
}


def unpack(name: str, version: str, into: Path) -> Path:
    """Download one package and return the folder with its files."""
    command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(into)]
    archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    folder = into / name.replace("/", "+")
    with tarfile.open(into / archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def copy_designsystemet(css: Path, theme: Path) -> None:
    target = STATIC / "designsystemet"
    target.mkdir(parents=True, exist_ok=True)
    source = css / "dist" / "src"
    layers = {"ds.base": ["base"], "ds.components": COMPONENTS}
    lines = ["@layer ds.theme, ds.base, ds.components;"]
    for layer, parts in layers.items():
        lines += [f"@layer {layer} {{{(source / f'{part}.css').read_text()}}}" for part in parts]
    (target / "designsystemet.css").write_text("\n".join(lines) + "\n")
    shutil.copy(css / "LICENSE", target / "LICENSE-css")
    text = (theme / "src" / "themes" / "designsystemet.css").read_text()
    names = "|".join(UNUSED_COLORS)
    text = re.sub(rf"^ *--ds-color-(?:{names})-[^;]*;\n", "", text, flags=re.MULTILINE)
    (target / "theme.css").write_text(text)
    shutil.copy(theme / "LICENSE", target / "LICENSE-theme")


def cut_font(source: Path, target: Path, family: str) -> None:
    """Keep our letters and the weights 400 to 700.

    The result is a modified version, so that it gets a name of its own: the licence reserves the
    names of the originals.
    """
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": (400, 700)})
    options = subset.Options(flavor="woff2", hinting=False, name_IDs=["*"])
    options.layout_features = ["kern", "liga", "calt", "ccmp", "locl", "tnum", "lnum", "mark"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(LETTERS.replace(" ", ",")))
    cutter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 16):
            font["name"].setName(family, record.nameID, record.platformID, record.platEncID, 0x409)
        elif record.nameID in (6, 25):
            postscript = family.replace(" ", "")
            font["name"].setName(
                postscript, record.nameID, record.platformID, record.platEncID, 0x409
            )
    font.flavor = "woff2"
    font.save(target, reorderTables=False)


def copy_font(package: Path, name: str) -> None:
    file, family = FONTS[name]
    target = STATIC / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    cut_font(package / "files" / file, target / f"{name}.woff2", family)
    shutil.copy(package / "LICENSE", target / f"LICENSE-{name}")


def write_readme(folder: Path, what: dict[str, str]) -> None:
    lines = [
        "# Third-party files",
        "",
        "Fetched by `scripts/refresh_vendor.py`; do not edit by hand.",
        "",
        "| package | version | licence | files |",
        "|---|---|---|---|",
    ]
    for name, files in what.items():
        version, licence = PACKAGES[name]
        lines.append(f"| {name} | {version} | {licence} | {files} |")
    (folder / "README.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    TESTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        into = Path(temporary)
        got = {name: unpack(name, version, into) for name, (version, _) in PACKAGES.items()}
        copy_designsystemet(got["@digdir/designsystemet-css"], got["@digdir/designsystemet-theme"])
        copy_font(got["@fontsource-variable/public-sans"], "public-sans")
        copy_font(got["@fontsource-variable/source-serif-4"], "source-serif-4")
        shutil.copy(got["axe-core"] / "axe.min.js", TESTS)
        shutil.copy(got["axe-core"] / "LICENSE", TESTS / "LICENSE-axe-core")
    own = "`designsystemet/designsystemet.css`: base and " + ", ".join(COMPONENTS)
    write_readme(
        STATIC,
        {
            "@digdir/designsystemet-css": own,
            "@digdir/designsystemet-theme": "`designsystemet/theme.css`, without unused colours",
            "@fontsource-variable/public-sans": "`fonts/public-sans.woff2`, cut to our letters "
            "and weights 400–700, renamed Rembuk Sans",
            "@fontsource-variable/source-serif-4": "`fonts/source-serif-4.woff2`, cut alike, "
            "renamed Rembuk Serif",
        },
    )
    write_readme(TESTS, {"axe-core": "`axe.min.js`; used by the tests only"})


if __name__ == "__main__":
    main()
