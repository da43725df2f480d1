"""python -m tests.live.site PORT: the project's server with the wall."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.live.site.settings"

from forum.server import main

if __name__ == "__main__":
    sys.exit(main(["--port", sys.argv[1], "--application", "tests.live.site.asgi:application"]))
