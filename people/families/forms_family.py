"""Fields and wording of the families' pages; they check and never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.form_fields import Day, DayField, address_field, day
from people.accounts.models import Person
from people.accounts.name_fields import NameInput
from people.accounts.names import name_key
from people.accounts.slips import ask_about_slip
from people.families import rules, rules_family
from people.families.access import Level
from people.families.days import why_not_born_on, why_not_first_day
from people.families.forms_mentions import AsksAboutNames
from people.families.models import Child, Kind, Relationship, Responsibility, Restriction
from people.setting.models import Room
from people.setting.role_holders import people_with
from people.setting.roles import Right


class ChildForm(AsksAboutNames, forms.ModelForm):
    key_person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Key person"),
        required=False,
        help_text=_("Every child has one. You can choose later."),
    )

    class Meta:
        model = Child
        fields = ["full_name", "known_as", "born_on", "room", "starts_on", "care_notes"]
        widgets = {"born_on": Day(), "starts_on": Day(), "care_notes": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"born_on": DayField, "starts_on": DayField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key_person"].queryset = people_with(Right.WRITE_OBSERVATIONS)
        self.fields["room"].queryset = Room.objects.all()
        self.fields["starts_on"].initial = timezone.localdate

    def clean(self):
        facts = super().clean()
        check_days(self)
        return facts


def check_days(form):
    """The days of a child have the same limits in every form as in a list of families; what is not changed is not asked."""
    facts, today = form.cleaned_data, timezone.localdate()
    born_on, starts_on = facts.get("born_on"), facts.get("starts_on")
    if born_on and "born_on" in form.changed_data and (why_not := why_not_born_on(born_on, today)):
        form.add_error("born_on", why_not)
        return
    asked = starts_on and {"born_on", "starts_on"} & {*form.changed_data}
    if asked and (why_not := why_not_first_day(starts_on, born_on, today)):
        form.add_error("starts_on", why_not)


class ChildFacts(AsksAboutNames, forms.ModelForm):
    """What changes about a child while it is here; a new name has a page of its own."""

    class Meta:
        model = Child
        fields = ["born_on", "room", "starts_on", "ends_on", "care_notes"]
        widgets = {
            "born_on": Day(),
            "starts_on": Day(),
            "ends_on": Day(),
            "care_notes": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = dict.fromkeys(["born_on", "starts_on", "ends_on"], DayField)
        help_texts = {"ends_on": _("Leave it empty while no day is agreed.")}

    def clean(self):
        facts = super().clean()
        check_days(self)
        first, last = facts.get("starts_on"), facts.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first. Choose a later one."))
        return facts


class Related(forms.Form):
    """What an adult is to a child, and what that opens."""

    kind = forms.ChoiceField(label=_("Relationship"), choices=Kind.choices)
    label = forms.CharField(
        label=_("In the family's own word"),
        required=False,
        max_length=60,
        help_text=_("For example Mummy, Babcia, Dad's partner."),
    )
    parental_responsibility = forms.ChoiceField(
        label=_("Parental responsibility"), choices=Responsibility.choices, initial=Responsibility.NOT_KNOWN
    )
    evidence_seen = forms.CharField(
        label=_("Evidence seen"),
        required=False,
        max_length=200,
        help_text=_("For example: birth certificate, court order. Your name and the day are kept with it."),
    )
    evidence_on = day(_("Seen on"), required=False, help_text=_("Leave it empty for today."))
    level = forms.TypedChoiceField(
        label=_("What the portal opens"), choices=Level.choices, coerce=int, initial=Level.INFORMATION
    )
    has_contact = forms.BooleanField(label=_("Has contact with the child"), required=False, initial=True)
    lives_with = forms.BooleanField(label=_("Lives with the child"), required=False)
    may_collect = forms.BooleanField(label=_("May collect the child"), required=False)

    def clean_evidence_on(self):
        seen_on = self.cleaned_data["evidence_on"]
        if seen_on and seen_on > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future. Type the day on which you saw the paper."))
        return seen_on

    def clean(self):
        facts = super().clean()
        if not self.errors:
            why_not = rules.why_not_related(facts["level"], facts["parental_responsibility"], facts["evidence_seen"])
            if why_not:
                self.add_error("level", why_not)
        return facts


class ChangeRelationship(Related):
    """A new row in place of the one before, with the reason for the change."""

    ends_on = day(_("Last day"), required=False, help_text=_("Empty while no day is agreed."))
    why_ended = forms.CharField(
        label=_("Why it changes"), required=False, max_length=200, help_text=_("Kept with the earlier entry.")
    )

    def __init__(self, *args, tie, **kwargs):
        kept = {name: getattr(tie, name) for name in self.base_fields if name != "why_ended"}
        super().__init__(*args, initial=kept, **kwargs)
        self.first = max(timezone.localdate(), tie.starts_on)

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on < self.first:
            raise forms.ValidationError(_("Choose today or a later day, not before the relationship begins."))
        return ends_on


class EndRelationship(forms.Form):
    """Now, or with a day; and why."""

    NOW, ON_A_DAY, MISTAKE = "now", "day", "mistake"
    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[
            (NOW, _("Now, with the very next page they open")),
            (ON_A_DAY, _("At the end of a day")),
            (MISTAKE, _("It was entered by mistake and never was so: a second person has to agree")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose “Now” or a day.")},
    )
    ends_on = day(_("Last day"), required=False, help_text=_("Only if it ends at the end of a day."))
    why = forms.CharField(label=_("Why it ends"), max_length=200, required=False)

    def __init__(self, *args, tie, **kwargs):
        self.tie = tie
        super().__init__(*args, **kwargs)

    def clean(self):
        facts = super().clean()
        if facts.get("when") == self.MISTAKE and not facts.get("why", "").strip():
            self.add_error("why", _("Say what was the mistake, so that the second person knows."))
        if facts.get("when") == self.ON_A_DAY and not self.errors:
            if not facts["ends_on"]:
                self.add_error("ends_on", _("Say which day is the last one."))
            elif facts["ends_on"] < max(timezone.localdate(), self.tie.starts_on):
                self.add_error("ends_on", _("Choose today or a later day, not before the relationship begins."))
        return facts


class InviteAdult(Related):
    """A new parent (or other adult) for a child, what they are to the child, and what that opens."""

    existing = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Somebody already in the books"),
        required=False,
        empty_label=_("No, somebody new"),
        help_text=_("For a second child, or for somebody who works here. One person has one account."),
    )
    full_name = NameInput(label=_("Full name"), max_length=150, required=False)
    email = address_field(
        _("E-mail address"),
        required=False,
        known_as="off",
        help_text=_("Leave it empty to print a letter instead. Each person has an address of their own."),
    )
    why = forms.CharField(
        label=_("Somebody of the same name is in the books: how do you know that it is somebody else?"),
        required=False,
        max_length=300,
        help_text=_("Only where we ask for it."),
    )
    shares_home_with = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Lives in one household with"),
        required=False,
        empty_label=_("Nobody of this child's adults"),
        help_text=_("Only adults of one household are shown to each other."),
    )
    by_letter = forms.TypedChoiceField(
        label=_("How to invite"),
        choices=[("", _("By e-mail")), ("1", _("By a printed letter"))],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type] # the stubs know of texts only
        widget=forms.RadioSelect,
    )
    field_order = ["existing", "full_name", "email", "why", *Related.base_fields, "shares_home_with", "by_letter"]

    def __init__(self, *args, child, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shares_home_with"].queryset = adults_of(child)
        self.fields["existing"].queryset = Person.objects.exclude(pk__in=adults_of(child).values("pk"))
        if not (self.is_bound and self._look_alike(self.data.get("full_name", ""))):
            self.fields["why"].widget = forms.HiddenInput()

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if email and Person.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _(
                    "Somebody already signs in with this address. If it is the same person, choose them under “Somebody "
                    "already in the books”. If not, leave it empty and print a letter."
                )
            )
        return email

    def clean(self):
        facts = super().clean()
        ask_about_slip(self)
        if not self.errors:
            if not facts["existing"] and not facts["full_name"].strip():
                self.add_error("full_name", _("Type the full name, or choose somebody already in the books."))
            if not facts["existing"] and not facts["email"] and not facts["by_letter"]:
                self.add_error("email", _("Type an e-mail address, or choose a printed letter below."))
            name = facts.get("full_name", "")  # what is wrong is no longer among the facts
            if name and not facts["existing"] and not facts["why"].strip() and self._look_alike(name):
                self.add_error(
                    "why",
                    _(
                        "Somebody of this name is in the books already. If it is the same person, choose them above; if "
                        "not, say here how you know."
                    ),
                )
        return facts

    def _look_alike(self, full_name):
        names = Person.objects.values_list("full_name", flat=True)
        return any(name_key(name) == name_key(full_name) for name in names)


def adults_of(child):
    """The adults with a running relationship to a child."""
    return Person.objects.filter(pk__in=child.relationships.running(timezone.localdate()).values("adult"))


class ChooseKeyPerson(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=_("Choose somebody"))
    back_up = forms.BooleanField(label=_("As the back-up"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_with(Right.WRITE_OBSERVATIONS)


class ShareHome(forms.Form):
    """With whom an adult lives in one household."""

    other = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Lives in one household with"),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose with whom.")},
    )

    sure = forms.BooleanField(label=_("Yes, they may all be shown to each other"), required=False)

    def __init__(self, *args, child, adult, **kwargs):
        super().__init__(*args, **kwargs)
        self.adult = adult
        self.fields["other"].queryset = adults_of(child).exclude(pk=adult.pk)
        if not self.is_bound:
            del self.fields["sure"]

    def clean(self):
        """Ask first where more people are shown to each other than the two that were named."""
        facts = super().clean()
        others = rules_family.also_shown_by_joining(self.adult, facts["other"]) if facts.get("other") else []
        if not others:
            self.fields.pop("sure", None)
        elif not facts.get("sure"):
            names = ", ".join(person.full_name for person in others)
            words = _("%(adult)s would be shown to %(names)s as well, and they to %(adult)s. Is that right?")
            self.add_error("sure", words % {"adult": self.adult.full_name, "names": names})
        return facts


# --- what is closed to somebody ---------------------------------------------------------------------------------


class Restrict(forms.ModelForm):
    """What is closed to one adult of a child, on a written basis."""

    class Meta:
        model = Restriction
        fields = ["adult", "kind", "basis", "review_on"]
        labels = {"adult": _("Who")}
        help_texts = {
            "basis": _("For example the order, its court and date, and that you saw a copy."),
            "review_on": _("On this day it comes up again on the leads' first page."),
        }
        widgets = {"review_on": Day()}
        field_classes = {"review_on": DayField}

    def __init__(self, *args, child, **kwargs):
        super().__init__(*args, **kwargs)
        # Whoever was related before may still stand at the gate.
        self.fields["adult"].queryset = Person.objects.filter(pk__in=child.relationships.values("adult"))
        self.fields["basis"].error_messages["required"] = _("Say on what basis. Without one nothing can be closed.")

    def clean_review_on(self):
        review_on = self.cleaned_data["review_on"]
        if review_on and review_on <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day in the future on which somebody looks at this again."))
        return review_on


class AskToLift(forms.Form):
    why = forms.CharField(
        label=_("Why it can be lifted"),
        max_length=200,
        help_text=_("For example: the order ran out on 3 May, letter of the court seen."),
        error_messages={"required": _("Say why it can be lifted. Another person decides on it.")},
    )
    by_mistake = forms.BooleanField(
        label=_("It was entered by mistake"),
        help_text=_("Then it counts as never having been, once another person has lifted it."),
        required=False,
    )


class ReviewAgain(forms.Form):
    review_on = day(_("Look at it again on"), missing=_("Choose the day of the next look."))

    clean_review_on = Restrict.clean_review_on


# --- a new name -------------------------------------------------------------------------------------------------


class NewName(forms.Form):
    """A child's new name, and the relationships that end with the old one."""

    full_name = NameInput(label=_("New full legal name"), max_length=150)
    known_as = NameInput(label=_("Known as"), max_length=60)
    why = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("For example: adoption order, deed poll. Kept for the leads only.")
    )
    ending = forms.ModelMultipleChoiceField(
        Relationship.objects.none(),
        label=_("These relationships end now"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("After an adoption usually all earlier ones. Then invite the adoptive parents."),
    )
    care_ends = forms.BooleanField(label=_("The local authority no longer looks after the child"), required=False)
    sure = forms.BooleanField(
        label=_("I have seen the order or deed, and the new name is spelled as there"),
        error_messages={"required": _("Tick this once you have compared the name with the paper.")},
    )

    def __init__(self, *args, child, in_care, **kwargs):
        super().__init__(*args, **kwargs)
        running = child.relationships.running(timezone.localdate()).select_related("adult")
        self.fields["ending"].queryset = running
        self.fields["ending"].label_from_instance = lambda tie: f"{tie.adult.full_name} ({tie})"
        if not in_care:
            del self.fields["care_ends"]
