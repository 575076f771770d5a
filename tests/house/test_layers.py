"""Imports go down only, and features do not import each other."""

import ast

from django.apps import apps
from django.conf import settings

from tests.house.reading import PACKAGES, PROJECT, module_of, sources

LAYERS = {"records": 0, "people": 1, "versions": 2, "documents": 2, "home": 3, "procedures": 3}
LAYERS["portal.demo"] = 3  # the cast of the demo and its drawings, for the features' own demo.py
FEATURE, ABOVE_THE_FEATURES, TOP = 4, 5, 6
# What config offers to everyone.
FOR_EVERYONE = {"config", "config.env", "config.keys", "config.serving"}
FEATURES = {path.parent.name for path in (PROJECT / "portal").glob("*/apps.py")}


def app_of(module):
    """The app a module stands in; each feature is one of its own. None for what is not ours."""
    first, _, rest = module.partition(".")
    second = rest.split(".")[0]
    if first not in PACKAGES:
        return None
    return f"portal.{second}" if first == "portal" and (second in FEATURES or second == "demo") else first


def layer_of(app):
    if app == "config":
        return TOP
    if app == "portal":
        return ABOVE_THE_FEATURES
    return LAYERS.get(app, FEATURE)


def imported_modules(path, tree):
    """Every module that a file imports, wherever in the file it does; `from people import roles` counts as both."""
    package = module_of(path) if path.endswith("__init__.py") else module_of(path).rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_allowed(source, module):
    here, there = app_of(source), app_of(module)
    if (
        there is None
        or here == there
        or module in FOR_EVERYONE
        or module.startswith(tuple(f"{m}." for m in FOR_EVERYONE - {"config"}))
    ):
        return True
    if module == "portal":  # the package itself, on the way to a feature
        return True
    return layer_of(there) < layer_of(here)


def test_imports_go_down_only():
    found = {
        f"{path} imports {module}"
        for path, tree in sources().items()
        for module in imported_modules(path, tree)
        if not is_allowed(module_of(path), module)
    }
    assert not found, "\n".join(sorted(found))


def test_the_floor_test_sees_an_import_up():
    tree = ast.parse("def late():\n    from portal.journal.models import Observation\n    import home.models")
    seen = list(imported_modules("people/accounts/actions_invitations.py", tree))
    assert not is_allowed("people.actions", "portal.journal.models")
    assert {"portal.journal.models", "home.models"} <= set(seen)
    assert not is_allowed("portal.journal.actions", "portal.complaints.models")
    assert not is_allowed("home.models", "procedures.models")
    assert is_allowed("portal.today", "portal.journal.models")
    assert is_allowed("portal.journal.models", "people.models")


def test_tables_point_down_only():
    """A foreign key upwards is an import up in disguise. Everybody may point at the user."""
    found = []
    for model in apps.get_models():
        here = app_of(model.__module__)
        for field in model._meta.get_fields():
            there = field.related_model if field.is_relation and not field.auto_created else None
            if here is None or there is None or isinstance(there, str) or app_of(there.__module__) in {None, here}:
                continue
            if there._meta.label == settings.AUTH_USER_MODEL:
                continue
            if layer_of(app_of(there.__module__)) >= layer_of(here):
                found.append(f"{model._meta.label}.{field.name} points at {there._meta.label}")
    assert not found, "\n".join(found)


ABOUT_ALL_FEATURES = ("canaries", "canary_families", "facts", "found", "isolation", "written_rules", "doors/things")


def test_tests_about_all_features_name_none():
    """What they know of a feature they find in its folder of tests."""
    for name in ABOUT_ALL_FEATURES:
        path = f"tests/{name}.py"
        tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
        named = {
            module for module in imported_modules(path, tree) if app_of(module) in {f"portal.{f}" for f in FEATURES}
        }
        assert not named, f"{path} imports {sorted(named)}"
