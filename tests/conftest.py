"""Fixtures of the whole suite: databases, real servers, a real browser.

The database is the one in DATABASE_URL (SQLite in a temporary folder when it is not set), the
channel layer the one in REDIS_URL. `make test` sets both for its second half.
"""

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation

from scripts.compile_messages import compile_messages
from tests.support.browsing import running_browser, watch
from tests.support.flushing import let_tables_be_emptied
from tests.support.servers import ROOT, Databases, Server, project_environment

pytest_plugins = ["tests.cast"]

DATABASE_URL = os.environ.get("DATABASE_URL", "")
# Migrating takes seconds, in each worker and round: `make test` does it once for each database.
MIGRATED = os.environ.get("MIGRATED_DATABASE", "")


# Nothing is proved by how quick a busy machine is.
hypothesis.settings.register_profile(
    "rembuk", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("rembuk")


def pytest_configure(config):
    let_tables_be_emptied()
    if not hasattr(config, "workerinput"):
        compile_messages()


# Whatever reaches a database does it through one of these; pytest-django refuses it to all others.
DATABASE_FIXTURES = {"db", "transactional_db", "databases", "wall_databases"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks what need not run again on another database, and puts the long journeys first, so that
    no worker is left alone with them at the end."""
    for item in items:
        if item.get_closest_marker("browser") or not _reaches_database(item):
            item.add_marker("once")
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def _reaches_database(item: pytest.Item) -> bool:
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        or (item.cls and issubclass(item.cls, TransactionTestCase))
    )


@pytest.fixture(autouse=True)
def begins_in_the_sites_language():
    """What an earlier test has made active is no business of the next one."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file, since threads cannot share one in memory well, and without fsync."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(
            tmp_path_factory.mktemp("db") / "test.sqlite3"
        )
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    if MIGRATED:
        databases = Databases(Path(), DATABASE_URL, "", migrated=MIGRATED)
        databases.copy_migrated(connection.creation._get_test_db_name())


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Tests begin with the copy of the migrated database, where there is one."""
    return bool(MIGRATED)


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What is made under it is made once for all tests of the module, which see it as new: they run
    in savepoints of its transaction. A fixture that hands it to them gives each a copy."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def forget_pages() -> None:
    """Tests are rolled back, and the next one's rows have the same ids."""
    from consultations.pages import current  # models can be imported once Django is set up

    current.forget()


# --- real servers -----------------------------------------------------------------------------


@contextmanager
def once_per_run(folder: Path, name: str) -> Iterator[bool]:
    """Holds a lock between xdist's workers; True for the first who comes and has to do the work."""
    with (folder / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / f"{name}.done"
        yield not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def databases(run_folder: Path) -> Iterator[Databases]:
    """What servers are copied from: migrated, with the demo; static files are collected."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    made = Databases(run_folder, DATABASE_URL, f"rembuk_template_{run}", migrated=MIGRATED)
    with once_per_run(run_folder, "template") as first:
        if first:
            _collect_static()
            made.make_template()
    yield made
    if "PYTEST_XDIST_WORKER" not in os.environ:  # another worker may still copy from it
        made.drop_template()


def _collect_static() -> None:
    """Through make, which knows whether anything has changed."""
    subprocess.run(["make", "--silent", "assets"], cwd=ROOT, env=project_environment(), check=True)


@contextmanager
def running_server(
    databases: Databases, folder: Path, name: str, *, worker: bool, environment: dict[str, str]
) -> Iterator[Server]:
    folder.mkdir(parents=True)
    with databases.copy(folder, name) as url:
        settings_of_server = project_environment(
            DATABASE_URL=url, MEDIA_ROOT=str(folder / "media"), **environment
        )
        server = Server(folder, settings_of_server, with_worker=worker)
        settings_of_server.setdefault("PORT", str(server.port))
        try:
            yield server.start()
        finally:
            server.stop()


class ServerFactory:
    """Starts servers and stops all of them at the end."""

    def __init__(self, databases: Databases, folder: Path, stack: ExitStack):
        self._databases, self._folder, self._stack = databases, folder, stack
        self._count = 0

    def __call__(self, *, worker: bool = False, **environment: str) -> Server:
        """`environment` overrides the demo's, as in start_server(RATE_LIMITS="on")."""
        self._count += 1
        name = f"rembuk_{os.getpid()}_{id(self) % 100_000}_{self._count}"
        folder = self._folder / f"server{self._count}"
        return self._stack.enter_context(
            running_server(self._databases, folder, name, worker=worker, environment=environment)
        )


@pytest.fixture
def start_server(databases: Databases, tmp_path: Path) -> Iterator[ServerFactory]:
    """A function that starts a real server with the demo and a database of its own."""
    with ExitStack() as stack:
        yield ServerFactory(databases, tmp_path, stack)


@pytest.fixture
def server(start_server: ServerFactory) -> Server:
    """One real server with the demo, fresh for this test."""
    return start_server()


@pytest.fixture(scope="module")
def demo_server(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One real server with a worker for all tests of a module; they see each other's data."""
    with ExitStack() as stack:
        yield ServerFactory(databases, tmp_path_factory.mktemp("demo"), stack)(worker=True)


# --- a real browser ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    """Per module: while it runs, nothing else of this process may use asyncio or the ORM."""
    with running_browser() as running:
        yield running


@pytest.fixture
def new_page(browser) -> Iterator[Callable]:
    """A function that opens a page in a context of its own (a reader with cookies of their own).

    Options are Playwright's: viewport={"width": 360, "height": 740}, java_script_enabled=False,
    color_scheme="dark". A script error, a refusal of the CSP or a 5xx fails the test; a test that
    wants one empties `page.problems`.
    """
    opened = []

    def open_page(**options):
        options = {"locale": "id-ID", "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = watch(page)
        page.has_scripts = options.get("java_script_enabled", True)
        opened.append((context, page))
        return page

    yield open_page

    problems = [problem for _, page in opened for problem in page.problems]
    for context, _ in opened:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page: Callable):
    """A page of a visitor on a laptop."""
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(new_page: Callable):
    """A page of a visitor on a small phone."""
    return new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
