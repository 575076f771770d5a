"""To whom a check was passed on tells of one adult's life: it is private to that household unless staff say otherwise."""

import uuid

import pytest
from django.urls import reverse

from documents.purposes import Purpose
from people.accounts.models import Person
from portal.progress import actions_copies
from portal.progress.models import Share
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import allow
from tests.progress.stories import final, make_two

pytestmark = pytest.mark.django_db
LEEDS, HOW = "Ms Shaw, Leeds Road School", "by post to the new flat"


@pytest.fixture
def check(cast):
    check = final(make_two(cast.maja), cast.key_person, adults=[cast.mother])
    allow(cast.mother, cast.maja, Purpose.CHECK_SCHOOL)
    return check


def give(cast, check, **more):
    facts = {"to_whom": LEEDS, "how": HOW, "idempotency_key": uuid.uuid4()}
    return actions_copies.pass_on(check, Purpose.CHECK_SCHOOL, by=cast.key_person, **facts, **more)


def reads(cast, check):
    found = {}
    for name in ("mother", "father", "key_person"):
        html = signed_in(getattr(cast, name)).get(check.get_absolute_url()).content.decode()
        assert "Given to others" in html
        found[name] = "Leeds" in html and HOW in html
        assert found[name] or ("A school" in html and "flat" not in html)
    return {name for name, reading in found.items() if reading}


def test_it_is_read_by_the_household_that_was_said(cast, check):
    give(cast, check, private_to=cast.mother)
    assert reads(cast, check) == {"mother", "key_person"}


def test_nothing_said_is_private_to_staff_while_those_who_decide_are_hidden_from_each_other(cast, check):
    give(cast, check)
    assert reads(cast, check) == {"key_person"}
    Person.objects.filter(pk=cast.father.pk).update(household=cast.mother.household)
    assert reads(cast, check) == {"mother", "father", "key_person"}


def test_staff_can_say_that_everybody_who_decides_may_read_it(cast, check):
    give(cast, check, open_to_all=True)
    assert reads(cast, check) == {"mother", "father", "key_person"}


def test_the_form_asks_and_keeps_what_was_typed(cast, check):
    staff, address = signed_in(cast.key_person), reverse("progress:pass_on", args=[check.pk])
    sent = {"purpose": Purpose.CHECK_SCHOOL, "to_whom": LEEDS, "how": HOW, "idempotency_key": uuid.uuid4()}
    html = staff.post(address, sent).content.decode()
    assert "Choose whose household may read this." in html and LEEDS in html and not Share.objects.exists()
    assert "Only Ewa Nowicka&#x27;s household" in html and "Only Daniel Reed&#x27;s household" in html
    assert staff.post(address, sent | {"readers": str(cast.mother.pk)}).status_code == 302
    assert Share.objects.get().private_to == cast.mother and reads(cast, check) == {"mother", "key_person"}


def test_it_is_private_to_nobody_who_does_not_decide(cast, check):
    for other in (cast.stepfather, cast.other_mother):
        with pytest.raises(ActionRefused):
            give(cast, check, private_to=other)
