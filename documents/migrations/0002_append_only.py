from django.db import migrations

from records.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        append_only("documents_formversion"),
        append_only("documents_signature"),
        append_only("documents_consent"),
    ]
