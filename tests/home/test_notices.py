"""Notices reach those they are for, and nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.models import Rendition

from home.audiences import Audience
from home.models import HomePage, NoticePage, NoticesPage
from people.accounts.models import Person
from records.models import AuditLine
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def notice(title, audience=Audience.FAMILIES, **fields):
    page = NoticePage(title=title, audience=audience, words=f"<p>Words of {title}.</p>", live=False, **fields)
    NoticesPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return NoticePage.objects.get(pk=page.pk)


@pytest.fixture
def picnic():
    return notice("Picnic in the wood", Audience.PUBLIC)


@pytest.fixture
def socks():
    return notice("Bring spare socks", Audience.FAMILIES)


def test_a_public_notice_is_read_by_a_visitor(client, picnic):
    answer = client.get(picnic.url)
    assert answer.status_code == 200
    assert "Words of Picnic in the wood." in answer.content.decode()


def test_a_notice_for_families_leads_a_visitor_to_the_door(client, socks):
    answer = client.get(socks.url)
    assert answer.status_code == 302
    assert answer.url == f"/sign-in/?next={socks.url}"
    assert b"socks" not in answer.content


@pytest.mark.parametrize(
    "who",
    ["mother", "father", "stepfather", "foster_carer", "key_person", "staff_parent", "chair", "trustee", "editor"],
)
def test_a_notice_for_families_is_read_by_those_who_belong_here(cast, socks, who):
    reader = signed_in(getattr(cast, who))
    answer = reader.get(socks.url)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Bring spare socks" in reader.get("/notices/").content.decode()
    assert "Bring spare socks" in reader.get("/").content.decode()


def nobody_s_relative(cast):
    return Person.objects.create_user("sam@example.org", "Sam Stranger")


def a_father_whose_time_is_over(cast):
    cast.father.relationships.update(starts_on=yesterday() - timedelta(days=9), ends_on=yesterday())
    return cast.father


def a_grandmother_who_only_collects(cast):
    return cast.grandmother


def a_father_barred_by_the_court(cast):
    return cast.barred_father


def yesterday():
    return timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(
    "somebody",
    [nobody_s_relative, a_father_whose_time_is_over, a_grandmother_who_only_collects, a_father_barred_by_the_court],
)
def test_a_notice_for_families_is_not_there_for_anyone_else(cast, socks, picnic, somebody):
    reader = signed_in(somebody(cast))
    assert reader.get(socks.url).status_code == 404
    assert reader.get(picnic.url).status_code == 200
    for address in ("/", "/notices/"):
        page = reader.get(address).content.decode()
        assert "Picnic in the wood" in page
        assert "spare socks" not in page


def test_a_draft_is_nowhere(client):
    page = NoticePage(title="Not yet", audience=Audience.PUBLIC, words="<p>Soon.</p>", live=False)
    NoticesPage.objects.get().add_child(instance=page)
    page.save_revision()
    assert client.get("/notices/not-yet/").url == "/sign-in/?next=/notices/not-yet/"
    assert "Not yet" not in client.get("/notices/").content.decode()
    page.get_latest_revision().publish()
    assert client.get("/notices/not-yet/").status_code == 200
    assert "Not yet" in client.get("/").content.decode()


def test_a_notice_taken_down_is_gone_at_once(client, picnic):
    picnic.unpublish()
    assert client.get(picnic.url).url == f"/sign-in/?next={picnic.url}"
    assert "Picnic" not in client.get("/").content.decode()


def test_every_list_asks_the_same_question(cast, picnic, socks):
    assert list(NoticePage.objects.visible_to(AnonymousUser())) == [picnic]
    assert set(NoticePage.objects.visible_to(cast.mother)) == {picnic, socks}


@pytest.mark.parametrize("address", ["/", "/notices/"])
def test_a_list_costs_the_same_for_one_notice_and_for_twelve(cast, address, django_assert_num_queries, umbrella):
    client = signed_in(cast.mother)
    notice("Number 0", picture=umbrella, picture_description="An umbrella", picture_shows="no_child")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(1, 12):
        notice(f"Number {number}", picture=umbrella, picture_description="An umbrella", picture_shows="no_child")
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_publishing_makes_the_picture_s_sizes_so_that_reading_writes_nothing(client, umbrella):
    page = notice(
        "With a picture",
        Audience.PUBLIC,
        picture=umbrella,
        picture_description="A red umbrella",
        picture_shows="no_child",
    )
    sizes = Rendition.objects.count()
    assert sizes == 2
    for address in ("/", "/notices/", page.url):
        assert 'alt="A red umbrella"' in client.get(address).content.decode()
    assert Rendition.objects.count() == sizes


def test_publishing_is_noted_in_the_audit_log(picnic):
    assert AuditLine.objects.filter(verb="home.notice_published", thing=str(picnic.pk)).count() == 1
    picnic.unpublish()
    assert AuditLine.objects.filter(verb="home.notice_taken_down").count() == 1


def test_the_home_page_leads_everywhere(cast, client):
    page = client.get("/").content.decode()
    for address in ("/procedures/", "/sign-in/", "/complaints/", "/privacy/", "/accessibility/", "/notices/"):
        assert f'href="{address}' in page
    assert 'href="/today/"' in signed_in(cast.mother).get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/notices/", "/privacy/", "/accessibility/", "/procedures/"])
def test_the_first_pages_stand(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_there_is_one_home_page_at_the_root():
    home = HomePage.objects.get()
    assert home.url == "/"
    assert [page.slug for page in home.get_children()] == ["notices", "privacy", "accessibility", "procedures"]


def test_search_finds_notices_of_those_who_may_read_them(cast, client):
    notice("Picnic in the wood", Audience.PUBLIC)
    notice("Picnic for families", Audience.FAMILIES)
    notice("Picnic rota", Audience.STAFF)

    def found(visitor):
        page = visitor.get("/search/", {"q": "picnic"}).content.decode()
        return [words for words in ("in the wood", "for families", "rota") if words in page]

    assert found(client) == ["in the wood"]
    assert found(signed_in(cast.mother)) == ["in the wood", "for families"]
    assert found(signed_in(cast.key_person)) == ["in the wood", "for families", "rota"]
