"""The things behind the doors, made with the cast: {address key: {thing: keyword arguments of the address}}."""

import json
import uuid
from datetime import time
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from documents import actions as papers
from documents.demo import sign_form
from documents.models import Form
from documents.samples import add_sample_forms
from documents.tasks import make_papers
from home import actions_notices
from home.audiences import Audience
from home.models import NoticePage
from home.samples import add_sample_pages
from people.accounts import actions_invitations
from people.accounts.actions_mend import agree, recognise
from people.accounts.actions_password import new_password_token
from people.accounts.actions_security import new_address_token
from people.accounts.actions_tablet import enrol_tablet, set_pin
from people.accounts.models import Draft, HeldForm, OpenSession, Person
from people.families import actions_care, actions_family
from people.families.access import RestrictionKind
from people.families.actions_term import keep_list
from people.families.models import Relationship
from people.families.spreadsheets import Line
from people.mail.models import OutgoingMail
from people.setting import actions_rooms
from people.setting.actions_roles import take_on
from people.setting.models import RoleHeld
from people.setting.roles import Role
from procedures.actions import keep_as_draft
from procedures.importing import read_text

APPROVALS = ("approval", "agree_to_approval", "stop_approval")


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
    guest = Person.objects.create_user("guest@example.org", "Guest Invited")
    _invitation, link, _word = actions_invitations.invite(guest, by=cast.manager)
    tie = Relationship.objects.running(timezone.localdate()).get(child=cast.maja, adult=cast.father)
    page, empty = {"page": {}}, {}
    return (
        _people(cast, page, link, tie)
        | _families(cast, tie)
        | _notices(cast)
        | _papers(cast, asked, signature)
        | _versions(cast)
        | _reading()
        | {"wagtail_serve": _words(), "pictures": {"nothing": empty}}
        | _of_features(cast)
    )


def _papers(cast, asked, signature):
    made = {
        f"papers:{name}": {"asked_of_mother": {"ask_id": asked.pk}} for name in ("fill", "save", "check", "withdraw")
    }
    made |= {f"papers:{name}": {"signed_by_mother": {"ask_id": signature.pk}} for name in ("signed", "download")}
    children = {"maja": cast.maja, "tobi": cast.tobi}
    made["papers:form"] = {"in_use": {"form_id": Form.objects.get(code="P1").pk}}
    return made | {
        "papers:decide": {name: {"child_id": child.pk, "purpose": "outings"} for name, child in children.items()}
    }


def _reading():
    """Procedures on paper for each audience, and a topic on whose page nobody's look is remembered."""
    pages = {
        name: keep_as_draft(read_text(f"0{number}.01 Words\n\n- A promise.\n"))
        for number, name in enumerate(("everyone", "families", "staff"), 1)
    }
    for audience, page in pages.items():
        page.audience = audience
        page.save_revision().publish()
    return {
        "folder:procedure": {f"for_{name}": {"page_id": page.pk} for name, page in pages.items()},
        "signposts:topic": {"domestic_abuse": {"slug": "domestic-abuse"}},
    }


def _people(cast, page, link, tie):
    opened = OpenSession.objects.create(person=cast.mother, session_key="a-phone-of-hers")
    # Not confirmed, or she would be asked for it at every door.
    passkey = WebAuthnCredential.objects.create(
        user=cast.mother, name="Phone", confirmed=False, public_key=b"", credential_id=b"1"
    )
    tablet, _token = enrol_tablet(by=cast.manager, name="Blue tablet")
    set_pin(cast.key_person, "402917")
    waiting = keep_list([Line(4, {"child": "Zoe New", "born_on": "14/03/2022"})], "families.csv", by=cast.manager)
    of_staff = recognise(cast.key_person, by=cast.manager, identity_seen="Known for years")
    of_mother = recognise(cast.mother, by=cast.manager, identity_seen="Known for years")
    agree(of_mother, by=cast.deputy)
    approval = take_on(cast.senco, Role.DEPUTY, by=cast.manager)
    return {
        "people:arrive": {"invited": {"token": link.rstrip("/").rsplit("/", 1)[1]}},
        "people:new_password": {"of_mother": {"token": new_password_token(cast.mother)}},
        "people:take_new_address": {"of_mother": {"token": new_address_token(cast.mother, "ewa.new@example.org")}},
        "people:end_browser": {"of_mother": {"session_id": opened.pk}},
        "people:remove_passkey": {"of_mother": {"passkey_id": passkey.pk}},
        "people:revoke_tablet": {"one": {"tablet_id": tablet.pk}},
        "people:tablet_pin": {"without_a_tablet": {"person_id": cast.key_person.pk}},
        "people:looks": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "alfie")},
        "people:emergency_card": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "alfie")},
        "people:break_glass": {name: {"child_id": getattr(cast, name).pk} for name in ("maja", "alfie")},
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
        "people:at_the_door": {
            name: {"person_id": getattr(cast, name).pk} for name in ("mother", "key_person", "manager")
        },
        "people:agree_at_the_door": {"for_key_person": {"check_id": of_staff.pk}},
        "people:print_at_the_door": {"for_mother": {"check_id": of_mother.pk}},
        "people:take_back_at_the_door": {"for_mother": {"check_id": of_mother.pk}},
        **{f"people:{name}": {"senco_as_deputy": {"approval_id": approval.pk}} for name in APPROVALS},
        "people:end_role": {"of_senco": {"held_id": RoleHeld.objects.get(person=cast.senco).pk}},
    }


def _families(cast, tie):
    """What is closed, who looks after Noor, who works in the room; nothing of it closes a door of another row."""
    authority = {"authority": "A county", "basis": "order"}
    actions_care.take_into_care(cast.noor, by=cast.manager, **authority)
    session = actions_rooms.add_session(cast.maja, by=cast.manager, weekday=0, starts_at=time(9), ends_at=time(12))
    room = cast.maja.room
    placed = actions_rooms.place_in_room(cast.key_person, room, by=cast.manager)
    bar = actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order, copy seen"
    )
    asked = actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.SUPERVISED_ONLY, basis="Order"
    )
    actions_family.ask_to_lift(asked, by=cast.deputy, why="The order ran out.")
    old = cast.barred_father.restrictions.get()
    with_child = ("care", "take_into_care", "decisions", "end_care")
    with_tie = ("change_relationship", "household", "leave_household")
    with_bar = ("approve_restriction", "ask_to_lift", "review_restriction")
    with_asked = ("lift_restriction", "keep_restriction")
    made = {f"people:{name}": {"noor": {"child_id": cast.noor.pk}} for name in with_child}
    made["people:care"]["maja"] = {"child_id": cast.maja.pk}
    made |= {f"people:{name}": {"of_father": {"tie_id": tie.pk}} for name in with_tie}
    made |= {f"people:{name}": {"of_father": {"bar_id": bar.pk}} for name in with_bar}
    made |= {f"people:{name}": {"asked_by_deputy": {"bar_id": asked.pk}} for name in with_asked}
    made |= {
        f"people:{name}": {"maja": {"child_id": cast.maja.pk}} for name in ("change_child", "new_name", "sessions")
    }
    return made | {
        "people:restriction": {"of_barred_father": {"bar_id": old.pk}},
        "people:end_session": {"of_maja": {"session_id": session.pk}},
        "people:room": {"acorns": {"room_id": room.pk}},
        "people:rename_room": {"acorns": {"room_id": room.pk}},
        "people:leave_room": {"of_key_person": {"placed_id": placed.pk}},
        "people:take_back_from": {"stepfather": {"person_id": cast.stepfather.pk}},
        "people:held": {"of_mother": {"held_id": _held(cast.mother).pk}},
        "people:draft": {"of_mother": {"key": _draft(cast.mother).key}},
    }


def _held(person):
    sent = json.dumps({"fields": {"languages_spoken": ["Polish"]}, "files": []})
    return HeldForm.objects.create(person=person, address="/me/", sent=sent)


def _draft(person):
    typed = json.dumps({"fields": {"words": ["She was left in a wet coat."]}, "files": [], "texts": ["words"]})
    return Draft.objects.create(
        person=person, key=uuid.uuid4(), path="/complaints/write/", address="/complaints/write/", typed=typed
    )


def _versions(cast):
    """Versions of a public page, of a procedure for families and of one for staff; the latter's review has begun."""
    from procedures.actions import keep_as_draft
    from procedures.actions_review import begin
    from procedures.importing import read_text
    from versions.audiences import Audience
    from versions.models import PageVersion

    pages = {}
    for audience in (Audience.FAMILIES, Audience.STAFF):
        page = keep_as_draft(read_text(f"88.0{len(pages) + 1} For {audience}\n\n- We keep it.\n"))
        page.audience = audience
        page.save_revision().publish()
        pages[f"of_{audience}_procedure"] = page.pk
    begin(page, by=cast.manager)
    pages["of_privacy"] = PageVersion.objects.get(page__slug="privacy").page_id
    kept = {name: PageVersion.objects.get(page=pk).pk for name, pk in pages.items()}
    return {
        "versions:one": {name: {"pk": pk} for name, pk in kept.items()},
        "versions:read": {name: {"pk": pk} for name, pk in kept.items()},
        "versions:history": {name: {"pk": pk} for name, pk in pages.items()},
        "versions:since": {
            name: {"pk": pk, "number": 1} for name, pk in kept.items() if name != "of_families_procedure"
        },
        "versions:readers_of": {"of_privacy": {"pk": kept["of_privacy"]}},
        "reviews:one": {"of_staff_procedure": {"pk": page.pk}},
        "reviews:begin": {"of_staff_procedure": {"pk": page.pk}},
    }


def _words():
    notices = NoticePage.objects.live()
    return {
        "home": "/",
        "notices": "/notices/",
        "procedures": "/procedures/",
        "public_notice": notices.filter(audience=Audience.PUBLIC).first().url,
        "notice_for_families": notices.filter(audience=Audience.FAMILIES).first().url,
        "notice_for_a_room": notices.filter(audience=Audience.ROOM).first().url,
        "notice_for_staff": notices.filter(audience=Audience.STAFF).first().url,
    }


def _notices(cast):
    """A draft, one that was handed in, what is published, and a mail that could not leave."""
    facts = {"by": cast.key_person, "audience": Audience.FAMILIES}
    draft = actions_notices.write_notice(words="A draft.", **facts)
    handed_in = actions_notices.write_notice(words="Handed in.", **facts)
    actions_notices.hand_in(handed_in, by=cast.key_person)
    notices = NoticePage.objects.live()
    for_families = {"notice_id": notices.filter(audience=Audience.FAMILIES).first().pk}
    for_a_room = {"notice_id": notices.filter(audience=Audience.ROOM).first().pk}
    drafts = {"draft_of_key_person": {"notice_id": draft.pk}, "handed_in": {"notice_id": handed_in.pk}}
    stuck = OutgoingMail.objects.create(person=cast.mother, address="ewa@example.org", tries=OutgoingMail.MOST_TRIES)
    follow = ("desk", "told", "remind", "ring", "poster", "take_down")
    made = {f"notices:{name}": {"for_families": for_families} for name in follow}
    made["notices:desk"]["for_a_room"] = for_a_room
    made |= {f"notices:{name}": drafts for name in ("look", "change")}
    made |= {f"people:{name}": {"to_mother": {"mail_id": stuck.pk}} for name in ("try_mail_again", "put_mail_aside")}
    return made


def _of_features(cast):
    """What each `tests/<feature>/things.py` makes."""
    made = {}
    for path in sorted((Path(settings.BASE_DIR) / "tests").glob("*/things.py")):
        if path.parent.name != "doors":
            made |= import_module(f"tests.{path.parent.name}.things").things(cast)
    return made
