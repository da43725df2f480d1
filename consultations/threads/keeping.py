"""What somebody wrote before they signed in, kept in their session until it has been sent."""

from uuid import uuid4

from django.contrib.sessions.backends.base import SessionBase

KEY = "kept_comments"
MOST = 3  # consultations of which a text is kept

_FIELDS = (
    "wording",
    "parent",
    "stance",
    "quote_exact",
    "quote_prefix",
    "quote_suffix",
    "proposed_text",
    "proposed_from",
    "body",
)


def keep(session: SessionBase, slug: str, sent: dict) -> None:
    """Keeps what a valid form holds; the oldest text of another consultation gives way."""
    kept = session.get(KEY, {})
    kept.pop(slug, None)
    kept[slug] = {name: sent[name] for name in _FIELDS}
    session[KEY] = dict(list(kept.items())[-MOST:])


def kept_for(session: SessionBase, slug: str, place: dict) -> dict:
    """The kept text if it was written at this place (its wording and parent)."""
    kept = session.get(KEY, {}).get(slug, {})
    if kept and all(kept[name] == value for name, value in place.items()):
        return {name: value for name, value in kept.items() if value} | {"token": uuid4()}
    return {}


def forget(session: SessionBase, slug: str) -> None:
    kept = session.get(KEY, {})
    if slug in kept:
        del kept[slug]
        session[KEY] = kept
