"""No app names an app above it, in strings either: no address, template or table of its, and no word for it on a page."""

import ast
import re
from functools import cache

from django.apps import apps
from django.urls import Resolver404, resolve

from tests.house.reading import PACKAGES, module_of, sources, templates
from tests.house.test_addresses import our_patterns
from tests.house.test_layers import app_of, layer_of

TAG = re.compile(r"{%.*?%}", re.DOTALL)
TAG_OF_CODE = re.compile(r"{%(?!\s*(?:block)?translate).*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
IN_A_TAG = re.compile(r"\"([^\"]*)\"|'([^']*)'")
MAKES_AN_ADDRESS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
PATH = re.compile(r"/[a-z][a-z0-9/-]*/")
# Folders of templates that are not called as their app is.
TEMPLATES_OF = {
    "folder": "procedures",
    "told": "procedures",
    "signposts": "home",
    "search": "portal",
    "today": "portal",
}
TEMPLATES_OF |= {name: "people" for name in ("people", "looks", "tablet", "registration", "components")}

NAMED_ALL_THE_SAME = {
    # The log is set up before any app; it must not write down these addresses even while the apps are being loaded.
    "records/quiet.py": {"/help-near-you/", "/search/", "/invitation/", "/security/address/"},
    # Pages of words for visitors, who find their way from there.
    "templates/home/home_page.html": {"search/box.html", "told:list", "complaints:start"},
    "templates/home/visit_page.html": {"told:list"},
    "templates/procedures/index_page.html": {"search/box.html"},
}

# What people say on their pages of what features do; everything else comes from the features (`opens`, links, waiting).
NOUNS = re.compile(r"\b(journals?|complaints?|progress checks?|papers|procedures?|consents?|notices?)\b", re.IGNORECASE)
SAID_ALL_THE_SAME = {
    "people/families/access.py": "who gives a level reads there what it opens",
    "people/families/models/care.py": "what an authority delegates is named in law's words, whatever feature asks for it",
    "people/setting/models/setting.py": "the setting's own word for the journal, and how many people look at its words",
    "people/setting/words.py": "the setting's own words, in braces",
    "people/setting/views_approval.py": "two people agree to a tie around somebody in office because of complaints",
    "templates/people/approval.html": "the same",
}


@cache
def views():
    """{name of a URL: the app whose view answers it}."""
    found = {name: app_of(pattern.callback.__module__) for pattern, name in our_patterns() if pattern.name}
    return {name if ":" in name else f":{name}": app for name, app in found.items()}


@cache
def labels():
    """{label of an app, as tables and templates are called: the app}."""
    ours = {app.label: app_of(app.name) for app in apps.get_app_configs() if app.name.split(".")[0] in PACKAGES}
    return ours | TEMPLATES_OF


@cache
def app_named(words):
    """The app that a string names: by a URL, a path, a template, a model or a module; None where it names none."""
    if ":" in words and words in views():
        return views()[words]
    if PATH.fullmatch(words):
        try:
            return app_of(resolve(words).func.__module__)
        except Resolver404:
            return None
    if re.fullmatch(r"[a-z_]+/[\w/]+\.(html|txt)", words):
        return labels().get(words.partition("/")[0])
    if re.fullmatch(r"[a-z_]+\.[A-Z]\w+", words):
        return labels().get(words.partition(".")[0])
    return app_of(words) if re.fullmatch(r"[a-z_]+(\.\w+)+", words) else None


def strings_of(tree):
    """Every string; the name of a URL of no app only where it is made an address, since it may be any word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MAKES_AN_ADDRESS and node.args:
            yield f":{getattr(node.args[0], 'value', '')}"


def strings_in(template):
    for tag in TAG.findall(template):
        begins = ":" if tag.removeprefix("{%").split()[0] == "url" else ""
        for place, (one, other) in enumerate(IN_A_TAG.findall(tag)):
            yield ("" if place or ":" in one + other else begins) + (one or other)
    yield from re.findall(r'(?:href|action|src)="(/[^"{]+)"', template)


def is_above(here, words):
    there = app_named(words)
    return there is not None and there != here and layer_of(there) >= layer_of(here)


def named_above():
    """{(path, what it names)} of everything that is above."""
    found = set()
    for path, tree in sources().items():
        here = app_of(module_of(path))
        found |= {(path, words) for words in strings_of(tree) if here != "config" and is_above(here, words)}
    for path, text in templates().items():
        here = labels().get(path.split("/")[1])
        found |= {(path, words) for words in strings_in(text) if here and is_above(here, words)}
    return found


def test_no_app_names_an_app_above_it():
    found = {f"{path} names {words}" for path, words in named_above() if words not in NAMED_ALL_THE_SAME.get(path, ())}
    assert not found, "\n".join(sorted(found))


def test_no_exception_is_named_in_vain():
    listed = {(path, words) for path, several in NAMED_ALL_THE_SAME.items() for words in several}
    assert listed <= named_above(), f"Take off the list: {listed - named_above()}"


def test_each_kind_of_name_is_seen():
    assert is_above("people", "journal:pages") and is_above("people", ":today") and is_above("people", "/today/")
    assert is_above("documents", "procedures/page.html") and is_above("people", "documents.Consent")
    assert is_above("portal.journal", "portal.book.press") and is_above("portal.journal", "book:choose")
    assert not is_above("portal.journal", "people:child") and not is_above("portal.journal", "today and tomorrow")


def sentences_in(path, tree):
    """What a page of people may say: strings of several words that are no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def said_of_features():
    """{path: words for features} in the Python and the templates of people."""
    found = {}
    for path, tree in sources().items():
        if path.startswith("people/"):
            found[path] = {word for words in sentences_in(path, tree) if " " in words for word in NOUNS.findall(words)}
    for path, text in templates().items():
        if labels().get(path.split("/")[1]) == "people":
            found[path] = set(NOUNS.findall(TAG_OF_CODE.sub("", text)))
    return {path: words for path, words in found.items() if words}


def test_people_says_nothing_of_features():
    found = said_of_features()
    assert set(found) == set(SAID_ALL_THE_SAME), found
