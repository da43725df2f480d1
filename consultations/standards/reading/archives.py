"""What kind of file it is, and the parts of a DOCX, unpacked within limits.

Nothing that the file says about itself is trusted: sizes are counted while inflating, names are
never paths on this machine, and only the parts that are asked for are opened.
"""

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from consultations.standards.reading.contract import UnreadableFile

MOST_BYTES = 20 * 2**20  # of a file as it is sent
MOST_INFLATED = 60 * 2**20  # of all its parts
MOST_ENTRIES = 2_000
MOST_LINES = 30_000  # a book of 600 pages has 8,000
MOST_STANDARDS = 1_000  # in one file
_MOST_RATIO = 200  # Word's own XML shrinks to a tenth or twentieth
_RATIO_COUNTS_FROM = 2**20
_CHUNK = 2**18
_CENTRAL_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def _refusals() -> dict[bytes, str]:
    return {
        b"%PDF": _("This is a PDF. Save the standard as DOCX and send that."),
        b"{\\rt": _("This is an RTF file. Save it as DOCX and send that."),
        b"MZ": _("This is a program, not a document. Send the standard as DOCX."),
        b"\x7fELF": _("This is a program, not a document. Send the standard as DOCX."),
        b"\x89PNG": _("This is a picture. Send the standard as text, in a DOCX."),
        b"\xff\xd8\xff": _("This is a picture. Send the standard as text, in a DOCX."),
        b"Rar!": _("This is an archive. Unpack it and send the files in it."),
        b"7z\xbc\xaf": _("This is an archive. Unpack it and send the files in it."),
        b"\x1f\x8b": _("This is an archive. Unpack it and send the files in it."),
    }


def check_size(content: bytes) -> None:
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(_("The file is empty. Choose another one."), code="empty_file")
    if len(content) > MOST_BYTES:
        message = _(
            "The file is larger than %(limit)d MB. Take the pictures out, or send the standards "
            "one by one."
        )
        raise UnreadableFile(message % {"limit": MOST_BYTES // 2**20}, code="too_large")


def is_archive(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def check_kind(content: bytes) -> None:
    """Refuse what is neither a DOCX nor text, by how the file begins; its name proves nothing."""
    for beginning, message in _refusals().items():
        if content.startswith(beginning):
            raise UnreadableFile(message, code="wrong_kind")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked()
        raise UnreadableFile(
            _("This is an old Office file (DOC, XLS, PPT). Save it as DOCX and send that."),
            code="wrong_kind",
        )


def locked() -> UnreadableFile:
    message = _("The file is protected by a password. Save it without one and send it again.")
    return UnreadableFile(message, code="locked")


def damaged() -> UnreadableFile:
    message = _("The file is damaged. Open it in Word, save it again as DOCX and send that.")
    return UnreadableFile(message, code="damaged")


def too_much() -> UnreadableFile:
    message = _("The file unpacks to far more than a standard is. Send the standards one by one.")
    return UnreadableFile(message, code="too_much")


class Package:
    """The parts of a DOCX by name, each read when it is asked for."""

    def __init__(self, content: bytes):
        # Each entry costs memory before the first can be looked at, so they are counted first.
        if content.count(_CENTRAL_ENTRY) > MOST_ENTRIES:
            raise too_much()
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise damaged()
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        self._left = MOST_INFLATED
        self._check_entries()
        self._check_is_document()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The part, or UnreadableFile: it is missing, damaged, locked or larger than allowed."""
        if name not in self._entries:
            raise damaged()
        pieces = []
        try:
            with self._archive.open(self._entries[name]) as part:
                while piece := part.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise too_much()
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise damaged()
        except (NotImplementedError, RuntimeError):
            raise locked()
        return b"".join(pieces)

    def _check_entries(self) -> None:
        entries = self._archive.infolist()
        if len({entry.filename.lower() for entry in entries}) < len(entries):
            raise damaged()  # of two parts with one name, every program reads another
        if any(entry.flag_bits & 1 for entry in entries):
            raise locked()
        if sum(entry.file_size for entry in entries) > MOST_INFLATED:
            raise too_much()
        for entry in entries:
            if _leads_outside(entry.filename):
                raise damaged()
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged()
            if entry.file_size > max(_RATIO_COUNTS_FROM, entry.compress_size * _MOST_RATIO):
                raise too_much()

    def _check_is_document(self) -> None:
        if any("vbaproject" in name.lower() for name in self._entries):
            raise _holds_macros()
        if "[Content_Types].xml" not in self:
            raise self._other_archive()
        types = self.read("[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in types:
            raise _holds_macros()
        if _DOCX not in types:
            raise self._other_archive()

    def _other_archive(self) -> UnreadableFile:
        if "xl/workbook.xml" in self or "ppt/presentation.xml" in self:
            message = _("This is a sheet or slides, not a text. Send the standard as DOCX.")
        elif "mimetype" in self:
            message = _("This is an OpenDocument file. Save it as DOCX and send that.")
        else:
            message = _("This is an archive. Unpack it and send the files in it.")
        return UnreadableFile(message, code="wrong_kind")


def _holds_macros() -> UnreadableFile:
    message = _("The file holds macros. Save it as DOCX, which has none, and send that.")
    return UnreadableFile(message, code="macros")


def _leads_outside(name: str) -> bool:
    return (
        "\\" in name or "\x00" in name or name.startswith("/") or ".." in PurePosixPath(name).parts
    )
