"""python -m tests.live.site PORT: the project's server with the wall."""

import os
import sys

from daphne import server as _reactor_first  # noqa: F401

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.live.site.settings"

from forum.server import main  # noqa: E402

if __name__ == "__main__":
    import forum.asgi  # noqa: F401  sets Django up
    import tests.live.site.wall  # noqa: F401

    sys.exit(main(["--port", sys.argv[1]]))
