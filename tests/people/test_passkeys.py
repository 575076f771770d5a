"""A passkey is a second factor like another: it closes every page until it was used, and belongs to one person."""

import pytest
from django_otp_webauthn.models import WebAuthnCredential

from people.accounts import actions_invitations, actions_security
from people.accounts.models import Authenticator, Invitation
from people.mail.models import OutgoingMail
from tests.cast import signed_in


@pytest.fixture
def hers(cast):
    return WebAuthnCredential.objects.create(
        user=cast.mother, name="Phone", confirmed=True, public_key=b"key", credential_id=b"phone", sign_count=0
    )


@pytest.mark.parametrize("path", ["/today/", "/papers/", "/security/", "/security/passkeys/begin/", "/notices/"])
def test_whoever_has_a_passkey_meets_nothing_but_the_code_page_until_it_was_used(cast, hers, path):
    client = signed_in(cast.mother)
    for answer in (client.get(path), client.post(path, {})):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/code/")
    assert client.post("/sign-in/passkey/begin/").status_code == 200


def test_the_way_in_offers_only_ones_own_passkeys_and_asks_the_phone_to_know_its_owner(cast, hers):
    offered = signed_in(cast.mother).post("/sign-in/passkey/begin/").json()
    assert len(offered["allowCredentials"]) == 1
    assert offered["userVerification"] == "required"
    assert signed_in(cast.father).post("/sign-in/passkey/begin/").json()["allowCredentials"] == []


def test_a_made_up_answer_opens_nothing(cast, hers):
    client = signed_in(cast.mother)
    client.post("/sign-in/passkey/begin/")
    answer = client.post("/sign-in/passkey/complete/", {"id": "x"}, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert client.get("/today/").headers["Location"].startswith("/sign-in/code/")


def test_a_passkey_alone_signs_nobody_in(client):
    assert client.post("/sign-in/passkey/begin/").headers["Location"].startswith("/sign-in/")


def test_making_one_asks_for_fresh_proof(cast):
    client = signed_in(cast.father)
    session = client.session
    session["proved_at"] = 0
    session.save()
    for path in ("/security/passkeys/begin/", "/security/passkeys/complete/"):
        assert client.post(path).headers["Location"].startswith("/prove/")


def test_removing_one_tells_the_address_and_staff_keep_at_least_one_factor(cast):
    made = WebAuthnCredential.objects.create(user=cast.key_person, name="Key", public_key=b"", credential_id=b"1")
    client = signed_in(cast.key_person)
    assert signed_in(cast.manager).post(f"/security/passkeys/{made.pk}/remove/").status_code == 404
    Authenticator.objects.filter(user=cast.key_person).update(confirmed=False)
    assert client.post(f"/security/passkeys/{made.pk}/remove/").status_code in (302, 403)
    assert WebAuthnCredential.objects.filter(pk=made.pk).exists()
    Authenticator.objects.filter(user=cast.key_person).update(confirmed=True)
    client = signed_in(cast.key_person)
    assert client.post(f"/security/passkeys/{made.pk}/remove/").status_code == 302
    assert not WebAuthnCredential.objects.filter(pk=made.pk).exists()
    assert OutgoingMail.objects.filter(person=cast.key_person, body__contains="was removed").exists()


def test_a_way_in_that_is_still_open_dies_with_a_new_passkey(cast, hers):
    made, _link, _word = actions_invitations.invite(cast.mother, by=cast.manager)
    actions_security.passkey_added(cast.mother, hers, named="Phone")
    assert not Invitation.objects.usable().filter(pk=made.pk).exists()
