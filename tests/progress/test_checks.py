"""A check from its beginning to its end: who may do what when, what is asked for, what is told to whom."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.accounts.models import Draft
from people.families.models import KeyPerson
from people.mail.models import OutgoingMail
from portal.progress import actions, actions_family, rules
from portal.progress.models import Check, Invitation, Kind, Part, Remark, State, Talk, WhoCompletes
from portal.progress.models.passed import Copy, For
from records.refused import ActionRefused, ChangedElsewhere
from tests.cast import out_of_office, signed_in
from tests.people.autosave import typed as type_on
from tests.progress.stories import (
    OF_THE_FATHER,
    OF_THE_MOTHER,
    areas,
    asked,
    begun,
    final,
    make_two,
    own_part,
    say,
    shared,
    typed,
    words_of,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja(cast):
    return make_two(cast.maja)


def reads(person, check):
    return Check.objects.visible_to(person).filter(pk=check.pk).exists()


def test_it_goes_through_all_its_states(cast, maja):
    check = begun(maja, cast.key_person)
    assert check.state == State.SCHEDULED
    today = timezone.localdate()
    check = actions.agree_time(check, by=cast.key_person, agreed_on=today, planned_for=None, parts_by=None)
    assert check.state == State.PARTS_OPEN
    check = actions.ready(write(check, cast.key_person, concern=True), by=cast.key_person)
    assert check.state == State.CONCERN
    assert actions.look(check, by=cast.senco).state == State.DRAFTED
    assert actions.share(check, by=cast.key_person).state == State.SHARED
    assert actions.talked(check, by=cast.key_person, held_on=today, adults=[cast.mother]).state == State.DISCUSSED
    assert actions.finish(check, by=cast.key_person).state == State.FINAL


def test_the_key_person_writes_it_and_nobody_else(cast, maja):
    for other in (cast.staff_parent, cast.senco, cast.mother, cast.other_mother, cast.editor):
        with pytest.raises(ActionRefused):
            begun(maja, other)
    with pytest.raises(ActionRefused, match="why"):
        begun(maja, cast.manager, author=cast.senco)
    check = begun(maja, cast.manager, author=cast.senco, why_author="The key person is ill.")
    assert (check.author, check.why_author) == (cast.senco, "The key person is ill.")
    assert rules.may_write(cast.senco, check)
    assert rules.may_write(cast.key_person, check)
    assert not rules.may_write(cast.manager, check)


def test_it_is_never_given_to_somebody_of_the_childs_own_family(cast):
    alfie = make_two(cast.alfie)
    with pytest.raises(ActionRefused, match="own family"):
        begun(alfie, cast.manager, author=cast.staff_parent, why_author="She knows him.")


def test_with_a_new_key_person_the_check_is_hers(cast, maja):
    check = write(asked(maja, cast.key_person), cast.key_person)
    KeyPerson.objects.filter(child=maja).update(person=cast.staff_parent)
    assert not reads(cast.key_person, check)
    with pytest.raises(ActionRefused):
        write(check, cast.key_person, summary="Mine.")
    assert write(check, cast.staff_parent, summary="Hers.").author == cast.staff_parent


def test_one_check_at_two_and_as_many_summaries_as_there_are_terms(cast, maja):
    begun(maja, cast.key_person)
    with pytest.raises(ActionRefused, match="already"):
        begun(maja, cast.key_person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(child=maja, kind=Kind.AT_TWO, author=cast.key_person)
    names = {begun(maja, cast.key_person, Kind.TERM, title=term).name for term in ("Autumn", "Spring")}
    assert names == {"Summary of the term: Autumn", "Summary of the term: Spring"}


def test_everybody_who_takes_part_is_asked_also_who_lives_apart_and_nobody_barred(cast, maja):
    check = asked(maja, cast.key_person)
    assert {invitation.adult for invitation in check.invitations.all()} == {cast.mother, cast.father, cast.stepfather}
    assert OutgoingMail.objects.filter(person=cast.father).exists()
    of_tobi = asked(make_two(cast.tobi), cast.key_person)
    assert [invitation.adult for invitation in of_tobi.invitations.all()] == [cast.other_mother]
    actions.agree_time(check, by=cast.key_person, agreed_on=timezone.localdate(), planned_for=None, parts_by=None)
    assert check.invitations.count() == 3, "asked once, however often the time is changed"


def test_mails_say_nothing_of_whom_or_what(cast, maja):
    final(maja, cast.key_person, adults=[cast.mother])
    mails = OutgoingMail.objects.filter(person__in=[cast.mother, cast.father, cast.senco])
    assert mails.exists()
    for mail in mails:
        for word in ("Maja", "Sara", "Ewa", "Daniel", "check", "concern"):
            assert word not in mail.subject + mail.body


def test_a_part_is_its_authors_until_it_is_sent(cast, maja):
    check = asked(maja, cast.key_person)
    invitation = Invitation.objects.get(check_of=check, adult=cast.mother)
    part = actions_family.save_part(invitation, own_part(hopes="Friends."), by=cast.mother, edition=0)
    seen = [p for p in (cast.key_person, cast.manager) if Part.objects.visible_to(p).filter(pk=part.pk).exists()]
    assert seen == []
    with pytest.raises(ChangedElsewhere):
        actions_family.save_part(invitation, own_part(hopes="Other."), by=cast.mother, edition=0)
    with pytest.raises(ActionRefused):
        actions_family.save_part(invitation, own_part(hopes="Mine."), by=cast.father, edition=1)
    actions_family.send_part(invitation, own_part(hopes="Friends."), by=cast.mother, edition=1)
    assert Part.objects.visible_to(cast.key_person).filter(pk=part.pk).exists()


def test_parts_are_closed_once_it_is_shared_and_nobody_has_to_write_one(cast, maja):
    check = shared(maja, cast.key_person)
    invitation = Invitation.objects.get(check_of=check, adult=cast.stepfather)
    with pytest.raises(ActionRefused, match="ready to read"):
        actions_family.send_part(invitation, own_part(hopes="Late."), by=cast.stepfather, edition=0)
    assert signed_in(cast.stepfather).get(invitation.get_absolute_url()).status_code == 302


def test_it_says_which_headings_are_empty(cast, maja):
    check = asked(maja, cast.key_person)
    words = words_of(check) | {"summary": "All well.", "next_steps": "", "home_ideas": "Tea."}
    told = areas()
    told["physical"] = {"can": "", "well": "Runs.", "support": "None.", "concern": None}
    check = actions.write(check, words, told, [], by=cast.key_person, edition=check.edition)
    assert rules.missing(check) == [
        "Physical development: what I can do",
        "Physical development: is there a concern, yes or no",
        "Next steps here",
    ]
    with pytest.raises(ActionRefused, match=r"Physical development: what I can do; .*Next steps here"):
        actions.ready(check, by=cast.key_person)


@pytest.mark.parametrize("area", ["communication", "personal", "physical"])
@pytest.mark.parametrize("heading", ["can", "well", "support", "concern"])
def test_no_heading_of_a_prime_area_may_be_empty(cast, maja, area, heading):
    check = asked(maja, cast.key_person)
    words = words_of(check) | {"summary": "S.", "next_steps": "N.", "home_ideas": "H."}
    told = areas()
    told[area] = {**told[area], heading: None if heading == "concern" else ""}
    check = actions.write(check, words, told, [], by=cast.key_person, edition=check.edition)
    assert len(rules.missing(check)) == 1
    with pytest.raises(ActionRefused):
        actions.ready(check, by=cast.key_person)


def test_a_concern_needs_a_plan_tells_senco_and_manager_and_waits_for_one_of_them(cast, maja):
    OutgoingMail.objects.all().delete()
    check = write(asked(maja, cast.key_person), cast.key_person, concern=True)
    check.plan.all().delete()
    with pytest.raises(ActionRefused, match="there is a concern"):
        actions.ready(check, by=cast.key_person)
    check.edition = 1
    check = actions.ready(write(check, cast.key_person, concern=True, summary="Some worry."), by=cast.key_person)
    told = set(OutgoingMail.objects.values_list("person__email", flat=True))
    assert {"anya@example.org", "helen@example.org", "tom@example.org"} <= told
    assert "ruth@example.org" not in told
    with pytest.raises(ActionRefused, match="looks at it first"):
        actions.share(check, by=cast.key_person)
    for nobody in (cast.key_person, cast.safeguarding_lead, cast.staff_parent, cast.mother):
        with pytest.raises(ActionRefused):
            actions.look(check, by=nobody)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(shared_at=timezone.now())
    actions.look(check, by=cast.manager)
    assert actions.share(check, by=cast.key_person).shared_at


def test_who_wrote_the_concern_cannot_be_the_one_who_looked(cast):
    leon = make_two(cast.leon)  # his key person is the SENCo
    check = actions.ready(write(asked(leon, cast.senco), cast.senco, concern=True), by=cast.senco)
    with pytest.raises(ActionRefused, match="colleague"):
        actions.look(check, by=cast.senco)
    assert actions.look(check, by=cast.deputy).looked_by == cast.deputy


def test_a_changed_draft_has_to_be_looked_at_anew(cast, maja):
    check = actions.ready(write(asked(maja, cast.key_person), cast.key_person, concern=True), by=cast.key_person)
    actions.look(check, by=cast.senco)
    check = write(check, cast.key_person, concern=True, summary="More worry.")
    assert check.drafted_at is None and check.looked_at is None
    check = actions.ready(check, by=cast.key_person)
    with pytest.raises(ActionRefused):
        actions.share(check, by=cast.key_person)


def test_two_windows_never_overwrite_each_other_in_silence(cast, maja):
    check = asked(maja, cast.key_person)
    client, path = signed_in(cast.key_person), f"/progress/checks/{check.pk}/write/"
    client.post(path, typed(check, summary="First window.", save="yes"))
    page = client.post(path, typed(check, summary="Second window.", save="yes")).content.decode()
    assert "changed in another window" in page and "Second window." in page
    check.refresh_from_db()
    assert check.summary == "First window."
    page = client.post(path, {**typed(check, summary="Third.", save="yes"), "edition": 1}).content.decode()
    assert "changed in another window" in page and f"{path}?draft=none" in page
    edition = check.edition
    client.post(path, typed(check, summary="Fourth.", save="yes"))
    check.refresh_from_db()
    assert (check.edition, check.summary) == (edition + 1, "Fourth.")


def test_what_is_typed_into_a_check_is_there_again_and_a_colleague_reads_it_once_it_is_saved(cast, maja):
    check = asked(maja, cast.key_person)
    client, path = signed_in(cast.key_person), f"/progress/checks/{check.pk}/write/"
    words = typed(check, summary="She hums while she paints.")
    key, answer = type_on(client, path, words, texts=["summary"])
    assert answer.json() == {"kept": True}
    assert "She hums while she paints.</textarea>" in client.get(path).content.decode()
    check.refresh_from_db()
    assert not check.summary
    assert "hums" not in signed_in(cast.manager).get(f"/progress/checks/{check.pk}/").content.decode()
    client.post(path, {**words, "save": "yes", "draft": key})
    check.refresh_from_db()
    assert check.summary == "She hums while she paints." and not Draft.objects.exists()
    key, _answer = type_on(client, path, typed(check, summary="Other."), texts=["summary"])
    for held in cast.key_person.roles.all():
        out_of_office(held)
    assert client.get(f"/drafts/{key}/").status_code == 404, "it closes with the role"


def test_a_parents_part_is_there_again_and_read_once_it_is_given(cast, maja):
    check = asked(maja, cast.key_person)
    invitation = check.invitations.get(adult=cast.mother)
    client, path = signed_in(cast.mother), invitation.get_absolute_url()
    key, _answer = type_on(client, path, {"hopes": "Friends.", "edition": "0"}, texts=["hopes"])
    assert "Friends.</textarea>" in client.get(path).content.decode() and not Part.objects.exists()
    client.post(path, {"hopes": "Friends.", "edition": "0", "send": "yes", "draft": key})
    assert Part.objects.get().hopes == "Friends." and not Draft.objects.exists()
    type_on(client, path, {"hopes": "Friends and a song.", "edition": "1"}, texts=["hopes"])
    assert Part.objects.get().hopes == "Friends.", "what was given is not changed while she types"
    assert "Friends and a song." in client.get(path).content.decode()


def test_what_parents_read_cannot_be_changed_under_their_eyes(cast, maja):
    check = shared(maja, cast.key_person)
    with pytest.raises(ActionRefused, match="Take it back"):
        write(check, cast.key_person, summary="Other.")
    actions.take_back(check, by=cast.key_person)
    assert not reads(cast.mother, check)
    check = write(check, cast.key_person, summary="Other.")
    assert actions.share(actions.ready(check, by=cast.key_person), by=cast.key_person).shared_at


def test_it_is_not_final_before_it_was_talked_about(cast, maja):
    check = shared(maja, cast.key_person)
    with pytest.raises(ActionRefused, match="talked"):
        actions.finish(check, by=cast.key_person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(final_at=timezone.now())
    with pytest.raises(ActionRefused, match="asked for a part"):
        actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), adults=[cast.grandmother])
    actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), words="Three times in October.")
    assert actions.finish(check, by=cast.key_person).final_at
    with pytest.raises(ActionRefused, match="final"):
        actions.take_back(check, by=cast.key_person)


def test_talks_and_remarks_stay_as_they_were_said(cast, maja):
    check = shared(maja, cast.key_person)
    remark = say(check, cast.mother, "She loves the garden.")
    assert say(check, cast.stepfather, "Yes!").pk != remark.pk
    actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), adults=[cast.mother])
    for model in (Remark, Talk):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            model.objects.all().delete()


def test_where_the_other_setting_completes_it_nothing_is_due_here(cast, maja):
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(child=maja, kind=Kind.AT_TWO, author=cast.key_person, completed_by="they")
    client = signed_in(cast.key_person)
    page = client.post(f"/progress/{maja.pk}/begin/at_two/", {"completed_by": "they", "other_setting": ""})
    assert "Say which setting completes it." in page.content.decode()
    client.post(f"/progress/{maja.pk}/begin/at_two/", {"completed_by": "they", "other_setting": "Little Acorns"})
    check = Check.objects.get(child=maja)
    assert (check.completed_by, check.state) == (WhoCompletes.THEY, State.ELSEWHERE)
    with pytest.raises(ActionRefused, match="not written here"):
        write(check, cast.key_person)


def test_parents_with_full_say_are_asked_to_sign_the_others_are_not(cast, maja):
    check = final(maja, cast.key_person, adults=[cast.mother])
    asks = {invitation.adult: invitation.ask for invitation in check.invitations.all()}
    assert asks[cast.stepfather] is None
    enclosed = {who: str(asks[who].enclosed) for who in (cast.mother, cast.father)}
    assert OF_THE_MOTHER in enclosed[cast.mother] and OF_THE_FATHER not in enclosed[cast.mother]
    assert OF_THE_FATHER in enclosed[cast.father] and OF_THE_MOTHER not in enclosed[cast.father]
    for ask in (asks[cast.mother], asks[cast.father]):
        assert "Pours without spilling." in str(ask.enclosed)


def test_there_is_a_copy_for_each_reader_and_it_holds_what_is_theirs(cast, maja):
    check = final(maja, cast.key_person, adults=[cast.mother, cast.father])
    copies = {copy.adult or copy.whose: str(copy.pieces) for copy in Copy.objects.filter(check_of=check)}
    assert set(copies) == {cast.mother, cast.father, cast.stepfather, For.STAFF, For.OTHERS}
    for reader, holds, lacks in (
        (cast.mother, [OF_THE_MOTHER], [OF_THE_FATHER, "Daniel"]),
        (cast.father, [OF_THE_FATHER], [OF_THE_MOTHER, "Ewa"]),
        (cast.stepfather, [OF_THE_MOTHER], [OF_THE_FATHER, "Daniel"]),  # of one household with the mother
        (For.STAFF, [OF_THE_MOTHER, OF_THE_FATHER], []),
        (For.OTHERS, [], [OF_THE_MOTHER, OF_THE_FATHER, "Ewa", "Daniel"]),
    ):
        assert all(words in copies[reader] for words in [*holds, "Pours without spilling."])
        assert not any(words in copies[reader] for words in lacks)


def test_a_summary_of_the_term_goes_the_same_way_at_any_age(cast):
    check = asked(cast.tobi, cast.key_person, kind=Kind.TERM, title="Autumn 2026")
    words = words_of(check) | {"summary": "Paints suns.", "next_steps": "Clay.", "home_ideas": "Mud."}
    check = actions.write(check, words, {}, [], by=cast.key_person, edition=check.edition)
    actions.share(actions.ready(check, by=cast.key_person), by=cast.key_person)
    actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), adults=[cast.other_mother])
    actions.finish(check, by=cast.key_person)
    assert Copy.objects.visible_to(cast.other_mother).filter(check_of=check).exists()
