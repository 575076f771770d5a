"""A role counts from a day to a day, and the page where the manager says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from people.setting.actions_roles import give_role
from people.setting.models import RoleHeld
from people.setting.roles import Right, has_right
from tests.cast import signed_in


def told(cast, **days):
    facts = {"existing": cast.other_mother.pk, "full_name": "", "email": "", "role": "staff"}
    return signed_in(cast.manager).post("/staff/", facts | {name: f"{day:%Y-%m-%d}" for name, day in days.items()})


def test_somebody_who_begins_next_week_opens_nothing_before_and_shows_on_the_page(cast):
    monday = timezone.localdate() + timedelta(days=7)
    told(cast, starts_on=monday, ends_on=monday + timedelta(days=5))
    assert not has_right(cast.other_mother, Right.SEE_CHILDREN)
    assert has_right(cast.other_mother, Right.SEE_CHILDREN, monday)
    assert has_right(cast.other_mother, Right.SEE_CHILDREN, monday + timedelta(days=5))
    assert not has_right(cast.other_mother, Right.SEE_CHILDREN, monday + timedelta(days=6))
    page = signed_in(cast.manager).get("/staff/").content.decode()
    assert f"from {monday:%-d %B %Y} to" in page
    held = RoleHeld.objects.get(person=cast.other_mother)
    signed_in(cast.manager).post(f"/staff/roles/{held.pk}/end/")
    assert not has_right(cast.other_mother, Right.SEE_CHILDREN, monday)


def test_days_the_wrong_way_round_are_explained(cast):
    today = timezone.localdate()
    answer = told(cast, starts_on=today, ends_on=today - timedelta(days=1))
    assert "The last day comes before the first" in answer.content.decode()
    assert not RoleHeld.objects.filter(person=cast.other_mother).exists()


def test_days_the_wrong_way_round_give_no_role_without_a_word(cast):
    today = timezone.localdate()
    with pytest.raises(IntegrityError, match="role_ends_after_start"):
        give_role(cast.other_mother, "staff", by=cast.manager, starts_on=today, ends_on=today - timedelta(days=1))


@pytest.mark.parametrize("who", ["deputy", "chair", "mother"])
def test_only_the_manager_says_who_works_here(cast, who):
    assert signed_in(getattr(cast, who)).post("/staff/", {}).status_code == 403
