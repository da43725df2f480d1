"""From what a form holds to what is posted."""

from dataclasses import replace

from consultations.threads.contributions import changed_part, contribution, find_passage
from consultations.threads.queries.posting import seen_words


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
