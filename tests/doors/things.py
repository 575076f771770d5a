"""The things behind the doors, made with the cast: {address key: {thing: keyword arguments of the address}}."""

import uuid

from django.utils import timezone

from documents import actions as papers
from documents.models import Form
from documents.samples import add_sample_forms
from documents.tasks import make_papers
from home.samples import add_sample_pages
from people import actions as people
from people.actions_mend import recognise
from people.actions_term import keep_list
from people.models import Person, Relationship, RoleHeld
from people.spreadsheets import Line
from portal.complaints.actions import complain
from portal.demo.drawings import drawn
from portal.demo.story import sign_form
from portal.journal import actions as journal
from records.pictures import clean


def _page(author, children, number):
    page = journal.write(
        by=author,
        children=children,
        words="A page.",
        areas=[],
        pictures=[clean(drawn("tower", number, (80, 60)))],
        press=uuid.uuid4(),
    )
    journal.share(page, by=author)
    return page


def _complaint(by, **facts):
    usual = {
        "child": None,
        "child_at_risk": False,
        "about_leaders": "no",
        "category": "care",
        "words": "Words.",
        "wish": "",
    }
    return complain(by=by, press=uuid.uuid4(), **(usual | facts))


def make(cast):
    """Make everything that the rows of access.toml speak of."""
    add_sample_forms()
    add_sample_pages()
    sign_form(cast, "P1", cast.maja, cast.mother)
    sign_form(cast, "P1", cast.tobi, cast.other_mother, {"others_journals": "no"})
    sign_form(cast, "P1", cast.alfie, cast.strict_father, {"others_journals": "no"})
    signature = cast.mother.asks.get(signature__isnull=False)
    while make_papers():
        pass
    asked = papers.ask(cast.maja, cast.mother, Form.objects.get(code="P2"), by=cast.manager)
    of_maja, of_tobi = _page(cast.key_person, [cast.maja], 1), _page(cast.key_person, [cast.tobi], 2)
    # Alfie's own mother works here: his key person shares a page about him and Maja.
    of_both = _page(cast.key_person, [cast.maja, cast.alfie], 3)
    from_home = journal.add_from_home(
        cast.maja, by=cast.father, words="Beans.", pictures=[clean(drawn("garden", 4, (80, 60)))], press=uuid.uuid4()
    )
    draft = journal.write(
        by=cast.key_person, children=[cast.maja], words="A draft.", areas=[], pictures=[], press=uuid.uuid4()
    )
    guest = Person.objects.create_user("guest@example.org", "Guest Invited")
    _invitation, link, _word = people.invite(guest, by=cast.manager)
    tie = Relationship.objects.running(timezone.localdate()).get(child=cast.maja, adult=cast.father)
    page, empty = {"page": {}}, {}
    return (
        _people(cast, page, link, tie)
        | _journal(cast, of_maja, of_tobi, of_both, from_home, draft)
        | {
            "papers:decide": {
                "maja": {"child_id": cast.maja.pk, "purpose": "outings"},
                "tobi": {"child_id": cast.tobi.pk, "purpose": "outings"},
            },
            "papers:fill": {"asked_of_mother": {"ask_id": asked.pk}},
            "papers:save": {"asked_of_mother": {"ask_id": asked.pk}},
            "papers:check": {"asked_of_mother": {"ask_id": asked.pk}},
            "papers:withdraw": {"asked_of_mother": {"ask_id": asked.pk}},
            "papers:signed": {"signed_by_mother": {"ask_id": signature.pk}},
            "papers:download": {"signed_by_mother": {"ask_id": signature.pk}},
            "complaints:one": _complaints(cast),
            "wagtail_serve": _words(),
            "^pictures/(?P<path>.*)$": {"nothing": empty},
        }
    )


def _people(cast, page, link, tie):
    waiting = keep_list([Line(4, {"child": "Zoe New", "born_on": "14/03/2022"})], "families.csv", by=cast.manager)
    of_staff = recognise(cast.key_person, by=cast.manager, identity_seen="Known for years")
    of_mother = recognise(cast.mother, by=cast.manager, identity_seen="Known for years")
    return {
        "people:arrive": {"invited": {"token": link.rstrip("/").rsplit("/", 1)[1]}},
        "people:child": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi", "alfie")},
        "people:family": {"maja": {"child_id": cast.maja.pk}},
        "people:invite_adult": {"maja": {"child_id": cast.maja.pk}},
        "people:restrict": {"maja": {"child_id": cast.maja.pk}},
        "people:choose_key_person": {"maja": {"child_id": cast.maja.pk}},
        "people:end_relationship": {"of_father": {"tie_id": tie.pk}},
        "people:invite_again": {
            "father": {"person_id": cast.father.pk},
            "key_person": {"person_id": cast.key_person.pk},
        },
        "people:look_at_list": {"of_manager": {"list_id": waiting.pk}},
        "people:drop_list": {"of_manager": {"list_id": waiting.pk}},
        "people:at_the_door": {name: {"person_id": getattr(cast, name).pk} for name in ("mother", "key_person")},
        "people:agree_at_the_door": {"for_key_person": {"check_id": of_staff.pk}},
        "people:print_at_the_door": {"for_mother": {"check_id": of_mother.pk}},
        "people:take_back_at_the_door": {"for_mother": {"check_id": of_mother.pk}},
        "people:end_role": {"of_senco": {"held_id": RoleHeld.objects.get(person=cast.senco).pk}},
    }


def _journal(cast, of_maja, of_tobi, of_both, from_home, draft):
    def large(page):
        return {"photograph_id": page.photographs.get().pk, "size": "large"}

    return {
        "journal:pages": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi", "alfie")},
        "journal:add_from_home": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "tobi")},
        "journal:page": {
            "maja": {"child_id": cast.maja.pk, "observation_id": of_maja.pk},
            "tobi": {"child_id": cast.tobi.pk, "observation_id": of_tobi.pk},
            "maja_and_alfie_in_majas": {"child_id": cast.maja.pk, "observation_id": of_both.pk},
            "from_home": {"child_id": cast.maja.pk, "observation_id": from_home.pk},
        },
        "journal:photograph": {
            "of_maja": large(of_maja),
            "of_tobi": large(of_tobi),
            "of_maja_and_alfie": large(of_both),
            "from_home": large(from_home),
        },
        "journal:change": {"draft_of_key_person": {"observation_id": draft.pk}},
        "journal:check": {"draft_of_key_person": {"observation_id": draft.pk}},
        "journal:withdraw": {"page_of_maja": {"observation_id": of_maja.pk}},
    }


def _complaints(cast):
    made = {
        "by_other_mother": _complaint(cast.other_mother),
        "about_the_manager": _complaint(cast.mother, about_leaders="yes"),
        "child_at_risk": _complaint(cast.other_mother, child_at_risk=True),
        "about_alfie_by_his_father": _complaint(cast.strict_father, child=cast.alfie),
    }
    return {name: {"complaint_id": complaint.pk} for name, complaint in made.items()}


def _words():
    from home.audiences import Audience
    from home.models import NoticePage

    notices = NoticePage.objects.live()
    return {
        "home": "/",
        "notices": "/notices/",
        "procedures": "/procedures/",
        "public_notice": notices.filter(audience=Audience.PUBLIC).first().url,
        "notice_for_families": notices.filter(audience=Audience.FAMILIES).first().url,
    }
