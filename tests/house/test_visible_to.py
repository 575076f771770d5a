"""Views meet family records only through visible_to (promise G3)."""

import ast

from django.apps import apps

from tests.house.reading import PACKAGES, sources

# Each of these begins with the same question, who is asking; so does every as_family_of, as_staff_of, as_…_of.
ASKS_WHO = {
    "visible_to",
    "on_readable_pages",
    "waiting_for",
    "drafts_of",
    "stuck_for",
    "to_check",
    "held_back_for",
    "from_home_for",
}
EDITORS_SIDE = {
    "procedures/views.py": "only editors come here, and procedures are words for everyone",
    "procedures/views_import.py": "only editors come here, and procedures are words for everyone",
}
FILES_THAT_MEET_PEOPLE = ("views", "templatetags", "today", "context", "export")


def personal_models():
    """The names of our models whose records are somebody's."""
    ours = (model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES)
    return {model.__name__ for model in ours if hasattr(getattr(model, "objects", None), "visible_to")}


def is_met_by_people(path):
    return any(part.startswith(FILES_THAT_MEET_PEOPLE) for part in path.removesuffix(".py").split("/")[1:])


def unasked(tree, names):
    """Each use of `Thing.objects` of these models in a chain that never asks who is looking."""
    asked = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (node.attr in ASKS_WHO or node.attr.startswith("as_")):
            asked.update(id(inner) for inner in ast.walk(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in {"objects", "_default_manager"}:
            continue
        name = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
        if name in names and id(node) not in asked:
            yield node.lineno, f"{name}.{node.attr}"


def test_views_reach_personal_records_only_through_visible_to():
    names = personal_models()
    assert names, "no model has visible_to"
    read = {path: tree for path, tree in sources().items() if is_met_by_people(path) and path not in EDITORS_SIDE}
    assert read
    found = [f"{path}:{line} {what}" for path, tree in read.items() for line, what in unasked(tree, names)]
    assert not found, "\n".join(found)


def test_the_test_sees_an_unasked_record():
    code = """
Child.objects.get(pk=1)
models.Child.objects.all()
Child.objects.visible_to(user).get(pk=1)
Child.objects.filter(room=1).visible_to(user)
Room.objects.all()
Child.objects.as_staff_of(user)
"""
    assert [line for line, _ in unasked(ast.parse(code), {"Child"})] == [2, 3]
