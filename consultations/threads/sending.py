"""From what a form holds to what is posted."""

from dataclasses import replace

from consultations.kernel.paging import after_of
from consultations.threads.contributions import changed_part, contribution, find_passage
from consultations.threads.moving import QUOTE
from consultations.threads.queries.posting import seen_words
from consultations.threads.sentences import quote_at


def with_chosen_words(data: dict) -> dict:
    """What a form sent, with the quote that the choice of a sentence (`quote_at`) stands for."""
    if "quote_at" not in data:
        return data
    wording = after_of(data.get("wording"))
    words = seen_words(wording) if wording and data["quote_at"] else None
    chosen = quote_at(words.plain, data["quote_at"]) if words else dict.fromkeys(QUOTE, "")
    return {name: value for name, value in data.items() if name != "quote_at"} | chosen


def to_post(sent: dict, proposed_from: str) -> dict:
    """The keywords of `post_comment`, without the present words that a form was filled with."""
    wanted = sent["proposed_text"] and proposed_from and sent["wording"]
    words = seen_words(sent["wording"]) if wanted else None
    if words is None:
        return sent
    made = contribution(
        stance=sent["stance"],
        body=sent["body"],
        proposed_text=sent["proposed_text"],
        quote=sent["quote"],
    )
    passage = find_passage(words.plain, replace(made, proposed_text=""))
    proposed, keeps_quote = changed_part(made.proposed_text, proposed_from, words.plain, passage)
    # A proposal that goes beyond the chosen sentence is one for the whole clause: its changes
    # show where it is about.
    return sent | {"proposed_text": proposed, "quote": sent["quote"] if keeps_quote else None}
