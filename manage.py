#!/usr/bin/env python
"""Commands of the portal. Without DATA_DIR they work on this machine's own setting, or on the demo if there is none."""

import os
import sys
from pathlib import Path

VAR = Path(__file__).resolve().parent / "var"
OF_THE_DEMO = (["demo"], ["demo_code"])


def means_the_demo(words):
    """Whether the demo is meant, where nobody said so: its folder was named, or it is all there is."""
    if os.environ.get("BIGBOOK_DEMO"):
        return False
    if folder := os.environ.get("DATA_DIR"):
        kind = VAR.parent / folder / "kind"
        return kind.exists() and kind.read_text(encoding="utf-8").strip() == "demo"
    return words[1:2] in OF_THE_DEMO or ((VAR / "demo").exists() and not (VAR / "live").exists())


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if means_the_demo(sys.argv):
        os.environ["BIGBOOK_DEMO"] = "1"
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not here: run `make run` once, then use .venv/bin/python manage.py …")
    from config import checks  # noqa: F401  registers our start-up checks with Django

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
