"""Mentions of other procedures and forms inside a text: "see procedure 09.14 Progress check at age two"."""

import re
from dataclasses import dataclass

CODE = r"\d{1,2}\.\d{1,2}[a-z]?"
MENTION = re.compile(
    rf"(?:\b(?P<word>procedures?|polic(?:y|ies)|forms?|see|per|refer to|documents?)(?:\s+(?:no\.?|number))?\s+)?"
    rf"(?<![\w.,:£$€/-])(?P<code>{CODE})(?![\w%°]|:\S)(?!\.\d)",
    re.IGNORECASE,
)
NOT_A_CODE = re.compile(
    r"^\s*(?:am|pm|a\.m|p\.m|o.clock|hours?|hrs?|minutes?|mins?|metres?|per\s?cent|kg|km|cm|mm|ml|m|litres?)\b", re.I
)
A_TIME_BEFORE = re.compile(r"(?:\bat|\bfrom|\buntil|\btill|\bbefore|\bafter|\bto|\bby|\babout|[-–])\s*$", re.IGNORECASE)
A_PARAGRAPH_BEFORE = re.compile(
    r"(?:paragraphs?|paras?\.?|sections?|chapters?|clauses?|version|table|figure|regulation|pages?|EYFS|framework|requirements?|act|"
    r"over|than|least|most|around|approximately|ratio)\s*$",
    re.IGNORECASE,
)
BEFORE_A_CODE = frozenset(
    "the our see this these your their in with under by per as a an for follow following read use also is are".split()
)
A_DOCUMENT = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|forms?|notice|agreement|contract|record|checklist)\s*\(?$", re.IGNORECASE
)
# A title ends where the sentence goes on with one of these.
GOES_ON = frozenset(
    "is are was were be been will would must should shall may might can could has have had do does did that which who whom whose "
    "when where while if unless because so until we you they it he she i please then says sets gives explains describes tells "
    "applies covers contains shows states requires means before whenever but see".split()
)
# Words that lead to the next code and belong to no title: "… and share information as per procedure 07.6".
LEADS_TO_A_CODE = frozenset(
    (
        "procedure procedures policy policies form forms document documents number no "
        "see per as with under in line our the refer to"
    ).split()
)
A_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:morning|afternoon)s?\b", re.IGNORECASE)
A_KIND_OF_DOCUMENT = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|forms?|notice|agreement|contract|records?|checklist|check)\b", re.IGNORECASE
)
LOOSE_ENDS = frozenset("and or the a an of for to in on with by as also".split())
ADDRESS = re.compile(r"[(\[<“\"]*(?:https?:|www\.|\S+@\S)", re.IGNORECASE)  # no title goes on with one
WORD = re.compile(r"\s*(?P<word>[^\s]+)")
LONGEST_TITLE = 14  # words


@dataclass(frozen=True)
class Mention:
    """Where a text names another document: the words from start to end."""

    code: str
    title: str
    start: int
    end: int


def sort_key(code):
    """One key for every way of writing a code: "10.1", "10.01" and "Procedure 10.01" give "010.001"."""
    parts = re.findall(r"\d+|[a-z]", re.sub(r"[a-z]{2,}", "", code.casefold()))
    key = ".".join(part.zfill(3) for part in parts if part.isdigit())
    return key + "".join(part for part in parts if not part.isdigit())


def plain(title):
    """A title's words without signs and capitals, to compare two ways of writing it."""
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def agrees(mentioned, title):
    """Whether a mentioned title can mean the document with this title: the same words, or one is the other's beginning."""
    mentioned, title = plain(mentioned), plain(title)
    if not mentioned or mentioned == title:
        return True
    if (title + " ").startswith(mentioned + " ") or (mentioned + " ").startswith(title + " "):
        return True
    one, other = set(mentioned.split()) - LOOSE_ENDS, set(title.split()) - LOOSE_ENDS
    return len(one & other) * 3 >= 2 * max(len(one), len(other), 1)


def find_mentions(text, known=()):
    """Every mention in the text. `known` are (code, title) pairs whose exact titles are preferred to our guess at their end."""
    titles = {}
    for code, title in known:
        titles.setdefault(sort_key(code), []).append(title)
    mentions = []
    for match in MENTION.finditer(text):
        if mentions and match.start() < mentions[-1].end:
            continue
        code, after = match["code"], text[match.end() :]
        title = known_title(after, titles.get(sort_key(code), ())) or guessed_title(after)
        start = match.start("code")
        if not title:
            start, title = title_before(text, start, after)
        in_brackets = after.startswith(")") and A_DOCUMENT.search(text[: match.start("code")])
        is_named = match["word"] or in_brackets or start < match.start("code") or is_one_more(mentions, text, start)
        is_known = bool(title) and title in titles.get(sort_key(code), ())
        before = text[: match.start("code")]
        if not is_named and (not title or (not is_known and is_something_else(before, after, code, title))):
            continue
        if start < match.start("code"):
            end = match.end() + after.startswith(")")
        else:
            end = match.end() + (after.index(title) + len(title) if title else 0)
        mentions.append(Mention(code, title, start, end))
    return mentions


def is_one_more(mentions, text, start):
    """Whether a code goes on with the codes before it: "procedures 6.1, 7.2 and 10.2"."""
    return bool(mentions) and bool(re.fullmatch(r"\s*(?:,|and|&|or|/|,\s*and)\s*", text[mentions[-1].end : start]))


def title_before(text, start, after):
    """Where a title that stands before its code begins, and the title: "our Complaints procedure (10.02)"."""
    before = text[:start]
    bracketed = before.endswith("(") and after.startswith(")")
    if not bracketed and not A_DOCUMENT.search(before.rstrip()):
        return start, ""
    words = list(re.finditer(r"[^\s.;:!?()]+", before[max(0, start - 120) :]))
    offset, first = max(0, start - 120), None
    for word in reversed(words[-LONGEST_TITLE:]):
        bare = word[0].strip(",'’‘\"“”")
        between = before[offset + word.end() : offset + first.start()] if first else ""
        if bare.casefold() in BEFORE_A_CODE or re.search(r"[.;:!?()]", between):
            break
        first = word
    if first is None or (not A_DOCUMENT.search(before.rstrip("( ")) and not first[0][:1].isupper()):
        return start, ""
    begins = next((word for word in words[words.index(first) :] if word[0].lstrip("‘“\"'")[:1].isupper()), None)
    if begins and any(word[0].casefold() in GOES_ON for word in words[words.index(begins) :]):
        return start, ""  # a sentence and no title
    title = before[offset + begins.start() :].rstrip("( ").strip("‘“\"' ") if begins else ""
    return (offset + begins.start(), title) if title else (start, "")


def is_something_else(before, after, code="", title=""):
    """A time, a measure or a paragraph of the law looks like a code too."""
    if NOT_A_CODE.match(after) or A_PARAGRAPH_BEFORE.search(before[-12:]):
        return True
    return bool(A_TIME_BEFORE.search(before[-12:])) and not is_title_after_time(code, title)


def is_title_after_time(code, title):
    """Whether what follows "at", "from", "to" or "by" is a document: its title says so, or no clock shows such a time."""
    if not title or A_DAY.match(title) or title.split()[0].casefold() in GOES_ON:
        return False
    if A_KIND_OF_DOCUMENT.search(title):
        return True
    hour, _point, minutes = code.partition(".")
    shown = len(minutes) == 2 and minutes.isdigit() and int(hour) < 25 and int(minutes) < 60 and int(minutes) % 5 == 0
    return not shown and len(title.split()) > 1


def known_title(after, titles):
    """The longest known title that follows the code word for word."""
    stripped = after.lstrip(" :–-")
    fitting = [title for title in titles if title and stripped.casefold().startswith(title.casefold())]
    return stripped[: len(max(fitting, key=len))] if fitting else ""


def guessed_title(after):
    """The words after a code up to where the sentence ends or goes on."""
    start = len(after) - len(after.lstrip(" :–-‘“\"'"))
    if match := re.match(r"\s*\((?P<title>[A-Z][^()]{2,100})\)", after):
        return match["title"] if not re.search(CODE, match["title"]) else ""
    if not after[start : start + 1].isupper():
        return ""
    words, position, comma = [], start, 0
    while len(words) < LONGEST_TITLE and (match := WORD.match(after, position)):
        word = match["word"]
        bare = word.strip("()[].,;:!?‘’“”\"'").casefold()
        if ADDRESS.match(word):
            break
        if words and (bare in GOES_ON or re.fullmatch(CODE, bare)):
            if re.fullmatch(CODE, bare):
                words = before_the_next(words)
            elif comma and len(words) - comma <= 2:
                words = words[:comma]
            break
        opening = re.search(r"[(\[;“”]", word)
        if opening and (opening.start() == 0 or opening.group() == ";"):
            if opening.start():
                words.append(word[: opening.start()])
            break
        closing = re.search(r"[)\].:;!?”]+(?=$|[^\w])|[)\]”;].*$", word)
        if closing:
            words.append(word[: closing.start()])
            break
        words.append(word)
        position = match.end()
        if word.endswith(","):
            comma = len(words)
    return trimmed(after, start, words)


def before_the_next(words):
    """The words of a title after which another code follows: without what leads to that code."""
    kept = list(words)
    while kept and kept[-1].strip(",").casefold() in LEADS_TO_A_CODE:
        kept.pop()
    if len(kept) == len(words) or not kept:
        return kept
    ends = [
        at for at, word in enumerate(kept) if at and (word.casefold() in ("and", "or") or kept[at - 1].endswith(","))
    ]
    last = ends[-1] if ends else 0
    if last and (last == len(kept) - 1 or (kept[-1].casefold() not in LOOSE_ENDS and kept[last + 1][:1].islower())):
        return kept[:last]
    return kept


def trimmed(after, start, words):
    """The words as they stand in the text, without a comma or an "and" left hanging at the end."""
    while words and (words[-1].strip(",") in LOOSE_ENDS or words[-1].strip(",.’'\"–-") == ""):
        words.pop()
    if not words:
        return ""
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.compile(pattern).match(after, start)
    return match.group().rstrip(",.’'\"”–- ") if match else ""


def distinct(mentions, own_code=""):
    """One mention per document, in order, with the fullest title; a procedure does not refer to itself."""
    found = {}
    for mention in mentions:
        key = sort_key(mention.code)
        if key == sort_key(own_code):
            continue
        if key not in found or len(mention.title) > len(found[key].title):
            found[key] = mention
    return list(found.values())
