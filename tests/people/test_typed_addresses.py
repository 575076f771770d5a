"""An address that somebody only typed is nobody's, and a link alone never lets anybody in."""

import pytest
from django.test import Client

from people import actions, actions_approval, actions_family, actions_security
from people.models import OutgoingMail, Person, SecurityEvent
from records.refused import Refused

pytestmark = pytest.mark.django_db
WANTED = "new.ewa@example.org"


def test_an_address_that_somebody_else_typed_and_never_confirmed_blocks_nobody(cast):
    Person.objects.filter(pk=cast.stepfather.pk).update(email=WANTED, email_confirmed_at=None)
    actions_security.ask_for_new_address(cast.mother, WANTED)
    assert OutgoingMail.objects.filter(address=WANTED, person=cast.mother).exists()
    actions_security.take_new_address(cast.mother, actions_security.new_address_token(cast.mother, WANTED))
    stepfather = Person.objects.get(pk=cast.stepfather.pk)
    assert Person.objects.get(email=WANTED) == cast.mother
    assert stepfather.sign_in_as == "marek.zielinski", "who only typed it still has a way in"
    assert SecurityEvent.objects.filter(person=stepfather, kind="address").exists()


def test_a_confirmed_address_or_one_that_is_invited_is_taken_from_nobody(cast):
    invited = actions.add_adult(by=cast.manager, full_name="Ann Other", email=WANTED)
    for address in (cast.father.email, WANTED):
        actions_security.ask_for_new_address(cast.mother, address)
        assert not OutgoingMail.objects.filter(address=address, person=cast.mother).exists()
        with pytest.raises(Refused):
            actions_security.take_new_address(cast.mother, actions_security.new_address_token(cast.mother, address))
    invited.refresh_from_db()
    assert invited.email == WANTED


def test_an_invitation_to_a_wrong_relationship_opens_nothing_once_that_is_undone(cast):
    adult = actions.add_adult(by=cast.manager, full_name="Ann Other", email=WANTED)
    tie = actions.relate(cast.tobi, adult, by=cast.manager, kind="other", parental_responsibility="no", level=1)
    _made, link, _word = actions.invite(adult, by=cast.manager)
    way = "/" + link.split("/", 3)[3]
    asked = actions_family.ask_to_undo(tie, by=cast.manager, why="Another Ann was meant")
    actions_approval.agree(asked, by=cast.deputy)
    page = Client().get(way).content.decode()
    assert "born_on" in page
    assert 'name="password"' not in page
    page = Client().post(way, {"born_on": cast.tobi.born_on.isoformat()}).content.decode()
    assert "not the date we have" in page
