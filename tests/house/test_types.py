"""What decides and what writes says what it takes and what it gives: mypy reads it strictly, and a new file of theirs, too."""

import tomllib
from fnmatch import fnmatchcase
from pathlib import PurePath

from tests.house.reading import PACKAGES, PROJECT, module_of, sources

STRICT = {"disallow_untyped_defs", "disallow_incomplete_defs", "check_untyped_defs", "warn_return_any"}


def settings():
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]


def strict_patterns():
    """The modules that are read strictly, as mypy is told of them."""
    return [
        name for part in settings()["overrides"] if all(part.get(flag) for flag in STRICT) for name in part["module"]
    ]


def is_meant(path):
    """Whether the architecture asks for types in this file: rules, actions and features, and what they all build on."""
    name = PurePath(path).name
    return (
        name == "feature.py"
        or name.startswith(("rules", "actions"))
        or {"rules", "actions"} & set(PurePath(path).parent.parts)
        or path in ("people/features.py", "people/families/access.py", "people/families/child_records.py")
    )


def is_strict(module, patterns):
    return any(fnmatchcase(module, pattern) for pattern in patterns)


def test_rules_actions_and_features_are_read_strictly():
    patterns = strict_patterns()
    loose = [path for path in sources() if is_meant(path) and not is_strict(module_of(path), patterns)]
    assert not loose, f"Name them in pyproject.toml under tool.mypy.overrides: {loose}"


def test_a_new_feature_is_read_strictly_by_itself():
    patterns = strict_patterns()
    assert all(is_strict(f"portal.lunch.{name}", patterns) for name in ("feature", "rules", "actions"))
    assert not is_strict("portal.lunch.rules_menu", patterns), "a file with a name of its own is named by hand"
    assert not is_strict("portal.lunch.views", patterns)


def test_every_module_that_is_named_is_there():
    there = {module_of(path) for path in sources()}
    gone = [pattern for pattern in strict_patterns() if not any(fnmatchcase(module, pattern) for module in there)]
    assert not gone, gone


def test_mypy_reads_every_app():
    assert set(PACKAGES) <= set(settings()["files"])
    assert "mypy" in (PROJECT / "bin/check").read_text(encoding="utf-8")
