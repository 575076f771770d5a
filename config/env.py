"""What the environment may say: every variable this program reads, in one place."""

import os
import secrets
from pathlib import Path

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


def secret(name, path, make):
    """The secret from the environment, else from its file; the demo makes a missing file, a real setting does not."""
    if value := text(name):
        return value
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    return kept_secret(path) if make else ""


def kept_secret(path):
    """Make a random secret in a file only its owner can read; of two processes at once, the first one's counts."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
    draft.chmod(0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
