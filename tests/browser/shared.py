"""One Chromium for the browser tests of a worker, as long as they follow each other.

While Playwright lives, its event loop would stand in the way of pyHanko's: so it ends before any other test begins
(tests/conftest.py).
"""

import shutil
from contextlib import ExitStack

from playwright.sync_api import sync_playwright

FLAGS = (
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split(),
    *"--disable-component-update --disable-sync".split(),
    # No page lives long enough to earn what is spent on making its scripts fast.
    "--js-flags=--no-turbofan --no-maglev --no-lazy-feedback-allocation",
)
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")  # as bin/set-up brings it
_started, _running = {}, ExitStack()


def browser():
    """The browser, started when there is none."""
    if "browser" not in _started:
        playwright = _running.enter_context(sync_playwright())
        _started["browser"] = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _running.callback(_started["browser"].close)
    return _started["browser"]


def end():
    """Stop what runs, if anything does."""
    _started.clear()
    _running.close()
