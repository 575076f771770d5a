"""Around a check: what leaves with consent, what Today and the list say, the tablet, copies and signatures."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from documents import actions as papers
from documents import wording
from documents.consent import allowed
from documents.paper import record_of
from documents.purposes import Purpose
from documents.samples import add_sample_forms
from people.accounts.actions_tablet import enrol_tablet, set_pin
from people.families import actions_family
from people.mail.models import OutgoingMail
from portal.progress import actions, actions_copies
from portal.progress.due import due_for
from portal.progress.models import Invitation, Share, State, WhoCompletes
from portal.progress.models.passed import Copy
from portal.progress.when import Timing
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in
from tests.progress.stories import (
    OF_THE_FATHER,
    OF_THE_MOTHER,
    asked,
    begun,
    final,
    make_two,
    send_part,
    shared,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja(cast):
    return make_two(cast.maja)


def allow(person, child, purpose, allows=True):
    papers.decide_consent(child, purpose, allows, by=person)


def give(check, by, purpose=Purpose.CHECK_HEALTH_VISITOR):
    return actions_copies.pass_on(
        check, purpose, by=by, to_whom="Priya Shah, health visitor", how="by hand", idempotency_key=uuid.uuid4()
    )


def test_nothing_leaves_without_consent_and_a_withdrawn_one_stops_it(cast, maja):
    check = final(maja, cast.key_person, adults=[cast.mother])
    with pytest.raises(ActionRefused, match="nothing leaves"):
        give(check, cast.key_person)
    allow(cast.mother, maja, Purpose.CHECK_HEALTH_VISITOR)
    share = give(check, cast.key_person)
    with pytest.raises(ActionRefused, match="nothing leaves"):
        give(check, cast.key_person, Purpose.CHECK_SCHOOL)
    with pytest.raises(ActionRefused):
        give(check, cast.key_person, Purpose.OUTINGS)
    allow(cast.father, maja, Purpose.CHECK_HEALTH_VISITOR, allows=False)  # the strictest word counts
    with pytest.raises(ActionRefused, match="nothing leaves"):
        give(check, cast.key_person)
    while not share.copy.file:
        from portal.progress.tasks import make_copies

        make_copies()
        share.copy.refresh_from_db()
    assert signed_in(cast.key_person).get(f"/progress/given/{share.pk}/check.pdf").status_code == 403
    allow(cast.father, maja, Purpose.CHECK_HEALTH_VISITOR)
    assert signed_in(cast.key_person).get(f"/progress/given/{share.pk}/check.pdf").status_code == 200
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Share.objects.filter(pk=share.pk).delete()


def test_turning_three_before_the_consent_lets_nothing_out(cast, maja):
    check = final(maja, cast.key_person, adults=[cast.mother])
    make_two(maja, months=36, here_for=20)
    with pytest.raises(ActionRefused, match="nothing leaves"):
        give(check, cast.manager)
    assert Share.objects.count() == 0


def test_only_a_final_check_leaves_and_the_log_says_by_whom(cast, maja):
    check = shared(maja, cast.key_person)
    allow(cast.mother, maja, Purpose.CHECK_HEALTH_VISITOR)
    with pytest.raises(ActionRefused, match="not final"):
        give(check, cast.key_person)
    actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), adults=[cast.mother])
    check = actions.finish(check, by=cast.key_person)
    share = give(check, cast.senco)
    line = AuditLine.objects.get(verb="progress.passed_on")
    assert (line.by, line.thing) == (str(cast.senco.pk), str(share.pk))
    for person, sees in (
        (cast.mother, True),
        (cast.father, True),
        (cast.stepfather, False),
        (cast.safeguarding_lead, True),
    ):
        assert Share.objects.visible_to(person).filter(pk=share.pk).exists() is sees
    for nobody in (cast.staff_parent, cast.safeguarding_lead, cast.mother):
        with pytest.raises(ActionRefused):
            give(check, nobody)


def test_the_agreed_day_and_the_day_of_the_talk_have_come_when_they_are_noted(cast, maja):
    check = begun(maja, cast.key_person)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = signed_in(cast.key_person).post(f"/progress/checks/{check.pk}/time/", {"agreed_on": tomorrow.isoformat()})
    assert "still to come" in page.content.decode()


def test_a_check_that_was_done_on_paper_before_the_portal_is_noted_and_not_due(cast, maja):
    check = begun(maja, cast.key_person, completed_by=WhoCompletes.PAPER)
    assert check.state == State.ON_PAPER
    assert maja.pk not in {one.child.pk for one in due_for(cast.key_person)}


def test_who_is_due_is_said_to_the_key_person_and_to_those_who_lead(cast):
    maja, tobi, leon = make_two(cast.maja, 27), make_two(cast.tobi, 31, here_for=7), make_two(cast.leon, 25)
    noor = make_two(cast.noor, 37, here_for=13)
    standings = {one.child.pk: (one.timing, one.over) for one in due_for(cast.manager)}
    assert standings[maja.pk] == (Timing.DUE, False)
    assert standings[tobi.pk] == (Timing.LATE, False)
    assert standings[leon.pk] == (Timing.COMING, False)
    assert standings[noor.pk] == (Timing.LATE, True)
    assert {one.child.pk for one in due_for(cast.key_person)} >= {maja.pk, tobi.pk}
    begins = {who: {one.may_begin for one in due_for(getattr(cast, who))} for who in ("key_person", "manager")}
    assert begins == {"key_person": {True}, "manager": {True}}
    of_senco = {one.child.pk: one.may_begin for one in due_for(cast.senco)}
    assert of_senco[maja.pk] is False, "she reads every check, and begins those of her own key children"
    assert not {one.child.pk for one in due_for(cast.key_person)} & {leon.pk, noor.pk}
    assert due_for(cast.mother) == []
    today = signed_in(cast.manager).get("/today/").content.decode()
    assert "progress checks at two are late" in today and "1 progress check at two is due" in today


def test_staff_never_find_their_own_child_on_the_list(cast):
    alfie = make_two(cast.alfie)
    actions_family.place_key_person(alfie, cast.staff_parent, by=cast.manager)
    assert alfie.pk not in {one.child.pk for one in due_for(cast.staff_parent)}
    assert alfie.pk in {one.child.pk for one in due_for(cast.manager)}


def test_today_says_to_each_what_waits_for_them(cast, maja):
    def waits(person):
        return signed_in(person).get("/today/").content.decode()

    check = asked(maja, cast.key_person)
    assert all("Add your part: Progress check at two" in waits(who) for who in (cast.mother, cast.father))
    assert "Write: Progress check at two, Maja" in waits(cast.key_person)
    actions.ready(write(check, cast.key_person, concern=True), by=cast.key_person)
    assert all("Look at a concern" in waits(who) for who in (cast.senco, cast.manager))
    assert "Look at a concern" not in waits(cast.safeguarding_lead) + waits(cast.key_person) + waits(cast.mother)
    actions.look(check, by=cast.senco)
    assert "Share with the parents" in waits(cast.key_person)
    actions.share(check, by=cast.key_person)
    assert "Read, and say what you think" in waits(cast.mother)
    signed_in(cast.mother).get(check.get_absolute_url())
    assert "Read, and say what you think" not in waits(cast.mother)
    assert "Read, and say what you think" in waits(cast.father)
    actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), adults=[cast.mother])
    actions.finish(check, by=cast.key_person)
    assert "Please read and sign: Progress check" in waits(cast.mother)


def test_on_the_rooms_tablet_the_key_person_writes_and_nothing_of_it_leaves(cast, maja):
    check = asked(maja, cast.key_person)
    _tablet, token = enrol_tablet(by=cast.manager, name="Blue tablet")
    set_pin(cast.key_person, "402917")
    client = Client()
    client.cookies["tablet"] = token
    client.post(f"/tablet/{cast.key_person.pk}/", {"digits": "402917"})
    for path in ("/progress/", check.get_absolute_url(), f"/progress/checks/{check.pk}/write/"):
        assert client.get(path).status_code == 200, path
    for path in ("copy.pdf", "pass-on/", "health-visitor/"):
        assert client.get(f"/progress/checks/{check.pk}/{path}").status_code == 403


def test_who_joins_later_or_lost_a_copy_gets_one(cast, maja):
    check = final(maja, cast.key_person, adults=[cast.mother])
    type(cast.stepfather).objects.filter(pk=cast.stepfather.pk).update(household=None)
    assert actions_copies.without_copy(check) == [cast.stepfather]
    actions.copy_anew(check, by=cast.key_person)
    assert actions_copies.without_copy(check) == []
    copy = Copy.objects.filter(adult=cast.stepfather).latest("asked_at")
    assert OF_THE_MOTHER not in str(copy.pieces)
    with pytest.raises(ActionRefused):
        actions.copy_anew(check, by=cast.senco)


def test_a_paper_that_is_signed_says_what_was_read_and_lets_the_consents_count(cast, maja):
    check = final(maja, cast.key_person, adults=[cast.mother])
    ask = Invitation.objects.get(check_of=check, adult=cast.mother).ask
    answers = {piece["id"]: "yes" for piece in wording.questions(ask.version.wording)}
    draft = papers.save_draft(ask, answers, by=cast.mother, edition=0)
    signature = papers.sign(ask, by=cast.mother, edition=draft.edition, typed_name="Ewa Nowicka", proof=["password"])
    assert "Pours without spilling." in signature.text and OF_THE_MOTHER in signature.text
    assert OF_THE_FATHER not in signature.text
    assert "enclosed" in json.loads(record_of(signature))
    assert allowed(maja, Purpose.CHECK_SCHOOL)
    assert give(check, cast.key_person, Purpose.CHECK_SCHOOL)


def test_without_anything_enclosed_a_key_person_asks_for_no_forms(cast, maja):
    form = add_sample_forms()[0]
    with pytest.raises(ActionRefused):
        papers.ask(maja, cast.mother, form, by=cast.key_person)
    with pytest.raises(ActionRefused):
        papers.ask(
            cast.leon, cast.mother, form, by=cast.key_person, enclosed=[{"id": "1", "type": "heading", "value": "X"}]
        )


def test_the_form_says_who_reads_what_may_tell_of_one_home():
    from portal.progress.forms import Begin, Written

    fields = Written().fields | Begin.base_fields
    told = {name for name, field in fields.items() if "also those who live apart" in str(field.help_text)}
    assert told == {"languages", "others_say", "other_setting"}


def test_what_a_family_says_about_a_check_reaches_somebody_when_its_author_has_left(cast, maja):
    """The key person of today, and before there is one whoever leads: a parent's words wait with nobody who has left."""
    check = asked(maja, cast.key_person)
    for held in cast.key_person.roles.all():
        out_of_office(held)
    OutgoingMail.objects.all().delete()
    send_part(check, cast.mother, enjoys="Water.")
    assert {mail.person for mail in OutgoingMail.objects.all()} == {cast.manager, cast.deputy}
    actions_family.place_key_person(maja, cast.senco, by=cast.manager)
    OutgoingMail.objects.all().delete()
    send_part(check, cast.father, enjoys="Sand.")
    assert {mail.person for mail in OutgoingMail.objects.all()} == {cast.senco}
