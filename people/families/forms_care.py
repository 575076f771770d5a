"""Fields and wording of foster care; they check and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import AS_AN_ADDRESS
from people.families.models import DelegatedDecision, LookedAfterStatus


class Care(forms.ModelForm):
    """Which authority looks after a child, on what basis, and who is the social worker."""

    class Meta:
        model = LookedAfterStatus
        fields = ["authority", "basis", "social_worker", "phone", "email"]
        help_texts = {"basis": _("It decides whether the authority shares parental responsibility.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].error_messages["required"] = _("Type the name of the local authority.")
        self.fields["email"].error_messages["invalid"] = AS_AN_ADDRESS


class Decisions(forms.Form):
    """Who decides what for a child in care: one choice, and the agreement's own words, for each matter."""

    def __init__(self, *args, standing, **kwargs):
        super().__init__(*args, **kwargs)
        for matter, label in DelegatedDecision.Matter.choices:
            row = standing.get(matter)
            self.fields[matter] = forms.ChoiceField(
                label=label,
                choices=[("", _("Not agreed yet")), *DelegatedDecision.Decider.choices],
                required=False,
                initial=row.decider if row else "",
            )
            self.fields[f"{matter}_words"] = forms.CharField(
                label=_("%(matter)s: in the words of the agreement") % {"matter": label},
                max_length=300,
                required=False,
                initial=row.words if row else "",
            )
        self.standing = standing

    def clean(self):
        facts = super().clean()
        for matter, label in DelegatedDecision.Matter.choices:
            if matter in self.standing and facts.get(matter) == "":
                self.add_error(
                    matter,
                    _("%(matter)s: this is agreed already. Choose who decides now; “Ask the social worker” is one way.")
                    % {"matter": label},
                )
        return facts

    def decisions(self):
        """{matter: (decider, words)} of everything that is agreed."""
        facts = self.cleaned_data
        agreed = (matter for matter in DelegatedDecision.Matter.values if facts[matter])
        return {matter: (facts[matter], facts[f"{matter}_words"].strip()) for matter in agreed}
