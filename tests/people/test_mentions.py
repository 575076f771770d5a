"""Who is named in a text: one check for every text that another family can read."""

import unicodedata
from datetime import timedelta

import pytest
from django.utils import timezone

from people.families import actions_care, actions_family
from people.families.mentions import Names, children_to_look_for
from people.families.models import Child

pytestmark = pytest.mark.django_db


def child(cast, full_name, known_as="", **more):
    born = timezone.localdate() - timedelta(days=1200)
    made = actions_family.add_child(
        by=cast.manager, full_name=full_name, known_as=known_as or full_name.split()[0], born_on=born
    )
    Child.objects.filter(pk=made.pk).update(**more)
    return made


def named(*texts, **more):
    return {mention.child.full_name for mention in Names(children_to_look_for(), **more).mentions(*texts)}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Tobi's tower", {"Oluwatobi Adeyemi"}),
        ("TOBI said", {"Oluwatobi Adeyemi"}),
        ("noor and tobi ran", {"Noor Hussain", "Oluwatobi Adeyemi"}),
        ("Oluwatobi came", {"Oluwatobi Adeyemi"}),
        ("the Adeyemi family", {"Oluwatobi Adeyemi"}),
        ("Mr Pryce rang", {"Alfred Marsh-Pryce"}),
        ("a marsh with reeds", set()),
        ("Alfie-and-Noor went", {"Alfred Marsh-Pryce", "Noor Hussain"}),
        ("a friend; Majas is a town, Tobin a name", set()),
        ("Tо\u00adb\u200bi with a Cyrillic letter and signs nobody sees", {"Oluwatobi Adeyemi"}),
    ],
)
def test_names_in_a_text(cast, words, names):
    assert named(words) == names


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_accents_and_decomposed_letters_make_no_difference(cast, form, typed):
    child(cast, unicodedata.normalize(typed, "Zoë Brânză"))
    child(cast, unicodedata.normalize(typed, "Łucja Żak"))
    for words in ("Zoë laughed", "ZOË laughed", "zoe laughed", "and Branza came"):
        assert named(unicodedata.normalize(form, words)) == {"Zoë Brânză"}
    assert named(unicodedata.normalize(form, "lucja sang")) == {"Łucja Żak"}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("We will plant a rose in may. Will you come? May we? Rose petals fell.", set()),
        ("Grace before lunch. Summer is over?", set()),
        ("Then Will ran and Rose laughed.", {"Will Carr", "Rose Green"}),
        ("Rose built a tower. Summer said so.", {"Rose Green", "Summer Bell"}),
        ("Will's hat", {"Will Carr"}),
        ("Will need a hat in May 2027, on 3 May", set()),
        ("She sat with May.", {"May Low"}),
        ("rose green had a hat", {"Rose Green"}),
        ("A green field, Mr Green", set()),
        ("Dear Mrs Carr", {"Will Carr"}),
        ("PLEASE BRING A ROSE", set()),
    ],
)
def test_a_word_of_the_language_asks_only_where_it_is_written_like_a_name(cast, words, names):
    for name in ("Will Carr", "Rose Green", "May Low", "Grace Hill", "Summer Bell"):
        child(cast, name)
    assert named(words) == names


def test_who_left_within_a_year_or_begins_within_one_is_looked_for_and_nobody_else(cast):
    today = timezone.localdate()
    child(cast, "Anouk Left", ends_on=today - timedelta(days=200))
    child(cast, "Bertil Gone", ends_on=today - timedelta(days=500))
    child(cast, "Cosima Next", starts_on=today + timedelta(days=200))
    child(cast, "Dorota Later", starts_on=today + timedelta(days=500))
    assert named("Anouk, Bertil, Cosima, Dorota") == {"Anouk Left", "Cosima Next"}


def test_a_surname_names_only_those_few_who_share_it(cast):
    for name in ("Anouk Varga", "Bertil Varga", "Cosima Varga"):
        child(cast, name)
    assert named("the Vargas’, the Varga children") == {"Anouk Varga", "Bertil Varga", "Cosima Varga"}
    child(cast, "Dorota Varga")
    assert named("the Varga children") == set()


def test_a_name_that_two_children_share_means_the_one_whom_the_page_is_about(cast):
    mine, other = child(cast, "Olivia Stone"), child(cast, "Olivia Brandt")
    names = Names(children_to_look_for())
    assert {each.child for each in names.mentions("Olivia sang")} == {mine, other}
    assert {each.child for each in names.mentions("Olivia sang. Olivia's hat", about=[mine])} == {mine}
    for words in ("Olivia B sang", "Olivia Brandt sang", "a hat for Brandt"):
        assert other in {each.child for each in names.mentions(words, about=[mine])}, words


def test_the_name_comes_back_as_it_was_typed(cast):
    (mention,) = Names(children_to_look_for()).mentions("TOBI and Tobi", "tobi")
    assert mention.child == cast.tobi
    assert mention.typed == ("TOBI", "Tobi", "tobi")
    (mention,) = Names(children_to_look_for()).mentions("Noor Hussain and Noor")
    assert mention.typed == ("Noor Hussain", "Noor")


def test_a_former_name_names_the_child_and_asking_tells_nobody_the_new_one(cast):
    tie = cast.foster_carer.relationships.get()
    actions_care.change_name(
        cast.noor, by=cast.manager, full_name="Amina Whitby", known_as="Mina", why="Adoption", ending=[tie]
    )
    new = {"Amina Whitby"}
    assert named("Noor sang") == named("the Hussain family") == named("Mina sang") == new
    assert named("Noor sang", reader=cast.manager) == named("Mina sang", reader=cast.manager) == new
    assert named("Noor sang", reader=cast.foster_carer) == new
    assert named("Mina sang", reader=cast.foster_carer) == set()
