"""Templates are quiet HTML: nothing inline, nothing unescaped, every word through gettext, every side a logical one."""

import re

import pytest

from tests.house.reading import styles, templates

FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|<[^>]+\sstyle\s*=", re.IGNORECASE),
    "a script in an attribute": re.compile(r"<[^>]+\son[a-z]+\s*=|javascript:", re.IGNORECASE),
    "unescaped words": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off", re.IGNORECASE),
    "a file of somebody else's server": re.compile(
        r"""<(script|link|img|iframe)[^>]+(src|href)=["']?(https?:)?//""", re.I
    ),
}
ONLY_FOR_PAPER = "templates/pdf/"  # WeasyPrint reads these, never a browser
WHEN_NOTHING_WORKS = ("templates/500.html", "templates/503.html")  # no context, perhaps no database: plain words only
NOT_FOR_TRANSLATORS = {"UTC", "manage", "py", "verify", "pdf", "verify_pdf"}
SPOKEN_ATTRIBUTES = re.compile(r"""\b(alt|title|placeholder|aria-label)\s*=\s*"([^"{]*[A-Za-z]{2}[^"{]*)\"""")
PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border)-(?:left|right|top|bottom)|(?:left|right)\s*:|float\s*:\s*(?:left|right)|"
    r"text-align\s*:\s*(?:left|right))",
    re.MULTILINE,
)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [
        f"{path}: {match.group()[:80]}"
        for path, text in templates().items()
        if not (path.startswith(ONLY_FOR_PAPER) and "style" in what)
        for match in FORBIDDEN[what].finditer(text)
    ]
    assert not found, "\n".join(found)


def untranslated(text):
    """Words between the tags that no translator will see."""
    for pattern in (
        r"{%\s*comment.*?endcomment\s*%}",
        r"{#.*?#}",
        r"{%\s*blocktranslate.*?endblocktranslate\s*%}",
        r"{%.*?%}",
        r"{{.*?}}",
        r"<!--.*?-->",
        r"<(script|style)\b.*?</\1>",
        r"<[^>]*>",
        r"&\w+;",
    ):
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in NOT_FOR_TRANSLATORS]


def test_every_word_goes_through_gettext():
    read = {path: text for path, text in templates().items() if path not in WHEN_NOTHING_WORKS}
    found = [f"{path}: {' '.join(words[:8])}" for path, text in read.items() if (words := untranslated(text))]
    for path, text in read.items():
        found += [f"{path}: {match.group()}" for match in SPOKEN_ATTRIBUTES.finditer(text)]
    assert not found, "\n".join(found)


def test_styles_use_logical_properties():
    """So that Urdu can come without a rewrite."""
    found = [f"{path}: {match.group(1)}" for path, text in styles().items() for match in PHYSICAL.finditer(text)]
    assert not found, "\n".join(found)
