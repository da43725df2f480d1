import re
import stat
from concurrent.futures import ThreadPoolExecutor

from forum.demo_keys import with_demo_keys


def test_demo_keys_are_made_once_and_kept_from_others(tmp_path):
    path = tmp_path / "var" / "demo.env"

    first = with_demo_keys({"DEMO": "1"}, path)
    second = with_demo_keys({"DEMO": "1"}, path)

    assert first == second
    assert first.keys() == {"DEMO", "SECRET_KEY", "LEDGER_KEY"}
    assert re.fullmatch(r"[0-9a-f]{64}", first["LEDGER_KEY"])
    assert first["SECRET_KEY"] != first["LEDGER_KEY"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_demo_keys_stand_beneath_the_environment(tmp_path):
    path = tmp_path / "demo.env"

    found = with_demo_keys({"DEMO": "1", "SECRET_KEY": "mine", "LEDGER_KEY": ""}, path)

    assert found["SECRET_KEY"] == "mine"
    assert found["LEDGER_KEY"] == with_demo_keys({"DEMO": "1"}, path)["LEDGER_KEY"]


def test_demo_keys_are_not_used_without_the_demo(tmp_path):
    path = tmp_path / "demo.env"
    with_demo_keys({"DEMO": "1"}, path)

    assert with_demo_keys({"DEMO": "0"}, path) == {"DEMO": "0"}
    assert with_demo_keys({}, path) == {}


def test_demo_keys_are_not_made_when_the_environment_has_both(tmp_path):
    path = tmp_path / "demo.env"
    given = {"DEMO": "1", "SECRET_KEY": "a", "LEDGER_KEY": "b"}

    assert with_demo_keys(given, path) == given
    assert not path.exists()


def test_demo_keys_agree_between_processes_that_start_at_once(tmp_path):
    path = tmp_path / "demo.env"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: dict(with_demo_keys({"DEMO": "1"}, path)), range(32)))

    assert all(keys == found[0] for keys in found)
    assert [entry.name for entry in tmp_path.iterdir()] == ["demo.env"]
