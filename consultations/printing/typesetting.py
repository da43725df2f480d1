"""A process of its own that sets one paper: data in at standard input, PDF out at standard output.

Run as a file, by itself, without the rest of the program, so that it starts at once. `engine` says
what it is for; a paper costs a server here neither memory, which the typesetter keeps for its next
papers, nor time beyond the limit, and what ends the typesetter ends nothing else.
"""

import os
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "printing" / "fonts"
STANDARDS = ["ua-1", "a-2a"]
_MOST_BYTES = 3 * 1024**3  # of addresses: several times what is used
_MOST_SECONDS = 60  # of all cores together; the caller's limit comes first


def main(template: str, day: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    os.nice(5)  # live sessions come first
    try:
        paper = _typeset(template, datetime.fromisoformat(day).replace(tzinfo=UTC))
    except typst.TypstError as error:
        sys.exit(f"{template}: {error.message}\n{error.diagnostic}")
    sys.stdout.buffer.write(paper)


def _typeset(template: str, day: datetime) -> bytes:
    return typst.compile(
        ROOT / template,
        root=ROOT,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        ),
        sys_inputs={"input": sys.stdin.buffer.read().decode()},
        pdf_standards=STANDARDS,
        timestamp=day,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
