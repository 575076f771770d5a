"""What each feature brings for the tests that are about all of them: a module of one name in its folder of tests."""

from importlib import import_module
from pathlib import Path


def found(name):
    """Return tests/<feature>/<name>.py of every feature that has one, in the order of the alphabet."""
    paths = sorted(Path(__file__).parent.glob(f"*/{name}.py"))
    return [import_module(f"tests.{path.parent.name}.{name}") for path in paths]
