import uuid

from django.db import migrations, models


def renamed(model, owner, name):
    """Rename the column, and only that: the table is not made anew, so its triggers and its constraint stay."""
    constraint = models.UniqueConstraint(fields=[owner, "idempotency_key"], name=name)
    rename = migrations.RenameField(model, "press", "idempotency_key")
    key = models.UUIDField(default=uuid.uuid4)
    state = [
        migrations.RemoveConstraint(model, name),
        rename,
        migrations.AlterField(model, "idempotency_key", key),
        migrations.AddConstraint(model, constraint),
    ]
    return migrations.SeparateDatabaseAndState(database_operations=[rename], state_operations=state)


class Migration(migrations.Migration):
    dependencies = [("journal", "0015_no_index_of_origin")]
    operations = [
        renamed("observation", "author", "observation_once"),
        renamed("comment", "author", "comment_once"),
    ]
