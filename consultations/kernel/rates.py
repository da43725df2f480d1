"""How often somebody may do something: by session first, by address second.

A hall shares one address, so the address's allowance is many people's. Counts are kept per
process: they protect against one client's haste, they are no quota, and asking Redis would make
each POST wait for it (docs/roadmap.md has the figures).
"""

import time

from django.conf import settings
from django.utils.translation import ngettext
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from consultations.kernel.errors import TooMany

_PER_PERSON = {
    "comment": parse_many("10/minute; 100/hour"),
    "appeal": parse_many("5/hour"),
    "search": parse_many("60/minute"),
    "typing": parse_many("60/minute"),  # kept by itself while somebody types
    "upload": parse_many("60/hour"),
}
_PER_ADDRESS = {
    "comment": parse_many("600/minute"),
    "appeal": parse_many("60/hour"),
    "search": parse_many("1200/minute"),
    "typing": parse_many("1200/minute"),
    "upload": parse_many("600/hour"),
}
_limiter = FixedWindowRateLimiter(MemoryStorage())


def check_rate(request, kind: str) -> None:
    """Counts one `kind` of act of this request's person and address, or raises TooMany."""
    if not settings.RATE_LIMITS:
        return
    address = request.META.get("REMOTE_ADDR", "")
    person = f"user:{request.user.pk}" if request.user.is_authenticated else f"at:{address}"
    for limits, who in ((_PER_PERSON[kind], person), (_PER_ADDRESS[kind], f"all:{address}")):
        for limit in limits:
            if not _limiter.hit(limit, kind, who):
                raise _too_many(limit, kind, who)


def _too_many(limit: RateLimitItem, kind: str, who: str) -> TooMany:
    reset_at = _limiter.get_window_stats(limit, kind, who).reset_time
    seconds = max(1, round(reset_at - time.time()))
    message = ngettext(
        "That was too much at once. Wait %(seconds)d second and send again; your text is kept.",
        "That was too much at once. Wait %(seconds)d seconds and send again; your text is kept.",
        seconds,
    )
    return TooMany(message % {"seconds": seconds}, retry_after_seconds=seconds)
