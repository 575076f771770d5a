"""What families must be told: the items with which a setting begins. The pages that answer them are chosen by its editor."""

from django.db import migrations

from procedures.first_told import ITEMS


def begin(apps, schema_editor):
    items = apps.get_model("procedures.ToldItem").objects
    for place, (title, words, source) in enumerate(ITEMS, 1):
        items.get_or_create(title=title, defaults={"words": words, "source": source, "place": place * 10})


class Migration(migrations.Migration):
    dependencies = [("procedures", "0007_reading")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=False)]
