"""Carrying a text that was refused over to where it can be sent: nothing typed gets lost."""

from consultations.standards.anchoring import find_quote
from consultations.threads.queries.composing import Place

QUOTE = ("quote_exact", "quote_prefix", "quote_suffix")


def moved(data: dict, place: Place) -> dict:
    """What a form holds, made to fit the words that are discussed now.

    A quote that does not stand in them is left out, and so is the comment replied to, which
    stands on the old words. Where the clause is gone the text is for the consultation as a whole.
    """
    if place.words is None:
        return without_words(data)
    data = data | {"wording": place.words_id, "parent": ""}
    if not find_quote(place.words.plain, str(data.get("quote_exact") or "")):
        data |= dict.fromkeys(QUOTE, "")
    return data


def without_words(data: dict) -> dict:
    """Made to stand on the consultation as a whole: proposed words become part of the text."""
    body = str(data.get("body") or "")
    proposed = str(data.get("proposed_text") or "") if not data.get("proposed_from") else ""
    emptied = dict.fromkeys(("wording", "parent", "proposed_text", "proposed_from", *QUOTE), "")
    return data | emptied | {"body": "\n\n".join(text for text in (body, proposed) if text)}
