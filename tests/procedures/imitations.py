"""Procedures of settings that do not exist, in words of our own, and the many ways in which settings keep such documents."""

import textwrap
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Spec:
    """What a document says, whatever it looks like. An item is words, or (words, [points inside it])."""

    code: str
    title: str
    section: str
    setting: str
    intro: tuple
    chapters: tuple  # (heading, (item, …)) pairs
    references: tuple = ()  # the codes mentioned, in order
    review: str = ""
    cycle: tuple = (None, None, None)
    table: tuple = ()
    links: tuple = field(default=())

    @property
    def headings(self):
        return [heading for heading, _items in self.chapters]

    @property
    def items(self):
        """(heading, words, level) of every item, in order."""
        found = []
        for heading, items in self.chapters:
            for item in items:
                words, points = (item, ()) if isinstance(item, str) else item
                found.append((heading, words, 1))
                found += [(heading, point, 2) for point in points]
        return found


GARDEN = Spec(
    code="03.05",
    title="Growing things in the garden",
    section="03 Outdoor play procedures",
    setting="Hazel Hill Pre-school",
    intro=(
        "A bean that a child has watered herself tastes of more than a bean. We grow what can be eaten, smelt or picked, "
        "and we let the children do the work, from the first hole in the ground to the washing of the last potato.",
        "The garden is part of the room: whatever is learnt inside can be learnt outside as well.",
    ),
    chapters=(
        (
            "Sowing",
            (
                "Every child sows at least one seed in spring and writes, or has written for her, her own name on the label.",
                "Seeds that could be harmful when swallowed are kept in the locked cupboard, as set out in 01.04 Hazardous "
                "substances and the garden shed, and are sown by adults only.",
                "Families who have a seed to spare from their own kitchen – a pip, a bean, a clove – are asked to bring it.",
            ),
        ),
        (
            "Tools and tables",
            (
                "Tools are counted out and counted in, and a tool that does not come back is looked for before anything else.",
                "A well-kept tool hangs at the children's height; see procedure 03.02 Tools and how we use them.",
            ),
        ),
        (
            "Harvest",
            (
                "What is ripe is shared out so that nobody goes home with nothing.",
                "Allergies are checked against the 09.01b Registration and permission form before anything is eaten.",
            ),
        ),
    ),
    references=("01.04", "03.02", "09.01b"),
    review="Reviewed annually in March by the manager and committee",
    cycle=(12, 3, "manager and committee"),
)

DOOR = Spec(
    code="10.3",
    title="At the door in the morning",
    section="10 Working with families procedures",
    setting="Acorn Lane Preschool",
    intro=("The first two minutes decide about many a morning. This is how we spend them.",),
    chapters=(
        (
            "Arriving",
            (
                "An adult whom the child knows stands at the door from 8.45 and says good morning to each family by name.",
                (
                    "The adult at the door asks three things and writes the answers down:",
                    ("how the night was", "whether anything hurts", "who is coming in the afternoon"),
                ),
                "A parent who wants to talk is offered a chair and, if it takes longer, a time, see 10.4 Appointments with us.",
            ),
        ),
        (
            "Leaving",
            (
                "Children go home with a person whom we know or who knows the password, as explained in 2.3 Collecting children.",
                "Nobody is handed a child through a car window.",
                "If nobody has come by a quarter past three, we ring; what happens after that is written in 2.4 Children who "
                "are not collected.",
            ),
        ),
    ),
    references=("10.4", "2.3", "2.4"),
    review="Reviewed annually in November by Staff and Committee",
    cycle=(12, 11, "Staff and Committee"),
)

QUIET = Spec(
    code="05.07",
    title="Children who need it quiet",
    section="05 Every child is different procedures",
    setting="Little Wrens CIC",
    intro=(
        "Some children hear a hoover as others hear a siren. They are not difficult, and they are not to be hardened. We look "
        "at the noise, not at the child, and we plan the day so that there is always somewhere to go.",
    ),
    chapters=(
        (
            "The quiet corner",
            (
                "There is one corner in which nobody speaks above a whisper, and in which no grown-up ever holds a meeting.",
                "A child may go there without asking, and may stay for as long as she likes.",
                "Ear-defenders in two sizes hang by the corner and are wiped after use, as 04.01 Cleaning and washing says.",
            ),
        ),
        (
            "Planning with families",
            (
                "Together with the family the key person finds out what helps, in line with 05.02 Supporting children with "
                "additional needs and the plan made at home.",
                "What helps at home is written down in the family's own words.",
                "The plan is looked at every half term, and whenever something changes.",
            ),
        ),
        (
            "Noise that cannot be helped",
            (
                "Fire drills are announced to the child beforehand, unless the drill is meant to come as a surprise.",
                "Builders, choirs and brass bands are told about the corner.",
            ),
        ),
        ("Training", ("All staff have sat in the corner for ten minutes themselves.",)),
    ),
    references=("04.01", "05.02"),
)

POND = Spec(
    code="02.09",
    title="Near open water",
    section="02 Health and safety procedures",
    setting="Millbrook Community Playgroup",
    intro=("Water is the best toy there is and the one that forgives least.",),
    chapters=(
        (
            "Before we go",
            (
                "Two adults walk the way on the day before and look for anything that has changed since the last time.",
                "The ratio is one adult to two children, whatever the 02.01 Risk assessment sheet would allow.",
                (
                    "The red rucksack is packed by the person in charge and holds",
                    (
                        "a throwing line and a foil blanket",
                        "dry clothes in three sizes",
                        "the list of telephone numbers, as 07.03 Taking personal details out of the building allows",
                    ),
                ),
            ),
        ),
        (
            "At the water",
            (
                "Children stand behind the white rope. Adults stand between the rope and the water, facing the children.",
                "Whoever counts, counts aloud; nobody talks to the person who is counting.",
            ),
        ),
        ("If something happens", ("We act first and write afterwards, see 02.05 Accidents and first aid.",)),
    ),
    references=("02.01", "07.03", "02.05"),
    review="This procedure is reviewed every two years by the trustees.",
    cycle=(24, None, "trustees"),
    table=(
        ("Where", "Depth", "Who has the key"),
        ("Duck pond", "40 cm", "Park keeper"),
        ("Mill leat", "1 m", "Nobody"),
    ),
)

WORDS = Spec(
    code="09.11",
    title="Two languages and more",
    section="09 Learning together procedures",
    setting="Saint Brannock Pre-school",
    intro=(
        "A child who has two words for bread has not half a language but two. Home languages are seen, heard and sung here.",
    ),
    chapters=(
        (
            "What children hear",
            (
                "Every child hears her own language in the room at least once a week, from a person or from a recording.",
                "We learn to say each child's name as the family says it, and we go on asking until we have it right.",
                "Books in the children's languages stand among the others and not on a shelf of their own; the list is on "
                "the library's page.",
            ),
        ),
        (
            "What families read",
            (
                "Important papers are translated or read aloud, see 10.05 Interpreters and translations.",
                "The 07.06 Privacy notice is there in each language that at least one family reads.",
            ),
        ),
    ),
    references=("10.05", "07.06"),
    review="Next review: September 2027",
    cycle=(None, 9, None),
    links=(("the library's page", "https://library.example.org/languages"),),
)

SPECS = (GARDEN, DOOR, QUIET, POND, WORDS)


def one_level(spec):
    """The same with points as items of their own, for looks that know no list inside a list."""
    chapters = []
    for heading, items in spec.chapters:
        flat = []
        for item in items:
            flat += [item] if isinstance(item, str) else [item[0], *item[1]]
        chapters.append((heading, tuple(flat)))
    return replace(spec, chapters=tuple(chapters), table=())


# Plain text.


def wrapped(words, width, first="", rest=""):
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=True)


def hyphenated(words, width):
    """Lines of at most this width, long words broken with a hyphen as some programs do."""
    lines, line = [], ""
    for word in words.split():
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if word.isalpha() and len(word) >= 9 and room >= 4:
            cut = min(room, len(word) - 4)
            lines.append(f"{line} {word[:cut]}-".strip())
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def as_lines(spec, sign, inner, width=100, hang="  "):
    """The document's lines, with empty ones between paragraphs; `sign` and `inner` begin items and points."""
    lines = [spec.section, "", f"{spec.code} {spec.title}", ""]
    for paragraph in spec.intro:
        lines += [*wrapped(paragraph, width), ""]
    for heading, items in spec.chapters:
        lines += [heading, ""]
        for number, item in enumerate(items, 1):
            words, points = (item, ()) if isinstance(item, str) else item
            lines += wrapped(words, width, f"{sign.format(n=number)} ", hang)
            for letter, point in zip("abcdef", points, strict=False):
                lines += wrapped(point, width, f"{hang}{hang}{inner.format(n=letter)} ", hang * 3)
        lines.append("")
    return [*lines, spec.review] if spec.review else lines


def text_wrapped(spec):
    """A text file with lines broken at 76 letters and hanging bullets."""
    return "\n".join(as_lines(spec, "•", "o", 76, "   ")).encode()


def text_long_lines(spec):
    """Each paragraph one line; Windows' own letters and line ends; dashes for bullets."""
    return "\r\n".join(as_lines(spec, "-", "-", 5000)).encode("cp1252")


def text_numbered(spec):
    """Numbered commitments that begin again under each heading, lettered points."""
    return "\n".join(as_lines(spec, "{n}.", "({n})", 90, "   ")).encode("utf-16")


def text_spaced(spec):
    """As some programs give the words of a PDF: an empty line after every line, and no indents."""
    lines = []
    for line in as_lines(one_level(spec), "•", "", 104, ""):
        if line:
            lines += [f"{line} ", ""]
    return "\n".join(lines).encode()


def text_hyphenated(spec):
    """Long words broken at the ends of lines, headers and page numbers in between."""
    flat = one_level(spec)
    lines = [f"{flat.code} {flat.title}", ""]
    for paragraph in flat.intro:
        lines += [*hyphenated(paragraph, 70), ""]
    for heading, items in flat.chapters:
        lines += [heading, ""]
        for item in items:
            first, *rest = hyphenated(item, 70)
            lines += [f"\uf0b7 {first}", *(f"  {line}" for line in rest)]
        lines.append("")
    pages = [lines[start : start + 22] for start in range(0, len(lines), 22)]
    framed = []
    for number, page in enumerate(pages, 1):
        framed += [
            flat.setting,
            *page,
            f"Policy folder        Adopted 12/11/2025        Page {number} of {len(pages)}",
            "\f",
        ]
    if flat.review:
        framed.append(flat.review)
    return "\n".join(framed).encode()


def text_capitals(spec):
    """Headings in capitals with a colon, the setting's name above and below the title, the code before a dash."""
    flat = one_level(spec)
    lines = [
        flat.setting.upper(),
        "Policies and procedures",
        "",
        f"Policy {flat.code}: {flat.title}",
        "",
        flat.setting,
        "",
    ]
    lines += [line for paragraph in flat.intro for line in (paragraph, "")]
    for heading, items in flat.chapters:
        lines += [f"{heading.upper()}:" if len(heading.split()) <= 4 else heading.upper(), ""]
        lines += [f"* {item}" for item in items] + [""]
    lines += [flat.review, "", "Signed: ______________   Date: ____________", "Name of signatory: Jo Example"]
    return "\n".join(lines).encode()


def text_clauses(spec):
    """Numbered headings and numbered clauses, the code after the title."""
    flat = one_level(spec)
    lines = [f"{flat.title} ({flat.code})", "", *(line for paragraph in flat.intro for line in (paragraph, ""))]
    for number, (heading, items) in enumerate(flat.chapters, 1):
        lines += [f"{number}. {heading}", ""]
        for clause, item in enumerate(items, 1):
            lines += [*wrapped(f"{number}.{clause} {item}", 88), ""]
    return "\n".join([*lines, flat.review]).encode()


def markdown(spec):
    """Markdown with its own headings, lists, links and tables."""
    lines = [f"# {spec.code} {spec.title}", ""]
    lines += [line for paragraph in spec.intro for line in (paragraph, "")]
    for heading, items in spec.chapters:
        lines += [f"## {heading}", ""]
        for item in items:
            words, points = (item, ()) if isinstance(item, str) else item
            for shown, address in spec.links:
                words = words.replace(shown, f"[{shown}]({address})")
            lines += [f"- {words}", *(f"    - {point}" for point in points)]
        lines.append("")
    if spec.table:
        head, *rows = spec.table
        lines += [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
        lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines, "", spec.review]).encode()
