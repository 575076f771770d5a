"""Fields and wording of staff and of the setting's facts; they check and never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import QUIET_HOURS, Day, DayField, address_field, check_quiet_hours
from people.accounts.models import Person
from people.accounts.name_fields import NameInput
from people.accounts.slips import ask_about_slip
from people.setting.models import Setting
from people.setting.role_holders import who_gives_second_looks
from people.setting.roles import Role


class InviteStaff(forms.Form):
    existing = forms.ModelChoiceField(
        Person.objects.all(),
        label=_("Somebody already in the books"),
        required=False,
        empty_label=_("No, somebody new"),
        help_text=_(
            "A parent who begins to work here, or somebody who takes on another role. One person has one account."
        ),
    )
    full_name = NameInput(label=_("Full name"), max_length=150, required=False)
    email = address_field(_("E-mail address"), required=False, known_as="off")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    starts_on = DayField(label=_("From"), help_text=_("Empty: from today."), required=False, widget=Day())
    ends_on = DayField(label=_("Last day"), help_text=_("Empty: until you end it."), required=False, widget=Day())

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if email and Person.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("Somebody already signs in with this address. Choose them under “Somebody already in the books”.")
            )
        return email

    def clean(self):
        facts = super().clean()
        ask_about_slip(self)
        if not self.errors and not facts["existing"]:
            for field in ("full_name", "email"):
                if not facts[field].strip():
                    self.add_error(field, _("Needed for somebody new."))
        begins = facts.get("starts_on") or timezone.localdate()
        if facts.get("ends_on") and facts["ends_on"] < begins:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one, or leave it empty."))
        return facts


class SettingForm(forms.ModelForm):
    class Meta:
        model = Setting
        fields = [
            "name",
            "short_name",
            "word_for_parents",
            "journal_name",
            "address",
            "phone",
            "email",
            "second_factor_for_families",
            "invitations_last",
            "quiet_from",
            "quiet_until",
            "pages_are_checked",
            "journal_is_checked",
            "framework",
            "ofsted_urn",
            "charity_number",
            "safeguarding_lead",
            "safeguarding_phone",
            "social_care_name",
            "social_care_phone",
            "ofsted_phone",
            "ofsted_email",
            "ofsted_address",
        ]
        widgets = {"address": forms.Textarea(attrs={"rows": 3}), **QUIET_HOURS}
        help_texts = {
            "invitations_last": _("From 1 to 30. A shorter time is safer; seven days are enough for most families."),
            "quiet_until": _("News waits until then. What is urgent, and what somebody must know, does not."),
            "journal_is_checked": _("The manager or the deputy looks; what they write themselves is shared at once."),
            "framework": _("None is required. Where you choose one, a stage can be named beside an observation."),
        }

    def clean_pages_are_checked(self):
        wanted = self.cleaned_data["pages_are_checked"]
        if wanted and not self.instance.pages_are_checked and not who_gives_second_looks().exists():
            raise forms.ValidationError(
                _(
                    "Nobody here could give the second look: first make somebody who leads an editor, too, on “Who works "
                    "here”. Then switch this on."
                )
            )
        return wanted

    def clean(self):
        super().clean()
        return check_quiet_hours(self)
