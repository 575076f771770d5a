"""Every address of ours has a name, and every name leads back to it."""

import uuid

from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse
from django.urls.converters import IntConverter, PathConverter, SlugConverter, StringConverter, UUIDConverter

from tests.house.reading import PACKAGES

SAMPLES = {
    IntConverter: 7,
    UUIDConverter: uuid.UUID("12345678-1234-4234-8234-123456789012"),
    SlugConverter: "some-words",
    PathConverter: "some/path",
    StringConverter: "something",
}


def our_patterns(resolver=None, spaces=()):
    """(pattern, its full name) of every address that a view of ours answers."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.callback.__module__.split(".")[0] in PACKAGES:
                yield pattern, ":".join([*spaces, pattern.name or ""])
        else:
            yield from our_patterns(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)


def sample_arguments(pattern):
    return {
        name: next(value for kind, value in SAMPLES.items() if isinstance(converter, kind))
        for name, converter in pattern.pattern.converters.items()
    }


def test_every_name_leads_to_its_view():
    found = []
    for pattern, name in our_patterns():
        if not pattern.name:
            continue
        try:
            path = reverse(name, kwargs=sample_arguments(pattern))
        except NoReverseMatch as problem:
            found.append(f"{name}: {problem}")
            continue
        if resolve(path).func is not pattern.callback:
            found.append(f"{name}: {path} leads to {resolve(path).view_name}")
    assert not found, "\n".join(found)


def test_no_two_addresses_share_a_name():
    names = [name for pattern, name in our_patterns() if pattern.name]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    assert names
