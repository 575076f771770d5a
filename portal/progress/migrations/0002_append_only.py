from django.db import migrations

from records.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [("progress", "0001_initial")]

    operations = [append_only("progress_remark"), append_only("progress_talk"), append_only("progress_share")]
