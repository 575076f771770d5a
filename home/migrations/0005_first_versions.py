"""The pages of the first day get their first version, and families are asked to read the privacy notice."""

from django.db import migrations

from home.plain_words import words_of_information
from versions.actions import digest_of


def keep(apps, schema_editor):
    """What versions.actions.keep_version does, with the models of this moment."""
    versions = apps.get_model("versions.PageVersion").objects
    for page in apps.get_model("home.InformationPage").objects.filter(live=True):
        if page.slug == "privacy" and not versions.filter(page_id=page.pk).exists():
            page.acknowledged_by = "families"
            page.save(update_fields=["acknowledged_by"])
        words = [list(part) for part in words_of_information(page.lead, page.body)]
        versions.get_or_create(
            page_id=page.pk,
            number=1,
            defaults={
                "title": page.title,
                "words": words,
                "digest": digest_of(page.title, words),
                "audience": "everyone",
                "asked": page.acknowledged_by,
                "is_material": True,
                "read_from": 1,
                "published_at": page.last_published_at or page.first_published_at,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("home", "0004_kept_pages"), ("versions", "0002_append_only")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=False)]
