"""No family ever meets a word, a name, an address, a photograph or a paper of another."""

import logging
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from documents.samples import add_sample_forms
from documents.tasks import make_papers
from home.samples import add_sample_pages
from people.accounts.models import Person
from people.features import Waiting
from people.mail.models import OutgoingMail
from people.mail.notifications import notify
from portal.journal.models import Observation
from tests import canaries
from tests.canaries import Foreign
from tests.canary_families import plant
from tests.cast import signed_in
from tests.facts import facts_now
from tests.journal.written_rules import may_read_page
from tests.written_rules import INFORMATION

LINK = re.compile(r"""(?:href|src|action)="(/[^"#]*)""")
NOT_FOLLOWED = ("/static/", "/cms/", "/sign-out/")


def planted(cast, families, signing):
    add_sample_forms()
    add_sample_pages()
    made = plant(cast, families, signing=signing)
    while make_papers():
        pass
    return made


@pytest.fixture
def families(cast):
    return planted(cast, 20, 4)


@pytest.fixture
def few_families(cast):
    return planted(cast, 6, 0)


def links_in(response):
    """Addresses of ours that a page leads to; forms' targets too, since they are opened as pages as well."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return {urlsplit(response["Location"]).path} if response.status_code in (301, 302) else set()
    page = response.content.decode()
    found = {urljoin(response.wsgi_request.path, unescape(link)) for link in LINK.findall(page)}
    return {link for link in found if not link.startswith(NOT_FOLLOWED)}


def walk(client, begin=("/", "/today/")):
    """Open every page that leads from one to the next; their addresses."""
    waiting, met = list(begin), set(begin)
    while waiting:
        for link in links_in(client.get(waiting.pop())) - met:
            met.add(link)
            waiting.append(link)
    return met


def knock(client, addresses):
    for address in sorted(addresses):
        client.get(address)


def adults_of(families):
    return [adult for family in families for adult in family.adults]


@pytest.mark.django_db
def test_each_family_walks_through_everything_and_meets_only_its_own(few_families):
    """The quick one: all that four adults and the manager can reach, and then they try each other's addresses."""
    some = [*adults_of(few_families[:2]), Person.objects.get(email="helen@example.org")]
    walked = {person: walk(signed_in(person)) for person in some[:-1]}
    everywhere = set().union(*walked.values())
    for person in some[1:-1]:
        knock(signed_in(person), everywhere - walked[person])
    facts = facts_now()
    for person in some[:-1]:
        if facts.own(person.pk, INFORMATION):
            assert len(canaries.SEEN[person.pk]) >= 3, "who meets nothing of their own was not really there"
    signed_in(some[-1]).get("/families/")
    assert len(canaries.SEEN[some[-1].pk]) > 20, "the manager meets all families, and may"


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(2))
def test_canaries_of_twenty_families_through_every_page_that_anybody_reaches(families, cast, part):
    """Other adults and other staff in each part walk as far as links lead; then each knocks wherever anybody came."""
    mine = [adult for family in families[part::10] for adult in family.adults]
    staff = [(cast.manager, cast.chair), (cast.key_person, cast.senco)][part]
    walked = {person: walk(signed_in(person)) for person in (*mine, *staff)}
    everywhere = set().union(*walked.values())
    for person in mine:
        knock(signed_in(person), everywhere - walked[person])
    knock(Client(), everywhere)
    facts = facts_now()
    blind = [adult for adult in mine if len(canaries.SEEN.get(adult.pk, ())) < 3]
    assert not [adult for adult in blind if facts.own(adult.pk, INFORMATION)]
    assert canaries.COUNTS["responses"] > 2_000


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["contact", "child's name"])
def test_the_canaries_sing_when_a_page_shows_what_it_should_not(cast, monkeypatch, what):
    """The watch itself is tried: a page that carries somebody else's words fails its test."""
    word = next(word for word, (kind, name) in canaries.CAST.items() if kind == what and name in ("mother", "maja"))
    monkeypatch.setattr("people.features.waiting_for", lambda user: [Waiting(word.title(), "/today/")])
    with pytest.raises(Foreign):
        signed_in(cast.other_mother).get("/today/")
    signed_in(cast.mother).get("/today/")
    signed_in(cast.manager).get("/today/")


@pytest.mark.django_db
def test_the_canaries_hear_mails_and_the_log(cast, caplog):
    with pytest.raises(Foreign):
        OutgoingMail.objects.create(person=cast.father, address="d@example.org", subject="About Maja Nowicka-Reed")
    logging.getLogger("bigbook.anything").warning("could not open the record of Maja Nowicka-Reed")
    assert canaries.IN_THE_LOG == ["maja nowicka-reed"]
    canaries.IN_THE_LOG.clear()
    assert notify(cast.father)


@pytest.mark.django_db
def test_the_written_rules_and_the_portal_agree_about_every_page_of_the_families(few_families, cast):
    """Two descriptions of one thing: the rules in plain Python, and the querysets."""
    facts = facts_now()
    pages = {word: secret.about for word, secret in canaries.SECRETS.items() if secret.kind == "page" and "-" in word}
    assert len(pages) > 30
    for person in [*cast.people.values(), *adults_of(few_families)]:
        readable = {str(pk) for pk in Observation.objects.visible_to(person).values_list("pk", flat=True)}
        assert {word for word in pages if word in readable} == {
            word for word, page in pages.items() if may_read_page(facts, page, person.pk)
        }, person
