"""All pages, package by package; each package's urls.py names its own."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"consultations.{package}.urls"))
    for package in (
        "threads",  # first, since most are sent there at once
        "pages",
        "minutes",
        "moderation",
        "outcomes",
        "meetings",
        "standards",
        "people",
        "notices",
        "live",
        "ledger",
    )
]
