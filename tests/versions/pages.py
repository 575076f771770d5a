"""Procedures to publish and to publish again."""

from procedures.actions import keep_as_draft
from procedures.importing import read_text
from procedures.models import ProcedurePage
from versions.audiences import Asked, Audience
from versions.models import PageVersion

SNACK = "04.01 Snack\n\nWe eat together.\n\n- We wash our hands before we sit down.\n- We sit with the children.\n"


def published(words=SNACK, *, by=None, audience=Audience.EVERYONE, asked=Asked.NOBODY, material=False, changed=""):
    """Import the words and publish them, as an editor would; the newest version."""
    page = keep_as_draft(read_text(words), by=by).get_latest_revision_as_object()
    page.audience, page.acknowledged_by = audience, asked
    page.change_is_material, page.what_changed = material, changed
    page.save_revision(user=by).publish()
    return PageVersion.objects.filter(page=page.pk).order_by("-number").first()


def procedure_of(version):
    return ProcedurePage.objects.get(pk=version.page_id)
