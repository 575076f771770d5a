from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journal", "0016_idempotency_key")]
    operations = [migrations.DeleteModel("Book")]
