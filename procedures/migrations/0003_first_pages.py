"""The list of procedures under the home page, and what families must be told."""

from django.db import migrations
from django.utils import timezone

from procedures.first_told import ITEMS

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


def add_items(apps, schema_editor):
    """The pages that answer them are chosen by the setting's editor."""
    items = apps.get_model("procedures.ToldItem").objects
    for place, (title, words, source) in enumerate(ITEMS, 1):
        items.get_or_create(title=title, defaults={"words": words, "source": source, "place": place * 10})


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_initial"), ("home", "0002_first_pages")]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop, elidable=False) for step in (plant, add_items)
    ]
