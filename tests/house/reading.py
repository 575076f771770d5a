"""What the house tests read: our own Python, as syntax trees, and our own templates and styles."""

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("config", "records", "people", "versions", "documents", "procedures", "home", "portal")


@cache
def sources():
    """{path relative to the project: syntax tree} of our apps, without migrations."""
    paths = [
        path for app in PACKAGES for path in sorted((PROJECT / app).rglob("*.py")) if "migrations" not in path.parts
    ]
    return {str(path.relative_to(PROJECT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def templates():
    """{path relative to the project: text} of our templates."""
    found = sorted((PROJECT / "templates").rglob("*.html")) + sorted((PROJECT / "templates").rglob("*.txt"))
    return {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in found}


@cache
def styles():
    found = [path for path in sorted((PROJECT / "static").rglob("*.css"))]
    return {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in found}


def module_of(path):
    """portal/journal/views.py -> portal.journal.views"""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
