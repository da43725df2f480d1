"""Are the catalogues complete? Every text of the code is translated, with the same placeholders."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from scripts.catalogues import LANGUAGES, ROOT, Message, messages_of_code, open_catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def problems(root: Path = ROOT) -> list[str]:
    """One sentence for each thing that is wrong; empty is good."""
    messages = messages_of_code(root)
    return [
        f"{language}: {problem}"
        for language in LANGUAGES
        for problem in _problems_of(open_catalogue(language, root), messages)
    ]


def _problems_of(
    catalogue: polib.POFile, messages: dict[tuple[str, str], Message]
) -> Iterator[str]:
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    for key, message in messages.items():
        if key not in entries:
            yield f"missing: {message.text!r} ({', '.join(sorted(message.places))})"
        else:
            yield from _problems_of_entry(entries[key], message)
    for key in entries.keys() - messages.keys():
        yield f"no longer in the code: {key[1]!r}"


def _problems_of_entry(entry: polib.POEntry, message: Message) -> Iterator[str]:
    if entry.fuzzy:
        yield f"marked fuzzy: {message.text!r}"
    if bool(entry.msgid_plural) != bool(message.plural):
        yield f"plural differs: {message.text!r}"
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not forms or not all(forms):
        yield f"not translated: {message.text!r} ({', '.join(sorted(message.places))})"
        return
    # The form for one may leave its number out ("one comment"); the last one speaks for all.
    wanted = _placeholders(message.plural or message.text)
    if _placeholders(forms[-1]) != wanted:
        yield f"placeholders differ: {message.text!r} → {forms[-1]!r}"
    for form in forms[:-1]:
        if not set(_placeholders(form)) <= set(wanted):
            yield f"placeholders differ: {message.text!r} → {form!r}"


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def main() -> int:
    found = problems()
    for problem in found:
        print(problem)
    if found:
        print(f"{len(found)} problems. `make translations` takes new texts into locale/.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
