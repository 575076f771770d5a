from django.db import migrations

from records.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_initial")]
    operations = [append_only("complaints_complaint"), append_only("complaints_step")]
