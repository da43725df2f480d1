"""One stylesheet out of its parts, when static files are collected.

While developing, the browser follows the `@import`s of css/rembuk.css one by one. On a slow line
that is a round trip too many: for production the parts are put into that file, each in its layer.
"""

import posixpath
import re
from collections.abc import Callable

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

ENTRY = "css/rembuk.css"
_IMPORT = re.compile(r'@import "([^"]+)"(?: layer\(([\w.]+)\))?;')
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_CHARSET = re.compile(r'@charset "[^"]*";\s*')
_OUTSIDE_URL = re.compile(r"""url\((?!\s*["']?data:)""")


def bundle(entry: str, read: Callable[[str], str]) -> str:
    """The text of `entry` with what it imports in place; `read` gives a file's text by name."""
    folder = posixpath.dirname(entry)

    def part(match: re.Match) -> str:
        name = posixpath.normpath(posixpath.join(folder, match[1]))
        text = _CHARSET.sub("", _COMMENT.sub("", read(name)))
        if _IMPORT.search(text):
            raise ImproperlyConfigured(f"{name}: only {entry} imports.")
        if posixpath.dirname(name) != folder and _OUTSIDE_URL.search(text):
            raise ImproperlyConfigured(f"{name}: its url() would not survive in {entry}.")
        return f"@layer {match[2]} {{\n{text}}}" if match[2] else text

    return _IMPORT.sub(part, _COMMENT.sub("", read(entry)))


class BundledCssMixin(StaticFilesStorage):
    """Bundles before names are hashed and files compressed."""

    def post_process(self, paths, dry_run=False, **options):
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        if ENTRY in paths and not dry_run:
            bundled = InMemoryStorage()
            bundled.save(ENTRY, ContentFile(bundle(ENTRY, read).encode()))
            paths = paths | {ENTRY: (bundled, ENTRY)}
        yield from super().post_process(paths, dry_run, **options)
