"""Typesets a template of ours with data of anybody's.

Data reach the template as JSON and stand in it as strings: no text becomes markup or code,
whatever it contains. A template is a path below `consultations/`; all share `printing/house.typ`.

What comes out is PDF/UA-1 (for screen readers: tagged, titled, in a stated language) and PDF/A-2a
(for archives: nothing needed from outside). The same template and data give the same bytes, on
every machine: only the fonts beside this module are used, and the one date in the file is the
paper's own. Each paper is set by a process of its own (`typesetting`).
"""

import json
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid, TooMany

# Time and memory grow with the input: this much makes some 300 pages in three seconds, and a
# standard of 60 pages has a fifth of it.
LARGEST_BYTES = 2_000_000
_TYPESETTING = Path(__file__).with_name("typesetting.py")
_MOST_SECONDS = 30
_WAIT_SECONDS = 30

# Papers are set one after the other: each takes cores and memory, and the live sessions that are
# served beside them come first.
_turn = threading.Lock()
# What is not seen, or makes words be seen in another order than they were written.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# What is no character, or one by private agreement, which archives refuse.
_UNKNOWN = re.compile(
    "[\ud800-\uf8ff\ufdd0-\ufdef\U000e0000-\U0010ffff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0xE0000, 0x10000))
    + "]"
)


@dataclass(frozen=True)
class Paper:
    """What a file says about itself. `dated_on` is the day of its content, not of printing."""

    title: str
    language: str
    dated_on: date
    author: str = ""
    description: str = ""


class TooLong(Invalid):
    """More than is printed in one paper."""

    code = "too_long"


class PrintingFailed(RuntimeError):
    """A template is broken, or the typesetter ended before its time."""


class Busy(TooMany):
    """Other papers are being printed."""

    code = "busy"


def print_pdf(template: str, content: Mapping[str, Any], *, paper: Paper) -> bytes:
    """A PDF of `content`, which may hold what JSON can. Raises TooLong and Busy.

    A character that none of the fonts has is shown as an empty box and stays in the text.
    """
    given = {"paper": asdict(paper) | {"dated_on": paper.dated_on.isoformat()}, "content": content}
    source = json.dumps(_printable(given), ensure_ascii=False).encode()
    if len(source) > LARGEST_BYTES:
        raise TooLong(_("This is too long to be printed as one paper."))
    if not _turn.acquire(timeout=_WAIT_SECONDS):
        raise Busy(
            _("Many papers are being printed. Try again in a minute."), retry_after_seconds=60
        )
    try:
        return _typeset(template, source, paper.dated_on)
    finally:
        _turn.release()


def _typeset(template: str, source: bytes, day: date) -> bytes:
    # Isolated: nothing of the environment or of the working folder changes what is printed.
    command = [sys.executable, "-I", str(_TYPESETTING), template, day.isoformat()]
    try:
        done = subprocess.run(command, input=source, capture_output=True, timeout=_MOST_SECONDS)
    except subprocess.TimeoutExpired:
        raise TooLong(_("This is too long to be printed as one paper."))
    if done.returncode:
        raise PrintingFailed(done.stderr.decode(errors="replace")[-2_000:])
    return done.stdout


def _printable(value: Any) -> Any:
    """The same with every text in NFC and without what no paper can show."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", _UNPRINTABLE.sub("", value))
        return _UNKNOWN.sub("\ufffd", text)
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value
