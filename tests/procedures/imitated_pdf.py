"""PDFs as settings print them, made with WeasyPrint: headers, footers, page numbers, several faces of the same text."""

from django.utils.html import escape
from weasyprint import HTML

from tests.procedures.imitations import one_level

FRAME = """<!doctype html><html lang="en"><style>
@page {{ size: {size}; margin: 2.2cm 2cm; @top-left {{ content: "{setting}"; font-size: 8pt }}
  @bottom-left {{ content: "Adopted 12/11/2025"; font-size: 8pt }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font-size: 8pt }} }}
body {{ font: 11pt/1.35 "Noto Sans", sans-serif; hyphens: {hyphens} }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid black; padding: 3pt 6pt }}
{style}
</style><body>{body}</body></html>"""


def printed(spec, body, style="", size="A4", hyphens="manual"):
    html = FRAME.format(setting=spec.setting, style=style, body=body, size=size, hyphens=hyphens)
    return HTML(string=html).write_pdf()


def words_of(spec, words):
    text = str(escape(words))
    for shown, address in spec.links:
        text = text.replace(str(escape(shown)), f'<a href="{address}">{escape(shown)}</a>')
    return text


def list_of(spec, items, tag="ul"):
    body = ""
    for words, points in ((each, ()) if isinstance(each, str) else each for each in items):
        inner = f"<{tag}>{''.join(f'<li>{escape(point)}</li>' for point in points)}</{tag}>" if points else ""
        body += f"<li>{words_of(spec, words)}{inner}</li>"
    return f"<{tag}>{body}</{tag}>"


def table_of(rows):
    if not rows:
        return ""
    head, *rest = rows
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rest)
    return f"<table><tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>{cells}</table>"


def body_of(spec, tag="ul"):
    body = f"<p>{escape(spec.section)}</p><h1>{spec.code} {escape(spec.title)}</h1>"
    body += "".join(f"<p>{escape(words)}</p>" for words in spec.intro)
    for heading, items in spec.chapters:
        body += f"<h2>{escape(heading)}</h2>{list_of(spec, items, tag)}"
    return body + table_of(spec.table) + f"<p>{escape(spec.review)}</p>"


def usual(spec):
    """Large bold headings, round bullets, a table with lines, links."""
    return printed(spec, body_of(spec))


def numbered_small_pages(spec):
    """Numbered lists on small pages, so that items run over lines and pages; words hyphenated at line ends."""
    style = "h1 { font-size: 13pt } h2 { font-size: 11pt } ol ol { list-style: lower-alpha }"
    return printed(spec, body_of(spec, "ol"), style, size="A5", hyphens="auto")


def without_weight(spec):
    """Headings in the same face as the text: only the space around them tells."""
    style = "h1, h2 { font-size: 11pt; font-weight: normal; margin: 10pt 0 }"
    return printed(one_level(spec), body_of(one_level(spec)), style)


def dashes_and_tight(spec):
    """Bold headings of the text's size, no space between paragraphs, dashes as bullets, justified."""
    style = (
        "h1, h2 { font-size: 11pt } h1, h2, p, ul { margin: 0 } ul { list-style: '– ' } body { text-align: justify }"
    )
    return printed(one_level(spec), body_of(one_level(spec)), style)
