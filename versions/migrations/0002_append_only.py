"""What was published, and that somebody has read it, is never changed afterwards."""

from django.db import migrations

from records.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("versions", "0001_initial")]
    operations = [append_only("versions_pageversion"), append_only("versions_acknowledgement")]
