"""Every text field says whether another family can read it; those that can are looked through for names."""

import tomllib

import pytest
from django.apps import apps
from django.db import models

from home.models import HomePage, InformationPage, NoticePage, VisitPage
from home.naming import question_about
from people.families.mentions import Names, children_to_look_for
from people.families.views_family import question_about_notes
from portal.demo.drawings import drawn
from portal.journal import rules as journal
from portal.journal.actions import note_names
from portal.journal.models import ChildSpecificText
from portal.progress import rules as progress
from portal.progress.models import AreaNote, Kind, PlanRow
from records.pictures import clean
from tests.house.reading import PACKAGES, PROJECT
from tests.journal.pages import write
from tests.progress.stories import begun

WORDS = (models.CharField, models.TextField, models.JSONField)
VERDICTS = tomllib.loads((PROJECT / "tests/house/texts.toml").read_text(encoding="utf-8"))["verdicts"]
TABLE = {}
for path in sorted((PROJECT / "tests").glob("*/texts.toml")):
    if path.parent.name != "house":
        TABLE |= tomllib.loads(path.read_text(encoding="utf-8"))


def texts():
    """{(app, model): its fields that hold words}."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    found = {}
    for model in ours:
        # A field of a list of choices holds a word of ours; a key or a number is no text.
        names = [each.name for each in model._meta.local_fields if isinstance(each, WORDS) and not each.choices]
        if names:
            found[model._meta.app_label, model.__name__] = set(names)
    return found


def judged():
    """{(app, model): {field: verdict}} as the table has it."""
    return {
        (app, model): {field: verdict for verdict, fields in rows.items() for field in fields}
        for app, of_models in TABLE.items()
        for model, rows in of_models.items()
    }


def test_every_text_field_has_a_verdict():
    table = judged()
    missing = {of: fields - set(table.get(of, {})) for of, fields in texts().items()}
    assert not {of: fields for of, fields in missing.items() if fields}, (
        "Say in the texts.toml of the app's tests who reads it."
    )


def test_no_verdict_is_about_what_is_not_there():
    there = texts()
    assert {
        of: set(rows) - there.get(of, set()) for of, rows in judged().items() if set(rows) - there.get(of, set())
    } == {}
    assert {verdict for rows in judged().values() for verdict in rows.values()} == set(VERDICTS)


def in_a_page(cast, field):
    page = write(cast.key_person, cast.maja, words="A tower.")
    setattr(page, field, "Tobi's")
    return [mention.child for mention in journal.names_in(page, Names(children_to_look_for()))]


def in_own_words(cast, field):
    page = write(cast.key_person, cast.maja, words="A tower.")
    ChildSpecificText.objects.create(observation=page, child=cast.maja, **{field: "Tobi's"})
    return [mention.child for mention in journal.names_in(page, Names(children_to_look_for()))]


def in_a_photograph(cast, field):
    page = write(cast.key_person, cast.maja, words="A tower.", pictures=[clean(drawn("tower", 1, (60, 40)))])
    page.photographs.update(**{field: "Tobi's"})
    note_names(page)
    return page.photographs.get().named.all()


def in_a_comment(cast, field):
    return [each.child for each in journal.question_about(cast.key_person, cast.maja, "Tobi's").mentions]


def in_a_check(cast, field):
    check = begun(cast.maja, cast.key_person, Kind.TERM)
    setattr(check, field, "Tobi's")
    return [mention.child for mention in progress.named_in(check)]


def in_a_row(model, **more):
    def named(cast, field):
        check = begun(cast.maja, cast.key_person, Kind.TERM)
        model.objects.create(check_of=check, **more, **{field: "Tobi's"})
        return [mention.child for mention in progress.named_in(check)]

    return named


def in_a_card(cast, field):
    return [each.child for each in question_about_notes({field: "Tobi's"}, cast.manager, cast.maja).mentions]


def in_a_wagtail_page(model):
    def named(cast, field):
        assert field in model.READ_BY_MANY
        assert "AsksAboutNamesPageForm" in [base.__name__ for base in model.base_form_class.__mro__]
        return [each.child for each in question_about(["<p>Tobi's</p>"], cast.manager, "").mentions]

    return named


LOOKED_THROUGH = {
    ("journal", "Observation"): in_a_page,
    ("journal", "ChildSpecificText"): in_own_words,
    ("journal", "Photograph"): in_a_photograph,
    ("journal", "Comment"): in_a_comment,
    ("progress", "Check"): in_a_check,
    ("progress", "AreaNote"): in_a_row(AreaNote, area="literacy"),
    ("progress", "PlanRow"): in_a_row(PlanRow, position=0),
    ("families", "Child"): in_a_card,
    ("home", "NoticePage"): in_a_wagtail_page(NoticePage),
    ("home", "HomePage"): in_a_wagtail_page(HomePage),
    ("home", "InformationPage"): in_a_wagtail_page(InformationPage),
    ("home", "VisitPage"): in_a_wagtail_page(VisitPage),
}
CHECKED = [(*of, field) for of, rows in judged().items() for field, verdict in rows.items() if verdict == "checked"]


@pytest.mark.django_db
@pytest.mark.parametrize("app", sorted({of[0] for of in CHECKED}))
def test_what_is_said_to_be_checked_is_looked_through(cast, app):
    for _app, model, field in (each for each in CHECKED if each[0] == app):
        assert list(LOOKED_THROUGH[app, model](cast, field)) == [cast.tobi], (model, field)
