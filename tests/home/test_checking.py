"""Where the setting wants it, a second person looks at a page before it appears: Wagtail's own moderation, no mail of its own."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import GroupPagePermission, WorkflowPage

from home.models import InformationPage
from home.rules import may_publish
from people.mail.mail_backend import OnlyOurs, OurMail
from people.mail.models import OutgoingMail
from people.setting.actions_roles import give_role
from people.setting.actions_setting import keep_setting
from people.setting.forms import SettingForm
from people.setting.models import RoleHeld, Setting
from people.setting.roles import Role
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db


def wish(cast, checked, by=None):
    facts = {name: getattr(Setting.now(), name) for name in SettingForm.Meta.fields} | {"pages_are_checked": checked}
    form = SettingForm(
        {name: value for name, value in facts.items() if value not in (None, False)}, instance=Setting.now()
    )
    assert form.is_valid(), form.errors
    keep_setting(form, by=by or cast.manager)


def edited(page, action):
    rich = '{"blocks":[{"key":"a1","text":"New words.","type":"unstyled"}],"entityMap":{}}'
    return {
        "title": page.title,
        "slug": page.slug,
        "lead": "A new lead.",
        "body": rich,
        "acknowledged_by": page.acknowledged_by,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        action: "1",
    }


@pytest.fixture
def page():
    return InformationPage.objects.get(slug="accessibility")


def test_a_second_person_publishes_what_an_editor_submits(cast, page):
    give_role(cast.manager, Role.EDITOR, by=None)
    wish(cast, True)
    OutgoingMail.objects.all().delete()
    editor, address = signed_in(cast.editor), f"/cms/pages/{page.pk}/edit/"
    editor.post(address, edited(page, "action-publish"))
    assert InformationPage.objects.get(pk=page.pk).lead != "A new lead.", "alone nobody publishes"
    assert "Submit to A second look" in editor.get(address).content.decode()
    editor.post(address, edited(page, "action-submit"))
    assert InformationPage.objects.get(pk=page.pk).lead != "A new lead."
    assert OutgoingMail.objects.filter(person=cast.manager).count() == 1
    assert "Accessibility" not in OutgoingMail.objects.get(person=cast.manager).body

    manager = signed_in(cast.manager)
    assert "1 page waits for your second look" in manager.get("/today/").content.decode()
    task = InformationPage.objects.get(pk=page.pk).current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    editor.post(approve)
    assert InformationPage.objects.get(pk=page.pk).lead != "A new lead.", "the editor cannot approve it herself"
    manager.post(approve)
    assert InformationPage.objects.get(pk=page.pk).lead == "A new lead."
    assert "waits for your second look" not in manager.get("/today/").content.decode()


def test_without_the_wish_the_editor_publishes_and_the_manager_is_no_editor(cast, page):
    give_role(cast.deputy, Role.EDITOR, by=None)
    wish(cast, True)
    wish(cast, False)
    assert not WorkflowPage.objects.exists()
    assert not GroupPagePermission.objects.filter(group__name="Checkers").exists()
    signed_in(cast.editor).post(f"/cms/pages/{page.pk}/edit/", edited(page, "action-publish"))
    assert InformationPage.objects.get(pk=page.pk).lead == "A new lead."
    assert signed_in(cast.manager).get("/cms/").status_code == 404
    with pytest.raises(ActionRefused):
        wish(cast, True, by=cast.editor)


def test_a_second_look_is_not_switched_on_where_nobody_can_give_it(cast):
    facts = {name: getattr(Setting.now(), name) for name in SettingForm.Meta.fields} | {"pages_are_checked": True}
    sent = {name: value for name, value in facts.items() if value not in (None, False)}
    form = SettingForm(sent, instance=Setting.now())
    assert not form.is_valid() and "Nobody here could give the second look" in str(form.errors)
    give_role(cast.deputy, Role.EDITOR, by=None)
    assert SettingForm(sent, instance=Setting.now()).is_valid()


def test_what_waits_for_a_second_look_that_nobody_can_give_any_more_is_on_today(cast, page):
    give_role(cast.deputy, Role.EDITOR, by=None)
    wish(cast, True)
    signed_in(cast.editor).post(f"/cms/pages/{page.pk}/edit/", edited(page, "action-submit"))
    assert "second look" not in signed_in(cast.manager).get("/today/").content.decode()
    out_of_office(RoleHeld.objects.get(person=cast.deputy, role=Role.EDITOR))
    assert "nobody here can give it" in signed_in(cast.manager).get("/today/").content.decode()


def test_the_short_form_is_no_way_around_it(cast):
    assert may_publish(cast.editor)
    give_role(cast.deputy, Role.EDITOR, by=None)
    wish(cast, True)
    assert not may_publish(cast.editor)
    assert may_publish(cast.deputy)
    assert not may_publish(cast.key_person)


def test_only_our_own_mail_leaves(monkeypatch):
    sent = []
    monkeypatch.setattr(
        "django.core.mail.backends.smtp.EmailBackend.send_messages", lambda self, some: sent.extend(some)
    )
    ours, of_wagtail = OurMail("a", "b", to=["a@example.org"]), mail.EmailMessage("c", "d", to=["a@example.org"])
    OnlyOurs().send_messages([ours, of_wagtail])
    OnlyOurs().send_messages([of_wagtail])
    assert sent == [ours]
