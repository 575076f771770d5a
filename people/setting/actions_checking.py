"""Actions of "four eyes": pages and procedures appear when a second person has looked at them, where the setting wants it."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from people.setting.roles import CHECKERS, EDITORS

NAME = "A second look"


@transaction.atomic
def match_checking(wanted: bool) -> None:
    """Bring Wagtail's own moderation in line with the setting's wish: editors submit, and checkers publish."""
    home = Page.objects.get(depth=2)
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    checkers, _made = Group.objects.get_or_create(name=CHECKERS)
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    for group, may in ((editors, not wanted), (checkers, wanted)):
        held = GroupPagePermission.objects.filter(group=group, page=home, permission=publish)
        if may and not held.exists():
            GroupPagePermission.objects.create(group=group, page=home, permission=publish)
        elif not may:
            held.delete()
    if not wanted:
        WorkflowPage.objects.filter(page=home).delete()
        return
    workflow, made = Workflow.objects.get_or_create(name=NAME)
    if made:
        task = GroupApprovalTask.objects.create(name=NAME)
        task.groups.add(checkers)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
