"""The journal: what a family reads, adds and says; what staff write and share; what nobody else ever sees."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from people.accounts.actions_tablet import enrol_tablet
from people.accounts.models import Person
from people.families import actions_family
from people.families.access import Level, RestrictionKind
from people.families.models import Kind, Relationship
from people.mail.models import OutgoingMail
from people.setting import actions_roles
from people.setting.roles import Role
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import Comment, Observation, Photograph
from records.models import AccessLogEntry, AuditLine
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import allow, let_photographs, reads, shared, write
from tests.pace import queries

pytestmark = pytest.mark.django_db


def test_a_page_is_a_draft_until_it_is_shared(cast):
    page = write(cast.key_person, cast.maja)
    assert not reads(cast.mother, page)
    assert not reads(cast.senco, page), "drafts are the author's, the key person's and the manager's"
    assert reads(cast.key_person, page)
    assert reads(cast.manager, page)
    actions.share(page, by=cast.key_person)
    assert reads(cast.mother, page)
    assert reads(cast.father, page)
    assert reads(cast.senco, page)
    assert not reads(cast.other_mother, page)
    assert not reads(cast.grandmother, page)
    assert not reads(cast.chair, page)


def test_a_barred_father_reads_nothing_of_his_child(cast):
    page = shared(cast.key_person, cast.tobi)
    assert reads(cast.other_mother, page)
    assert not reads(cast.barred_father, page)


BOTH = "Maja and Tobi built a bridge."


def test_a_page_that_names_nobody_is_read_by_each_family_and_one_that_names_a_child_only_if_its_family_allows(cast):
    nobody, both = (shared(cast.key_person, cast.maja, cast.tobi, words=words) for words in ("Two friends.", BOTH))
    assert reads(cast.mother, nobody) and reads(cast.other_mother, nobody)
    assert not reads(cast.mother, both) and not reads(cast.other_mother, both)
    allow(cast.other_mother, cast.tobi)
    assert reads(cast.mother, both), "Tobi's family lets Tobi appear in Maja's journal"
    assert not reads(cast.other_mother, both)
    allow(cast.mother, cast.maja)
    assert reads(cast.other_mother, both)


def test_a_child_that_is_not_on_the_page_is_named_all_the_same(cast):
    page = shared(cast.key_person, cast.maja, words="Maja gave TOBI'S cup to Alfie.")
    assert {child.known_as for child in page.named.all()} == {"Maja", "Tobi", "Alfie"}
    assert not reads(cast.mother, page)
    for adult, child in ((cast.other_mother, cast.tobi), (cast.strict_father, cast.alfie)):
        allow(adult, child)
    assert reads(cast.mother, page)


def test_a_consent_taken_back_empties_the_other_familys_journal_at_once_and_the_own_copy_stays(cast):
    allow(cast.mother, cast.maja)
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi, pictures=[clean(drawn("tower", 1, (90, 60)))])
    alone = shared(cast.key_person, cast.maja, cast.tobi, words="", pictures=[clean(drawn("tower", 2, (90, 60)))])
    photograph = f"/journal/photographs/{page.photographs.get().pk}/large/"
    client, own = signed_in(cast.mother), signed_in(cast.other_mother)
    assert client.get(photograph).status_code == 200
    assert reads(cast.mother, alone)
    allow(cast.other_mother, cast.tobi, allows=False)
    assert client.get(photograph).status_code == 404
    assert "/photographs/" not in client.get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert reads(cast.mother, page), "its words name nobody"
    assert not reads(cast.mother, alone), "an empty page would tell that there is something to hide"
    assert own.get(photograph).status_code == 200


def test_one_no_of_two_parents_is_a_no(cast):
    allow(cast.mother, cast.maja)
    allow(cast.father, cast.maja, allows=False)
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi, words=BOTH)
    assert not reads(cast.other_mother, page)


def test_a_member_of_staff_cannot_write_about_her_own_child(cast):
    with pytest.raises(ActionRefused):
        write(cast.staff_parent, cast.maja, cast.alfie)
    write(cast.staff_parent, cast.maja)


def test_what_a_parent_adds_stays_between_her_household_and_the_setting(cast):
    page = actions.add_from_home(
        cast.maja, by=cast.mother, words="At bedtime.", pictures=[], idempotency_key=uuid.uuid4()
    )
    assert reads(cast.stepfather, page), "of one household"
    assert reads(cast.key_person, page)
    assert not reads(cast.father, page), "adults who live apart are hidden from each other"
    assert not reads(cast.grandmother, page)


def test_comments_are_read_by_ones_own_household_and_staff_and_never_by_the_other_family(cast):
    allow(cast.mother, cast.maja)
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi)
    said = actions.comment(page, cast.maja, by=cast.mother, words="Lovely!", idempotency_key=uuid.uuid4())
    readers = {
        name: Comment.objects.visible_to(person).filter(pk=said.pk).exists() for name, person in cast.people.items()
    }
    assert {name for name, reading in readers.items() if reading} == {
        "mother", "stepfather", "key_person", "staff_parent", "manager", "deputy", "safeguarding_lead", "senco",
    }  # fmt: skip


def test_a_family_cannot_comment_in_another_childs_journal(cast):
    allow(cast.mother, cast.maja)
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi)
    form = {"words": "Hello", "idempotency_key": uuid.uuid4()}
    assert signed_in(cast.mother).post(f"/journal/{cast.tobi.pk}/{page.pk}/", form).status_code == 404
    assert signed_in(cast.mother).post(f"/journal/{cast.maja.pk}/{page.pk}/", form).status_code == 302


def test_days_and_times_are_closed_where_a_restriction_says_so(cast):
    shared(cast.key_person, cast.maja)
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_TIMETABLE, basis="Court order"
    )
    for _n in range(21):
        shared(cast.key_person, cast.maja)
    page = signed_in(cast.father).get(f"/journal/{cast.maja.pk}/").content.decode()
    today = timezone.localdate()
    assert "Older pages" in page
    for tells in ("<time", today.strftime("%-d %B"), today.isoformat()):
        assert tells not in page.split("<main")[1].split("</main")[0]
    assert "<time" in signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/").content.decode()


def test_pressing_twice_adds_one_page(cast):
    press = uuid.uuid4()
    client = signed_in(cast.mother)
    for _n in range(2):
        answer = client.post(f"/journal/{cast.maja.pk}/add/", {"words": "Beans!", "idempotency_key": press})
        assert answer.status_code == 302
    assert Observation.objects.filter(words="Beans!").count() == 1


def test_the_key_person_writes_with_two_photographs_about_two_children_and_shares(cast):
    allow(cast.mother, cast.maja)
    let_photographs(cast.maja, cast.alfie)
    client = signed_in(cast.key_person)
    answer = client.post(
        "/journal/write/",
        {
            "photographs": [drawn("tower", 1, (200, 100)), drawn("puddle", 2, (200, 100), kind="PNG")],
            "children": [cast.maja.pk, cast.alfie.pk],
            "words": "A bridge.",
            "areas": ["mathematics"],
            "idempotency_key": uuid.uuid4(),
        },
    )
    check = client.get(answer["Location"])
    found = [(reader.child.known_as, reader.reads, len(reader.photographs)) for reader in check.context["readers"]]
    assert found == [("Alfie", True, 2), ("Maja", True, 0)]
    assert "2 photographs stay out" in re.sub(r"\s+", " ", check.content.decode())
    seen = {"photo-0-seen": [cast.maja.pk], "photo-0-words": "A bridge of blocks", "photo-0-asked": "True"}
    assert client.post(answer["Location"], seen).status_code == 302
    page = Observation.objects.get(words="A bridge.")
    assert page.photographs.count() == 2
    assert Photograph.objects.visible_to(cast.strict_father).filter(observation=page).count() == 2
    first = Photograph.objects.visible_to(cast.mother).get(observation=page)
    assert first.words == "A bridge of blocks", "of the other nobody was asked: so it stays kept back"
    assert OutgoingMail.objects.filter(person=cast.strict_father).exists()


def test_nobody_hears_of_a_page_they_cannot_open(cast):
    shared(cast.key_person, cast.maja, cast.alfie, words="Maja and Alfie built a bridge.")
    assert not OutgoingMail.objects.filter(person=cast.mother).exists()


def test_an_empty_page_gets_a_clear_sentence_and_keeps_what_was_chosen(cast):
    client = signed_in(cast.key_person)
    page = client.post(
        "/journal/write/", {"children": [cast.maja.pk], "idempotency_key": uuid.uuid4()}
    ).content.decode()
    assert "Write a sentence or choose a photograph" in page
    assert f'value="{cast.maja.pk}" class="pill" id="id_children_' in page
    assert "checked" in page


def test_a_page_that_is_taken_back_is_gone_from_every_journal(cast):
    page = shared(cast.key_person, cast.maja)
    assert signed_in(cast.mother).post(f"/journal/pages/{page.pk}/withdraw/").status_code == 403
    without = signed_in(cast.key_person).post(f"/journal/pages/{page.pk}/withdraw/")
    assert without.status_code == 422 and "Write why in a few words" in without.content.decode()
    assert reads(cast.mother, page)
    withdrawn = signed_in(cast.key_person).post(f"/journal/pages/{page.pk}/withdraw/", {"why": "The wrong child"})
    assert withdrawn.status_code == 302
    assert not reads(cast.mother, page)
    assert not reads(cast.key_person, page)


def test_older_pages_come_by_a_link_and_none_is_left_out_or_shown_twice(cast):
    made = {shared(cast.key_person, cast.maja, words=f"Page {number}").pk for number in range(45)}
    client, seen, path = signed_in(cast.mother), [], f"/journal/{cast.maja.pk}/"
    while path:
        page = client.get(path)
        seen += [observation.pk for observation in page.context["entries"]]
        path = (
            f"/journal/{cast.maja.pk}/?before={page.context['older'].replace('+', '%2B')}"
            if page.context["older"]
            else ""
        )
    assert len(seen) == 45
    assert set(seen) == made
    assert client.get(f"/journal/{cast.maja.pk}/?before=nonsense").status_code == 200


def test_the_journal_costs_the_same_for_one_page_and_for_twelve(cast):
    client, path = signed_in(cast.mother), f"/journal/{cast.maja.pk}/"
    shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    few = queries(client, path)
    for number in range(12):
        page = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", number, (90, 60)))])
        actions.comment(page, cast.maja, by=cast.mother, words="Lovely!", idempotency_key=uuid.uuid4())
    assert queries(client, path) == few


def test_today_costs_the_same_for_one_new_page_and_for_twelve(cast):
    client = signed_in(cast.mother)
    shared(cast.key_person, cast.maja)
    few = queries(client, "/today/")
    for _n in range(12):
        shared(cast.key_person, cast.maja)
    assert queries(client, "/today/") == few


def test_today_says_what_is_new_until_it_was_read(cast):
    client = signed_in(cast.mother)
    shared(cast.key_person, cast.maja)
    assert "1 new page in the journal" in client.get("/today/").content.decode()
    client.get(f"/journal/{cast.maja.pk}/")
    assert "new page in the journal" not in client.get("/today/").content.decode()


def test_opening_a_journal_is_remembered_once_a_day_and_sharing_is_in_the_audit_chain(cast):
    page = shared(cast.key_person, cast.maja)
    client = signed_in(cast.key_person)
    for _n in range(3):
        client.get(f"/journal/{cast.maja.pk}/")
    assert AccessLogEntry.objects.filter(person=cast.key_person, child=str(cast.maja.pk), kind="journal").count() == 1
    line = AuditLine.objects.get(verb="journal.observation_shared", thing=str(page.pk))
    assert (line.by, line.child) == (str(cast.key_person.pk), str(cast.maja.pk))


def test_a_barred_parent_does_not_meet_the_child_on_a_siblings_page(cast):
    facts = {"kind": Kind.FATHER, "parental_responsibility": "yes", "level": Level.FULL}
    Relationship.objects.create(child=cast.leon, adult=cast.barred_father, **facts)  # two people have agreed
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.leon, cast.tobi)
    alone = shared(cast.key_person, cast.leon)
    assert reads(cast.barred_father, alone)
    assert not reads(cast.barred_father, page)


def test_what_staff_said_about_a_draft_stays_theirs_when_it_is_shared(cast):
    page = write(cast.key_person, cast.maja)
    said = actions.comment(page, cast.maja, by=cast.manager, words="Too long?", idempotency_key=uuid.uuid4())
    actions.share(page, by=cast.key_person)
    assert not Comment.objects.visible_to(cast.mother).filter(pk=said.pk).exists()
    assert Comment.objects.visible_to(cast.key_person).filter(pk=said.pk).exists()


def test_staff_do_not_read_a_page_of_their_own_child_through_another_child(cast):
    page = shared(cast.key_person, cast.maja, cast.alfie, words="Maja laughed.")
    assert reads(cast.senco, page)
    assert not reads(cast.staff_parent, page), "as family only where Maja's family lets Maja appear"
    allow(cast.mother, cast.maja)
    assert reads(cast.staff_parent, page)


@pytest.fixture
def with_alfie(cast):
    """A page about Maja and Alfie that was corrected; Jo, deputy now, reads it as Alfie's mother and not as staff."""
    actions_roles.give_role(cast.staff_parent, Role.DEPUTY, by=None)
    allow(cast.mother, cast.maja)
    page = shared(cast.key_person, cast.maja, cast.alfie, words="Two friends fell out.")
    assert reads(cast.staff_parent, page)
    return actions.correct(page, by=cast.key_person, why="They did not.", words="Two friends made up.")


@pytest.mark.parametrize("whose", ["alfie", "maja"])
def test_a_lead_neither_corrects_nor_takes_back_a_page_of_her_own_child(cast, with_alfie, whose):
    client, child = signed_in(cast.staff_parent), getattr(cast, whose)
    told = client.get(f"/journal/{child.pk}/{with_alfie.pk}/").content.decode()
    assert "Two friends made up." in told
    assert "Correct this page" not in told and "Take this page back" not in told
    assert client.get(f"/journal/pages/{with_alfie.pk}/correct/").status_code == 403
    assert client.post(f"/journal/pages/{with_alfie.pk}/withdraw/", {"why": "Mine."}).status_code == 403
    assert reads(cast.mother, with_alfie)
    assert signed_in(cast.deputy).get(f"/journal/pages/{with_alfie.pk}/correct/").status_code == 200


@pytest.mark.parametrize("whose", ["alfie", "maja"])
def test_what_a_page_said_before_stays_closed_to_staff_who_read_it_as_family(cast, with_alfie, whose):
    address = f"/journal/{getattr(cast, whose).pk}/{with_alfie.pk}/"
    told = signed_in(cast.staff_parent).get(address).content.decode()
    assert "fell out" not in told and "has corrected this page" in told
    assert "fell out" in signed_in(cast.deputy).get(address).content.decode()


@pytest.mark.parametrize("who", ["manager", "senco"])
def test_only_the_author_shares_a_draft(cast, who):
    page = write(cast.key_person, cast.maja)
    assert signed_in(getattr(cast, who)).post(f"/journal/drafts/{page.pk}/check/").status_code in (403, 404)
    page.refresh_from_db()
    assert page.shared_at is None


def test_the_same_press_with_other_words_is_kept_too(cast):
    press, page = uuid.uuid4(), shared(cast.key_person, cast.maja)
    for words in ("First", "First", "Second"):
        actions.comment(page, cast.maja, by=cast.mother, words=words, idempotency_key=press)
    assert sorted(comment.words for comment in page.comments.all()) == ["First", "Second"]


def test_no_mail_ever_names_a_person_or_says_what_is_new(cast):
    page = shared(cast.key_person, cast.maja)
    actions.comment(page, cast.maja, by=cast.mother, words="Lovely!", idempotency_key=uuid.uuid4())
    actions.add_from_home(cast.maja, by=cast.father, words="Beans", pictures=[], idempotency_key=uuid.uuid4())
    names = {word for name in [*cast.people.values(), *cast.children.values()] for word in name.full_name.split()}
    mails = OutgoingMail.objects.all()
    assert mails
    for mail in mails:
        assert not [word for word in {*names, "Lovely", "Beans", "bridge"} if word in mail.subject + mail.body]


def test_an_answer_holds_for_its_day_alone(cast):
    page, today = shared(cast.key_person, cast.maja), timezone.localdate()
    cast.mother.access_cache = {}
    Relationship.objects.filter(adult=cast.mother, child=cast.maja).update(ends_on=today)
    assert Observation.objects.visible_to(cast.mother, today).filter(pk=page.pk).exists()
    assert not Observation.objects.visible_to(cast.mother, today + timedelta(days=1)).filter(pk=page.pk).exists()


def test_what_a_family_reads_follows_ties_and_restrictions(cast):
    page, ties = shared(cast.key_person, cast.maja), Relationship.objects.filter(adult=cast.mother, child=cast.maja)
    assert reads(cast.mother, page)
    ties.update(ended_at=timezone.now())
    assert not reads(cast.mother, page)
    ties.update(ended_at=None)
    closed = actions_family.restrict(
        cast.maja, cast.mother, by=cast.manager, kind=RestrictionKind.NO_PORTAL, basis="An order"
    )
    assert not reads(cast.mother, page)
    type(closed).objects.filter(pk=closed.pk).update(ended_at=timezone.now())
    assert reads(cast.mother, page)


def test_what_a_family_reads_follows_households(cast):
    page = actions.add_from_home(cast.maja, by=cast.mother, words="Beans", pictures=[], idempotency_key=uuid.uuid4())
    assert reads(cast.stepfather, page)
    home, cast.stepfather.household = cast.stepfather.household, None
    cast.stepfather.save()
    assert not reads(cast.stepfather, page)
    cast.stepfather.household = home
    cast.stepfather.save()
    assert reads(cast.stepfather, page)


def test_two_parents_with_the_same_rights_read_each_for_themselves(cast):
    """Two parents with the same rights and days, who live apart: what one wrote at home is not the other's to read."""
    Person.objects.filter(pk__in=[cast.mother.pk, cast.father.pk]).update(household=None)
    same = {"starts_on": timezone.localdate(), "level": Level.FULL}
    Relationship.objects.filter(adult__in=[cast.mother, cast.father], child=cast.maja).update(**same)
    Relationship.objects.filter(adult__in=[cast.mother, cast.father]).exclude(child=cast.maja).delete()
    page = actions.add_from_home(cast.maja, by=cast.father, words="Beans", pictures=[], idempotency_key=uuid.uuid4())
    mother, father = (Person.objects.get(pk=person.pk) for person in (cast.mother, cast.father))
    assert reads(father, page)
    assert not reads(mother, page)


def test_what_a_member_of_staff_reads_at_home_is_not_read_on_the_rooms_tablet(cast):
    """Jo reads of her own child on her phone; the room's tablet is no place for that."""
    allow(Person.objects.get(email="owen@example.org"), cast.alfie)
    page = shared(cast.key_person, cast.alfie, pictures=[clean(drawn("tower", 1, (90, 60)))])
    assert page.photographs.visible_to(cast.staff_parent).exists()
    cast.staff_parent.on_tablet, _token = enrol_tablet(by=cast.manager, name="Blue tablet")
    assert not page.photographs.visible_to(cast.staff_parent).exists()
