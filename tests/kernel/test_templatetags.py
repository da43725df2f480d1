"""The template tags and filters of consultations/templatetags/rembuk.py."""

import datetime
import time
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from consultations.outcomes.enums import Disposition
from consultations.templatetags import icons, rembuk
from consultations.threads.enums import Stance

OPENING = datetime.datetime(2026, 11, 24, 3, 0, tzinfo=datetime.UTC)


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


class Tags(HTMLParser):
    """The elements that a browser would see in some markup, with their attributes."""

    def __init__(self, markup: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# --- icons ------------------------------------------------------------------------------------


def test_icon_is_hidden_from_screen_readers():
    markup = render('{% icon "check" %}')

    assert markup.startswith('<svg class="rb-i"')
    assert 'aria-hidden="true"' in markup


def test_icon_that_does_not_exist_is_a_mistake_of_the_template():
    with pytest.raises(KeyError):
        render('{% icon "unicorn" %}')


def test_every_stance_and_disposition_has_an_icon():
    assert set(Stance.values) | {"propose"} == set(icons.STANCE)
    assert set(Disposition.values) == set(icons.DISPOSITION)
    assert {*icons.STANCE.values(), *(icon for icon, _ in icons.DISPOSITION.values())} <= set(
        icons.PATHS
    )


def test_bar_stays_within_its_frame():
    assert 'width="71%"' in rembuk.bar(71)
    assert 'width="100%"' in rembuk.bar(130)
    assert 'width="0%"' in rembuk.bar(-1)


def test_split_puts_the_shares_one_after_the_other():
    markup = rembuk.split({"support": 1, "oppose": 3}, "1 dukung, 3 keberatan")

    assert [attrs for tag, attrs in Tags(markup).found if tag == "rect"] == [
        {"data-stance": "support", "x": "0", "width": "25", "height": "4"},
        {"data-stance": "oppose", "x": "25", "width": "75", "height": "4"},
    ]
    assert 'aria-label="1 dukung, 3 keberatan"' in markup


def test_split_of_nothing_is_empty():
    assert rembuk.split({"support": 0}, "-").count("NaN") == 0


# --- times and numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("id", "Asia/Jakarta", "24 Nov 2026, 10.00 WIB"),
        ("id", "Asia/Pontianak", "24 Nov 2026, 10.00 WIB"),
        ("id", "Asia/Makassar", "24 Nov 2026, 11.00 WITA"),
        ("id", "Asia/Jayapura", "24 Nov 2026, 12.00 WIT"),
        ("en", "Asia/Jakarta", "24 Nov 2026, 10:00 WIB"),
        ("en", "Europe/Oslo", "24 Nov 2026, 04:00 CET"),
        ("en", None, "24 Nov 2026, 10:00 WIB"),
    ],
)
def test_moment_shows_the_zone(language, zone, shown):
    with override(language):
        assert f">{shown}</time>" in rembuk.moment(OPENING, zone)


def test_moment_is_the_same_instant_for_machines():
    tag, attrs = Tags(rembuk.moment(OPENING, "Asia/Jayapura")).found[0]

    assert tag == "time"
    assert datetime.datetime.fromisoformat(attrs["datetime"]) == OPENING


def test_times_of_nothing_are_empty():
    assert [f(None) for f in (rembuk.moment, rembuk.clock, rembuk.day, rembuk.short_day)] == [
        ""
    ] * 4


@pytest.mark.parametrize(
    ("language", "shown"), [("id", "Selasa, 24 November 2026"), ("en", "Tuesday, 24 November 2026")]
)
def test_day_is_written_out(language, shown):
    with override(language):
        assert rembuk.day(datetime.date(2026, 11, 24)) == (
            f'<time datetime="2026-11-24">{shown}</time>'
        )


def test_day_of_a_moment_is_the_day_in_its_zone():
    late = datetime.datetime(2026, 11, 23, 20, 0, tzinfo=datetime.UTC)

    with override("id"):
        assert ">24 Nov 2026<" in rembuk.short_day(late, "Asia/Jakarta")
        assert ">03.00 WIB<" in rembuk.clock(late, "Asia/Jakarta")
        assert ">23 Nov 2026<" in rembuk.short_day(late, "Europe/London")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1046, "1.046", "1,046"),
        (7, "7", "7"),
        (Decimal("9.4"), "9,4", "9.4"),
        (1234567.5, "1.234.567,5", "1,234,567.5"),
        (None, "", ""),
    ],
)
def test_number_is_written_as_the_language_does(value, indonesian, english):
    with override("id"):
        assert rembuk.number(value) == indonesian
    with override("en"):
        assert rembuk.number(value) == english


# --- citizens' text ---------------------------------------------------------------------------


def test_paragraphs_keeps_paragraphs_and_lines():
    assert rembuk.paragraphs("Satu\r\ndua\n\n \n\ntiga & empat\n") == (
        "<p>Satu<br>dua</p>\n<p>tiga &amp; empat</p>"
    )


def test_paragraphs_of_nothing_is_nothing():
    assert rembuk.paragraphs(" \n\n ") == ""


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("lihat https://contoh.test/a?b=1&c=2.", "https://contoh.test/a?b=1&amp;c=2", "."),
        ("(http://contoh.test/x)", "http://contoh.test/x", ")"),
        ("https://contoh.test/a_(b)", "https://contoh.test/a_(b)", ""),
        ("HTTPS://CONTOH.TEST!!", "HTTPS://CONTOH.TEST", "!!"),
    ],
)
def test_paragraphs_links_addresses_and_not_the_sentence_around(text, address, after):
    markup = rembuk.paragraphs(text)

    assert f'href="{address}" rel="nofollow ugc noopener">{address}</a>{after}</p>' in markup


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    'https://contoh.test/"onmouseover="alert(1)',
    "https://contoh.test/'onmouseover='alert(1)",
    "https://contoh.test/<script>alert(1)</script>",
    "https://contoh.test/&quot;onclick=alert(1)",
    "https://contoh.test/`onclick=alert(1)`",
    "javascript:alert(1) data:text/html,<b>x</b> vbscript:x",
    "java\nscript:alert(1)",
    "<a href='javascript:alert(1)'>https://contoh.test</a>",
    "<p style=color:red>x</p><!-- https://contoh.test -->",
    "{{ 7|add:7 }} {% csrf_token %} {0} {x}",
    "https://contoh.test/\u202egnp.exe",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_paragraphs_lets_no_markup_through(text):
    found = Tags(rembuk.paragraphs(text)).found

    assert {tag for tag, _ in found} <= {"p", "br", "a"}
    for tag, attrs in found:
        assert set(attrs) <= ({"href", "rel"} if tag == "a" else set())
        assert attrs.get("href", "https://").lower().startswith(("http://", "https://"))
    assert "\u202e" not in "".join(attrs.get("href", "") for _, attrs in found)


@pytest.mark.parametrize("piece", ["https://", "https://a.", "\n ", "(", "http://a)))).", "<", " "])
def test_paragraphs_takes_time_in_proportion(piece):
    text = piece * (200_000 // len(piece))

    started = time.perf_counter()
    rembuk.paragraphs(text)

    assert time.perf_counter() - started < 5  # quadratic takes minutes


# --- forms ------------------------------------------------------------------------------------


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti di KTP.")
    body = forms.CharField(label="Isi", widget=forms.Textarea, required=False)
    stance = forms.ChoiceField(
        label="Sikap",
        choices=[("support", "Dukung"), ("oppose", "Keberatan")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="Setuju")
    token = forms.CharField(widget=forms.HiddenInput)


def test_field_ties_label_and_hint_to_the_control():
    found = Tags(render("{% field form.name autocomplete='name' %}", form=SampleForm())).found

    control = next(attrs for tag, attrs in found if tag == "input")
    assert ("label", {"class": "ds-label", "for": "id_name"}) in found
    assert ("div", {"class": "rb-hint", "id": "id_name_helptext"}) in found
    assert control["aria-describedby"] == "id_name_helptext"
    assert (control["class"], control["autocomplete"]) == ("ds-input", "name")
    assert "aria-invalid" not in control


def test_field_with_an_error_says_so_where_it_is():
    markup = render("{% field form.name hint='Nama panggilan.' %}", form=SampleForm({}))

    control = next(attrs for tag, attrs in Tags(markup).found if tag == "input")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_name_helptext id_name_error"
    assert "Nama panggilan." in markup
    assert 'id="id_name_error"' in markup


def test_field_of_choices_is_a_fieldset_with_a_legend():
    found = Tags(render("{% field form.stance %}", form=SampleForm({"stance": "oppose"}))).found

    assert [tag for tag, _ in found if tag in {"fieldset", "legend"}] == ["fieldset", "legend"]
    radios = [attrs for tag, attrs in found if tag == "input"]
    assert [(r["type"], r["value"], "checked" in r) for r in radios] == [
        ("radio", "support", False),
        ("radio", "oppose", True),
    ]


def test_field_that_may_stay_empty_says_so_and_takes_attributes():
    with override("en"):
        markup = render("{% field form.body rows=2 data_draft_key='k' %}", form=SampleForm())

    assert "(optional)" in markup
    control = next(attrs for tag, attrs in Tags(markup).found if tag == "textarea")
    assert (control["rows"], control["data-draft-key"]) == ("2", "k")


def test_field_for_one_tick_has_its_words_beside_it():
    found = Tags(render("{% field form.agree %}", form=SampleForm())).found

    assert ("label", {"class": "rb-check", "for": "id_agree"}) in found


def test_hidden_field_is_the_control_alone():
    found = Tags(render("{% field form.token %}", form=SampleForm())).found

    assert [tag for tag, _ in found] == ["input"]


def test_field_escapes_what_was_typed():
    form = SampleForm({"name": '"><script>alert(1)</script>'})

    assert "<script>" not in render("{% field form.name %}", form=form)


def test_form_errors_link_to_their_fields():
    markup = render("{% include 'partials/_form_errors.html' %}", form=SampleForm({}))

    links = [attrs["href"] for tag, attrs in Tags(markup).found if tag == "a"]
    assert links == ["#id_name", "#id_stance", "#id_agree", "#id_token"]


def test_form_without_errors_has_no_summary():
    assert render("{% include 'partials/_form_errors.html' %}", form=SampleForm()).strip() == ""


def test_beyond_leaves_out_what_was_said():
    errors = {"body": ["Kosong.", "Terlalu pendek."], "stance": ["Pilih satu."]}

    assert rembuk.beyond(errors, "Kosong.") == ["Terlalu pendek.", "Pilih satu."]
    assert rembuk.beyond(None, "Kosong.") == []


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500])
def test_error_pages_need_nothing(status):
    markup = render_to_string(f"{status}.html")

    assert [tag for tag, _ in Tags(markup).found].count("h1") == 1
    assert "csrf" not in markup


def test_error_page_says_once_what_is_wrong_and_keeps_the_text():
    context = {
        "message": "Kosong.",
        "errors": {"body": ["Kosong.", "Pilih kata."]},
        "kept": "</textarea><script>",
    }

    markup = render_to_string("409.html", context)

    assert (markup.count("Kosong."), markup.count("Pilih kata.")) == (1, 1)
    assert "&lt;/textarea&gt;&lt;script&gt;</textarea>" in markup


def test_too_many_tells_how_long_to_wait():
    assert " 40." in render_to_string("429.html", {"retry_after": 40})


def test_frame_of_a_visitor_touches_neither_session_nor_csrf(rf):
    request = rf.get("/consultations/ktp/?after=3")
    request.user = AnonymousUser()

    with override("id"):
        markup = render_to_string("layouts/page.html", request=request)

    found = Tags(markup).found
    assert not [tag for tag, _ in found if tag in {"form", "input", "script", "style"}]
    assert "CSRF_COOKIE" not in request.META
    links = [attrs["href"] for tag, attrs in found if tag == "a"]
    assert "/en/consultations/ktp/?after=3" in links
    assert "/accounts/login/?next=/consultations/ktp/%3Fafter%3D3" in links
    assert ("a", {"href": "/consultations/", "aria-current": "true"}) in found


# --- addresses --------------------------------------------------------------------------------


def test_local_gives_the_address_in_the_readers_language():
    with override("id"):
        assert rembuk.local("/me/") == "/me/"
    with override("en"):
        assert rembuk.local("/me/") == "/en/me/"


@pytest.mark.parametrize(
    ("language", "path", "there"),
    [
        ("id", "/consultations/?page=2", "/en/consultations/?page=2"),
        ("en", "/en/consultations/?page=2", "/consultations/?page=2"),
        ("en", "/en/", "/"),
        ("id", "/energi/", "/en/energi/"),
    ],
)
def test_other_languages_lead_to_the_same_page(language, path, there):
    context = {"request": RequestFactory().get(path)}

    with override(language):
        assert [other["url"] for other in rembuk.other_languages(context)] == [there]


def test_other_languages_are_named_in_their_own():
    with override("en"):
        assert [other["name"] for other in rembuk.other_languages({})] == ["Bahasa Indonesia"]


def test_current_marks_the_page_and_what_it_stands_under():
    def mark(path):
        return rembuk.current({"request": RequestFactory().get(path)}, "/consultations/")

    assert mark("/consultations/") == ' aria-current="page"'
    assert mark("/consultations/ktp/") == ' aria-current="true"'
    assert mark("/me/") == ""
