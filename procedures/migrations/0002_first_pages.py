"""The list of procedures, under the home page."""

from django.db import migrations
from django.utils import timezone

INTRODUCTION = "What we promise, and how we keep it. Ask any of us if something is not clear."


def plant(apps, schema_editor):
    pages = apps.get_model("wagtailcore.Page").objects
    home = pages.get(depth=2)
    kind, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="procedures", model="procedureindexpage"
    )
    now = timezone.now()
    apps.get_model("procedures.ProcedureIndexPage").objects.create(
        title="Procedures",
        draft_title="Procedures",
        slug="procedures",
        introduction=INTRODUCTION,
        content_type=kind,
        path=f"{home.path}{home.numchild + 1:04d}",
        depth=home.depth + 1,
        url_path=f"{home.url_path}procedures/",
        locale=apps.get_model("wagtailcore.Locale").objects.first(),
        first_published_at=now,
        last_published_at=now,
    )
    pages.filter(pk=home.pk).update(numchild=home.numchild + 1)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("home", "0002_first_pages")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop, elidable=False)]
