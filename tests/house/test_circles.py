"""No circle between files: what a file needs never needs that file, wherever in it the import stands."""

import ast
import copy

from tests.house.reading import module_of, sources
from tests.house.test_layers import imported_modules


def without_types(tree):
    """The tree without what is imported for the type checker only."""
    tree = copy.deepcopy(tree)  # the other tests read the same
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                setattr(node, name, [each for each in inner if not _for_types(each)])
    return tree


def _for_types(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def needs():
    """{module: the modules of ours that it imports}."""
    read = {path: tree for path, tree in sources().items() if "/migrations/" not in path}
    ours = {module_of(path): path for path in read}
    return {
        module: {each for each in imported_modules(path, without_types(read[path])) if each in ours} - {module}
        for module, path in ours.items()
    }


def circles(graph):
    """Each module that reaches itself again, with the way there."""
    found = {}
    for start in graph:
        ways, seen = [(start,)], set()
        while ways and start not in found:
            way = ways.pop()
            for module in graph[way[-1]]:
                if module == start:
                    found[start] = (*way, start)
                elif module not in seen:
                    seen.add(module)
                    ways.append((*way, module))
    return found


def test_no_file_needs_itself():
    found = circles(needs())
    assert not found, "\n".join(" -> ".join(way) for way in found.values())


def test_a_circle_is_seen():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == {"b": ("b", "c", "b"), "c": ("c", "b", "c")}
    late = ast.parse("def f():\n    from people.setting.roles import Right\nif TYPE_CHECKING:\n    import home.models")
    assert set(imported_modules("people/x.py", without_types(late))) == {
        "people.setting.roles",
        "people.setting.roles.Right",
    }
