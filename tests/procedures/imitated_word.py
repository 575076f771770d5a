"""Word documents as Word, LibreOffice and Google Docs make them, written by hand so that their quirks are in them."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.procedures.imitations import one_level

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
STYLES = """<w:styles xmlns:w="{main}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="OurHeading"><w:name w:val="Policy sub heading"/><w:basedOn w:val="Heading2"/></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/>
  <w:pPr><w:ind w:left="720"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""
LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    '<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
)
LISTS = {"1": [("bullet", "\uf0b7"), ("bullet", "o")], "2": [("decimal", "%1."), ("lowerLetter", "%2)")]}


def numbering():
    definitions, uses = "", ""
    for number, levels in LISTS.items():
        inner = "".join(
            LEVEL.format(level=level, kind=kind, text=text, left=720 * (level + 1))
            for level, (kind, text) in enumerate(levels)
        )
        definitions += f'<w:abstractNum w:abstractNumId="{number}0">{inner}</w:abstractNum>'
        uses += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}0"/></w:num>'
    return f'<w:numbering xmlns:w="{MAIN}">{definitions}{uses}</w:numbering>'


def pack(body, links=(), **parts):
    """The bytes of a .docx with this body; further parts by name, such as header1."""
    document = f'<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    targets = "".join(
        f'<Relationship Id="link{number}" Type="{OFFICE}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        for number, address in enumerate(links)
    )
    first = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONSHIPS.format(first),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": RELATIONSHIPS.format(targets),
        "word/styles.xml": STYLES.replace("{main}", MAIN),
        "word/numbering.xml": numbering(),
    } | {f"word/{name}.xml": f'<w:{name[:3]} xmlns:w="{MAIN}">{inner}</w:{name[:3]}>' for name, inner in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


def run(words, look=""):
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(inner, style="", properties=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{inner}</w:p>"


def listed(words, level=0, number="1", style="ListParagraph"):
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words if words.startswith("<") else run(words), style, properties)


def table(rows):
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(run(cell))}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/>{cells}</w:tbl>"


def broken(words):
    """Runs that are split in the middle of words, with marks of the spelling checker between them."""
    pieces = [words[start : start + 7] for start in range(0, len(words), 7)]
    return '<w:proofErr w:type="spellStart"/>'.join(run(piece) for piece in pieces)


def items_of(spec, item, point):
    body = ""
    for words, points in ((each, ()) if isinstance(each, str) else each for each in spec):
        body += item(words) + "".join(point(each) for each in points)
    return body


def from_word(spec):
    """Styles, numbering, runs split mid-word, a table, links, a header and a footer, a table to sign."""
    body = paragraph(run(spec.section), "Heading1") + paragraph(run(f"{spec.code} {spec.title}"), "Heading1")
    body += "".join(paragraph(broken(words)) for words in spec.intro)

    def item(words):
        inner = broken(words)
        for number, (shown, _address) in enumerate(spec.links):
            if shown in words:
                before, after = words.split(shown)
                link = f'<w:hyperlink r:id="link{number}">{run(shown)}</w:hyperlink>'
                inner = broken(before) + link + broken(after)
        return listed(inner)

    for heading, items in spec.chapters:
        body += paragraph(broken(heading), "OurHeading")
        body += items_of(items, item, lambda words: listed(words, level=1))
    body += table(spec.table) if spec.table else ""
    body += paragraph(run(spec.review)) if spec.review else ""
    body += table([("Signed", ""), ("Name", "Jo Example"), ("Role", "Chair"), ("Date adopted", "12/11/2025")])
    header, footer = paragraph(run(spec.setting)), paragraph(run("Page 1 of 2"))
    return pack(body, [address for _words, address in spec.links], header1=header, footer1=footer)


def from_word_bold(spec):
    """No styles at all: headings only in bold, some with a colon, numbered lists by Word, empty paragraphs between."""
    bold = "<w:b/>"
    body = paragraph(run(f"{spec.code} {spec.title}", bold)) + paragraph("") + paragraph(run(spec.setting, bold))
    body += "".join(paragraph(run(words)) + paragraph("") for words in spec.intro)
    for number, (heading, items) in enumerate(spec.chapters):
        colon = ":" if number % 2 else ""
        body += paragraph(run(heading[:3], bold) + run(heading[3:] + colon, bold)) + paragraph("")
        body += items_of(items, lambda w: listed(w, number="2"), lambda w: listed(w, level=1, number="2"))
    return pack(body + (paragraph(run(spec.review)) if spec.review else ""))


def from_libreoffice(spec):
    """Heading and list styles, lists by style, line breaks and tabs, a title in its own style, text in fields."""
    body = paragraph(run(spec.section), "Heading1")
    body += f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run(spec.code)}<w:r><w:tab/></w:r>{run(spec.title)}</w:p>'
    body += "".join(paragraph(run(words)) for words in spec.intro)
    for heading, items in spec.chapters:
        body += f"<w:p><w:pPr><w:pStyle w:val='Heading2'/></w:pPr><w:bookmarkStart w:id='1' w:name='a'/>{run(heading)}</w:p>"
        body += items_of(
            items, lambda w: paragraph(run(w), "ListBullet"), lambda w: listed(w, level=1, style="ListBullet")
        )
    body += table(spec.table) if spec.table else ""
    return pack(body + (paragraph(run(spec.review)) if spec.review else ""))


def from_google(spec):
    """One run for each paragraph with its own look, headings 2 and 3, the code in the name of the file only."""
    body = paragraph(run(spec.title, '<w:rtl w:val="0"/>'), "Heading1")
    body += "".join(paragraph(run(words, '<w:rtl w:val="0"/>')) for words in spec.intro)
    for heading, items in spec.chapters:
        body += paragraph(run(heading, '<w:rtl w:val="0"/>'), "Heading2")
        body += items_of(items, lambda w: listed(w, style=""), lambda w: listed(w, level=1, style=""))
    return pack(body + (paragraph(run(spec.review)) if spec.review else ""))


def from_word_typed(spec):
    """Bullets typed by hand with a tab, the title in a frame, an old word struck through, which is still in the file."""
    flat = one_level(spec)
    body = table([(f"Policy {flat.code} – {flat.title}",)])
    gone = "<w:r><w:rPr><w:strike/></w:rPr><w:t>an old word that is gone </w:t></w:r>"
    for words in flat.intro:
        first, rest = words.split(" ", 1)
        body += paragraph(run(first + " ") + gone + run(rest))
    for heading, items in flat.chapters:
        body += paragraph(run(heading, "<w:u w:val='single'/>"))
        for words in items:
            body += paragraph(
                run("•") + "<w:r><w:tab/></w:r>" + run(words), properties='<w:ind w:left="360" w:hanging="360"/>'
            )
    return pack(body + (paragraph(run(flat.review)) if flat.review else ""))
