"""What the import linter cannot see: strings, aggregates and sizes (STYLE §2 and §3)."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from consultations.people.privacy import unregistered

ROOT = Path(settings.BASE_DIR)
APP = ROOT / "consultations"
CODE = ("consultations", "forum", "scripts", "benchmarks", "tests")

# Longer than the rule allows, each with its reason.
LONG_MODULES: dict[str, str] = {}
_SIGNATURE = "over a dozen keyword arguments, one a line, and their contract; its body is short"
LONG_FUNCTIONS: dict[str, str] = {
    "consultations/ledger/actions.py:append": _SIGNATURE,
    "consultations/standards/actions/drafting.py:insert_clause": _SIGNATURE,
    "consultations/standards/actions/restructuring.py:split_clause": _SIGNATURE,
    "consultations/standards/actions/restructuring.py:merge_clauses": _SIGNATURE,
}
LONG_TEMPLATES: dict[str, str] = {}


def layers() -> list[str]:
    """The packages from top to bottom, as the import linter reads them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    lines = next(c["layers"] for c in contracts if c["containers"] == ["consultations"])
    return [name for line in lines for name in re.findall(r"\w+", line)]


def package_of(model) -> str:
    return model.__module__.split(".")[1]


def own_models() -> list:
    return [
        model
        for model in apps.get_app_config("consultations").get_models(include_auto_created=False)
        if model.__module__.startswith("consultations.")
    ]


def packages_with(module: str) -> list[str]:
    found = [*APP.glob(f"*/{module}.py"), *APP.glob(f"*/{module}/__init__.py")]
    return sorted({path.relative_to(APP).parts[0] for path in found})


def model_classes(package: str) -> list[str]:
    """The model classes that a package defines, found without help of any aggregate."""
    from django.db.models import Model

    module = importlib.import_module(f"consultations.{package}.models")
    return [
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Model)
        and value.__module__.startswith(f"consultations.{package}.models")
        and not value._meta.abstract
    ]


@pytest.mark.parametrize("package", packages_with("models"))
def test_every_model_is_reexported(package):
    aggregate = importlib.import_module("consultations.models")

    missing = [name for name in model_classes(package) if not hasattr(aggregate, name)]

    assert missing == [], "Django ignores a model that consultations/models.py does not name"


def test_foreign_keys_point_down_or_sideways():
    height = {name: -position for position, name in enumerate(layers())}
    user = apps.get_model(settings.AUTH_USER_MODEL)

    upwards = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in own_models()
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one or field.many_to_many)
        and field.concrete
        and field.related_model in own_models()
        and field.related_model is not user
        and height[package_of(field.related_model)] > height[package_of(model)]
    ]

    assert upwards == []


@pytest.mark.parametrize("aggregate", ["admin", "routing"])
def test_every_package_module_is_aggregated(aggregate):
    packages = packages_with(aggregate)
    path = APP / f"{aggregate}.py"

    text = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [name for name in packages if f"consultations.{name}.{aggregate}" not in text]

    assert missing == [], f"consultations/{aggregate}.py does not load them"


def test_every_package_urls_are_included():
    text = (APP / "urls.py").read_text(encoding="utf-8")

    missing = [name for name in packages_with("urls") if not re.search(rf"\b{name}\b", text)]

    assert missing == []


def test_personal_data_is_registered():
    """What is kept about people can be handed out and taken away, whoever adds a model."""
    assert unregistered() == []


def test_constraints_and_indexes_are_named_after_their_model():
    """Names are global in a database: those of one app must tell whose they are."""
    foreign = [
        f"{model.__name__}: {constraint.name}"
        for model in own_models()
        for constraint in model._meta.constraints
        if not constraint.name.startswith(model.__name__.lower())
    ]

    assert foreign == []


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_are_short():
    long = {name_of(p): lines_of(p) for p in python_files(*CODE) if lines_of(p) > 400}

    assert {name: lines for name, lines in long.items() if name not in LONG_MODULES} == {}


def test_functions_are_short():
    long = {}
    for path in python_files("consultations", "forum", "scripts", "benchmarks"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > 40:
                    long[f"{name_of(path)}:{node.name}"] = lines

    assert {name: lines for name, lines in long.items() if name not in LONG_FUNCTIONS} == {}


def test_templates_are_short():
    templates = sorted((ROOT / "templates").rglob("*.html"))

    long = {name_of(p): lines_of(p) for p in templates if lines_of(p) > 150}

    assert {name: lines for name, lines in long.items() if name not in LONG_TEMPLATES} == {}


WRITES = re.compile(
    r"(?<!super\(\))\.(save|create|bulk_create|get_or_create|update_or_create|bulk_update|delete)\("
    r"|objects\.[^\n]*\.update\("
)


def test_only_actions_write():
    """STYLE 1. Views, consumers, forms, queries and rules never change a row."""
    readers = ("views", "consumers", "forms", "queries", "rules")

    writing = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in python_files("consultations")
        if path.stem in readers or path.parent.name in readers
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if WRITES.search(line)
    ]

    assert writing == []


def test_only_settings_read_the_environment():
    readers = {"consultations/kernel/environment.py"}

    reading = [
        name_of(path)
        for path in python_files("consultations")
        if name_of(path) not in readers
        and re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    ]

    assert reading == []


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (r"\sstyle=", "no inline style"),
        (r"<style\b", "no inline style"),
        (r"\son[a-z]+=\"", "no inline script"),
        (r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", "no inline script"),
        (r"\|safe\b", "nothing is marked safe outside richtext"),
        (r"{%\s*autoescape off", "nothing is marked safe outside richtext"),
    ],
)
def test_templates_keep_the_content_security_policy(pattern, rule):
    breaking = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]

    assert breaking == [], rule


def test_colours_stand_in_tokens_only():
    """STYLE 21. Dark redefines tokens, so a colour elsewhere would not follow."""
    own = [
        path
        for path in (ROOT / "static").rglob("*.css")
        if "vendor" not in path.parts and path.name != "tokens.css"
    ]

    coloured = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in own
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r":[^;{]*(#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?|oklch)\()", line)
    ]

    assert coloured == []
