import re

from django.db import migrations

from records.finding import SIGN


def forget_words_of_pages_with_signs(apps, schema_editor):
    """The scheduler finds the words of a procedure anew that has none."""
    Word = apps.get_model("procedures", "Word")
    has_sign = re.compile(f"[{SIGN}]")
    pages = {page for page, word in Word.objects.values_list("page", "word").iterator() if has_sign.search(word)}
    Word.objects.filter(page__in=pages).delete()


class Migration(migrations.Migration):
    dependencies = [("procedures", "0010_forms_are_meant")]
    operations = [migrations.RunPython(forget_words_of_pages_with_signs, migrations.RunPython.noop)]
