"""What a Word document's styles and lists say about a paragraph: heading, weight, level and number."""

import re
from dataclasses import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS_A_CHARACTER = 110
ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


@dataclass
class AccessLogEntry:
    """How a paragraph looks, from its styles and its own settings together."""

    heading: int = 0
    strong: bool = False
    indent: int = 0
    size: float = 0
    list_id: str = ""
    list_level: int = 0
    contents: bool = False  # a line of a table of contents
    indent_is_own: bool = False


@dataclass
class Listed:
    level: int
    label: str
    indent: int


def value(element, path, default=""):
    found = element.find(path) if element is not None else None
    return found.get(f"{W}val", default) if found is not None else default


def is_on(properties, name):
    """Whether a switch such as bold is on; None where nothing is said about it."""
    switch = properties.find(f"{W}{name}") if properties is not None else None
    if switch is None:
        return None
    return switch.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def whole_number(text, default=0):
    return int(float(text)) if re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", text or "") else default


class Styles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, root):
        self.styles, self.default = {}, ""
        for style in root.iter(f"{W}style") if root is not None else []:
            self.styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                self.default = style.get(f"{W}styleId", "")

    def chain(self, name):
        """A style and those it is based on, the farthest first."""
        found = []
        while name in self.styles and self.styles[name] not in found and len(found) < 20:
            found.append(self.styles[name])
            name = value(self.styles[name], f"{W}basedOn")
        return found[::-1]

    def look_of(self, paragraph):
        own = paragraph.find(f"{W}pPr")
        look = AccessLogEntry()
        for style in self.chain(value(own, f"{W}pStyle") or self.default):
            name = value(style, f"{W}name").casefold()
            look.contents = look.contents or bool(re.match(r"toc \d|table of contents|contents \d", name))
            look.heading = heading_by_name(name) or look.heading
            self.apply(look, style.find(f"{W}pPr"))
            bold = is_on(style.find(f"{W}rPr"), "b")
            look.strong = look.strong if bold is None else bold
            look.size = whole_number(value(style, f"{W}rPr/{W}sz")) / 2 or look.size
        self.apply(look, own)
        return look

    @staticmethod
    def apply(look, properties):
        if properties is None:
            return
        outline = whole_number(value(properties, f"{W}outlineLvl", "9"), 9)
        look.heading = outline + 1 if outline < 9 else look.heading
        indent = properties.find(f"{W}ind")
        if indent is not None:
            left = indent.get(f"{W}left") or indent.get(f"{W}start")
            if left is not None:
                look.indent, look.indent_is_own = max(0, whole_number(left)) // TWIPS_A_CHARACTER, True
        if properties.find(f"{W}numPr") is not None:
            look.list_id = value(properties, f"{W}numPr/{W}numId") or look.list_id
            look.list_level = whole_number(value(properties, f"{W}numPr/{W}ilvl"), look.list_level)

    def is_strong(self, properties, look):
        """Whether a run stands out: bold or underlined, by itself, by its style or by its paragraph's."""
        strong = look.strong
        for style in self.chain(value(properties, f"{W}rStyle")):
            bold = is_on(style.find(f"{W}rPr"), "b")
            strong = strong if bold is None else bold
        bold = is_on(properties, "b")
        return (strong if bold is None else bold) or bool(is_on(properties, "u"))


def heading_by_name(name):
    if match := re.fullmatch(r"(?:heading|überschrift|titre) ?(\d)", name):
        return int(match[1])
    return {"title": 1, "subtitle": 2}.get(name, 0)


class Numbering:
    """The lists of a document: at which level a paragraph stands, and the number that Word shows before it."""

    def __init__(self, root, styles):
        self.levels, self.counts = {}, {}
        if root is None:
            return
        abstract = {each.get(f"{W}abstractNumId"): each for each in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            definition = abstract.get(value(number, f"{W}abstractNumId"))
            levels = list(definition.iter(f"{W}lvl")) if definition is not None else []
            levels += list(number.iter(f"{W}lvl"))
            self.levels[number.get(f"{W}numId")] = {whole_number(level.get(f"{W}ilvl")): level for level in levels}

    def place(self, look):
        """Level and number of a paragraph in its list, or None; the list counts on."""
        if not look.list_id or look.list_id == "0":
            return None
        level = self.levels.get(look.list_id, {}).get(look.list_level)
        kind = value(level, f"{W}numFmt", "bullet")
        left = level.find(f"{W}pPr/{W}ind") if level is not None else None
        indent = look.indent
        if left is not None and not look.indent_is_own:
            indent = max(0, whole_number(left.get(f"{W}left") or left.get(f"{W}start"))) // TWIPS_A_CHARACTER
        counts = self.counts.setdefault(look.list_id, {})
        start = whole_number(value(level, f"{W}start", "1"), 1)
        counts[look.list_level] = counts.get(look.list_level, start - 1) + 1
        for deeper in [each for each in counts if each > look.list_level]:
            del counts[deeper]
        if kind == "none":
            return None
        label = "" if kind == "bullet" else self.label(look, value(level, f"{W}lvlText"), counts)
        return Listed(look.list_level + 1, label, indent)

    def label(self, look, pattern, counts):
        levels = self.levels.get(look.list_id, {})

        def number(match):
            position = int(match[1]) - 1
            return written(counts.get(position, 1), value(levels.get(position), f"{W}numFmt", "decimal"))

        return re.sub(r"%(\d)", number, pattern)


def written(number, kind):
    """A number as a list writes it."""
    if kind == "decimalZero":
        return f"{number:02}"
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        text = ""
        for worth, sign in ROMAN:
            while number >= worth and len(text) < 20:
                text, number = text + sign, number - worth
        return text.upper() if kind == "upperRoman" else text
    return str(number)
