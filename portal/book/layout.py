"""A book as one page of HTML for the press: cover, months, pictures in rows, words, a closing page."""

from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from documents.paper import direction
from people.setting.models import Setting
from portal.book.contents import by_month

WIDE, GAP = 164, 4  # millimetres of the text, and between two pictures
HIGHEST = {1: 112, 2: 86, 3: 62}  # millimetres of a row with one picture, with two, with three
ROOM = 160  # millimetres for all rows of a page with up to six pictures, so that its words stand beside them
MANY = 7  # from so many pictures on: three in a row, and they may flow over several sheets
SHEET, FIRST_SHEET = 245, 212  # millimetres for what is kept together; less under the month's name
LETTERS, LINE = 88, 6.4  # in a line of words, and its height in millimetres
SEASONS = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring"}
SEASONS |= {6: "summer", 7: "summer", 8: "summer", 9: "autumn", 10: "autumn", 11: "autumn"}
WINDOW = 600, 450  # pixels of a photograph that may fill the window on the cover
SMALL_IS_ENOUGH = 90  # millimetres up to which the size for a phone's list is sharp on paper


def html(book, found, kind):
    """The whole book; `kind` is screen or print."""
    with override("en-gb"):
        shown = {
            "book": book,
            "child": book.child,
            "kind": kind,
            "setting": Setting.now(),
            "cover": cover_of(found),
            "span": span(found),
            "months": [
                {
                    "first": first,
                    "season": SEASONS[first.month],
                    "pages": [laid_out(page, page is pages[0]) for page in pages],
                }
                for first, pages in by_month(found)
            ],
            "made_on": timezone.localdate(book.asked_at),
        }
        return render_to_string("pdf/book.html", shown)


def span(found):
    """From the first month to the last one, in words; empty where there is nothing."""
    if not found:
        return ""
    first, last = (date.fromisoformat(f"{found[place]['month']}-01") for place in (0, -1))
    if first == last:
        return date_format(first, "F Y")
    begin = date_format(first, "F") if first.year == last.year else date_format(first, "F Y")
    return f"{begin} – {date_format(last, 'F Y')}"


def cover_of(found):
    """The newest photograph that lies across, else any; never one that shows another child. None without one.

    A tiny picture is not blown up: then the cover is a drawn one.
    """
    photographs = [each for page in found for each in page["photographs"] if each["alone"] and fills_the_window(each)]
    across = [each for each in photographs if each["width"] >= each["height"]]
    chosen = (across or photographs)[-1:]
    return chosen[0] if chosen else None


def fills_the_window(photograph):
    """Whether there are pixels enough for the window on the cover, 132 by 99 mm at 115 to the inch."""
    return photograph["width"] >= WINDOW[0] and photograph["height"] >= WINDOW[1]


def laid_out(page, is_first):
    """A page with its day as a date, its photographs in rows, and whether it is too long to be kept together."""
    made = rows(page["photographs"])
    texts = {
        name: [line.strip() for line in page[name].splitlines() if line.strip()] for name in ("words", "child_says")
    }
    comments = [each for each in page["comments"] if each["printed"]]
    return page | {
        "day": date.fromisoformat(page["day"]) if page["day"] else None,
        "rows": made,
        "paragraphs": [(direction(text), text) for text in texts["words"]],
        "said": [(direction(text), text) for text in texts["child_says"]],
        "comments": [each | {"direction": direction(each["words"])} for each in comments],
        "flows": height(made, texts, comments) > (FIRST_SHEET if is_first else SHEET),
    }


def height(made, texts, comments):
    """About how many millimetres a page of the journal takes."""
    pictures = sum(row[0]["mm_high"] + (14 if any(each["words"] for each in row) else 4) for row in made)
    lines = sum(1.3 + len(text) // LETTERS for text in texts["words"])
    lines += sum(2 + len(text) // 60 for text in texts["child_says"])
    lines += sum(1 + len(comment["words"]) // 100 for comment in comments)
    return 24 + pictures + LINE * lines


def rows(photographs):
    """One large, two side by side, three as one large and two; so on. Nothing is cut off."""
    number = len(photographs)
    groups, place = [], 0
    for size in [2, 3] if number == 5 else in_groups(number, 3 if number >= MANY else 2):
        groups.append(photographs[place : place + size])
        place += size
    highs = [natural_height(group) for group in groups]
    share = min(1, ROOM / sum(highs)) if len(groups) > 1 and number < MANY else 1
    place, made = 0, []
    for group, high in zip(groups, highs, strict=True):
        made.append(row(group, high * share, place, number))
        place += len(group)
    return made


def in_groups(number, across):
    """So many in each row, with what is left over first and therefore largest."""
    return [number % across] * bool(number % across) + [across] * (number // across)


def ratio(photograph):
    return photograph["width"] / max(photograph["height"], 1)


def natural_height(group):
    """The height at which pictures side by side fill the line, or the highest we want. Millimetres."""
    return min((WIDE - GAP * (len(group) - 1)) / sum(map(ratio, group)), HIGHEST[len(group)])


def row(group, high, place, number):
    """Pictures of one height, with their sizes in millimetres and where the press finds them."""
    return [
        each
        | {
            "mm_wide": round(high * ratio(each), 1),
            "mm_high": round(high, 1),
            "address": address(each, high * max(ratio(each), 1)),
            "number": place + offset,
            "of": number,
        }
        for offset, each in enumerate(group, 1)
    ]


def address(photograph, longest):
    """The small size where that is sharp enough, else the one for a sheet; of an old photograph the press makes it."""
    if longest <= SMALL_IS_ENOUGH:
        return f"photograph:kept/{photograph['small']}"
    if photograph["sheet"]:
        return f"photograph:kept/{photograph['sheet']}"
    return f"photograph:page/{photograph['large']}"
