"""A form in a template looks like our components, also where only its name stands there."""

from django import forms
from django.template import Context, Template


class Everything(forms.Form):
    words = forms.CharField(label="Words", help_text="A few.", widget=forms.Textarea)
    agreed = forms.BooleanField(label="Agreed")
    answer = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, required=False)
    number = forms.CharField(widget=forms.HiddenInput, required=False)


def squeezed(html):
    return "".join(html.split())


def test_a_form_and_its_fields_are_drawn_with_our_components():
    shown = Context({"form": Everything({"answer": "no"})})
    by_hand = "{% for field in form %}{% include 'components/field.html' with field=field only %}{% endfor %}"
    as_form = Template("{{ form }}").render(shown)
    assert squeezed(as_form) == squeezed(Template(by_hand).render(shown)), "and nothing around them"
    assert as_form.count('class="field wrong"') == 2 and "(if you like)" in as_form
    words = Template("{{ form.words.as_field_group }}").render(shown)
    assert 'aria-describedby="id_words_helptext' in words and "A few." in words and words.strip() in as_form
