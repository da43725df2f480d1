"""The catalogues are complete, and the scripts that keep them so do what they say."""

import os
import textwrap
from pathlib import Path

import polib
import pytest

from scripts import check_messages, update_messages
from scripts.catalogues import catalogue_path, messages_of_code
from scripts.compile_messages import compile_messages


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with texts of every kind."""
    code = tmp_path / "consultations" / "code.py"
    page = tmp_path / "templates" / "page.html"
    for path in (code, page):
        path.parent.mkdir(parents=True)
    code.write_text(
        textwrap.dedent(
            '''
            class Stage:
                OPEN = "open", _("Open")

            def label(count):
                """_("not a text: a docstring")"""
                return ngettext("%(count)d comment", "%(count)d comments", count)

            MONTH = pgettext("month", "May")
            LONG = _("One sentence "
                     "on two lines.")
            '''
        )
    )
    page.write_text(
        textwrap.dedent(
            """
            <h1 title="{% translate 'It isn’t "over"' %}">{{ name|default:_("Nobody") }}</h1>
                {% if a %}
              {% blocktranslate trimmed with who=user %}
                Written by
                {{ who }}
              {% endblocktranslate %}{% endif %}
            {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
            {# translate "not a text" #}<p>It's (not "a text.</p>
            """
        )
    )
    return tmp_path


def update_all(project: Path) -> list[str]:
    messages = messages_of_code(project)
    return [update_messages.update(language, messages, project) for language in ("en", "id")]


def translate(project: Path, **texts: str) -> None:
    """Translate everything as itself, but `texts` by message id."""
    path = catalogue_path("id", project)
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: texts.get(entry.msgid, entry.msgid_plural)}
        else:
            entry.msgstr = texts.get(entry.msgid, entry.msgid)
    catalogue.save(str(path))


def test_catalogues_of_the_project_are_complete():
    assert check_messages.problems() == []


def test_extraction_finds_texts_of_code_and_templates(project):
    found = {
        (message.context, message.text, message.plural)
        for message in messages_of_code(project).values()
    }

    assert found == {
        (None, "Open", ""),
        (None, "%(count)d comment", "%(count)d comments"),
        ("month", "May", ""),
        (None, "One sentence on two lines.", ""),
        (None, 'It isn’t "over"', ""),
        (None, "Nobody", ""),
        (None, "Written by %(who)s", ""),
        (None, "%(n)s day", "%(n)s days"),
    }


def test_update_fills_english_and_leaves_indonesian_to_translators(project):
    assert update_all(project) == [
        "en: 8 texts, 8 new, 0 gone, 0 empty",
        "id: 8 texts, 8 new, 0 gone, 8 empty",
    ]


def test_update_repeated_changes_nothing_and_keeps_translations(project):
    update_all(project)
    translate(project, Open="Dibuka")
    before = catalogue_path("id", project).read_bytes()

    lines = update_all(project)

    assert lines[1] == "id: 8 texts, 0 new, 0 gone, 0 empty"
    assert catalogue_path("id", project).read_bytes() == before
    assert b"Dibuka" in before


def test_update_drops_texts_that_are_gone(project):
    update_all(project)
    (project / "templates" / "page.html").unlink()

    assert update_all(project)[1] == "id: 4 texts, 0 new, 4 gone, 4 empty"


def test_check_names_what_is_missing(project):
    update_all(project)

    problems = check_messages.problems(project)

    assert len(problems) == 8
    assert "id: not translated: 'Open' (consultations/code.py)" in problems


def test_check_passes_when_all_is_translated(project):
    update_all(project)
    translate(project)

    assert check_messages.problems(project) == []


def test_check_finds_a_text_that_was_never_taken_in(project):
    update_all(project)
    translate(project)
    (project / "consultations" / "more.py").write_text('_("New here")')

    assert check_messages.problems(project) == [
        "en: missing: 'New here' (consultations/more.py)",
        "id: missing: 'New here' (consultations/more.py)",
    ]


@pytest.mark.parametrize("wrong", ["Ditulis oleh", "Ditulis oleh %(wo)s", "%(who)s %(who)s"])
def test_check_finds_other_placeholders(project, wrong):
    update_all(project)
    translate(project, **{"Written by %(who)s": wrong})

    assert check_messages.problems(project) == [
        f"id: placeholders differ: 'Written by %(who)s' → {wrong!r}"
    ]


def test_check_finds_fuzzy_texts(project):
    update_all(project)
    translate(project)
    path = catalogue_path("id", project)
    path.write_text(path.read_text().replace('msgid "Open"', '#, fuzzy\nmsgid "Open"'))

    assert check_messages.problems(project) == ["id: marked fuzzy: 'Open'"]


def test_compile_skips_what_is_fresh(project):
    update_all(project)

    first, second = compile_messages(project), compile_messages(project)
    source = catalogue_path("id", project)
    later = source.with_suffix(".mo").stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))

    assert [path.parts[-3] for path in first] == ["en", "id"]
    assert second == []
    assert compile_messages(project) == [source.with_suffix(".mo")]


def test_compiled_catalogue_speaks_indonesian(project):
    update_all(project)
    translate(project, Open="Dibuka")

    compile_messages(project)

    compiled = polib.mofile(str(catalogue_path("id", project).with_suffix(".mo")))
    assert compiled.find("Open").msgstr == "Dibuka"
