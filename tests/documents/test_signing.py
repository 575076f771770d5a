"""From the manager's question to the paper in a mother's hands; and everyone who may not."""

import hashlib
import json
import re
import threading
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import actions, paper, seal, tasks, wording
from documents.models import Consent, Draft, Form, FormVersion, Signature, SignatureRequest, SignedDocument
from documents.samples import add_sample_forms
from people.accounts.models import Authenticator
from people.families import actions_family
from people.families.access import Level, RestrictionKind
from people.families.models import Child, Kind
from people.mail.models import OutgoingMail
from people.setting.models import Approval
from portal.demo.cast import PASSWORD, build_cast, load_cast
from records.models import AccessLogEntry, AuditLine
from records.refused import ActionRefused, ChangedElsewhere
from tests.cast import out_of_office, signed_in
from tests.documents.stories import answers_for, on_the_page, sign


@pytest.fixture
def ask(cast, forms):
    return actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)


def edition_on(page):
    return re.search(r'name="edition" value="(\d+)"', page.content.decode()).group(1)


def asks(cast, manager, form):
    """The manager asks; the mail says nothing of whom it is about."""
    page = manager.get("/papers/ask/", {"child": cast.maja.pk, "form": form.pk})
    assert "Ewa Nowicka" in page.content.decode() and "Halina Nowicka" not in page.content.decode()
    where = f"/papers/ask/?child={cast.maja.pk}&form={form.pk}"
    manager.post(where, {"adults": [cast.mother.pk], "due_on": "2099-01-31"})
    ask = SignatureRequest.objects.get()
    mail = OutgoingMail.objects.get(person=cast.mother)
    assert "Maja" not in mail.subject + mail.body and "Nowicka" not in mail.subject + mail.body
    return ask


def begins(mother, ask, answers):
    """She finds it, begins, and finishes later; what is missing is said, and what was typed stays. The page she is on."""
    assert "Outings and photographs" in mother.get("/papers/").content.decode()
    address = f"/papers/{ask.pk}/"
    first = dict(list(on_the_page(answers).items())[:1])
    page = mother.post(address, {**first, "edition": "0", "save": "yes"}, follow=True)
    assert "You can finish it later" in page.content.decode()

    page = mother.get(address)
    page = mother.post(address, {**first, "edition": edition_on(page), "go": "on"})
    said = page.content.decode()
    assert "Please answer:" in said and 'role="alert"' in said
    return page


def signs(mother, ask, answers, page):
    """She answers everything, checks, and signs with her password."""
    address = f"/papers/{ask.pk}/"
    page = mother.post(address, {**on_the_page(answers), "edition": edition_on(page), "go": "on"}, follow=True)
    said = page.content.decode()
    assert "Łucja is afraid of dogs." in said and "Check your answers" in said
    wrong = {"edition": edition_on(page), "typed_name": "Ewa Nowicka", "agreed": "on", "password": "not this one"}
    page = mother.post(f"{address}check/", wrong)
    assert "That is not your password" in page.content.decode() and not Signature.objects.exists()
    page = mother.post(f"{address}check/", {**wrong, "edition": edition_on(page), "password": PASSWORD}, follow=True)
    said = page.content.decode()
    assert page.redirect_chain == [(f"{address}signed/", 302)]
    assert "Your copy is being made" in said and page["Refresh"] == "3"


def takes_home(mother, ask):
    """The worker makes her copy; the page stops looking; the same bytes come each time. Their name and they."""
    address = f"/papers/{ask.pk}/"
    assert mother.get(f"{address}paper.pdf").status_code == 404
    assert tasks.make_papers() == 1 and tasks.make_papers() == 0
    page = mother.get(f"{address}signed/")
    assert "Download the paper" in page.content.decode() and "Refresh" not in page
    twice = [mother.get(f"{address}paper.pdf") for _n in range(2)]
    kept = SignedDocument.objects.get()
    assert {hashlib.sha256(each.content).hexdigest() for each in twice} == {kept.sha256}
    name = re.search(r'filename="([^"]+)"', twice[0]["Content-Disposition"]).group(1)
    assert re.fullmatch(r"paper-[a-z]{8}\.pdf", name)
    assert "no-store" in twice[0]["Cache-Control"]
    return name, twice[0].content


def is_sealed(path, answers):
    """The paper at this path holds her answers, and its seal is whole."""
    with pikepdf.open(path) as file:
        record = json.loads(file.attachments["record.json"].get_file().read_bytes())
    assert record["answers"] == Signature.objects.get().answers == {k: v for k, v in answers.items() if v}
    assert seal.verify(path.read_bytes()).intact


def test_a_manager_asks_a_mother_signs_and_takes_her_copy_home(cast, forms, tmp_path, capsys):
    mother = signed_in(cast.mother)
    ask = asks(cast, signed_in(cast.manager), forms[0])
    answers = answers_for(ask, yes_no="yes")
    signs(mother, ask, answers, begins(mother, ask, answers))
    name, content = takes_home(mother, ask)
    paper = tmp_path / name
    paper.write_bytes(content)
    is_sealed(paper, answers)

    call_command("verify_pdf", paper)
    assert "byte for byte the file that is kept here" in capsys.readouterr().out
    call_command("papers", "--to", tmp_path / "all")
    assert (tmp_path / "all" / name).read_bytes() == content

    # What was done is in the chain, with the fingerprints; that she looked is remembered.
    verbs = list(AuditLine.objects.values_list("verb", flat=True))
    for verb in ("form_asked_for", "draft_begun", "form_signed", "paper_made", "paper_opened", "consent_decided"):
        assert f"documents.{verb}" in verbs
    assert AuditLine.objects.get(verb="documents.form_signed").digest == Signature.objects.get().sha256
    assert AccessLogEntry.objects.filter(person=cast.mother, kind="papers", child=str(cast.maja.pk)).count() == 1


def test_who_has_an_authenticator_needs_its_code_to_sign(cast, ask):
    device = Authenticator.objects.create(user=cast.mother, name="app", key=Authenticator.new_key(), confirmed=True)
    mother = signed_in(cast.mother)
    session = mother.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    signing = {"edition": draft.edition, "typed_name": "ewa  nowicka", "agreed": "on", "password": PASSWORD}
    page = mother.post(f"/papers/{ask.pk}/check/", signing)
    assert "Type the six digits" in page.content.decode() and not Signature.objects.exists()
    mother.post(f"/papers/{ask.pk}/check/", {**signing, "code": device.code_now()})
    assert Signature.objects.get().proof == "password and authenticator"


STRANGERS = ["father", "stepfather", "grandmother", "barred_father", "other_mother", "key_person", "editor", "chair"]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_request_that_is_not_yours_is_not_there(cast, ask, who):
    stranger, mother = signed_in(getattr(cast, who)), signed_in(cast.mother)
    nowhere = uuid.uuid4()
    for last in ("", "check/", "signed/", "paper.pdf"):
        assert stranger.get(f"/papers/{ask.pk}/{last}").status_code == 404
        assert stranger.get(f"/papers/{nowhere}/{last}").status_code == 404
    for last in ("", "check/", "withdraw/"):
        assert stranger.post(f"/papers/{ask.pk}/{last}", {"edition": 0}).status_code == 404
    assert mother.get(f"/papers/{ask.pk}/").status_code == 200
    assert not Draft.objects.exists()


def test_the_manager_sees_papers_but_never_fills_in_for_a_family(cast, ask):
    manager = signed_in(cast.manager)
    assert manager.get(f"/papers/{ask.pk}/").status_code == 404
    assert manager.post(f"/papers/{ask.pk}/", {"save": "yes"}).status_code == 404
    sign(ask)
    tasks.make_papers()
    assert manager.get(f"/papers/{ask.pk}/signed/").status_code == 200
    assert manager.get(f"/papers/{ask.pk}/paper.pdf").status_code == 200
    assert "Maja" in manager.get("/papers/asked/").content.decode()


def become_aunt(cast):
    """The manager becomes family to Tobi."""
    facts = {"kind": Kind.OTHER, "label": "Auntie", "parental_responsibility": "no", "level": Level.INFORMATION}
    return actions_family.relate(cast.tobi, cast.manager, by=cast.deputy, **facts)


def test_a_manager_is_family_to_her_own_child(cast, forms):
    manager = signed_in(cast.manager)
    aunt = become_aunt(cast)
    with pytest.raises(ActionRefused):
        actions.ask(cast.tobi, cast.other_mother, forms[0], by=cast.manager)
    page = manager.get("/papers/ask/", {"child": cast.tobi.pk, "form": forms[0].pk})
    assert "Choose a child" in page.content.decode() or "Select a valid choice" in page.content.decode()
    aunt.delete()
    Approval.objects.all().delete()  # with the tie, the question about it
    signed = sign(actions.ask(cast.tobi, cast.other_mother, forms[0], by=cast.manager))
    tasks.make_papers()
    assert manager.get(f"/papers/{signed.ask_id}/paper.pdf").status_code == 200
    become_aunt(cast)
    assert manager.get(f"/papers/{signed.ask_id}/paper.pdf").status_code == 404
    assert Signature.objects.visible_to(cast.other_mother).count() == 1


def test_each_parent_sees_only_the_own_paper(cast, ask, forms):
    sign(ask)
    his = sign(actions.ask(cast.maja, cast.father, forms[0], by=cast.manager), yes_no="no")
    assert tasks.make_papers() == 2
    father, mother = signed_in(cast.father), signed_in(cast.mother)
    for browser, own, other in ((father, his.ask, ask), (mother, ask, his.ask)):
        assert browser.get(f"/papers/{own.pk}/paper.pdf").status_code == 200
        assert browser.get(f"/papers/{other.pk}/paper.pdf").status_code == 404
        names = {cast.mother.full_name, cast.father.full_name} - {own.adult.full_name}
        assert not any(name in browser.get("/papers/").content.decode() for name in names)
    page = paper.page_of(his)
    assert "Daniel Reed" in page and "Ewa Nowicka" not in page


def test_what_she_signed_stays_hers_until_a_restriction_closes_it(cast, ask):
    sign(ask)
    tasks.make_papers()
    mother = signed_in(cast.mother)
    actions_family.end_relationship(cast.mother.relationships.get(child=cast.maja), by=cast.manager)
    assert mother.get(f"/papers/{ask.pk}/paper.pdf").status_code == 200
    actions_family.restrict(cast.maja, cast.mother, by=cast.deputy, kind=RestrictionKind.FULL, basis="Court order")
    assert mother.get(f"/papers/{ask.pk}/paper.pdf").status_code == 404
    assert mother.get(f"/papers/{ask.pk}/signed/").status_code == 404


def test_a_level_that_falls_closes_the_open_request_at_once(cast, ask):
    mother = signed_in(cast.mother)
    assert mother.get(f"/papers/{ask.pk}/").status_code == 200
    cast.mother.relationships.update(level=Level.PARTICIPATE)
    assert mother.get(f"/papers/{ask.pk}/").status_code == 404
    with pytest.raises(ActionRefused):
        actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    with pytest.raises(ActionRefused):
        actions.sign(ask, by=cast.mother, edition=0, typed_name="Ewa Nowicka", proof=["password"])


def test_the_paper_asks_for_fresh_proof(cast, ask):
    sign(ask)
    tasks.make_papers()
    mother = signed_in(cast.mother)
    session = mother.session
    session["proved_at"] -= 16 * 60
    session.save()
    answer = mother.get(f"/papers/{ask.pk}/paper.pdf")
    assert answer.status_code == 302 and "paper.pdf" in answer["Location"]
    assert not AuditLine.objects.filter(verb="documents.paper_opened").exists()


def test_only_those_who_can_sign_are_asked_and_only_once(cast, ask, forms):
    for child, who in ((cast.maja, cast.grandmother), (cast.maja, cast.stepfather), (cast.tobi, cast.barred_father)):
        with pytest.raises(ActionRefused):
            actions.ask(child, who, forms[1], by=cast.manager)
    for by in (cast.key_person, cast.editor, cast.mother):
        with pytest.raises(ActionRefused):
            actions.ask(cast.maja, cast.father, forms[1], by=by)
    with pytest.raises(ActionRefused):
        actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)
    assert actions.ask(cast.maja, cast.father, forms[0], by=cast.manager)
    sign(ask)
    assert actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)


def test_a_request_can_be_taken_back_until_it_is_signed(cast, ask, forms):
    manager, mother = signed_in(cast.manager), signed_in(cast.mother)
    actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    assert mother.post(f"/papers/{ask.pk}/withdraw/").status_code == 404
    assert signed_in(cast.key_person).post(f"/papers/{ask.pk}/withdraw/").status_code == 404
    assert manager.post(f"/papers/{ask.pk}/withdraw/").status_code == 302
    assert mother.get(f"/papers/{ask.pk}/").status_code == 404
    assert not Draft.objects.exists()
    signed = sign(actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager))
    assert manager.post(f"/papers/{signed.ask_id}/withdraw/").status_code == 403


def test_pressing_twice_signs_once(cast, ask):
    mother = signed_in(cast.mother)
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    signing = {"edition": draft.edition, "typed_name": "Ewa Nowicka", "agreed": "on", "password": PASSWORD}
    for _n in range(2):
        assert mother.post(f"/papers/{ask.pk}/check/", signing)["Location"] == f"/papers/{ask.pk}/signed/"
    assert Signature.objects.count() == 1
    assert actions.sign(ask, by=cast.mother, edition=9, typed_name="", proof=[]) == Signature.objects.get()
    assert AuditLine.objects.filter(verb="documents.form_signed").count() == 1


def test_sixteen_presses_at_the_same_moment_sign_once(own_database):
    build_cast()
    cast, forms = load_cast(), add_sample_forms()
    ask = actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    signing = {"edition": draft.edition, "typed_name": "Ewa Nowicka", "agreed": "on", "password": PASSWORD}
    browsers, answers = [signed_in(cast.mother) for _n in range(16)], []

    def press(browser):
        try:
            answer = browser.post(f"/papers/{ask.pk}/check/", signing)
            answers.append(answer.get("Location", answer.status_code))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [f"/papers/{ask.pk}/signed/"] * 16
    assert Signature.objects.count() == 1 and Consent.objects.count() == 3


def test_answers_that_changed_under_the_pen_are_not_signed(cast, ask):
    mother = signed_in(cast.mother)
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    actions.save_draft(ask, answers_for(ask, yes_no="no"), by=cast.mother, edition=draft.edition)
    signing = {"edition": draft.edition, "typed_name": "Ewa Nowicka", "agreed": "on", "password": PASSWORD}
    page = mother.post(f"/papers/{ask.pk}/check/", signing)
    assert "changed in another window" in page.content.decode() and not Signature.objects.exists()
    with pytest.raises(ChangedElsewhere):
        actions.sign(ask, by=cast.mother, edition=draft.edition, typed_name="Ewa Nowicka", proof=["password"])
    mother.post(f"/papers/{ask.pk}/check/", {**signing, "edition": edition_on(page)})
    assert set(Signature.objects.get().answers.values()) >= {"no"}


@pytest.mark.parametrize("typed", ["", "Daniel Reed", "E. Nowicka"])
def test_only_the_own_name_signs(cast, ask, typed):
    mother = signed_in(cast.mother)
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    signing = {"edition": draft.edition, "typed_name": typed, "agreed": "on", "password": PASSWORD}
    assert mother.post(f"/papers/{ask.pk}/check/", signing).status_code == 200
    with pytest.raises(ActionRefused):
        actions.sign(ask, by=cast.mother, edition=draft.edition, typed_name=typed, proof=["password"])
    assert not Signature.objects.exists()


def test_a_form_with_a_question_left_open_cannot_be_signed(cast, ask):
    some = dict(list(answers_for(ask).items())[:2])
    draft = actions.save_draft(ask, some, by=cast.mother, edition=0)
    assert "look-again" in signed_in(cast.mother).get(f"/papers/{ask.pk}/check/")["Location"]
    with pytest.raises(ActionRefused):
        actions.sign(ask, by=cast.mother, edition=draft.edition, typed_name="Ewa Nowicka", proof=["password"])


@pytest.mark.parametrize(
    ("form", "kind", "answer"), [(0, "yes_no", "maybe"), (1, "date", "31/31/2026"), (2, "choice", "Nobody")]
)
def test_an_answer_that_the_question_does_not_offer_cannot_be_signed(cast, forms, form, kind, answer):
    ask = actions.ask(cast.maja, cast.mother, forms[form], by=cast.manager)
    with pytest.raises(ActionRefused):
        sign(ask, **{kind: answer})
    mother = signed_in(cast.mother)
    page = mother.post(
        f"/papers/{ask.pk}/", {**on_the_page(answers_for(ask, **{kind: answer})), "edition": 1, "go": "on"}
    )
    assert 'role="alert"' in page.content.decode()


def test_signatures_versions_and_decisions_cannot_be_touched(cast, ask):
    signature = sign(ask)
    for row, field in ((signature, "typed_name"), (ask.version, "text"), (Consent.objects.first(), "purpose")):
        for change in (lambda rows, f=field: rows.update(**{f: "x"}), lambda rows: rows._raw_delete("default")):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(type(row)._base_manager.filter(pk=row.pk))


def test_the_hashes_can_be_worked_out_again_from_the_record(cast, ask):
    signature = Signature.objects.get(pk=sign(ask).pk)
    record = json.loads(paper.record_of(signature))
    assert wording.hash_of(record["text"]) == record["text_sha256"]
    assert wording.hash_of(record["answers"]) == record["answers_sha256"]
    assert actions.hash_over(signature) == record["sha256"] == signature.sha256
    frozen = [record["form"]["code"], record["form"]["title"], record["form"]["wording"]]
    assert wording.hash_of(frozen) == record["wording_sha256"]
    assert "Maja Nowicka-Reed" in record["text"] and "> Łucja is afraid of dogs." in record["text"]


def test_new_wording_is_a_new_version_and_leaves_what_was_asked_alone(cast, ask, forms):
    form = forms[0]
    form.refresh_from_db()
    words = form.wording.get_prep_value()
    words[0] = {**words[0], "value": "Quite other words."}
    form.wording = json.dumps(words)
    form.save()
    his = actions.ask(cast.maja, cast.father, form, by=cast.manager)
    assert (ask.version.number, his.version.number) == (1, 2)
    assert "Quite other words." in his.version.text and "Quite other words." not in ask.version.text
    again = actions.ask(cast.tobi, cast.other_mother, form, by=cast.manager)
    assert again.version == his.version and FormVersion.objects.count() == 2
    assert "Quite other words." not in signed_in(cast.mother).get(f"/papers/{ask.pk}/").content.decode()


def test_a_form_out_of_use_is_not_asked_for(cast, forms):
    forms[0].in_use = False
    forms[0].save()
    with pytest.raises(ActionRefused):
        actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)


def test_a_role_that_ended_opens_nothing(cast, ask):
    deputy = signed_in(cast.deputy)
    sign(ask)
    assert deputy.get("/papers/asked/").status_code == deputy.get(f"/papers/{ask.pk}/signed/").status_code == 200
    out_of_office(cast.deputy.roles.get())
    assert deputy.get("/papers/asked/").status_code == deputy.get(f"/papers/{ask.pk}/signed/").status_code == 404


def test_samples_are_added_once_and_an_editor_s_words_stay(forms):
    forms[0].title = "Our own title"
    forms[0].save()
    again = add_sample_forms()
    assert Form.objects.count() == len(again) == 3 and again[0].title == "Our own title"


def test_the_list_of_papers_costs_the_same_for_one_and_for_twelve(cast, forms):
    mother = signed_in(cast.mother)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert mother.get("/papers/").status_code == 200
        return len(seen)

    sign(actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager))
    actions.ask(cast.maja, cast.mother, forms[1], by=cast.manager)
    one = cost()
    for _n in range(11):
        sign(actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager))
    assert cost() == one <= 9


def test_an_edition_that_no_page_of_ours_says_counts_as_none(cast, ask):
    saved = signed_in(cast.mother).post(f"/papers/{ask.pk}/", {"edition": "²", "save": "yes"})
    assert saved.status_code == 302


def test_a_child_who_left_is_asked_for_nothing_and_a_later_look_still_opens_the_form(cast, ask):
    assert "Please read and sign" in signed_in(cast.mother).get("/today/").content.decode()
    Child.objects.filter(pk=cast.maja.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "Please read and sign" not in signed_in(cast.mother).get("/today/").content.decode()
    assert signed_in(cast.mother).get(ask.get_absolute_url()).status_code == 200
