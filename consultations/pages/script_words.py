"""The sentences that the scripts of the reading pages say, in the reader's language.

Those that depend on a number come by CLDR plural category, as `Intl.PluralRules` asks for them.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def page_words() -> dict[str, str | dict[str, str]]:
    return {
        "new": _both(lambda n: ngettext("{n} new comment", "{n} new comments", n)),
        "counted": _both(
            lambda n: ngettext("{n} comment, {unanswered}", "{n} comments, {unanswered}", n)
        ),
        "unanswered": _("{n} unanswered"),
        "open": _("{n} open"),
        "answered": _("answered"),
        "mine": _("you"),
        "on_table": _("On the table: clause {label}."),
        "sending": _("Sending…"),
        "again": _("The line is slow. Sending once more…"),
        "sent": _("Your comment has been published."),
        "waits": _("Your comment has been stored. It appears when a moderator has seen it."),
        "not_sent": _("Not sent. Your text is kept on this device."),
        "refused": _("This could not be accepted. Load the page again; your text is kept."),
    }


def _both(of) -> dict[str, str]:
    return {"one": of(1), "other": of(2)}
