from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0013_ties_for_two")]

    operations = [
        migrations.AddField("person", "typed_email", models.EmailField(blank=True, default="", max_length=254), preserve_default=False),
    ]
