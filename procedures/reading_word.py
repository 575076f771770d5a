"""Word documents, as Word, LibreOffice and Google Docs make them. Runs apart (see apart.py), without Django."""

import io
import re
import zipfile

from lxml import etree

from procedures.lines import END, PICTURE, PUT_IN, TAKEN_OUT, Line, Trouble, linked
from procedures.word_lists import Numbering, Styles, is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MOST_OF_ONE_PART = 30_000_000  # bytes of XML, unpacked
MOST_PARAGRAPHS = 20_000
DEEPEST = 60
WINGDINGS = {"F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F0D8": "➢", "F0E0": "→"}
CHANGES = {f"{W}del": TAKEN_OUT, f"{W}moveFrom": TAKEN_OUT, f"{W}ins": PUT_IN, f"{W}moveTo": PUT_IN}
PASSED_OVER = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr")}


def lines_of(content):
    """The paragraphs and rows of a Word document; Trouble when it is none. Its margins come last, marked as such."""
    try:
        return Document(zipfile.ZipFile(io.BytesIO(content))).lines()
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, EOFError, OSError, ValueError) as problem:
        raise Trouble("damaged") from problem
    except (RuntimeError, NotImplementedError) as problem:  # how zipfile says: locked, or packed in an unknown way
        raise Trouble("locked" if "password" in str(problem) else "damaged") from problem


class Document:
    """One document and what its parts say."""

    def __init__(self, archive):
        self.archive = archive
        self.names = set(archive.namelist())
        self.main = self.main_part()
        folder, _slash, name = self.main.rpartition("/")
        self.folder = folder + "/" if folder else ""
        self.targets = self.relationships(f"{self.folder}_rels/{name}.rels")
        self.styles = Styles(self.part(self.folder + "styles.xml"))
        self.numbering = Numbering(self.part(self.folder + "numbering.xml"), self.styles)
        self.comments = self.comments_by_number()
        self.found = []
        self.aside = []  # what is listed as left out: comments, and words struck through
        self.fields = []  # complex fields that are open: the address of a link, or an empty string

    def part(self, name):
        """The parsed XML of a part, or None. Nothing outside is fetched, no entity is put in, no part is endless."""
        if name not in self.names:
            return None
        with self.archive.open(name) as packed:
            content = packed.read(MOST_OF_ONE_PART + 1)
        if len(content) > MOST_OF_ONE_PART:
            raise Trouble("large")
        if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
            raise Trouble("damaged")
        content = content.replace(STRICT, W[1:-1].encode())
        content = content.replace(b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode())
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(content, parser)

    def main_part(self):
        for target, kind in self.relationships("_rels/.rels", with_kind=True).values():
            if kind.endswith("/officeDocument"):
                return target.lstrip("/")
        return "word/document.xml"

    def relationships(self, name, with_kind=False):
        root = self.part(name)
        return {
            each.get("Id"): (each.get("Target", ""), each.get("Type", "")) if with_kind else each.get("Target", "")
            for each in (root if root is not None else [])
        }

    def lines(self):
        root = self.part(self.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Trouble("damaged")
        self.walk(body)
        for name in sorted(self.names):
            if re.fullmatch(rf"{re.escape(self.folder)}(?:header|footer)\d*\.xml", name):
                self.beside(name, margin=True)
        if f"{self.folder}footnotes.xml" in self.names:
            self.beside(f"{self.folder}footnotes.xml", note=True)
        return self.found + self.aside

    def comments_by_number(self):
        root = self.part(self.folder + "comments.xml")
        return {
            each.get(f"{W}id"): " ".join("".join(word.text or "" for word in each.iter(f"{W}t")).split())
            for each in (root if root is not None else [])
        }

    def beside(self, name, margin=False, note=False):
        """Lines of a part that stands beside the text: a header or footer, or the footnotes."""
        before = self.found
        self.found = []
        root = self.part(name)
        for paragraph in root.iter(f"{W}p"):
            self.paragraph(paragraph)
        for line in self.found:
            if line.why == "picture":  # a sign of the setting in the margin
                continue
            before.append(Line(line.text, whole=True, margin=margin, gap=1, label="footnote" if note else ""))
        self.found = before

    # Blocks.

    def walk(self, parent, depth=0):
        if depth > DEEPEST or len(self.found) > MOST_PARAGRAPHS:
            raise Trouble("large")
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child, depth)
            elif child.tag == f"{W}sdt" and is_table_of_contents(child):
                continue
            elif isinstance(child.tag, str) and child.tag not in PASSED_OVER:
                self.walk(child, depth + 1)

    def paragraph(self, paragraph):
        look = self.styles.look_of(paragraph)
        if look.contents:
            return
        pieces = Pieces(self, look)
        pieces.collect(paragraph)
        listed = self.numbering.place(look)
        new_page = False
        for number, text in enumerate(re.split("[\n\f]", pieces.text())):
            new_page |= "\f" in pieces.text() and number > 0
            if not text.strip():
                continue
            line = Line(text, whole=True, gap=1, new_page=new_page)
            line.heading, line.strong, line.indent, line.size = look.heading, pieces.is_strong(), look.indent, look.size
            if listed and number == 0:
                line.level, line.label, line.indent = listed.level, listed.label, listed.indent
            elif listed:
                line.indent = listed.indent + 1
            self.found.append(line)
            line.why = "changed" if TAKEN_OUT in text or PUT_IN in text else ""
        self.put_aside(paragraph, pieces)
        for box in pieces.boxes:
            self.walk(box, 1)

    def put_aside(self, paragraph, pieces):
        """What belongs to a paragraph and is no text of it: pictures stay at their place, the rest is listed."""
        self.found += [
            Line(f"{PICTURE}{description}{END}", whole=True, gap=1, why="picture") for description in pieces.pictures
        ]
        self.aside += [Line(words, why="struck") for words in pieces.struck]
        for reference in paragraph.iter(f"{W}commentReference"):
            if words := self.comments.get(reference.get(f"{W}id")):
                self.aside.append(Line(words, why="comment", about=pieces.text().strip()))

    def table(self, table, depth):
        rows = own(table, f"{W}tr")
        if len(rows) > MOST_PARAGRAPHS:
            raise Trouble("large")
        cells = [own(row, f"{W}tc") for row in rows]
        if is_layout(cells):
            for row in cells:
                for cell in row:
                    self.walk(cell, depth + 1)
            return
        above = {}
        for row, of_row in zip(rows, cells, strict=True):
            sign = next((sign for tag, sign in CHANGES.items() if row.find(f"{W}trPr/{tag}") is not None), "")
            words = [f"{sign}{each}{END}" if sign and each else each for each in self.row_of(of_row, above, depth)]
            if any(words):
                self.found.append(Line(" | ".join(words), whole=True, gap=1, cells=words))

    def row_of(self, row, above, depth):
        """The words of a row's cells; a cell merged with the one above says the same. `above`: words by column, so far."""
        column, words = 0, []
        for cell in row:
            merged, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
            if merged is None or merged.get(f"{W}val") == "restart":
                above[column] = self.words_in(cell, depth)
            words.append(above.get(column, ""))
            wide = span.get(f"{W}val", "1") if span is not None else "1"
            column += int(wide) if wide.isdecimal() else 1
        return words

    def words_in(self, cell, depth):
        """A cell's words in one line."""
        before, self.found = self.found, []
        self.walk(cell, depth + 1)
        words = " ".join(line.text.strip() for line in self.found)
        self.found = before
        return " ".join(words.split())


class Pieces:
    """The text of one paragraph, as its runs give it: a change that nobody has decided on stands with both its sides."""

    def __init__(self, document, look):
        self.document, self.look = document, look
        self.parts, self.boxes, self.strong = [], [], []  # parts: [words, address]
        self.pictures, self.struck = [], []

    def collect(self, parent, address="", depth=0):
        if depth > DEEPEST:
            raise Trouble("large")
        for child in parent:
            tag = child.tag
            if tag in CHANGES:
                self.change(child, CHANGES[tag], address, depth + 1)
                continue
            if tag in PASSED_OVER or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                self.run(child, address, depth)
            elif tag == f"{W}hyperlink":
                self.collect(child, self.document.targets.get(child.get(f"{R}id"), "") or address, depth + 1)
            elif tag == f"{W}fldSimple":
                self.collect(child, link_in(child.get(f"{W}instr", "")) or address, depth + 1)
            else:
                self.collect(child, address, depth + 1)

    def change(self, parent, sign, address, depth):
        """Words that somebody wants to put in or take out, between signs that say which."""
        before, self.parts = self.parts, []
        self.collect(parent, address, depth)
        words, self.parts = self.text().replace("\n", " ").replace("\f", " "), before
        if words.strip() and END not in words:
            start, end = len(words) - len(words.lstrip()), len(words.rstrip())
            words = f"{words[:start]}{sign}{words[start:end]}{END}{words[end:]}"
        self.add(words, "")

    def run(self, run, address, depth):
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            return
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            words = "".join(each.text or "" for each in run.iter(f"{W}t", f"{W}delText")).strip()
            self.struck += [words] if words else []
            return
        before = len(self.parts)
        for child in run:
            self.one(child, address, depth)
        words = "".join(part[0] for part in self.parts[before:])
        if re.search(r"\w", words):
            self.strong.append(self.document.styles.is_strong(properties, self.look))

    def one(self, child, address, depth):
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        simple = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
        if name in ("t", "delText"):
            self.add(child.text or "", address)
        elif name in simple:
            self.add(simple[name], address)
        elif name == "br":
            self.add("\f" if child.get(f"{W}type") == "page" else "\n", address)
        elif name == "sym":
            self.add(WINGDINGS.get(child.get(f"{W}char", "").upper(), "•"), address)
        elif name == "fldChar":
            self.field(child.get(f"{W}fldCharType"))
        elif name == "instrText" and self.document.fields:
            self.document.fields[-1] = link_in(child.text or "") or self.document.fields[-1]
        elif name in ("drawing", "pict", "AlternateContent", "object"):
            self.boxes += text_boxes(child)
            self.pictures += pictures_in(child)

    def field(self, kind):
        if kind == "begin":
            self.document.fields.append("")
        elif kind == "end" and self.document.fields:
            self.document.fields.pop()

    def add(self, words, address):
        address = address or next((each for each in reversed(self.document.fields) if each), "")
        if self.parts and self.parts[-1][1] == address:
            self.parts[-1][0] += words
        else:
            self.parts.append([words, address])

    def text(self):
        return "".join(with_link(words, address) for words, address in self.parts)

    def is_strong(self):
        return bool(self.strong) and all(self.strong)


def with_link(words, address):
    if not address or not words.strip():
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return before + linked(words, address) + after


def link_in(instruction):
    match = re.search(r'HYPERLINK\s+"([^"]+)"', instruction)
    return match[1] if match else ""


def own(parent, tag):
    """The children with this tag, also those inside content controls and marks of changes."""
    found = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            found += own(child, tag)
    return found


def text_boxes(drawing):
    """The contents of text boxes; where Word keeps a second copy for old programs, only the first."""
    if drawing.tag.endswith("}AlternateContent"):
        choices = [child for child in drawing if isinstance(child.tag, str)]
        return text_boxes_in(choices[0]) if choices else []
    return text_boxes_in(drawing)


def text_boxes_in(element):
    return [box for box in element.iter(f"{W}txbxContent") if next(box.iterancestors(f"{W}txbxContent"), None) is None]


def pictures_in(drawing):
    """What is said of each picture in a drawing; an empty string where nothing is."""
    found = [
        each
        for each in drawing.iter("{*}blip", "{*}imagedata")
        if next(each.iterancestors(f"{W}txbxContent"), None) is None
    ]
    if not found:
        return []
    said = [each.get("descr") or "" for each in drawing.iter("{*}docPr")] + [each.get("title", "") for each in found]
    return [next((" ".join(words.split()) for words in said if words.strip()), "")]


def is_table_of_contents(control):
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def is_layout(rows):
    """Whether a table only places text on the page: one column, or lists inside its cells."""
    if all(len(row) <= 1 for row in rows):
        return True
    return any(len(list(cell.iter(f"{W}numPr"))) >= 2 for row in rows for cell in row)
