"""The icons: one stroke of 24 × 24, drawn for Rembuk.

They stand in the page itself rather than in a sprite: no second request, no address in a cached
fragment that the next deployment would break, and hardly longer than a `<use>`.
"""

from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "agenda": "M4 6h16M4 12h16M4 18h10",
    "answer": "M12 3l2.2 1.7 2.8-.2.7 2.7 2.3 1.6-1 2.6 1 2.6-2.3 1.6-.7 2.7-2.8-.2L12 20l-2.2-1.9"
    "-2.8.2-.7-2.7L4 14l1-2.6-1-2.6 2.3-1.6.7-2.7 2.8.2L12 3ZM8.5 11.7l2.5 2.5 4.5-4.7",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "bell": "M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15L6 16ZM10 20.5h4",
    "calendar": "M5 6h14v14H5V6ZM5 10.5h14M9 3.5v4M15 3.5v4",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
    "comment": "M4 5h16v11H11l-5 4v-4H4V5Z",
    "cross": "M6 6l12 12M18 6 6 18",
    "document": "M6 3h8l4 4v14H6V3ZM14 3v4h4",
    "down": "M6 9l6 6 6-6",
    "download": "M12 4v11M6.5 10.5 12 16l5.5-5.5M5 20h14",
    "flag": "M5 21V4h13l-2.5 4.5L18 13H5",
    "forward": "M5 12h14M13 6l6 6-6 6",
    "hand": "M8 12V6a1.5 1.5 0 0 1 3 0v5-7a1.5 1.5 0 0 1 3 0v7-5a1.5 1.5 0 0 1 3 0v8c0 4-2.2 6-5.5"
    " 6S7 18 5 13.6a1.5 1.5 0 0 1 2.7-1.2L8 13",
    "hide": "M4 4l16 16M9.9 9.9a3 3 0 0 0 4.2 4.2M6.6 6.9C4.6 8.2 3 10 2.5 12c1.5 4 5.3 6.5 9.5 6.5"
    " 1.8 0 3.4-.4 4.9-1.2M10 5.7c.6-.1 1.3-.2 2-.2 4.2 0 8 2.5 9.5 6.5-.5 1.3-1.2 2.4-2.1 3.4",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 7.8v.2",
    "link": "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 "
    "5.7 5.7L12 17",
    "lock": "M6 11h12v9H6v-9ZM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "merge": "M6 4v5c0 3 6 3 6 7v4M18 4v5c0 3-6 3-6 7",
    "microphone": "M12 4a2.5 2.5 0 0 0-2.5 2.5V12a2.5 2.5 0 0 0 5 0V6.5A2.5 2.5 0 0 0 12 4ZM6.5 "
    "11.5a5.5 5.5 0 0 0 11 0M12 17v3.5",
    "minus": "M5 12h14",
    "pencil": "M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.6-4 3.7-6 7.5-6s6.9 2 7.5 6",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7v-7Z",
    "question": "M9 9a3 3 0 1 1 4.2 2.8c-.9.4-1.2 1-1.2 2.2M12 17.6v.2",
    "screen": "M3 5h18v11H3V5ZM9 20h6M12 16v4",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l5 5",
    "up": "M12 20V5M5.5 11.5 12 5l6.5 6.5",
    "warning": "M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.3v.2",
}

MARKUP = {
    name: mark_safe(  # our own constant
        f'<svg class="rb-i" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>'
    )
    for name, path in PATHS.items()
}

STANCE = {
    "support": "up",
    "oppose": "cross",
    "question": "question",
    "propose": "pencil",
    "neutral": "minus",
}

# How an answer's disposition is shown: icon and Designsystemet's colour. A reasoned no is neutral.
DISPOSITION = {
    "accepted": ("check", "success"),
    "partly": ("check", "warning"),
    "not_accepted": ("cross", "neutral"),
    "covered": ("check", "info"),
    "passed_on": ("forward", "info"),
    "deferred": ("clock", "neutral"),
    "support_noted": ("up", "neutral"),
}


def svg(name: str) -> SafeString:
    """The icon as markup, hidden from screen readers: the word beside it says what it means."""
    return MARKUP[name]
