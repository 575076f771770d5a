"""How the house is kept: names, sizes, words."""

import ast
import re

import pytest

from tests.house.reading import PROJECT, functions, sources, templates

LONGEST_FUNCTION, LONGEST_FILE = 45, 450  # lines; architecture.md says about 40 and 400
NO_ROOMS = {"core", "common", "utils", "util", "helpers", "helper", "services", "service", "misc"}
NO_VARIABLES = {"data", "info", "process", "handle"}
NO_CLASSES = re.compile(r"(Service|Helper|Mixin|Base)$")


def test_no_app_is_a_box_of_odds_and_ends():
    found = [path for path in sources() if NO_ROOMS & set(path.removesuffix(".py").split("/"))]
    assert not found, found


@pytest.mark.parametrize("path", sources())
def test_sizes(path):
    tree = sources()[path]
    assert len((PROJECT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    long = [f.name for f in functions(tree) if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION]
    assert not long, f"{path}: {', '.join(long)}"


def test_names_of_variables_and_classes_say_something():
    found = []
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in NO_VARIABLES:
                found.append(f"{path}:{node.lineno} variable {node.id}")
            if isinstance(node, ast.ClassDef) and NO_CLASSES.search(node.name):
                found.append(f"{path}:{node.lineno} class {node.name}")
    assert not found, "\n".join(found)


def spoken_strings(tree):
    """The literal words given to gettext."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext"}:
            yield from (
                (a.lineno, a.value) for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )


def test_we_say_what_would_be_right():
    """Never "invalid", never "successfully" (architecture.md, Words)."""
    found = [
        f"{path}:{line} {words}"
        for path, tree in sources().items()
        for line, words in spoken_strings(tree)
        if re.search(r"\binvalid\b|\bsuccessfully\b", words, re.IGNORECASE)
    ]
    for path, text in templates().items():
        without_code = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)
        found += [path for _ in re.finditer(r"\binvalid\b|\bsuccessfully\b", without_code, re.IGNORECASE)]
    assert not found, "\n".join(found)
