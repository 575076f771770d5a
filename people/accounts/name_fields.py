"""Fields for names. Whatever cannot be seen leaves a name wherever it is typed, pasted or brought in: here and nowhere else."""

from django import forms
from django.db import models

from people.accounts.tidying import tidy


class NameInput(forms.CharField):
    """A name in a form."""

    def to_python(self, value):
        return tidy(super().to_python(value))


class NameField(models.CharField):
    """A name in a table."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return tidy(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, self.get_prep_value(getattr(model_instance, self.attname)))
        return getattr(model_instance, self.attname)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": NameInput} | kwargs)

    def deconstruct(self):
        """Migrations see the plain field: in the database there is no difference."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
