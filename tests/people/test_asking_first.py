"""One tap ends nothing: what cannot be taken back asks first, on a page that names who and what."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from documents import actions as papers
from documents.models import Form
from documents.samples import add_sample_forms
from people.models import Invitation, RoleHeld
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def asked_at(client, page, address):
    """The page that asks, reached by a link of `page` and not by a button."""
    found = BeautifulSoup(client.get(page).content.decode(), "html.parser")
    assert found.find("a", href=address) and not found.find("form", action=address)
    return client.get(address).content.decode()


def test_ending_a_role_names_person_and_effect_and_then_ends_it(cast):
    role, client = RoleHeld.objects.get(person=cast.key_person), signed_in(cast.manager)
    address = reverse("people:end_role", args=[role.pk])
    said = asked_at(client, reverse("people:staff"), address)
    assert f"End this role of {cast.key_person.full_name}" in said and "everything that belongs to this role" in said
    role.refresh_from_db()
    assert role.ended_at is None, "it was only asked"
    client.post(address)
    role.refresh_from_db()
    assert role.ended_at is not None


def test_taking_back_a_paper_names_whom_it_waits_for(cast):
    add_sample_forms()
    one = papers.ask(cast.maja, cast.mother, Form.objects.first(), by=cast.manager)
    client, address = signed_in(cast.manager), reverse("papers:withdraw", args=[one.pk])
    assert cast.mother.full_name in asked_at(client, reverse("papers:asked"), address)
    one.refresh_from_db()
    assert one.withdrawn_at is None
    client.post(address)
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    assert signed_in(cast.key_person).get(address).status_code == 404


def test_a_fresh_invitation_is_made_after_it_was_asked_and_once(cast):
    cast.grandmother.set_unusable_password()
    cast.grandmother.save()
    before = Invitation.objects.count()
    client, address = signed_in(cast.manager), reverse("people:invite_again", args=[cast.grandmother.pk])
    page = client.get(address).content.decode()
    assert "does not work any more" in page and Invitation.objects.count() == before
    key = BeautifulSoup(page, "html.parser").find("input", attrs={"name": "submission"})["value"]
    for _twice in range(2):
        client.post(address, {"submission": key})
    assert Invitation.objects.count() == before + 1
    first = Invitation.objects.usable().get(person=cast.grandmother)
    client.post(address)
    assert Invitation.objects.usable().get(person=cast.grandmother) != first, "an earlier one does not work any more"
