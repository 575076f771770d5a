"""A notice for a room, tried from outside in twelve ways: not seen, not found, and not even known to exist."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, PageLogEntry

from home.audiences import Audience
from home.models import NoticePage
from people.accounts.models import Person
from people.families.actions_family import end_relationship
from people.families.models import Relationship
from tests.cast import signed_in
from tests.home.stories import notice, second_room

pytestmark = pytest.mark.django_db
SECRET = "Zebrafish"  # stands in the title, the address and the words
CHANGES = re.compile(r"csrfmiddlewaretoken\W+value\W+\w+|nonce-\S+")


@pytest.fixture
def oaks(cast):
    return second_room(cast)


def rename(page, slug, capture):
    """As an editor renames it: Wagtail remembers the old address by itself, once the change is kept."""
    page.slug = slug
    with capture(execute=True):
        page.save_revision().publish()


@pytest.fixture
def secret(cast, oaks, umbrella, django_capture_on_commit_callbacks):
    cache.clear()
    pictured = {"picture": umbrella, "picture_description": "An umbrella", "picture_shows": "no_child"}
    page = notice(f"{SECRET} in Oaks", Audience.ROOM, rooms=[oaks], words=f"<p>About the {SECRET}.</p>", **pictured)
    rename(page, "zebrafish-renamed", django_capture_on_commit_callbacks)
    assert Redirect.objects.filter(old_path="/notices/zebrafish-in-oaks").count() == 1
    notice("Open day", Audience.PUBLIC)
    return NoticePage.objects.get(pk=page.pk)


# way: (address of the thing, address of the same kind where nothing is)
WAYS = {
    "its address": lambda page: ("/notices/zebrafish-renamed/", "/notices/nothing/"),
    "its id": lambda page: (f"/notices/{page.pk}/", "/notices/987654/"),
    "search": lambda page: ("/notices/?search=zebrafish", "/notices/?search=xylophone"),
    "a preview link": lambda page: (f"/cms/pages/{page.pk}/edit/preview/", "/cms/pages/987654/edit/preview/"),
    "a redirect": lambda page: ("/notices/zebrafish-in-oaks", "/notices/nothing-in-oaks"),
    "its old slug": lambda page: ("/notices/zebrafish-in-oaks/", "/notices/nothing-in-oaks/"),
    "its history": lambda page: (f"/cms/pages/{page.pk}/history/", "/cms/pages/987654/history/"),
    "the feed": lambda page: ("/notices/feed/", None),
    "the site map": lambda page: ("/sitemap.xml", None),
    "the API": lambda page: (f"/cms/api/main/pages/{page.pk}/", "/cms/api/main/pages/987654/"),
    "a draft link": lambda page: (f"/cms/pages/{page.pk}/view_draft/", "/cms/pages/987654/view_draft/"),
    "its picture's page": lambda page: (f"/cms/images/{page.picture_id}/", "/cms/images/987654/"),
}
MORE = {
    "the portal's desk": lambda page: (f"/notices/desk/{page.pk}/", "/notices/desk/987654/"),
    "the ring list": lambda page: (f"/notices/desk/{page.pk}/ring/", "/notices/desk/987654/ring/"),
    "the poster": lambda page: (f"/notices/desk/{page.pk}/poster/", "/notices/desk/987654/poster/"),
    "the short form": lambda page: (f"/notices/write/{page.pk}/", "/notices/write/987654/"),
    "the picture's use": lambda page: (f"/cms/images/usage/{page.picture_id}/", "/cms/images/usage/987654/"),
    "an address below it": lambda page: ("/notices/zebrafish-renamed/more/", "/notices/nothing/more/"),
    "its wagtail address": lambda page: ("/notices/zebrafish-renamed/?preview=1", "/notices/nothing/?preview=1"),
}


def nobody(cast):
    return None


def of_another_room(cast):
    return cast.other_mother


def staff_of_another_room(cast):
    return cast.key_person


def only_collects(cast):
    return cast.grandmother


def barred(cast):
    return cast.barred_father


def ended(cast):
    end_relationship(Relationship.objects.get(adult=cast.foster_carer), by=cast.manager, why="Moved")
    return cast.foster_carer


def stranger(cast):
    return Person.objects.create_user("sam@example.org", "Sam Stranger")


def on_the_committee(cast):
    return cast.trustee


OUTSIDE = [nobody, of_another_room, staff_of_another_room, only_collects, barred, ended, stranger, on_the_committee]


def told(client, method, address):
    """Everything an answer tells, without the address that was asked for and the token of its forms."""
    answer = getattr(client, method)(address)
    words = CHANGES.sub("", answer.content.decode())
    for part in (address, address.split("?")[0], address.rpartition("=")[2]):
        words = words.replace(part, "")
    way = (
        answer.get("Location", "").replace(address, "").replace(re.sub(r"\W", lambda m: f"%{ord(m[0]):X}", address), "")
    )
    return answer.status_code, words, way.replace(address.replace("?", "%3F").replace("=", "%3D"), "")


@pytest.mark.parametrize("somebody", OUTSIDE, ids=lambda each: each.__name__)
def test_twelve_ways_and_some_more_lead_nowhere(cast, secret, somebody):
    person = somebody(cast)
    client = signed_in(person) if person else Client()
    for way, addresses in (WAYS | MORE).items():
        there, nowhere = addresses(secret)
        for method in ("get", "head", "post"):
            answer = getattr(client, method)(there, follow=True)
            said = answer.content.decode().lower().replace("zebrafish-renamed", "").replace("zebrafish-in-oaks", "")
            said = (
                said.replace('value="zebrafish"', "").replace("search=zebrafish", "").replace("search%3dzebrafish", "")
            )
            assert SECRET.lower() not in said, f"{way} tells {somebody.__name__}"
            if nowhere:
                assert told(client, method, there) == told(client, method, nowhere), f"{way} for {somebody.__name__}"


@pytest.mark.parametrize("way", ["its address", "its id", "its old slug", "a redirect"])
def test_existence_is_not_revealed(cast, secret, way):
    """404 for somebody signed in; for a visitor the sign-in page, whether there is something or not."""
    for address in WAYS[way](secret):
        whole = address if address.endswith("/") else f"{address}/"
        inside = signed_in(cast.other_mother).get(address, follow=not address.endswith("/"))
        assert inside.status_code == 404
        assert Client().get(whole)["Location"] == f"/sign-in/?next={whole}"


def test_the_lists_that_others_read_hold_public_notices_and_no_others(cast, secret, client):
    for reader in (client, signed_in(cast.mother), signed_in(cast.manager), signed_in(cast.editor)):
        for address in ("/notices/feed/", "/sitemap.xml"):
            said = reader.get(address).content.decode()
            assert "/notices/open-day/" in said
            assert "zebrafish" not in said.lower()
    said = client.get("/sitemap.xml").content.decode()
    assert "/privacy/" in said
    assert "<loc>http://testserver/</loc>" in said


@pytest.mark.parametrize("who", ["mother", "stepfather", "foster_carer", "staff_parent", "manager", "senco", "editor"])
def test_those_it_is_for_read_it_everywhere(cast, secret, who):
    reader = signed_in(getattr(cast, who))
    assert SECRET in reader.get("/notices/zebrafish-renamed/").content.decode()
    assert SECRET in reader.get("/notices/?search=zebrafish").content.decode()
    assert SECRET in reader.get("/").content.decode()
    assert SECRET in reader.get("/today/").content.decode()
    assert reader.get("/notices/zebrafish-in-oaks/")["Location"] == "/notices/zebrafish-renamed/"


def test_a_public_notice_that_was_renamed_is_found_by_everybody(client, django_capture_on_commit_callbacks):
    page = notice("Harvest festival", Audience.PUBLIC)
    rename(page, "harvest", django_capture_on_commit_callbacks)
    assert client.get("/notices/harvest-festival/")["Location"] == "/notices/harvest/"


def test_a_picture_s_file_and_its_address_tell_nothing_of_its_notice(cast, secret):
    """Anyone with the link can open it, as the editor was told; so neither may name the notice."""
    assert "zebrafish" not in secret.picture.file.url.lower()
    with secret.picture.file.open() as kept:
        assert SECRET.encode() not in kept.read()


def test_wagtail_s_logs_are_no_way_in_either(cast, secret):
    assert PageLogEntry.objects.filter(page=secret.pk).exists()
    assert not ModelLogEntry.objects.filter(label__contains=SECRET).exists()
    for who in ("mother", "manager", "key_person"):
        assert signed_in(getattr(cast, who)).get("/cms/reports/site-history/").status_code == 404
