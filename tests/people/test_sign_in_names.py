"""Signing in with an address or a short name: one person, one count of wrong tries, the same words and work for all."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import IntegrityError, transaction
from django.test import Client

from people.accounts import actions_invitations, names
from people.accounts.models import Person
from people.families import actions_family
from people.families.access import Level
from people.families.models import Kind
from portal.demo.cast import PASSWORD
from tests.cast import signed_in

pytestmark = pytest.mark.django_db

VARIANTS = [" ben.b", "BEN.B", "Ben.B ", "ｂｅｎ.ｂ", "\u00a0ben.b", "ＢＥＮ．Ｂ", "bEn.b\t", "𝐛𝐞𝐧.𝐛", "ben.b", "ⓑⓔⓝ.ⓑ"]


class Counted(Argon2PasswordHasher):
    """Argon2 at its quickest, which counts how often it worked."""

    algorithm = "argon2"
    time_cost, memory_cost, parallelism = 1, 8, 1
    worked = 0

    def encode(self, *args):
        Counted.worked += 1
        return super().encode(*args)

    def verify(self, *args):
        Counted.worked += 1
        return super().verify(*args)


@pytest.fixture
def ben(cast):
    """Shares an address for mail, has none of his own, and signs in with a short name."""
    ben = Person.objects.create_user(None, "Ben Berry", PASSWORD, sign_in_name="ben.b", mail_to="bea@example.org")
    facts = {"kind": Kind.FATHER, "parental_responsibility": "yes", "level": Level.FULL}
    actions_family.relate(cast.maja, ben, by=cast.manager, **facts)
    return ben


def try_door(name, password="guess"):  # noqa: S107
    return Client().post("/sign-in/", {"email": name, "password": password})


@pytest.mark.parametrize("typed", VARIANTS)
def test_a_short_name_opens_the_door_however_it_is_typed(ben, typed):
    assert try_door(typed, PASSWORD)["Location"] == "/today/"


@pytest.mark.parametrize("typed", [" EWA@Example.org ", "ｅｗａ＠example.org", "ewa@EXAMPLE.org"])
def test_so_does_an_address(cast, typed):
    assert try_door(typed, PASSWORD)["Location"] == "/today/"


def test_wrong_tries_count_under_one_name_whether_short_name_or_address_and_in_every_variant(cast, ben):
    Person.objects.filter(pk=ben.pk).update(email="ben@example.org")
    for typed in [
        *VARIANTS[:5],
        "ben@example.org",
        "BEN@example.org",
        " Ben@Example.org",
        "ｂｅｎ@example.org",
    ]:
        assert try_door(typed).status_code == 200
    assert try_door("ben.b").status_code == 429, "the tenth"
    for typed in ("ben.b", "Ben.B ", "ben@example.org", "ｂｅｎ.ｂ"):
        assert try_door(typed, PASSWORD).status_code == 429, typed
    assert try_door("ewa@example.org", PASSWORD).status_code == 302, "nobody else is locked out"


def test_the_shared_address_for_mail_signs_nobody_in(ben):
    assert "not right" in try_door("bea@example.org", PASSWORD).content.decode()


def test_every_wrong_pair_meets_the_same_words_and_the_same_work(cast, ben, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    for person in (ben, cast.mother):
        person.set_password(PASSWORD)
        person.save()
    Person.objects.create_user(None, "Not Arrived", sign_in_name="not.arrived")
    said, worked = set(), set()
    for typed in ("ben.b", "ewa@example.org", "no.body", "nobody@example.org", "not.arrived", "@", "ben.b@"):
        Counted.worked = 0
        page = try_door(typed).content.decode()
        said.add(page.split("<main")[1].split("<form")[0])
        worked.add(Counted.worked)
    assert worked == {1}
    assert len(said) == 1
    assert "The name or the password is not right." in said.pop()


def test_an_over_long_name_or_password_is_never_hashed(cast, ben, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    Counted.worked = 0
    assert "longer than an address can be" in try_door("x" * 300).content.decode()
    assert "not right" in try_door("ben.b", "x" * 5000).content.decode()
    assert Counted.worked == 0


def test_fresh_proof_works_for_somebody_without_an_address(ben):
    client = signed_in(ben)
    assert "not your password" in client.post("/prove/", {"password": "guess"}).content.decode()
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert client.get("/security/")["Location"].startswith("/prove/")
    assert client.post("/prove/", {"password": PASSWORD, "next": "/security/"})["Location"] == "/security/"
    assert client.get("/security/").status_code == 200


def arriving(cast, full_name="Zoë Ćwik-Nash", **facts):
    adult = Person.objects.create_user(None, full_name, **facts)
    _made, link, word = actions_invitations.invite(adult, by=cast.manager, by_letter=True)
    return adult, "/" + link.split("/", 3)[3], {"password": "tangerine boat weather", "word": word}


def test_an_invited_person_without_an_address_chooses_a_short_name_that_is_offered_from_hers(cast):
    Person.objects.create_user(None, "Somebody", sign_in_name="zoe.cwiknash")
    adult, way, form = arriving(cast)
    client = Client()
    assert client.post(way, {"word": form["word"]})["Location"] == way
    assert 'value="zoe.cwiknash2"' in client.get(way).content.decode()
    taken = client.post(way, form | {"sign_in_name": "ZOE.cwiknash"}).content.decode()
    assert "How about zoe.cwiknash2?" in taken
    for wrong in ("zo", "zoe@home", "zoe cwik", "x" * 41, "123"):
        page = client.post(way, form | {"sign_in_name": wrong})
        assert page.status_code == 200, wrong
    neither = client.post(way, form | {"sign_in_name": "", "email": ""}).content.decode()
    assert "Type your e-mail address above, or a short name here." in neither
    assert client.post(way, form | {"sign_in_name": "Zoe.N"})["Location"] == "/welcome/"
    adult.refresh_from_db()
    assert (adult.email, adult.sign_in_name) == (None, "zoe.n")
    assert try_door("zoe.n", form["password"])["Location"] == "/today/"


def test_whoever_types_an_address_of_her_own_needs_no_short_name(cast):
    adult, way, form = arriving(cast)
    sent = form | {"email": "Zoe@Example.org", "sign_in_name": "zoe.cwiknash"}
    assert Client().post(way, sent)["Location"] == "/welcome/"
    adult.refresh_from_db()
    assert (adult.email, adult.sign_in_name) == ("zoe@example.org", None)


def test_a_short_name_that_was_given_is_kept(cast):
    adult, way, form = arriving(cast, sign_in_name="zoe.given")
    client = Client()
    client.post(way, {"word": form["word"]})
    page = client.get(way).content.decode()
    assert "zoe.given" in page
    assert 'name="sign_in_name"' not in page
    assert client.post(way, form | {"sign_in_name": "another"})["Location"] == "/welcome/"
    adult.refresh_from_db()
    assert adult.sign_in_name == "zoe.given"


def test_the_short_name_is_no_password(cast):
    _adult, way, form = arriving(cast, sign_in_name="kangaroo.pouch")
    page = Client().post(way, form | {"password": "kangaroopouch"}).content.decode()
    assert "that others could guess" in page


@pytest.mark.parametrize(
    ("full_name", "offered"),
    [
        ("Nadia New", "nadia.new"),
        ("Łucja Żak", "lucja.zak"),
        ("صبا خان", "صبا.خان"),
        ("Jo", "jo.home"),
        ("王 伟", "王.伟"),
        ("!!!", "home"),
        ("Wolfeschlegelsteinhausenbergerdorff von Ahn", "wolfeschlegelsteinhausenbergerdorf"),
    ],
)
def test_names_of_every_script_get_an_offer_that_can_be_kept(full_name, offered):
    assert names.offered_short_name(full_name, set()) == offered
    again = names.offered_short_name(full_name, {offered})
    assert again == f"{offered}2"
    assert not names.why_not_short_name(offered) + names.why_not_short_name(again)
    assert names.plain_name(offered) == offered


def test_the_database_lets_nobody_have_the_short_name_of_another_or_an_address_as_one(cast, ben):
    for wrong in ("BEN.B", "ben@b"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create_user(None, "Another", sign_in_name=wrong)
