"""Every fault of `make sabotage` can be planted, and the tests that are to find it are there."""

import sys
from types import ModuleType

import pytest

from tests.mutation.fault import PROJECT, Fault, Mistake, around
from tests.mutation.faults import FAULTS, MOST


def why_not_planted(fault):
    """Return why a fault cannot be planted, or an empty string."""
    try:
        return fault.why_not_planted()
    except Mistake as mistake:
        return str(mistake)


def missing_tests(fault):
    """Return those of a fault's tests that are not there."""
    missing = []
    for node in fault.found_by:
        path, _, name = node.partition("::")
        text = (PROJECT / path).read_text(encoding="utf-8") if (PROJECT / path).is_file() else ""
        if not name or f"def {name.rpartition('::')[2].partition('[')[0]}(" not in text:
            missing.append(node)
    return missing


def test_there_are_sixty_at_most_and_each_has_a_name_of_its_own():
    names = [fault.name for fault in FAULTS]
    assert 0 < len(FAULTS) <= MOST == 60
    assert len(set(names)) == len(names), [name for name in names if names.count(name) > 1]


def test_each_replaces_an_object_that_is_there_with_one_that_takes_the_same():
    found = [f"{fault.name}: {why}" for fault in FAULTS if (why := why_not_planted(fault))]
    assert not found, "\n".join(found)


def test_each_names_the_tests_that_find_it():
    assert all(fault.found_by for fault in FAULTS)
    missing = [f"{fault.name}: {node}" for fault in FAULTS for node in missing_tests(fault)]
    assert not missing, "\n".join(missing)


def test_what_cannot_be_planted_is_said():
    def unknown(target, replacement=None):
        return why_not_planted(Fault("a fault", target, replacement, ("tests/house/test_faults.py::test_that_is_not",)))

    assert "there is no people.families.access.nothing" in unknown("people.families.access.nothing")
    assert "there is no nowhere.at.all" in unknown("nowhere.at.all")
    assert "does not take" in unknown("people.families.access.in_force", lambda starts_on: True)
    assert "no function" in unknown("people.accounts.tablets.NOT_HERE", around(lambda original: original))
    assert missing_tests(
        Fault("a fault", "people.families.access", None, ("tests/house/test_faults.py::test_that_is_not",))
    )


def module(monkeypatch, name, code):
    """Return a module of ours with this code, for one test."""
    made = ModuleType(name)
    made.__file__ = str(PROJECT / f"{name}.py")
    monkeypatch.setitem(sys.modules, name, made)
    exec(code, vars(made))  # noqa: S102
    return made


def planted(target, replacement):
    """Plant a fault, and return the list in which its own mistakes are noted."""
    mistakes = []
    Fault("a fault", target, replacement, ("tests/house/test_faults.py",)).plant(mistakes)
    return mistakes


def test_a_planted_function_is_met_wherever_it_was_imported(monkeypatch):
    first = module(monkeypatch, "planted_first", "def may(person):\n    return False\nMOST = 5\n")
    second = module(monkeypatch, "planted_second", "from planted_first import MOST, may as may_read\nOTHER = 5\n")
    planted("planted_first.may", lambda person: True)
    planted("planted_first.MOST", 9)
    assert first.may(None) and second.may_read(None) and first.may.__name__ == "may"
    assert (first.MOST, second.MOST, second.OTHER) == (9, 9, 5)


def test_what_stands_in_a_class_stays_what_it_was(monkeypatch):
    code = (
        "from functools import cached_property\n"
        "class Access:\n"
        "    @property\n    def one(self):\n        return 1\n"
        "    @cached_property\n    def two(self):\n        return 2\n"
        "    @classmethod\n    def three(cls):\n        return 3\n"
        "    @staticmethod\n    def four(number):\n        return 4\n"
        "    def five(self):\n        return 5\n"
    )
    access = module(monkeypatch, "planted_class", code).Access
    for name in ("one", "two", "five"):
        planted(f"planted_class.Access.{name}", around(lambda original, self: original(self) * 10))
    planted("planted_class.Access.three", around(lambda original, cls: original(cls) * 10))
    planted("planted_class.Access.four", lambda number: number)
    one = access()
    assert (one.one, one.two, one.five(), access.three(), access.four(40)) == (10, 20, 50, 30, 40)
    assert vars(one) == {"two": 20}


def test_a_fault_that_goes_wrong_by_itself_is_noted_and_an_error_of_the_program_is_not(monkeypatch):
    code = "def slip():\n    return 1\ndef refused():\n    raise PermissionError\n"
    made = module(monkeypatch, "planted_wrong", code)
    slips = planted("planted_wrong.slip", lambda: 1 / 0)
    errors = planted("planted_wrong.refused", around(lambda original: original()))
    for call in (made.slip, made.refused):
        with pytest.raises((ZeroDivisionError, PermissionError)):
            call()
    assert [type(each) for each in slips] == [ZeroDivisionError] and errors == []
