"""What the environment may say: every variable this program reads, in one place."""

import os
from pathlib import Path

from config import keys

BASE_DIR = Path(__file__).resolve().parent.parent


def text(name, default=""):
    """The variable's value, or the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name, default=False):
    """True for 1, true, yes or on in any case."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def words(name, default=""):
    """A comma-separated list, without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name, default):
    """An absolute path; a relative one counts from the project's folder."""
    return (BASE_DIR / text(name, default)).resolve()


def secret(name, folder, make):
    """The program's secret from the environment, else from its file; the demo makes a missing file, a real setting does not."""
    if value := text(name):
        return value
    if not make and not (folder / keys.PROGRAM.file_name).exists():
        return ""
    return keys.kept(folder, keys.PROGRAM, keys.random_words).decode("ascii")
