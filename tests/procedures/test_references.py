"""Mentions of other documents: found in a sentence, told apart from times and measures, and led to their pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Form
from procedures.actions import keep_as_draft
from procedures.importing import read_text
from procedures.models import ProcedurePage
from procedures.references import agrees, find_mentions, sort_key
from tests.cast import signed_in


def mentions(text, known=()):
    return [(mention.code, mention.title) for mention in find_mentions(text, known)]


@pytest.mark.parametrize(
    "codes", [("10.1", "10.01"), ("Procedure 10.01", "10.1"), ("09.01b", "9.1B"), ("07.10", "7.10")]
)
def test_two_ways_of_writing_a_code_are_one(codes):
    assert sort_key(codes[0]) == sort_key(codes[1])


def test_codes_sort_as_people_count():
    codes = ["10.1", "9.14", "9.2", "09.01b", "10.10", "10.02", "9.01"]
    assert sorted(codes, key=sort_key) == ["9.01", "09.01b", "9.2", "9.14", "10.1", "10.02", "10.10"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See 10.02 Complaints procedure.", [("10.02", "Complaints procedure")]),
        ("see 09.14 Progress check, and https://example.org/check", [("09.14", "Progress check")]),
        ("see 09.14 Progress check (https://example.org) first", [("09.14", "Progress check")]),
        ("see 09.14 Progress check www.example.org", [("09.14", "Progress check")]),
        ("as in procedure 09.14 Progress check at age two. We meet", [("09.14", "Progress check at age two")]),
        (
            "all this stands on the 09.01b Sessions, Meals and Permission Form",
            [("09.01b", "Sessions, Meals and Permission Form")],
        ),
        ("the 07.06 Privacy notice that says how", [("07.06", "Privacy notice")]),
        ("10.02 Complaints for families and others is used", [("10.02", "Complaints for families and others")]),
        (
            "see procedures 07.02 Telling others, and 07.06 Privacy notice",
            [("07.02", "Telling others"), ("07.06", "Privacy notice")],
        ),
        (
            "moving on (see 09.13 Prime times \u2013 Going to school) and",
            [("09.13", "Prime times \u2013 Going to school")],
        ),
        ("see procedure 6.1.", [("6.1", "")]),
        ("see 6.1 and 7.2", [("6.1", ""), ("7.2", "")]),
        (
            "in line with procedures 6.1, 7.2 and 07.06 Privacy notice.",
            [("6.1", ""), ("7.2", ""), ("07.06", "Privacy notice")],
        ),
        ("as our Complaints procedure (10.02) says", [("10.02", "Complaints procedure")]),
        ("set out in the Transfer of records (07.04), and", [("07.04", "Transfer of records")]),
        ("our complaints procedure (10.02)", [("10.02", "")]),
        ("see Complaints procedure 10.02.", [("10.02", "Complaints procedure")]),
        ("Procedure 09.14: Progress check at age two", [("09.14", "Progress check at age two")]),
        ("see procedure 10.2 \u2013 Complaints", [("10.2", "Complaints")]),
        ("fill in form 09.01b (Registration and permission)", [("09.01b", "Registration and permission")]),
        ("look at form 04.02a", [("04.02a", "")]),
        ("10.02 Complaints procedure, we answer", [("10.02", "Complaints procedure")]),
        ("\u2018see 10.02 Complaints procedure\u2019", [("10.02", "Complaints procedure")]),
        (
            "as per procedure 09.14 Prime times transition to school and share information as per procedure 07.6 Transfer "
            "of records",
            [("09.14", "Prime times transition to school"), ("07.6", "Transfer of records")],
        ),
        ("procedure 04.3 Accidents and procedure 04.4 Medication", [("04.3", "Accidents"), ("04.4", "Medication")]),
        (
            "see 04.3 Accidents and injuries and 04.4 Medication",
            [("04.3", "Accidents and injuries"), ("04.4", "Medication")],
        ),
        ("We look at 10.02 Complaints procedure first", [("10.02", "Complaints procedure first")]),
        ("is led by 07.6 Transfer of records", [("07.6", "Transfer of records")]),
        (
            "moves from 09.14 Prime times to 07.04 Keeping records",
            [("09.14", "Prime times"), ("07.04", "Keeping records")],
        ),
    ],
)
def test_a_mention_is_found_with_its_title(text, found):
    assert mentions(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We open at 9.30 Monday to Friday.",
        "from 8.45 Staff are in the room",
        "from 8.45 Staff and parents meet",
        "by 12.15 Monday to Friday",
        "at 9.17 We met",
        "Snack costs \u00a31.50 Each child pays weekly.",
        "a child with 38.5 \u00b0C goes home",
        "1.5 metres apart",
        "paragraph 3.11 Absence of the framework",
        "ratio 1.25 of it",
        "version 2.1 Draft",
        "on 01.02.2026 We met",
        "12.30pm Lunch",
        "the framework (EYFS 3.64) asks",
        "a fever over 38.0 Children go home",
        "about a third (0.35) of them",
        "Lunch is at 12.15 Then we rest",
    ],
)
def test_times_measures_and_paragraphs_are_no_mentions(text):
    assert mentions(text) == []


def test_a_known_title_says_where_the_mention_ends():
    text = "see 10.02 Complaints procedure Ofsted can be told too"
    assert mentions(text, [("10.2", "Complaints procedure")]) == [("10.02", "Complaints procedure")]


@pytest.mark.parametrize(
    ("mentioned", "title", "same"),
    [
        ("Complaints procedure", "Complaints procedure", True),
        ("Complaints procedure for families and others", "Complaints procedure", True),
        ("Complaints", "Complaints procedure", True),
        ("Progress check at two", "Progress check at age two", True),
        ("", "Anything", True),
        ("Complaints procedure", "Lost property", False),
        ("Comp", "Complaints procedure", False),
    ],
)
def test_titles_agree_or_not(mentioned, title, same):
    assert agrees(mentioned, title) is same


# On pages.


def published(words, audience="everyone"):
    page = keep_as_draft(read_text(words))
    page.audience = audience
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


@pytest.mark.django_db
def test_a_mention_survives_renumbering_and_the_report_says_that_the_number_is_old(cast, client):
    tables = published("04.02 Tables\n\n- We wipe.\n")
    snack = published("04.1 Snack\n\n- See 04.02 Tables.\n")
    tables.code = "04.07"
    tables.save_revision().publish()
    assert f'<a href="{tables.url}">04.02 Tables</a>' in client.get(snack.url).content.decode()
    report = signed_in(cast.editor).get("/cms/reports/links-leading-nowhere/").content.decode()
    assert "The link works, but the number and the title disagree: the page is now 04.07 Tables" in report


@pytest.mark.django_db
def test_a_page_says_to_each_reader_in_which_pages_it_is_mentioned(cast, client):
    tables = published("04.02 Tables\n\n- We wipe.\n")
    snack = published("04.1 Snack\n\n- See 04.02 Tables.\n")
    published("04.5 Knives\n\n- See 04.02 Tables.\n", audience="staff")
    draft = keep_as_draft(read_text("04.6 Forks\n\n- See 04.02 Tables.\n"))
    public = client.get(tables.url).content.decode()
    assert "Mentioned in" in public
    assert f'<a href="{snack.url}">04.1 Snack</a>' in public
    assert "Knives" not in public
    assert "04.5 Knives" in signed_in(cast.manager).get(tables.url).content.decode()
    assert draft.title not in public
    report = signed_in(cast.editor).get("/cms/reports/links-leading-nowhere/").content.decode()
    assert "Who refers to which page" in report
    assert "04.6 Forks" in report


@pytest.mark.django_db
def test_a_page_mentioned_in_many_costs_as_many_questions_as_one_mentioned_in_two(client):
    tables = published("04.02 Tables\n\n- We wipe.\n")

    def counted(number):
        for each in range(number):
            published(f"05.{each + 1} Room {each}\n\n- See 04.02 Tables.\n")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(tables.url).status_code == 200
        return len(queries)

    counted(2)
    assert counted(2) == counted(12)


REPORT = "/cms/reports/links-leading-nowhere/"


def registration_form(**facts):
    said = [{"id": "1", "type": "short", "value": {"question": "What is your child called at home?", "needed": True}}]
    return Form.objects.create(**{"code": "09.01b", "title": "Registration form", "wording": said} | facts)


@pytest.mark.django_db
def test_a_mention_of_a_form_leads_to_its_words_for_whoever_is_signed_in(cast, client):
    page = published("09.01 Registration\n\n- Each family fills in 09.01b Registration form.\n")
    assert "09.01b Registration form</td>" in signed_in(cast.editor).get(REPORT).content.decode()
    form = registration_form()  # made after the page that mentions it
    link = f'<a href="/papers/forms/{form.pk}/">09.01b Registration form</a>'
    assert "09.01b Registration form</td>" not in signed_in(cast.editor).get(REPORT).content.decode()
    mother = signed_in(cast.mother)
    assert link in mother.get(page.url).content.decode()
    assert "What is your child called at home?" in mother.get(f"/papers/forms/{form.pk}/").content.decode()
    assert link not in client.get(page.url).content.decode()
    another = published("09.02 Coming back\n\n- Once more, see 09.01b Registration form.\n")
    assert "Registration form</a>" in mother.get(another.url).content.decode()

    form.in_use = False
    form.save()
    assert link not in mother.get(page.url).content.decode()
    assert mother.get(f"/papers/forms/{form.pk}/").status_code == 404
    report = signed_in(cast.editor).get(REPORT).content.decode()
    assert "The form exists, but it is not in use." in report


@pytest.mark.django_db
def test_a_form_with_another_number_or_title_is_listed_as_such_and_a_page_goes_before_a_form(cast):
    mentions = published("09.01 Registration\n\n- See 09.01b Collection form and 09.01c Allergy form.\n")
    registration_form()
    form = registration_form(code="09.01c", title="Allergy form")
    report = signed_in(cast.editor).get(REPORT).content.decode()
    assert "The form with this code has another title: Registration form" in report
    form.code = "09.01d"
    form.save()
    report = signed_in(cast.editor).get(REPORT).content.decode()
    assert "The link works, but the number and the title disagree: the form is now 09.01d Allergy form" in report
    page = published("09.01c Allergy form\n\n- We ask every family.\n")
    assert page.url in signed_in(cast.mother).get(mentions.url).content.decode()


@pytest.mark.django_db
def test_a_renamed_page_stands_in_the_list_although_its_link_works(cast, client):
    tables = published("04.02 Tables\n\n- We wipe.\n")
    snack = published("04.1 Snack\n\n- See 04.02 Tables.\n")
    assert "04.02 Tables</td>" not in signed_in(cast.editor).get(REPORT).content.decode()
    tables.title = tables.draft_title = "Hands before meals"
    tables.save_revision().publish()
    assert f'<a href="{tables.url}">04.02 Tables</a>' in client.get(snack.url).content.decode()
    report = signed_in(cast.editor).get(REPORT).content.decode()
    assert "04.02 Tables</td>" in report
    assert "The link works, but the number and the title disagree: the page is now 04.02 Hands before meals" in report
