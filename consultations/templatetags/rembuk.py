"""What templates need everywhere: icons, times, numbers, citizens' text, the one form style.

A builtin of the template engine: no `{% load %}`.
"""

import datetime
import re
from collections.abc import Iterable
from itertools import groupby
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, Textarea
from django.template.loader import render_to_string
from django.utils import dateformat, formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from consultations.people.zones import ZONE_NAMES
from consultations.templatetags import icons

register = template.Library()


# Icons


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.svg(name)


@register.filter
def stance_icon(stance: str) -> SafeString:
    return icons.svg(icons.STANCE[stance])


@register.filter
def disposition_icon(disposition: str) -> SafeString:
    return icons.svg(icons.DISPOSITION[disposition][0])


@register.filter
def disposition_color(disposition: str) -> str:
    return icons.DISPOSITION[disposition][1]


@register.simple_tag
def bar(percent: float) -> SafeString:
    """A bar of a poll. An svg, since the security policy forbids `style=`; the figure is beside."""
    return format_html(
        '<svg class="rb-bar" aria-hidden="true"><rect width="{}%" height="100%"/></svg>',
        f"{min(max(float(percent), 0), 100):g}",
    )


@register.simple_tag
def split(counts: dict[str, int], label: str) -> SafeString:
    """The proportion of stances as one bar: {"support": 8, ...}; `label` says it in words."""
    total = sum(counts.values()) or 1
    rects, left = [], 0.0
    for stance, count in counts.items():
        width = 100 * count / total
        rects.append((stance, f"{left:g}", f"{width:g}"))
        left += width
    return format_html(
        '<svg class="rb-split" viewBox="0 0 100 4" preserveAspectRatio="none" role="img"'
        ' aria-label="{}">{}</svg>',
        label,
        format_html_join("", '<rect data-stance="{}" x="{}" width="{}" height="4"/>', rects),
    )


# Times and numbers


def _local(moment: datetime.datetime, zone: str | None) -> tuple[datetime.datetime, str]:
    zone = zone or timezone.get_current_timezone_name()
    local = timezone.localtime(moment, ZoneInfo(zone))
    return local, ZONE_NAMES.get(zone) or local.tzname() or zone


def _time_tag(value: datetime.date, shown: str) -> SafeString:
    if isinstance(value, datetime.datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat("T", "seconds"), shown)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


def _clock_format() -> str:
    return "H.i" if get_language() == "id" else "H:i"


@register.filter
def moment(value: datetime.datetime | None, zone: str | None = None) -> str:
    """24 Nov 2026, 10.00 WIB: day and time with the zone, always."""
    if not value:
        return ""
    local, name = _local(value, zone)
    return _time_tag(local, f"{dateformat.format(local, 'j M Y, ' + _clock_format())} {name}")


@register.filter
def clock(value: datetime.datetime | None, zone: str | None = None) -> str:
    """10.00 WIB"""
    if not value:
        return ""
    local, name = _local(value, zone)
    return _time_tag(local, f"{dateformat.format(local, _clock_format())} {name}")


def _in_zone(value: datetime.date, zone: str | None) -> datetime.date:
    return _local(value, zone)[0] if isinstance(value, datetime.datetime) else value


@register.filter
def day(value: datetime.date | None, zone: str | None = None) -> str:
    """Selasa, 24 November 2026; a moment needs the zone in which its day is meant."""
    if not value:
        return ""
    value = _in_zone(value, zone)
    return _time_tag(value, dateformat.format(value, "l, j F Y"))


@register.filter
def short_day(value: datetime.date | None, zone: str | None = None) -> str:
    """24 Nov 2026"""
    if not value:
        return ""
    value = _in_zone(value, zone)
    return _time_tag(value, dateformat.format(value, "j M Y"))


@register.filter
def number(value) -> str:
    """1.046 and 9,4 in Indonesian; 1,046 and 9.4 in English."""
    return "" if value is None else formats.number_format(value, force_grouping=True)


# Citizens' text

# Quotes and brackets end an address, and so do signs that turn the direction of writing.
_LINK = re.compile(r"""(https?://[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+)""", re.I)
_NOT_AT_END = ".,;:!?…)]}*_"


def _link(url: str) -> SafeString:
    """The address as a link; punctuation that ends the sentence stays outside."""
    kept = url.rstrip(_NOT_AT_END)
    if url[len(kept) :].startswith(")") and "(" in kept:
        kept += ")"
    return format_html(
        '<a href="{0}" rel="nofollow ugc noopener">{0}</a>{1}', kept, url[len(kept) :]
    )


def _line(line: str) -> SafeString:
    """Every second piece of the split is an address; format_html escapes them all."""
    pieces = _LINK.split(line)
    return format_html_join(
        "", "{}", ((_link(piece) if n % 2 else piece,) for n, piece in enumerate(pieces))
    )


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs with links. Takes time in proportion to its length."""
    lines = (line.strip() for line in str(text).replace("\r\n", "\n").split("\n"))
    blocks: Iterable = (group for filled, group in groupby(lines, key=bool) if filled)
    return format_html_join(
        "\n",
        "<p>{}</p>",
        ((format_html_join(SafeString("<br>"), "{}", ((_line(s),) for s in b)),) for b in blocks),
    )


# Forms


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str = "", **attributes) -> SafeString:
    """One field of a form with label, hint and errors, tied together for screen readers.

    Other keywords become attributes of the control: `rows=3`, `data_draft_key="…"`.
    """
    widget = bound.field.widget
    attrs = {name.replace("_", "-"): value for name, value in attributes.items()}
    if isinstance(widget, Textarea):
        attrs.setdefault("rows", widget.attrs.get("rows", 4))
    checkbox = isinstance(widget, CheckboxInput)
    if not (checkbox or bound.use_fieldset):
        classes = [widget.attrs.get("class"), attrs.get("class"), "ds-input"]
        attrs["class"] = " ".join(filter(None, classes))
    context = {
        "field": bound,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "is_checkbox": checkbox,
        "describedby": _describedby(bound, hint),
        "attrs": attrs,
    }
    return render_to_string("partials/_field.html", context | {"control": _control(context)})


def _describedby(bound: BoundField, hint: str) -> str:
    ids = [f"{bound.auto_id}_helptext"] if hint or bound.help_text else []
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    return " ".join(ids)


def _control(context: dict) -> SafeString | str:
    """The control itself; a group of choices is laid out by the template, option by option."""
    bound, attrs = context["field"], context["attrs"]
    if bound.use_fieldset:
        return ""
    if context["describedby"]:
        attrs["aria-describedby"] = context["describedby"]
    return bound.as_widget(attrs=attrs)


@register.simple_tag
def beyond(errors: dict[str, list[str]] | None, message: str) -> list[str]:
    """The sentences of a refusal's errors that `message` has not said already."""
    sentences = [sentence for found in (errors or {}).values() for sentence in found]
    return [sentence for sentence in sentences if sentence != message]


# Addresses


@register.simple_tag
def local(path: str) -> str:
    """The address of a page in the reader's language: /me/ is /en/me/ in English."""
    return _in_language(path, get_language() or settings.LANGUAGE_CODE)


def _in_language(path: str, language: str) -> str:
    prefixes = [f"/{code}" for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    for prefix in prefixes:
        if path == prefix or path.startswith(prefix + "/"):
            path = path.removeprefix(prefix) or "/"
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def other_languages(context) -> list[dict[str, str]]:
    """This page in the other languages: code, own name, address."""
    request, current = context.get("request"), get_language()
    path = request.get_full_path() if request else "/"
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": _in_language(path, code),
        }
        for code, _ in settings.LANGUAGES
        if code != current
    ]


@register.simple_tag(takes_context=True)
def current(context, path: str) -> SafeString | str:
    """`aria-current` for a link of the navigation, when the page is it or stands below it."""
    request = context.get("request")
    if not request or not request.path.startswith(path):
        return ""
    return format_html(' aria-current="{}"', "page" if request.path == path else "true")
