"""How `{{ form }}` and `{{ field.as_field_group }}` look in our templates (Django's FORM_RENDERER)."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Render forms and fields with our components, and widgets with Django's and Wagtail's templates."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"
