"""Names and days as they are typed: what cannot be seen leaves a name, and no child was born in the year 22."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from documents.forms import SignForm
from people.accounts import names
from people.accounts.form_fields import DayField
from people.accounts.models import Person
from people.accounts.name_fields import NameField, NameInput
from people.accounts.tidying import tidy
from people.families import actions_family
from people.families.days import why_not_born_on, why_not_first_day
from people.families.forms_family import ChildFacts, ChildForm, InviteAdult, NewName
from people.families.models import Child
from people.setting.models import Room
from portal.complaints.forms import Write
from tests.cast import signed_in

UNSEEN = "\u200b\u202e\u2066\u00ad\ufeff\x00\x1b\u2060\u034f\u3164"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"Be{UNSEEN}a  \tBerry\u2028", "Bea Berry"),
        ("Zoe\u0308", "Zoë"),
        ("B\u200de\u200ca", "Bea"),
        ("علی\u200cرضا", "علی\u200cرضا"),  # Persian is written with this joiner
        ("ශ්\u200dරී", "ශ්\u200dරී"),  # and Sinhala with this one
        ("علی\u200c", "علی"),
        ("O’Malley-Ó Dálaigh", "O’Malley-Ó Dálaigh"),
    ],
)
def test_what_cannot_be_seen_leaves_a_name_and_what_is_written_stays(typed, kept):
    assert tidy(typed) == kept
    assert NameInput().clean(typed) == kept


def test_a_name_of_nothing_that_can_be_seen_is_none():
    with pytest.raises(Exception, match="required"):
        NameInput().clean(UNSEEN)


def test_names_are_the_same_to_the_eye_and_for_signing_in_without_what_cannot_be_seen():
    assert names.same_name("Be\u200ba Berry", "Bea Berry")
    assert names.plain_name("\u202aewa@example.org\u202c") == "ewa@example.org"


def test_every_field_for_a_name_of_somebody_is_of_this_kind():
    wanted = {"full_name", "known_as", "social_worker", "safeguarding_lead", "to_whom"}
    plain = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name in wanted and not isinstance(field, NameField)
    ]
    assert plain == []
    typed = [form.base_fields[name] for form, name in ((InviteAdult, "full_name"), (NewName, "full_name"))]
    typed += [NewName.base_fields["known_as"], SignForm.base_fields["typed_name"], Write.base_fields["somebody_else"]]
    assert all(isinstance(field, NameInput) for field in typed)
    for form in (ChildForm, ChildFacts):
        assert all(isinstance(form.base_fields[name], DayField) for name in ("born_on", "starts_on"))


def test_a_name_is_kept_clean_however_it_comes_in(cast):
    adult = actions_family.add_adult(by=cast.manager, full_name="Be\u202ea Berry", email="bea@example.org")
    assert adult.full_name == "Bea Berry"
    assert Person.objects.get(full_name="Bea\u200b Berry") == adult
    child = actions_family.add_child(
        by=cast.manager, full_name="\u200bPia Plum", known_as="Pi\u2066a", born_on=date(2023, 1, 1)
    )
    assert Child.objects.get(pk=child.pk).known_as == "Pia"
    Room.objects.bulk_create([Room(name="Oa\u200bks")])
    assert Room.objects.filter(name="Oaks").exists()


TYPED = {
    "full_name": "Pia Plum",
    "known_as": "Pia",
    "born_on": "2023-03-14",
    "starts_on": "2026-09-01",
    "care_notes": "",
}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"born_on": "0022-03-14"}, "born_on"),
        ({"born_on": "2012-03-14"}, "born_on"),
        ({"born_on": "2099-03-14"}, "born_on"),
        ({"starts_on": "0026-09-01"}, "starts_on"),
        ({"starts_on": "2020-09-01"}, "starts_on"),
        ({"starts_on": "2062-09-01"}, "starts_on"),
    ],
)
def test_days_typed_by_hand_have_the_limits_of_the_spreadsheet(cast, changed, field):
    assert ChildForm(TYPED).errors == {}
    assert list(ChildForm(TYPED | changed).errors) == [field]
    assert list(ChildFacts(TYPED | changed, instance=cast.maja).errors) == [field]


def test_a_slip_in_the_year_is_told_on_the_page_and_nothing_is_written(cast):
    page = signed_in(cast.manager).post("/families/add/", TYPED | {"born_on": "0022-03-14"})
    assert "it has four digits" in page.content.decode()
    assert not Child.objects.filter(full_name="Pia Plum").exists()


def test_a_child_who_grew_out_of_the_limits_can_still_be_changed(cast):
    Child.objects.filter(pk=cast.maja.pk).update(born_on=date(2010, 3, 14))
    cast.maja.refresh_from_db()
    same = TYPED | {"born_on": "2010-03-14", "starts_on": cast.maja.starts_on.isoformat(), "ends_on": ""}
    assert ChildFacts(same, instance=cast.maja).errors == {}


def test_the_limits_move_with_the_day():
    today = timezone.localdate()
    assert why_not_born_on(today, today) == ""
    assert why_not_born_on(today + timedelta(days=1), today)
    assert why_not_first_day(today, today, today) == ""
    assert why_not_first_day(today - timedelta(days=1), today, today)
