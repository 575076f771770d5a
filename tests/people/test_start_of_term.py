"""The start of term: families from a spreadsheet after a dry run, everybody invited from one page, nobody ever merged."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.accounts import actions_invitations
from people.accounts.models import Invitation, Person
from people.accounts.tasks import clear_up
from people.families import actions_family, actions_term
from people.families.models import Child, FamilyList, Kind, Relationship
from people.families.spreadsheets import Line
from people.mail.models import OutgoingMail
from people.mail.notifications import notify
from people.setting import actions_roles
from people.setting.models import Room
from people.setting.roles import Role
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.people.test_inviting_everybody import waiting_adult
from tests.people.test_spreadsheets import as_csv

BORN = "14/03/2023"
ZOE = {"child": "Zoe Berry", "born_on": BORN, "1_name": "Bea Berry", "1_email": "bea@example.org", "1_kind": "Mother"}
CHILDREN = "Ivo Ash,Una Birch,Kit Cedar,Bo Elm,Wren Fir,Lark Gorse,Dov Hazel,Pia Ivy,Rex Juniper,Sol Kelp".split(",")


def listed(cast, *rows, by=None):
    """A waiting list of these rows; the first has number 4, as under the template's own."""
    lines = [Line(number, row) for number, row in enumerate(rows, start=4)]
    return actions_term.keep_list(lines, "families.csv", by=by or cast.manager)


def outcomes(cast, *rows):
    return {row.number: row for row in actions_term.rows_of(listed(cast, *rows))}


def books():
    return (Child.objects.count(), Person.objects.count(), Relationship.objects.count(), Invitation.objects.count())


def ties_of_the_cast(cast):
    return set(Relationship.objects.filter(adult__in=cast.people.values()).values_list("pk", "adult", "child", "level"))


def test_nothing_is_written_before_the_good_rows_are_brought_in_and_pressing_twice_brings_them_in_once(cast):
    client, before = signed_in(cast.manager), books()
    wrong = {"child": "Yan Nowhere", "born_on": "soon"}
    file = SimpleUploadedFile("families.csv", as_csv([ZOE, wrong]))
    page = client.post("/families/import/", {"file": file})
    dry_run = client.get(page["Location"])
    assert books() == before
    shown = dry_run.content.decode()
    for words in ("New child, with 1 adult", "“soon” is not a day", "Bring in the 1 good row", "Bea Berry"):
        assert words in shown

    first, again = (client.post(page["Location"], follow=True) for _n in range(2))
    assert "1 child came in, with 1 adult." in first.content.decode()
    assert "row 3" in first.content.decode()
    assert "came in twice" in again.content.decode()
    assert books() == (before[0] + 1, before[1] + 1, before[2] + 1, before[3])
    kept = FamilyList.objects.get()
    assert kept.rows == []
    assert kept.done_at
    zoe = Child.objects.get(full_name="Zoe Berry")
    tie = zoe.relationships.get()
    assert (zoe.room, tie.adult.email, tie.kind, tie.entered_by) == (
        cast.maja.room,
        "bea@example.org",
        Kind.MOTHER,
        cast.manager,
    )
    verbs = set(AuditLine.objects.filter(child=str(zoe.pk)).values_list("verb", flat=True))
    assert verbs == {"people.child_added", "people.related"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "The file is empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old Excel file"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        ("a.csv", as_csv([ZOE] * 501), "more than 500 rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(cast, name, content, says):
    page = signed_in(cast.manager).post("/families/import/", {"file": SimpleUploadedFile(name, content)})
    assert says in page.content.decode()
    assert not FamilyList.objects.exists()


def test_templates_are_downloaded_as_csv_and_as_a_workbook(cast):
    client = signed_in(cast.deputy)
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        answer = client.get(f"/families/import/families.{kind}")
        assert answer.content.startswith(begins)
        assert answer["Content-Disposition"] == f'attachment; filename="families.{kind}"'


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"born_on": "soon"}, "is not a day"),
        ({"child": ""}, "no child's name"),
        ({"1_level": "a little"}, "Write none, information, participate or full"),
        ({"1_level": "full"}, "parental responsibility"),
        ({"1_email": "EWA@Example.org"}, "signs in with this address already"),
        ({"1_email": "ｅｗａ@example.org"}, "signs in with this address already"),
        ({"1_email": "", "1_name": "nowicka  EWA"}, "somebody of this name is in the books"),
        ({"1_name": "Еwa Nowicka", "1_email": ""}, "somebody of this name is in the books"),  # a Cyrillic Е
        ({"1_email": "", "1_short": "Ewa.N"}, "this short name already"),
        ({"room": "Oak"}, "The rooms here: Acorns"),
        ({"2_name": "Ben Berry", "2_email": "BEA@example.org"}, "the same address as adult 2"),
        ({"2_name": "bea berry"}, "the same name as adult"),
        ({"2_name": "as Bea Berry"}, "stands here twice"),
        ({"2_name": "Bea Berry", "2_email": "bea@example.org"}, "stands here twice"),
        ({"2_name": "as row 4, adult 1"}, "write “as Bea Berry”, if that is who you mean"),
        ({"2_name": "as row 9"}, "write “as” and the full name"),
        ({"2_name": "as Gil Berry"}, "Nobody in this list is called “Gil Berry”"),
    ],
)
def test_every_refused_row_says_what_would_be_right(cast, changed, says):
    Person.objects.filter(pk=cast.mother.pk).update(sign_in_name="ewa.n")
    row = outcomes(cast, ZOE | changed)[4]
    assert any(says in problem for problem in row.problems), row.problems
    waiting, before = listed(cast, ZOE | changed), books()
    assert actions_term.bring_in(waiting, by=cast.manager)[:2] == (0, 0)
    assert books() == before


def test_a_child_like_one_in_the_books_is_refused_and_a_twin_is_not(cast):
    born_on = cast.maja.born_on.strftime("%d/%m/%Y")
    like, twin, other_day = "MAJA Nowicka Reed", "Ola Nowicka-Reed", "Maja Nowicka-Reed"
    rows = outcomes(
        cast,
        {"child": like, "born_on": born_on},
        {"child": twin, "born_on": born_on},
        {"child": other_day, "born_on": BORN},
    )
    assert [rows[number].is_good for number in (4, 5, 6)] == [False, True, False]
    assert rows[4].problems and rows[6].asks, "the same name with another day is a slip, or another child: it asks"
    assert "in the books already" in rows[4].problems[0]


def test_two_rows_alike_are_both_refused(cast):
    rows = outcomes(cast, ZOE, {"child": "Zoë BERRY", "born_on": BORN}, ZOE | {"child": "Ada Berry"})
    assert "looks like the one of row 5" in rows[4].problems[0]
    assert "looks like the one of row 4" in rows[5].problems[0]
    assert rows[
        6
    ].is_good  # the same name and address: one mother of two, whose first row is refused for another reason


BROTHER = {"child": "Abe Berry", "born_on": "01/02/2022", "1_kind": "Mother"}


@pytest.mark.parametrize("said", ["as Bea Berry", "As BEA  BERRY", "the same as bea@example.org"])
def test_brothers_and_sisters_share_a_parent_when_the_row_says_so_by_name_or_address(cast, said):
    fifth = {"child": "as Zoe Berry", "1_name": "Gil Berry", "1_kind": "Grandfather", "1_level": "none"}
    waiting = listed(cast, ZOE, BROTHER | {"1_name": said}, fifth)
    rows = actions_term.rows_of(waiting)
    assert [row.outcome for row in rows][2] == "1 adult added to the child of row 4"
    assert (rows[1].adults[0].full_name, rows[1].adults[0].also_in) == ("Bea Berry", ["row 4"])
    assert actions_term.bring_in(waiting, by=cast.manager) == (2, 2, [])
    bea = Person.objects.get(email="bea@example.org")
    assert {tie.child.full_name for tie in bea.relationships.all()} == {"Zoe Berry", "Abe Berry"}
    assert Child.objects.get(full_name="Zoe Berry").relationships.count() == 2


def test_the_same_name_and_address_in_two_rows_are_one_parent_and_either_alone_is_asked(cast):
    again = {"1_name": "BEA BERRY", "1_email": "Bea@example.org"}
    assert actions_term.bring_in(listed(cast, ZOE, BROTHER | again), by=cast.manager) == (2, 1, [])
    other = {"child": "Pia Plum", "born_on": BORN, "1_name": "Pam Plum", "1_email": "pam@example.org"}
    for half, says in (
        ({"1_email": "pam@example.org", "1_name": "Pat Plum"}, "address"),
        ({"1_name": "Pam Plum"}, "name"),
    ):
        rows = outcomes(cast, other, {"child": "Max Plum", "born_on": "01/02/2022"} | half)
        assert [row.is_good for row in rows.values()] == [False, False]
        assert f"the same {says} as adult 1 of row 4" in rows[5].problems[0]


def test_a_row_number_gives_nobody_anothers_mother_when_rows_have_moved(cast):
    """The example row was deleted, so every family stands one row further up than when “row 4” was written."""
    other = {"child": "Pia Plum", "born_on": BORN, "1_name": "Pam Plum", "1_email": "pam@example.org"}
    rows = outcomes(
        cast, other, ZOE, BROTHER | {"1_name": "as row 4, adult 1"}, {"child": "row 4", "1_name": "Gil Berry"}
    )
    assert [row.is_good for row in rows.values()] == [True, True, False, False]
    assert "write “as Pam Plum”, if that is who you mean" in rows[6].problems[0]
    assert "write “as Pia Plum”, if that is who you mean" in rows[7].problems[0]


def test_two_of_one_name_are_told_apart_by_address_and_by_day(cast):
    """“as …” never picks one of two."""
    one, other = ({"1_name": "Kim Lee", "1_email": f"kim{n}@example.org"} for n in (1, 2))
    first, second = ({"child": f"{name} Lee", "born_on": BORN} for name in ("Ada", "Bo"))
    rows = outcomes(cast, first | one, second | other, BROTHER | {"1_name": "as Kim Lee"})
    assert "Several people in this list are called “Kim Lee”" in " ".join(rows[6].problems)
    twice = {"child": "Sam Roe", "born_on": BORN}, {"child": "Sam Roe", "born_on": "01/02/2022"}
    added = {"child": "as Sam Roe", "1_name": "Gil Roe"}
    assert "Several children" in outcomes(cast, *twice, added)[6].problems[0]
    assert outcomes(cast, *twice, added | {"born_on": BORN})[6].of_row.number == 4


def test_a_row_that_follows_a_refused_one_is_refused_with_it(cast):
    brother = BROTHER | {"1_name": "as Bea Berry"}
    rows = outcomes(cast, ZOE | {"born_on": "soon"}, brother, {"child": "as Abe Berry", "1_name": "Gil Berry"})
    assert [row.is_good for row in rows.values()] == [False, False, False]
    assert "follows row 5, which is refused itself" in rows[6].problems[0]


def test_a_row_that_asks_comes_in_when_it_was_ticked_as_it_stood_and_takes_who_follows_it_along(cast):
    asking = ZOE | {"1_email": "bea@gmial.com"}
    rows = outcomes(cast, asking, BROTHER | {"1_name": "as Bea Berry"}, {"child": "Pia Plum", "born_on": BORN})
    assert [row.asks for row in rows.values()] == [True, False, False]
    assert rows[5].notes == ["It comes in only together with row 4."]
    waiting = FamilyList.objects.get()
    page = signed_in(cast.manager).get(f"/families/import/{waiting.pk}/").content.decode()
    assert page.index("Please look") < page.index('id="good"')
    assert "Did adult 1 mean bea@gmail.com?" in page
    token = re.search(r'name="right" value="(\w+)"', page)[1]

    answer = signed_in(cast.manager).post(f"/families/import/{waiting.pk}/", follow=True).content.decode()
    assert "1 child came in, with 0 adults." in answer
    assert "refused or not ticked: row 4, row 5" in answer
    assert not Person.objects.filter(full_name="Bea Berry").exists()

    changed = listed(cast, asking | {"1_level": "none"}, BROTHER | {"1_name": "as Bea Berry"})
    assert actions_term.bring_in(changed, by=cast.manager, right=[token])[:2] == (0, 0)  # it is another row by now
    again = listed(cast, asking, BROTHER | {"1_name": "as Bea Berry"})
    assert actions_term.bring_in(again, by=cast.manager, right=[token]) == (2, 1, [])


def test_two_adults_share_an_address_for_mail_and_each_gets_their_own_way_in(cast):
    shared = {"2_name": "Ben Berry", "2_mail": "bea@example.org", "2_short": "Ben.B"}
    actions_term.bring_in(listed(cast, ZOE | shared), by=cast.manager)
    bea, ben = Person.objects.get(email="bea@example.org"), Person.objects.get(sign_in_name="ben.b")
    assert (ben.email, ben.post_address) == (None, "bea@example.org")
    assert actions_term.invite_by_mail([bea, ben], by=cast.manager) == 2
    letters = {mail.person: mail for mail in OutgoingMail.objects.filter(address="bea@example.org")}
    assert set(letters) == {bea, ben}
    ways = {re.search(r"/invitation/\S+", mail.body)[0] for mail in letters.values()}
    assert len(ways) == 2
    assert "For Ben Berry" in letters[ben].body
    assert "Bea" not in letters[ben].body

    way = re.search(r"/invitation/\S+", letters[ben].body)[0]
    client = Client()
    assert client.post(way, {"born_on": BORN})["Location"] == way
    assert "ben.b" in client.get(way).content.decode()
    assert client.post(way, {"password": "tangerine boat weather"})["Location"] == "/welcome/"
    ben.refresh_from_db()
    assert notify(ben).address == "bea@example.org"
    with pytest.raises(
        ActionRefused, match="stand before you"
    ):  # whoever reads the mailbox cannot take over an account
        actions_invitations.invite(ben, by=cast.manager)


def test_a_row_that_became_a_look_alike_meanwhile_is_left_out(cast):
    waiting = listed(cast, ZOE, {"child": "Abe Other", "born_on": BORN})
    Person.objects.create_user("bea@example.org", "Somebody Else")
    children, adults, left_out = actions_term.bring_in(waiting, by=cast.manager)
    assert (children, adults, [row.number for row in left_out]) == (1, 0, [4])


def test_a_list_is_for_its_maker_for_one_day_and_the_clock_takes_it_away(cast):
    waiting = listed(cast, ZOE)
    path = f"/families/import/{waiting.pk}/"
    assert signed_in(cast.manager).get(path).status_code == 200
    assert signed_in(cast.deputy).get(path).status_code == 404
    with pytest.raises(FamilyList.DoesNotExist):
        actions_term.bring_in(waiting, by=cast.deputy)
    FamilyList.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert signed_in(cast.manager).get(path).status_code == 404
    clear_up()
    assert not FamilyList.objects.exists()


def test_a_list_can_be_thrown_away_and_a_newer_one_takes_its_place(cast):
    client, first = signed_in(cast.manager), listed(cast, ZOE)
    second = listed(cast, ZOE)
    assert list(FamilyList.objects.all()) == [second]
    assert client.get(f"/families/import/{first.pk}/").status_code == 404
    assert "still waits" in client.get("/families/import/").content.decode()
    client.post(f"/families/import/{second.pk}/drop/")
    assert not FamilyList.objects.exists()


def test_only_those_who_keep_families_bring_them_in(cast):
    waiting = listed(cast, ZOE)
    for who in (cast.key_person, cast.chair, cast.mother):
        with pytest.raises(ActionRefused):
            actions_term.bring_in(waiting, by=who)
        with pytest.raises(ActionRefused):
            actions_term.invite_by_letter([], by=who)


def test_formulas_are_shown_as_words(cast):
    waiting = listed(cast, ZOE | {"child": '=HYPERLINK("http://evil.example","Zoe")', "known_as": "<b>Zoe</b>"})
    shown = signed_in(cast.manager).get(f"/families/import/{waiting.pk}/").content.decode()
    assert "=HYPERLINK(&quot;http://evil.example&quot;,&quot;Zoe&quot;)" in shown
    assert "is kept as plain words" in shown


def test_the_lists_cost_the_same_number_of_queries_for_one_row_and_for_twelve(cast):
    client = signed_in(cast.manager)

    def cost(path):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    waiting_adult(cast, "First New")
    one = listed(cast, ZOE)
    few = cost("/families/invite/"), cost(f"/families/import/{one.pk}/")
    for name in CHILDREN:
        actions_invitations.invite(waiting_adult(cast, name), by=cast.manager, by_letter=True)
    ten = listed(cast, *({"child": name, "born_on": BORN, "1_name": f"Pa {name}"} for name in CHILDREN))
    assert (cost("/families/invite/"), cost(f"/families/import/{ten.pk}/")) == few


def test_rooms_are_found_by_their_name_and_never_guessed(cast):
    Room.objects.create(name="Oaks")
    rows = outcomes(cast, ZOE | {"room": " oaks "}, {"child": "Abe Other", "born_on": BORN})
    assert rows[4].child["room"].name == "Oaks"
    assert rows[5].child["room"] is None


def test_pressed_eight_times_at_once_a_list_comes_in_once(own_database):
    manager = Person.objects.create_user("boss@example.org", "Bo Boss")
    actions_roles.give_role(manager, Role.MANAGER, by=None)
    waiting = actions_term.keep_list([Line(4, ZOE)], "families.csv", by=manager)

    def press(_number):
        try:
            return actions_term.bring_in(waiting, by=manager)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(press, range(8)))
    assert sorted(done, key=bool) == [None] * 7 + [(1, 1, [])]
    assert Child.objects.filter(full_name="Zoe Berry").count() == 1


# --- nobody is ever linked by name or address (promise G11) ---------------------------------------------------------

NARROW = "abcdefghijklmnopqrstuvwxyz"
WIDE = str.maketrans(NARROW + NARROW.upper(), "".join(chr(ord(c) + 0xFEE0) for c in NARROW + NARROW.upper()))
SEEN_ALIKE = str.maketrans("aeopcx", "аеорсх")  # Cyrillic
DISGUISES = [
    str.upper,
    str.title,
    lambda words: words.translate(WIDE),
    lambda words: words.translate(SEEN_ALIKE),
    lambda words: words.replace("e", "é"),
    lambda words: words.replace("a", "a\u0301"),
    lambda words: f" {words}  ",
    lambda words: words.replace(" ", "\u00a0"),
    lambda words: f"\u200b{words}",
    lambda words: words,
]


def test_a_thousand_look_alike_registrations_give_no_link(cast):
    """Same name, case, Unicode, plus-tags, a recycled address: each is refused or somebody else, and sees no child."""
    people = list(cast.people.values())
    ties, made, rows = ties_of_the_cast(cast), [], []
    for number in range(500):  # registrations one by one, as `Families` and a role make them
        person, disguise = people[number % len(people)], DISGUISES[number // len(people) % len(DISGUISES)]
        local, host = person.email.split("@")
        made.append(
            actions_family.add_adult(
                by=cast.manager,
                full_name=disguise(person.full_name),
                email=f"{local}+{number}@{disguise(host).strip()}",
            )
        )
    for number in range(500):  # and out of spreadsheets
        person, disguise = people[number % len(people)], DISGUISES[number // len(people) % len(DISGUISES)]
        same_address = {"1_name": f"Name{number} Other", "1_email": disguise(person.email)}
        same_name = {"1_name": disguise(person.full_name), "1_email": f"new{number}@example.org"}
        rows.append(
            {"child": f"Child{number:03d}", "born_on": f"{number % 28 + 1:02d}/01/2023"}
            | (same_address, same_name)[number % 2]
        )
    children, adults, left_out = actions_term.bring_in(listed(cast, *rows), by=cast.manager)
    assert (children, adults, len(left_out)) == (0, 0, 500)

    cast.mother.email, recycled = None, cast.mother.email
    cast.mother.save()
    made.append(Person.objects.create_user(recycled, "Ewa Nowicka"))  # her old address now belongs to somebody else
    assert ties_of_the_cast(cast) == ties
    assert not Relationship.objects.filter(adult__in=made).exists()
    assert not {person.pk for person in made} & {person.pk for person in people}
    assert not any(Child.objects.visible_to(person).exists() for person in made[::25] + made[-1:])
