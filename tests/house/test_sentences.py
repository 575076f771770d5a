"""What a sentence on a page or in a mail promises is held by a test: the list is docs/sentences.md (G67)."""

import ast
import re
from functools import cache

from tests.house.reading import PROJECT, sources, templates

LIST = "docs/sentences.md"
ROW = re.compile(r"^\| “(?P<sentence>.+)” \| `(?P<where>[^`|]+)` \| (?P<held>.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
IN_TEMPLATES = re.compile(
    r'{%\s*translate "((?:[^"\\]|\\.)*)"|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}', re.DOTALL
)
PROMISES = re.compile(
    r"\b(at once|from now on|from then on|from that moment|will (not |never )?(see|hear|get)|nobody else"
    r"|will be (gone|kept|told|removed|signed out)|hears? (the outcome|of it)|answer within|only you|(is|are) kept"
    r"|stays (here|readable|with you|closed|signed)|for (two|\d+) (weeks|days)|by (itself|themselves)|next (page|tap)"
    r"|removed when|(is|are) told|cannot be brought back|passed on|never (listed|deletes|merged|see)|until you"
    r"|works once|at the latest|no longer asked|comes up again)\b",
    re.IGNORECASE,
)


def plain(words):
    return " ".join(words.split())


@cache
def listed():
    """[(sentence, where it stands, what holds it)] of the list."""
    text = (PROJECT / LIST).read_text(encoding="utf-8")
    return [(row["sentence"], row["where"], row["held"]) for row in ROW.finditer(text)]


@cache
def strings():
    """{path: every string of our code, or the whole template}."""
    found = {path: plain(text) for path, text in templates().items()}
    for path, tree in sources().items():
        constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        found[path] = "\n".join(plain(value) for value in constants if isinstance(value, str))
    return found


def sentences():
    """(path, sentence) of everything that is put into words for a reader."""
    for path, text in templates().items():
        if "translate" not in text:  # a page that has to stand without anything, such as 503
            for paragraph in re.split(r"</?(?:p|h\d|li|title)\b[^>]*>", text):
                yield from ((path, sentence) for sentence in split(re.sub(r"<[^>]*>", "", paragraph)))
        for one, several in IN_TEMPLATES.findall(text):
            for words in re.split(r"{%\s*plural\s*%}", one or several):
                yield from ((path, sentence) for sentence in split(words))
    for path, tree in sources().items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in TRANSLATED:
                for words in call.args[:2]:
                    if isinstance(words, ast.Constant) and isinstance(words.value, str):
                        yield from ((path, sentence) for sentence in split(words.value))


def split(words):
    for part in re.split(r"\n\s*\n", words):
        yield from filter(None, re.split(r"(?<=[.!?:])\s+(?=[A-Z“])", plain(part)))


def test_each_sentence_of_the_list_still_stands_where_it_is_said():
    assert len(listed()) > 100
    gone = [f"{where}: {words}" for words, where, _held in listed() if plain(words) not in strings().get(where, "")]
    assert not gone, "\n".join(gone)


def test_each_sentence_of_the_list_names_tests_that_exist_or_says_why_it_needs_none():
    lacking = []
    for sentence, _where, held in listed():
        named = TEST.findall(held)
        if not named and not held.startswith("Promises nothing: "):
            lacking.append(f"no test: {sentence}")
        for path, name in named:
            here = PROJECT / path
            if not here.exists() or f"def {name}(" not in here.read_text(encoding="utf-8"):
                lacking.append(f"{path}::{name}: {sentence}")
    assert not lacking, "\n".join(lacking)


def test_whatever_sounds_like_a_promise_is_in_the_list():
    known = {(where, sentence) for sentence, where, _held in listed()}
    missing = {f"{path}: {said}" for path, said in sentences() if PROMISES.search(said) and (path, said) not in known}
    assert not missing, "\n".join(["Which test holds it? Say so in docs/sentences.md:", *sorted(missing)])
