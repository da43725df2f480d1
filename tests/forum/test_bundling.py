"""forum/bundling.py: the one stylesheet."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from forum.bundling import bundle


def bundled(**files: str) -> str:
    named = {name.replace("__", "/") + ".css": text for name, text in files.items()}
    return bundle("css/rembuk.css", named.__getitem__)


def test_bundle_puts_each_part_into_its_layer_in_order():
    text = bundled(
        css__rembuk='@layer a, b;\n@import "../vendor/x.css";\n@import "one.css" layer(b);\n',
        vendor__x='@charset "UTF-8"; x { top: 0 }',
        css__one="/* why */\np { top: 1px }",
    )

    assert text == "@layer a, b;\nx { top: 0 }\n@layer b {\np { top: 1px }}\n"


def test_bundle_refuses_an_import_within_a_part():
    with pytest.raises(ImproperlyConfigured, match=r"css/one\.css: only css/rembuk\.css imports"):
        bundled(css__rembuk='@import "one.css";', css__one='@import "two.css";')


def test_bundle_refuses_an_address_that_would_break():
    with pytest.raises(ImproperlyConfigured, match=r"css/pages/one\.css"):
        bundled(css__rembuk='@import "pages/one.css";', css__pages__one="p { mask: url(x.svg) }")


def test_bundle_keeps_data_and_addresses_beside_the_entry():
    text = bundled(
        css__rembuk='@import "fonts.css";@import "../vendor/x.css";',
        css__fonts='a { src: url("../vendor/a.woff2") }',
        vendor__x='b { mask: url("data:image/svg+xml,x") }',
    )

    assert '"../vendor/a.woff2"' in text
    assert "data:image" in text


def test_collecting_gives_one_stylesheet_with_hashed_addresses(tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "forum.static.HashedStaticFilesStorage"}
    }
    settings.STATIC_ROOT = tmp_path

    call_command("collectstatic", interactive=False, verbosity=0)

    text = (tmp_path / staticfiles_storage.stored_name("css/rembuk.css")).read_text()
    fonts = re.findall(r'url\("\.\./(vendor/fonts/[^"]+)"\)', text)
    assert "@import" not in text
    assert len(fonts) == 2
    assert all((tmp_path / font).exists() for font in fonts)
