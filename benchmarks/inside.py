"""What has to be done with the project's own settings, on the database of DATABASE_URL.

python -m benchmarks.inside people COUNT FILE    people with sessions; FILE: JSON
python -m benchmarks.inside comments COUNT       fill the consultation up to COUNT comments
python -m benchmarks.inside page TIMES           milliseconds of the consultation page, JSON
python -m benchmarks.inside export TIMES         milliseconds of papers of a long standard, JSON
python -m benchmarks.inside statements FILE      the SQL of one comment's POST, as JSON
python -m benchmarks.inside register COUNT       services with their standards, and the index
python -m benchmarks.inside search TIMES         milliseconds of searches in the register, JSON
python -m benchmarks.inside verify               the record must be whole
"""

import os
import sys

import django


def main(name: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    django.setup()
    # Models can be imported only now.
    from benchmarks import exporting, filling, recording, register

    commands = {
        "people": filling.make_people,
        "comments": filling.fill_comments,
        "page": filling.time_page,
        "export": exporting.time_export,
        "statements": recording.record,
        "register": register.fill_register,
        "search": register.time_searches,
        "verify": filling.verify,
    }
    commands[name](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
