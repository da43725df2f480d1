"""The project's settings, with pages of the wall only."""

from forum.settings import *  # noqa: F403

ROOT_URLCONF = "tests.live.site.urls"
