"""Take the texts of code and templates into the catalogues.

Translations stay, new texts come in empty (in English as they are), texts that are gone are
dropped. Sorted and without dates or line numbers, so that a second run changes nothing.
"""

from pathlib import Path

import polib

from scripts.catalogues import (
    LANGUAGES,
    ROOT,
    SOURCE_LANGUAGE,
    Message,
    catalogue_path,
    messages_of_code,
    open_catalogue,
)


def update(language: str, messages: dict[tuple[str, str], Message], root: Path = ROOT) -> str:
    """Write the language's catalogue and say in one line what has changed."""
    catalogue = open_catalogue(language, root)
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    for key in sorted(messages, key=lambda key: (key[1], key[0])):
        catalogue.append(_entry(messages[key], old.get(key), language))
    path = catalogue_path(language, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    added, dropped = messages.keys() - old.keys(), old.keys() - messages.keys()
    empty = sum(not entry.translated() for entry in catalogue)
    return (
        f"{language}: {len(catalogue)} texts, {len(added)} new, {len(dropped)} gone, {empty} empty"
    )


def _entry(message: Message, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context,
        occurrences=[(place, "") for place in sorted(message.places)],
        flags=["python-format"] if "%(" in message.text or "%s" in message.text else [],
        tcomment=old.tcomment if old else "",
    )
    if message.plural:
        entry.msgid_plural = message.plural
        forms = (message.text, message.plural) if language == SOURCE_LANGUAGE else ("",)
        entry.msgstr_plural = (old and old.msgstr_plural) or dict(enumerate(forms))
    else:
        text = message.text if language == SOURCE_LANGUAGE else ""
        entry.msgstr = (old and old.msgstr) or text
    return entry


def main() -> None:
    messages = messages_of_code()
    for language in LANGUAGES:
        print(update(language, messages))


if __name__ == "__main__":
    main()
