"""A setting of one's own, from nothing."""

import pytest

from people.accounts.models import Person
from people.setting.roles import Right, has_right
from portal.management.commands.begin import Command

pytestmark = pytest.mark.django_db


def test_the_first_manager_may_edit_pages_and_finds_them():
    Command().first_rows(setting="Hazel Lane Pre-school", name="Wren Marsh", email="wren@example.org", room="Main")
    manager = Person.objects.get(email="wren@example.org")
    assert has_right(manager, Right.KEEP_STAFF) and has_right(manager, Right.EDIT_PAGES)
    assert manager.groups.filter(name="Checkers").exists()
