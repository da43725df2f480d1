"""The project's settings with one view more: the bare one that comments are measured against."""

import os

from forum.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare"
BENCHMARK_STATEMENTS = os.environ.get("BENCHMARK_STATEMENTS", "")
