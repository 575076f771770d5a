"""Only actions write. Everything else asks them to."""

import ast

from tests.house.reading import sources

# A queryset's update takes keywords only; a dictionary's or a hash's does not.
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update"}
WHY_OTHERS_WRITE = {
    "records/audit.py": "the chain writes its own lines",
    "records/files.py": "keeping a file is bytes first, row last: one place for all apps",
    "records/limits.py": "a limit is a row with a constraint, for the actions that call it",
    "records/submissions.py": "the row of a press, written around the view's own transaction",
    "records/submitted.py": "the row that a pressed button makes, for the actions that call it",
    "records/access_log.py": "looks are remembered outside the chain, at most every ten minutes",
    "records/work.py": "the scheduler notes when it last rang",
    "people/accounts/models/person.py": "Django's own commands make a user through its manager; a second factor counts its tries",
    "people/mail/notifications.py": "telling is a row beside the row it tells of, written inside the action that tells",
    "people/setting/roles.py": "the only bridge between our roles and Wagtail's groups",
}


def may_write(path):
    parts = path.removesuffix(".py").split("/")
    is_demo = {"demo", "samples"} & set(parts)
    return bool("actions" in parts or parts[-1].startswith("actions_") or is_demo or path in WHY_OTHERS_WRITE)


def writes_in(tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
            continue
        if node.func.attr == "update" and (node.args or not node.keywords):
            continue
        if node.func.attr == "save" and node.args:  # a picture, which is told where to
            continue
        if isinstance(node.func.value, ast.Call) and getattr(node.func.value.func, "id", "") == "super":
            continue  # a save() that is refined is not a save that is called
        yield node.lineno, ast.unparse(node.func)


def test_only_actions_write():
    found = [
        f"{path}:{line} {what}(…)"
        for path, tree in sources().items()
        if not may_write(path)
        for line, what in writes_in(tree)
    ]
    assert not found, "Move these into actions.py:\n" + "\n".join(found)


def test_the_write_test_sees_each_kind_of_write():
    code = """
thing.save()
Thing.objects.create(name="x")
Thing.objects.filter(pk=1).update(name="y")
Thing.objects.all().delete()
context.update({"a": 1})
digest.update(content)
"""
    assert [line for line, _ in writes_in(ast.parse(code))] == [2, 3, 4, 5]


def test_no_exception_is_named_in_vain():
    for path in WHY_OTHERS_WRITE:
        assert path in sources(), path
        assert list(writes_in(sources()[path])), f"{path} does not write any more: take it off the list"
