"""Before serving: the database migrated and, in the demo, its samples loaded. Safe to repeat."""

import os

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        os.makedirs(os.path.dirname(settings.DATABASES["default"]["NAME"]) or ".", exist_ok=True)
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    if settings.DEMO:
        call_command("demo")


if __name__ == "__main__":
    main()
