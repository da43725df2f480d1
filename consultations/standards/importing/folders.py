"""A folder of files that came as one ZIP, unpacked within limits.

A DOCX is a ZIP too: what says of itself what it is (`[Content_Types].xml`, `mimetype`) is one file,
anything else is a folder. Its files are only copied out; what they are is the readers' business.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from consultations.standards.reading import UnreadableFile, archives

MOST_FILES = 500  # in one upload; a large agency has some 150 standards
MOST_BYTES = 100 * 2**20  # of all of them, unpacked
_ONE_FILE = {"[Content_Types].xml", "mimetype"}
# What systems and programs leave in folders by themselves.
_LITTER = ("__MACOSX", ".", "~$", "Thumbs.db", "desktop.ini")
_CHUNK = 2**18
# Each entry of the directory takes memory before the first can be looked at.
_CENTRAL_ENTRY = b"PK\x01\x02"


@dataclass(frozen=True)
class Upload:
    """One file. `refusal` says why it will not be read; then it has no content."""

    filename: str
    content: bytes
    refusal: str = ""


def is_folder(content: bytes) -> bool:
    if not archives.is_archive(content) or content.count(_CENTRAL_ENTRY) > archives.MOST_ENTRIES:
        return False
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return False
    return not names & _ONE_FILE


def unpack(content: bytes) -> Iterator[Upload]:
    """The files of a folder in the order of their names; what cannot be copied out is refused,
    and the others go on. Raises UnreadableFile where it is too much as a whole."""
    archive = zipfile.ZipFile(BytesIO(content))
    entries = [entry for entry in archive.infolist() if not _is_litter(entry)]
    if len(entries) > MOST_FILES:
        message = _("The folder holds more than %(limit)d files. Send it in parts.")
        raise UnreadableFile(message % {"limit": MOST_FILES}, code="too_many_files")
    if not entries:
        raise UnreadableFile(_("The folder is empty. Choose another one."), code="empty_file")
    left = MOST_BYTES
    for entry in sorted(entries, key=lambda entry: entry.filename):
        upload = _copied(archive, entry, min(left, archives.MOST_BYTES))
        left -= len(upload.content)
        yield upload


def _copied(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> Upload:
    """Sizes are counted while it is inflated: what the entry says of itself proves nothing."""
    name = PurePosixPath(entry.filename).name
    pieces, size = [], 0
    try:
        with archive.open(entry) as part:
            while piece := part.read(_CHUNK):
                size += len(piece)
                if size > limit:
                    return Upload(name, b"", archives.too_much().message)
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        return Upload(name, b"", archives.damaged().message)
    except (NotImplementedError, RuntimeError):
        return Upload(name, b"", archives.locked().message)
    return Upload(name, b"".join(pieces))


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return entry.is_dir() or not parts or any(part.startswith(_LITTER) for part in parts)


def expanded(uploads: Iterable[Upload]) -> Iterator[Upload]:
    """The files of an upload one by one, folders unpacked, all of it within MOST_FILES and
    MOST_BYTES; what goes beyond is refused."""
    count, size = 0, 0
    for upload in _unpacked(uploads):
        count, size = count + 1, size + len(upload.content)
        if count > MOST_FILES:
            return
        if size > MOST_BYTES and not upload.refusal:
            message = _("The upload is too large as a whole. Send this file in another one.")
            upload = Upload(upload.filename, b"", message)
        yield upload


def _unpacked(uploads: Iterable[Upload]) -> Iterator[Upload]:
    for upload in uploads:
        if upload.refusal or not is_folder(upload.content):
            yield upload
            continue
        try:
            yield from unpack(upload.content)
        except UnreadableFile as refusal:
            yield Upload(upload.filename, b"", refusal.message)
