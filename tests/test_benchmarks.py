"""The benchmarks still run: few of everything, without heeding the times."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.servers import ROOT


@pytest.mark.process
@pytest.mark.once  # it brings both databases along
def test_every_subject_is_measured(tmp_path):
    results = tmp_path / "results.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--results", str(results)]

    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(results.read_text("utf-8"))
    assert {"cores", "python", "django", "sqlite"} <= found["machine"].keys()
    bound = [figure for figure in found["figures"] if figure["bound"] is not None]
    assert bound, "a subject without figures breaks; so does one that fails"
    # Times depend on the machine; that nothing is lost does not.
    faults = [figure for figure in bound if figure["bound"] == 0]
    assert [figure["measured"] for figure in faults] == [0] * len(faults)
