"""The topics of the directory with which a setting begins; agencies are its editor's."""

from django.db import migrations

from home.first_topics import TOPICS


def begin(apps, schema_editor):
    topics = apps.get_model("home.Topic").objects
    for place, (slug, name, words, sensitive) in enumerate(TOPICS, 1):
        first = {"name": name, "words": words, "sensitive": sensitive, "place": place * 10}
        topics.get_or_create(slug=slug, defaults=first)


class Migration(migrations.Migration):
    dependencies = [("home", "0006_reading")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=False)]
