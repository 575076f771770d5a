"""The book of a child's journal: what stands in it for whom, how it is made, and when it closes."""

import csv
import io
import json
import re
import subprocess
import sys
import uuid
import zipfile
from datetime import timedelta
from importlib import import_module

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from people.accounts import actions_me
from people.families import actions_family
from people.families.access import RestrictionKind
from portal.book import actions as books
from portal.book import press, tasks
from portal.book.contents import year_of
from portal.book.models import Book
from portal.book.rules import may_still_be_opened
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import About, ChildSpecificText, Observation
from records.models import AuditLine
from records.pictures import clean
from records.refused import ActionRefused
from records.turns import WhoseTurn
from tests.cast import signed_in
from tests.database import PROJECT
from tests.documents.both_standards import assert_both_standards
from tests.journal.pages import allow, shared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tasks.state.update(idempotency_key=None, book=None, until=0)


def photographs(number=1, size=(160, 120)):
    return [clean(drawn("tower", seed, size)) for seed in range(1, number + 1)]


def from_home(child, by, words, pictures=()):
    return actions.add_from_home(child, by=by, words=words, pictures=list(pictures), idempotency_key=uuid.uuid4())


def made(child, by, period="everything"):
    """A book made as the worker makes it, but for the program of its own, which would load its fonts each time anew."""
    book = books.ask_for_book(child, period, by=by)
    books.lay_out(book)
    press.make(books.folder_of(book))
    books.finish(book)
    book.refresh_from_db()
    return book


def put_ready(child, by):
    """A book as it stands after the press, with empty files: for tests of who may open it."""
    book = books.ask_for_book(child, "everything", by=by)
    books.lay_out(book)
    for kind in books.FILES:
        books.file_of(book, kind).write_bytes(b"%PDF-1.7\n")
    books.finish(book)
    book.refresh_from_db()
    return book


def text_of(book, kind="screen"):
    path = books.file_of(book, kind)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def pictures_in(book, kind="screen"):
    with pikepdf.open(books.file_of(book, kind)) as opened:
        streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
        return sum(each.get("/Subtype") == "/Image" for each in streams)


def files_in(book):
    with zipfile.ZipFile(books.file_of(book, "archive")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def where(book, kind=None):
    way = {"child_id": book.child_id, "book_id": book.pk}
    return reverse("book:take", kwargs=way | {"kind": kind}) if kind else reverse("book:one", kwargs=way)


def test_the_mothers_book_has_cover_months_pictures_words_and_her_own_pages(cast):
    page = shared(cast.key_person, cast.maja, words="She built a tower.", pictures=photographs(3, (640, 480)))
    Observation.objects.filter(pk=page.pk).update(child_says="The dragon lives here.")
    from_home(cast.maja, cast.mother, "At bedtime she told it again.", photographs(1, (120, 160)))
    wrong = {"words": "She is four, not five.", "about": About.CORRECTION, "idempotency_key": uuid.uuid4()}
    actions.comment(page, cast.maja, by=cast.mother, **wrong)
    actions.comment(page, cast.maja, by=cast.mother, words="We built one, too.", idempotency_key=uuid.uuid4())
    book = made(cast.maja, cast.mother)
    text = text_of(book)
    today = timezone.localdate()
    for words in (
        "Maja", "Big book of me", "Hazel Lane Pre-school", f"{today:%B %Y}", "She built a tower.", "Sara Lind",
        "“The dragon lives here.” Maja", "At bedtime she told it again.", "from home", "Ewa Nowicka: We built one, too.",
        "Made on",
    ):  # fmt: skip
        assert words in text, words
    assert pictures_in(book) == pictures_in(book, "print") == 5, "four on their pages, and one of them on the cover"
    assert "Nowicka-Reed" not in text and "not five" not in text
    told = json.loads(files_in(book)["journal.json"])["pages"]
    assert [each["about"] for each in told[0]["comments"]] == ["correction", "page"], "the archive has everything"


def test_a_tiny_picture_is_never_blown_up_to_a_cover(cast):
    shared(cast.key_person, cast.maja, words="A tower.", pictures=photographs(2))
    assert pictures_in(made(cast.maja, cast.mother)) == 2, "on its page, and the cover is a drawn one"


def test_whoever_asked_for_large_print_has_a_book_in_large_print(cast):
    from_home(cast.maja, cast.mother, "At bedtime she told it again. " * 60)
    sheets = pages_in(made(cast.maja, cast.mother))
    actions_me.keep_about_me(cast.mother, large_print=True)
    assert pages_in(made(cast.maja, cast.mother)) > sheets


def pages_in(book):
    with pikepdf.open(books.file_of(book, "screen")) as opened:
        return len(opened.pages)


def test_a_father_who_lives_apart_has_his_own_book(cast):
    page = shared(cast.key_person, cast.maja, words="She built a tower.")
    from_home(cast.maja, cast.mother, "A secret of the mother.")
    from_home(cast.maja, cast.father, "Beans on the balcony.")
    actions.comment(page, cast.maja, by=cast.mother, words="Her comment.", idempotency_key=uuid.uuid4())
    of_father, of_mother = made(cast.maja, cast.father), made(cast.maja, cast.mother)
    his, hers = text_of(of_father), text_of(of_mother)
    assert "She built a tower." in his and "Beans on the balcony." in his
    assert "secret" not in his and "Her comment." not in his and "Ewa" not in his
    assert "secret" in hers and "Her comment." in hers and "Beans" not in hers
    packed = b"".join(files_in(of_father)[name] for name in ("index.html", "words.txt", "journal.json", "journal.csv"))
    assert b"secret" not in packed and b"Her comment." not in packed and b"Beans" in packed
    assert signed_in(cast.father).get(where(of_mother)).status_code == 404
    assert signed_in(cast.father).get(where(of_mother, "screen")).status_code == 404


def test_other_children_are_in_it_only_with_consent_and_it_closes_when_that_is_taken_back(cast):
    shared(cast.key_person, cast.maja, words="Alone.")
    shared(cast.key_person, cast.maja, cast.tobi, words="Two friends.", pictures=photographs(1, (640, 480)))
    assert pictures_in(made(cast.maja, cast.mother)) == 0
    allow(cast.other_mother, cast.tobi)
    book = made(cast.maja, cast.mother)
    assert "Two friends." in text_of(book) and pictures_in(book) == 1, "not on the cover, where only Maja may be"
    client = signed_in(cast.mother)
    assert client.get(where(book, "screen"))["Content-Type"] == "application/pdf"
    allow(cast.other_mother, cast.tobi, allows=False)
    assert client.get(where(book, "screen")).status_code == 302
    assert client.get(where(book, "archive")).status_code == 302
    page = client.get(where(book)).content.decode()
    assert "Make it again" in page and "Download" not in page
    assert pictures_in(made(cast.maja, cast.mother)) == 0


def test_each_childs_book_has_the_words_for_that_child_and_no_photograph_of_another_without_consent(cast):
    allow(cast.mother, cast.maja)
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi, words="Both.", pictures=photographs(2))
    for child, words in ((cast.maja, "For Maja alone."), (cast.tobi, "For Tobi alone.")):
        ChildSpecificText.objects.create(observation=page, child=child, words=words)
    page.photographs.get(position=0).children.set([cast.maja])
    page.photographs.get(position=1).children.set([cast.maja, cast.tobi])
    allow(cast.other_mother, cast.tobi, allows=False)
    book = made(cast.maja, cast.mother)
    assert "For Maja alone." in text_of(book) and "Tobi" not in text_of(book)
    assert pictures_in(book) == 1
    packed = files_in(book)
    assert not any(b"Tobi" in content for name, content in packed.items() if not name.endswith((".pdf", ".jpg")))
    assert sum(name.endswith(".jpg") for name in packed) == 1


@pytest.mark.parametrize("what", ["withdrawn", "changed", "photographs", "days", "closed", "not a relation"])
def test_a_made_book_closes_when_something_in_it_may_not_be_read_any_more(cast, what):
    page = shared(cast.key_person, cast.maja, words="She built a tower.", pictures=photographs(1))
    book = put_ready(cast.maja, cast.father)
    client = signed_in(cast.father)
    assert client.get(where(book, "screen")).status_code == 200
    if what == "withdrawn":
        actions.withdraw(page, by=cast.key_person)
    elif what == "changed":
        Observation.objects.filter(pk=page.pk).update(words="She built a house.")
    elif what == "not a relation":
        actions_family.end_relationship(cast.father.relationships.get(child=cast.maja), by=cast.manager)
    else:
        kind = {
            "photographs": RestrictionKind.NO_PHOTOGRAPHS,
            "days": RestrictionKind.NO_TIMETABLE,
            "closed": RestrictionKind.FULL,
        }[what]
        actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=kind, basis="Court order")
    expected = 404 if what in ("closed", "not a relation") else 302
    assert client.get(where(book, "screen")).status_code == expected
    assert client.get(where(book)).status_code == (404 if expected == 404 else 200)
    assert books.clear_away() == 1, "and its files do not stay"
    assert not books.folder_of(book).exists() and not Book.objects.exists()


def test_a_new_page_does_not_close_a_book(cast):
    shared(cast.key_person, cast.maja, words="She built a tower.")
    book = put_ready(cast.maja, cast.mother)
    shared(cast.key_person, cast.maja, words="And another one.")
    assert may_still_be_opened(book)
    assert books.clear_away() == 0


def test_where_days_are_closed_the_book_knows_only_months(cast):
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_TIMETABLE, basis="Court order"
    )
    page = shared(cast.key_person, cast.maja, words="She built a tower.", pictures=photographs(1))
    book = made(cast.maja, cast.father)
    day = timezone.localtime(page.dated_at)
    text = text_of(book).replace(f"Made on {timezone.localdate(book.asked_at):%-d %B %Y}", "")
    files = files_in(book)
    packed = files["index.html"].decode().split("<footer>")[0] + files["words.txt"].decode()
    packed += files["journal.csv"].decode() + files["journal.json"].decode()
    for said in (text, packed):
        assert f"{day:%B %Y}" in said or f"{day:%Y-%m}" in said
        assert f"{day:%A}" not in said and f"{day:%-d %B}" not in said and f"{day:%Y-%m-%d}" not in said
    assert json.loads(files["journal.json"])["pages"][0]["date"] is None


def test_a_year_holds_its_pages_and_no_others(cast):
    new, old = (shared(cast.key_person, cast.maja, words=words) for words in ("A new one.", "An old one."))
    last_year = timezone.now() - timedelta(days=370)
    Observation.objects.filter(pk=old.pk).update(dated_at=last_year, shared_at=last_year)
    year = year_of(timezone.localdate())
    page = signed_in(cast.mother).get(reverse("book:choose", args=[cast.maja.pk])).content.decode()
    assert re.findall(r'value="(\w+)" id="period', page) == [str(year), str(year - 1), "everything"]
    assert "A new one." in text_of(made(cast.maja, cast.mother, str(year)))
    assert "old" not in text_of(Book.objects.get())
    assert "A new one." not in text_of(made(cast.maja, cast.mother, str(year - 1)))
    both = text_of(made(cast.maja, cast.mother))
    assert both.index("An old one.") < both.index("A new one.")
    assert new.pk != old.pk


def test_only_the_family_that_takes_part_may_ask(cast):
    shared(cast.key_person, cast.maja)
    way = reverse("book:choose", args=[cast.maja.pk])
    asked = {name: signed_in(person).post(way, {"period": "everything"}) for name, person in cast.people.items()}
    assert {name for name, answer in asked.items() if answer.status_code == 302} == {"mother", "father", "stepfather"}
    assert {answer.status_code for answer in asked.values()} == {302, 404}
    with pytest.raises(ActionRefused):
        books.ask_for_book(cast.maja, "everything", by=cast.grandmother)
    with pytest.raises(ActionRefused):
        books.ask_for_book(cast.maja, "1999", by=cast.mother)
    assert Book.objects.count() == 3
    assert AuditLine.objects.filter(verb="book.asked_for").count() == 3


def test_she_asks_watches_it_grow_and_takes_it_home(cast):
    for number in range(4):
        shared(cast.key_person, cast.maja, words=f"Page {number}.", pictures=photographs(2))
    client, way = signed_in(cast.mother), reverse("book:choose", args=[cast.maja.pk])
    assert "Make it" in client.get(way).content.decode()
    assert not Book.objects.exists(), "looking writes nothing"
    answers = [client.post(way, {"period": "everything"})["Location"] for _press in range(2)]
    assert answers[0] == answers[1] and Book.objects.count() == 1, "pressed twice, made once"
    assert AuditLine.objects.filter(verb="book.asked_for").count() == 1
    assert client.get(answers[0])["Refresh"] == "3"
    grown = set()
    while Book.objects.filter(made_at=None).exists():
        tasks.make_books()
        grown.add(Book.objects.get().done)
    assert max(grown) == 100 and any(1 < done < 100 for done in grown), "how far it is can be seen on the way"
    ready = client.get(answers[0])
    assert "Your book is ready" in ready.content.decode() and "Refresh" not in ready
    for kind, name in (("screen", "book.pdf"), ("print", "book-to-print.pdf"), ("archive", "book.zip")):
        taken = client.get(where(Book.objects.get(), kind))
        assert f'filename="{name}"' in taken["Content-Disposition"] and "attachment" in taken["Content-Disposition"]
        assert taken["Cache-Control"] == "no-store, private"
        assert len(b"".join(taken.streaming_content)) > 2000
    assert client.get(where(Book.objects.get(), "job")).status_code == 404


def test_a_whole_journal_leaves_only_with_a_fresh_password(cast):
    shared(cast.key_person, cast.maja)
    book, client = made(cast.maja, cast.mother), signed_in(cast.mother)
    session = client.session
    session["proved_at"] -= 16 * 60
    session.save()
    for kind in ("screen", "print", "archive"):
        answer = client.get(where(book, kind))
        assert answer.status_code == 302 and answer["Location"].startswith("/prove/?next=")
    assert client.get(where(book)).status_code == 200, "that it is ready may be seen"


def test_what_fails_is_tried_three_times_said_and_can_be_asked_for_again(cast, monkeypatch):
    shared(cast.key_person, cast.maja)
    book = books.ask_for_book(cast.maja, "everything", by=cast.mother)
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "press", lambda book: subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]))
        for _try in range(3):
            tasks.make_books()
            tasks.state["press"].wait()
            with pytest.raises(RuntimeError):
                tasks.make_books()
    assert tasks.make_books() == 0, "not a fourth time by itself"
    client = signed_in(cast.mother)
    page = client.get(where(book))
    assert "could not be made" in page.content.decode() and "Refresh" not in page
    client.post(reverse("book:choose", args=[cast.maja.pk]), {"period": "everything"})
    while Book.objects.filter(made_at=None).exists():
        tasks.make_books()
    assert client.get(where(book, "screen")).status_code == 200


def test_both_pdfs_are_tagged_archival_and_have_a_bookmark_for_each_month(cast, tmp_path):
    page = shared(cast.key_person, cast.maja, words="Łódź, 🎈 and more.", pictures=photographs(3, (640, 480)))
    month_ago = timezone.now() - timedelta(days=40)
    Observation.objects.filter(pk=page.pk).update(dated_at=month_ago)
    page.photographs.filter(position=0).update(words="Maja beside a tower of seven blocks")
    from_home(cast.maja, cast.mother, "At home.")
    book = made(cast.maja, cast.mother)
    for kind in ("screen", "print"):
        path = books.file_of(book, kind)
        assert_both_standards(path.read_bytes(), tmp_path)
        with pikepdf.open(path) as opened:
            assert opened.Root.MarkInfo.Marked and str(opened.Root.Lang) == "en-GB"
            assert str(opened.docinfo["/Title"]).startswith("Maja – Big book of me")
            with opened.open_outline() as outline:
                marks = [mark.title for mark in outline.root]
            assert marks == ["Maja", f"{timezone.localtime(month_ago):%B %Y}", f"{timezone.localdate():%B %Y}"]
            figures = [
                each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
            ]
            assert len(figures) == 4 and all(str(each.Alt) for each in figures)
            assert "Maja beside a tower of seven blocks" in {str(each.Alt) for each in figures}
            sheets = len(opened.pages)
        assert kind == "screen" or sheets % 4 == 0


def test_the_archive_opens_without_the_internet_and_every_address_is_in_it(cast):
    page = shared(cast.key_person, cast.maja, words='=HYPERLINK("x")', pictures=photographs(2, (2000, 1500)))
    book = made(cast.maja, cast.mother)
    files = files_in(book)
    words = files["index.html"].decode()
    addresses = re.findall(r'(?:href|src)="([^"#]+)"', words)
    assert set(addresses) <= set(files) and len(addresses) >= 10
    assert "://" not in words and "<script" not in words and "style=" not in words
    assert all(re.fullmatch(r"[a-z0-9./-]+", name) and ".." not in name for name in files)
    full = {photograph.print.read() for photograph in page.photographs.all()}
    assert {content for name, content in files.items() if name.startswith("pictures/")} == full
    told = json.loads(files["journal.json"])["pages"][0]
    assert told["words"] == '=HYPERLINK("x")' and all(each["file"] in files for each in told["photographs"])
    table = list(csv.reader(io.StringIO(files["journal.csv"].decode("utf-8-sig"))))
    assert table[1][4].startswith("'="), "no spreadsheet runs it"
    assert str(page.pk) not in words and "Nowicka-Reed" not in words


def test_books_go_after_a_month_and_what_is_new_stays(cast):
    shared(cast.key_person, cast.maja)
    old, new = put_ready(cast.maja, cast.mother), put_ready(cast.maja, cast.father)
    Book.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=31))
    assert books.clear_away() == 1
    assert not books.folder_of(old).exists() and books.file_of(new, "screen").exists()


def test_after_the_last_day_a_family_still_makes_its_book(cast):
    shared(cast.key_person, cast.maja, words="She built a tower.")
    type(cast.maja).objects.filter(pk=cast.maja.pk).update(ends_on=timezone.localdate() - timedelta(days=3))
    client = signed_in(cast.mother)
    page = client.get(reverse("book:choose", args=[cast.maja.pk])).content.decode()
    assert "last day here" in page and 'value="everything" id="period-everything" checked' in page
    assert "She built a tower." in text_of(made(cast.maja, cast.mother))


def test_neither_web_nor_worker_loads_the_typesetter_and_the_press_no_django():
    asked = "import portal.book.views, portal.book.tasks, sys; print('weasyprint' in sys.modules)"
    code = f"import django; django.setup(); {asked}"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    code = "import portal.book.press, sys; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/x.png", "photograph:kept/../../x"])
def test_the_press_takes_pictures_from_nowhere_else(tmp_path, address):
    fetcher = press.Photographs(tmp_path, tmp_path).fetcher()
    outside = import_module("weasyprint.urls").FatalURLFetchingError  # it stops the whole book
    with pytest.raises(outside):
        fetcher.fetch(address)


def test_many_books_of_one_person_hold_up_nobody_elses(cast, monkeypatch):
    order = []
    monkeypatch.setattr(tasks, "whose_turn", WhoseTurn())
    monkeypatch.setattr(books, "lay_out", lambda book: order.append(book.asked_by))
    monkeypatch.setattr(tasks, "press", lambda book: None)
    for number in range(3):
        Book.objects.create(asked_by=cast.mother, child=cast.maja, period=str(2020 + number))
    Book.objects.create(asked_by=cast.father, child=cast.maja, period="everything")
    tasks.begin_next(), tasks.begin_next()
    tasks.state.update(idempotency_key=None, book=None, until=0)
    assert order == [cast.mother, cast.father]
