from django.db import migrations, models

from documents.wording import words_in
from people.actions_mentions import look_through_before
from people.told import Told


def look_through(apps, schema_editor):
    """What is enclosed with papers from before names children of today's orders, too."""
    look_through_before(apps, "documents", {"Ask": Told("child", ("enclosed",), plain=words_in)})


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_progress_checks"), ("people", "0014_typed_address_of_somebody_else")]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="named_for_orders",
            field=models.ManyToManyField(blank=True, related_name="+", to="people.child"),
        ),
        migrations.RunPython(look_through, migrations.RunPython.noop),
    ]
