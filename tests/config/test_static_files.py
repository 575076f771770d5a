"""Style sheets, scripts and icons: hashed names that a browser keeps for good, compressed; plain names go on working."""

import gzip
import re
import urllib.request

from django.conf import settings
from django.templatetags.static import static

from config import static_files


def fetched(portal, path):
    """The headers and the bytes of an address, as a browser asks for it."""
    address = portal.base_url + path
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own portal
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own portal
        content = answer.read()
        packed = answer.headers["Content-Encoding"] == "gzip"
        return answer.headers, gzip.decompress(content) if packed else content


def test_a_browser_keeps_style_sheets_and_scripts_for_good(portal):
    _headers, page = fetched(portal, "/")
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode())
    assert any("css/bigbook." in name for name in names)
    for name in names:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", name), name
        headers, content = fetched(portal, name)
        assert "immutable" in headers["Cache-Control"] and "public" in headers["Cache-Control"], name
        assert headers["Content-Encoding"] == "gzip" or len(content) < 1000, name
        plain = re.sub(r"\.[0-9a-f]{12}\.", ".", name)
        assert (settings.BASE_DIR / plain[1:]).read_bytes() == content, name


def test_the_plain_name_that_error_pages_use_answers_and_is_not_kept_for_good(portal):
    headers, content = fetched(portal, "/static/css/bigbook.css")
    assert (settings.BASE_DIR / "static/css/bigbook.css").read_bytes() == content
    assert "immutable" not in headers["Cache-Control"]


def test_where_nothing_was_collected_the_names_are_plain():
    assert static("css/bigbook.css") == "/static/css/bigbook.css"


def test_files_are_collected_once_for_each_state_of_them(tmp_path, settings, monkeypatch):
    calls = []
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path, [tmp_path / "own"]
    (tmp_path / "own").mkdir()
    monkeypatch.setattr(static_files, "call_command", lambda *words, **_options: calls.append(words))
    for content, number in (("a", 1), ("a", 1), ("b", 2)):
        (tmp_path / "own" / "one.css").write_text(content)
        static_files.collect()
        assert len(calls) == number
