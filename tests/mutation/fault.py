"""A fault: an object of the program, by its dotted path, and what stands there instead while the named tests run."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

PROJECT = Path(__file__).resolve().parent.parent.parent
OURS, NOT_OURS = str(PROJECT), (str(PROJECT / ".venv"), str(PROJECT / ".bootstrap"))
SETTINGS = "config.settings"


class Mistake(Exception):
    """A fault that cannot be planted, or that fails by itself: it shows nothing about the tests."""


@dataclass(frozen=True)
class around:
    """A replacement that is given what it replaces before the arguments of the call."""

    function: Callable


@dataclass(frozen=True)
class Fault:
    """One object replaced on purpose; at least one of the tests of `found_by` must then fail.

    `replacement` is a function or a value, as the target is one; `around(function)` may also call what it replaces.
    """

    name: str
    target: str
    replacement: Any
    found_by: tuple[str, ...]

    def owner(self) -> tuple[Any, str]:
        """Return the module or class that holds the target, and the target's name in it; Mistake where there is none."""
        parts = self.target.split(".")
        for length in range(len(parts) - 1, 0, -1):
            try:
                owner = import_module(".".join(parts[:length]))
            except ModuleNotFoundError:
                continue
            for part in parts[length:-1]:
                owner = getattr(owner, part, None)
            if owner is not None and parts[-1] in vars(owner):
                return owner, parts[-1]
        raise Mistake(f"{self.name}: there is no {self.target}")

    def original(self) -> Any:
        """Return the object that is replaced."""
        owner, name = self.owner()
        return vars(owner)[name]

    def why_not_planted(self) -> str:
        """Return why this replacement cannot stand in the target's place, or an empty string."""
        inner = function_in(self.original())
        function = self.replacement.function if isinstance(self.replacement, around) else self.replacement
        if inner is None or not inspect.isfunction(function):
            return "" if not isinstance(self.replacement, around) else "there is no function to put it around"
        before = (inner,) if isinstance(self.replacement, around) else ()
        named = inspect.signature(inner).parameters.values()
        places = [each.name for each in named if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
        keywords = {each.name: None for each in named if each.kind == each.KEYWORD_ONLY}
        try:
            inspect.signature(function).bind(*before, *places, **keywords)
            inspect.signature(function).bind(*before, *places[:1], **dict.fromkeys(places[1:]), **keywords)
        except TypeError as problem:
            return f"it does not take what {self.target} takes: {problem}"
        return ""

    def plant(self, mistakes: list) -> None:
        """Put the replacement in its place in this process; an error of its own is added to `mistakes` when it happens."""
        owner, name = self.owner()
        old, new = vars(owner)[name], self.replacement
        function = new.function if isinstance(new, around) else new
        inner = function_in(old)
        if inner is not None and inspect.isfunction(function):
            new = put_on(old, watched(function, inner, isinstance(new, around), mistakes))
        setattr(owner, name, new)
        if isinstance(new, cached_property):
            new.__set_name__(owner, name)
        if self.target.startswith(f"{SETTINGS}."):
            setattr(settings, name, new)
        elif inspect.ismodule(owner):
            replace_imported(name, old, new)


def function_in(held: Any) -> Callable | None:
    """Return the function in what a class or module holds: in a property, a class method, or by itself; or None."""
    if isinstance(held, property):
        return held.fget
    if isinstance(held, cached_property):
        return held.func
    if isinstance(held, classmethod | staticmethod):
        return held.__func__
    return held if callable(held) and not inspect.isclass(held) else None


def put_on(held: Any, function: Callable) -> Any:
    """Return the function as the same kind of thing: a property for a property, a class method for a class method."""
    kind = next(
        (kind for kind in (property, cached_property, classmethod, staticmethod) if isinstance(held, kind)), None
    )
    return kind(function) if kind else function


def watched(function: Callable, inner: Callable, is_around: bool, mistakes: list) -> Callable:
    """Return the function with the name of `inner`; what goes wrong in the replacement itself is one of `mistakes`."""
    written_in = {function.__code__.co_filename, __file__}

    @wraps(inner)
    def planted(*args, **kwargs):
        try:
            return function(inner, *args, **kwargs) if is_around else function(*args, **kwargs)
        except Exception as problem:
            where = problem.__traceback__
            while where.tb_next:
                where = where.tb_next
            if where.tb_frame.f_code.co_filename in written_in:
                mistakes.append(problem)
            raise

    return planted


def replace_imported(name: str, old: Any, new: Any) -> None:
    """Put `new` wherever a module of ours has imported `old`: a function or class under any name, a value under its own."""
    by_identity = inspect.isroutine(old) or inspect.isclass(old)
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None) or ""
        if not path.startswith(OURS) or path.startswith(NOT_OURS):
            continue
        for held_as, held in list(vars(module).items()):
            if held is old and (by_identity or held_as == name):
                setattr(module, held_as, new)
