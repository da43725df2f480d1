"""python -m tests.live.site.fill: people for the site.
python -m tests.live.site.fill SLUG TEXT: a note, from a process that no hub hears of."""

import os
import sys

import django


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.live.site.settings")
    django.setup()
    from tests.live.site import wall  # loads models

    if arguments:
        wall.write(*arguments)
    else:
        wall.add_people("Sari", "Budi")


if __name__ == "__main__":
    main(sys.argv[1:])
