"""A sign-off is never changed afterwards."""

from django.db import migrations

from records.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_reviews")]
    operations = [append_only("procedures_signoff")]
