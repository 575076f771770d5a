"""The archive of a book: pictures at full size, words and tables in open formats, and a page that opens in any browser.

Everything stands on its own: no script, no network, only addresses inside the archive and file names of plain letters.
"""

import csv
import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.setting.models import Setting
from portal.book import layout
from portal.book.contents import by_month

STYLE = settings.BASE_DIR / "static" / "css" / "book-archive.css"
WHAT_A_SPREADSHEET_WOULD_RUN = ("=", "+", "-", "@", "\t", "\r")


def write(book, found, folder):
    """Write the words into the folder; [(name in the archive, file)] of everything that belongs in it."""
    inside = folder / "archive"
    inside.mkdir()
    pages = named(found)
    with override("en-gb"):
        texts = {
            "index.html": index(book, pages),
            "style.css": STYLE.read_text(encoding="utf-8"),
            "words.txt": words(book, pages),
            "journal.json": as_json(book, pages),
        }
    for name, text in texts.items():
        (inside / name).write_text(text, encoding="utf-8")
    write_table(inside / "journal.csv", pages)
    parts = [(name, str(Path("archive") / name)) for name in [*texts, "journal.csv"]]
    parts += [(each["file"], path_of(each)) for page in pages for each in page["photographs"]]
    return [*parts, ("book.pdf", "screen.pdf"), ("book-to-print.pdf", "print.pdf")]


def path_of(photograph):
    digest = photograph["full"]
    return str(settings.FILES_DIR / digest[:2] / digest[2:4] / digest)


def named(found):
    """The pages with a number each and a file name for each photograph, in order."""
    return [
        page
        | {
            "number": number,
            "month_begins": date.fromisoformat(f"{page['month']}-01"),
            "day": date.fromisoformat(page["day"]) if page["day"] else None,
            "photographs": [
                each | {"file": f"pictures/page-{number:04d}-picture-{place:02d}.jpg"}
                for place, each in enumerate(page["photographs"], 1)
            ],
        }
        for number, page in enumerate(found, 1)
    ]


def index(book, pages):
    """The page that opens in any browser."""
    shown = {
        "child": book.child,
        "setting": Setting.now(),
        "span": layout.span(pages),
        "months": by_month(pages),
        "made_on": book.asked_at,
        "others": [
            ("book.pdf", _("the book, to read on a screen")),
            ("book-to-print.pdf", _("the book, to print on both sides")),
            ("words.txt", _("all the words as plain text")),
            ("journal.csv", _("the same as a table, for a spreadsheet")),
            ("journal.json", _("the same for other programs")),
        ],
    }
    return render_to_string("book/archive.html", shown)


def when(page):
    return date_format(page["day"], "l j F Y") if page["day"] else date_format(page["month_begins"], "F Y")


def where(page):
    return _("From home") if page["origin"] == "home" else _("From the pre-school")


def words(book, pages):
    """All words, for any program that reads text."""
    lines = [str(book.child.known_as), Setting.now().journal_name, layout.span(pages), ""]
    for page in pages:
        lines += ["", f"{when(page)} – {where(page)} – {page['author']}"]
        lines += [each["file"] + (f": {each['words']}" if each["words"] else "") for each in page["photographs"]]
        lines += [page["words"]] if page["words"] else []
        lines += [f"“{page['child_says']}”"] if page["child_says"] else []
        lines += [_("What next: %(words)s") % {"words": page["next_step"]}] if page["next_step"] else []
        lines += [_("An idea for home: %(words)s") % {"words": page["home_idea"]}] if page["home_idea"] else []
        lines += [f"  {comment['author']}: {comment['words']}" for comment in page["comments"]]
    return "\n".join(lines) + "\n"


def as_json(book, pages):
    """The same for programs. It carries none of our own numbers."""
    told = {
        "child": book.child.known_as,
        "setting": Setting.now().name,
        "pages": [
            {
                "page": page["number"],
                "date": page["day"].isoformat() if page["day"] else None,
                "month": page["month"],
                "from": page["origin"],
                "written_by": page["author"],
                "words": page["words"],
                "child_says": page["child_says"],
                "areas_of_learning": page["areas"],
                "how_the_child_learned": page["characteristics"],
                "what_next": page["next_step"],
                "idea_for_home": page["home_idea"],
                "photographs": [{"file": each["file"], "words": each["words"]} for each in page["photographs"]],
                "comments": [
                    {"by": comment["author"], "about": comment["about"], "words": comment["words"]}
                    for comment in page["comments"]
                ],
            }
            for page in pages
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def cell(words):
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(WHAT_A_SPREADSHEET_WOULD_RUN) else words


def write_table(path, pages):
    """One line for each page, for a spreadsheet; the mark at the beginning tells it which letters these are."""
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        heads = [_("Page"), _("Date"), _("From"), _("Written by"), _("Words"), _("The child says")]
        table.writerow([*heads, _("Areas of learning"), _("Photographs"), _("Comments")])
        for page in pages:
            texts = [
                page["day"].isoformat() if page["day"] else page["month"],
                str(where(page)),
                page["author"],
                page["words"],
                page["child_says"],
                ", ".join(page["areas"]),
                "\n".join(each["file"] for each in page["photographs"]),
                "\n".join(f"{comment['author']}: {comment['words']}" for comment in page["comments"]),
            ]
            table.writerow([page["number"], *map(cell, texts)])
