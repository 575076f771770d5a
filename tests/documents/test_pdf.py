"""The PDF itself: archival and readable by a screen reader in one file, the same bytes each time, and deaf to the world."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest

from documents import characters, fonts, pdf
from tests.database import PROJECT
from tests.documents.both_standards import assert_both_standards

MOMENT = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
RECORD = json.dumps({"answer": "Zażółć 👍"}).encode()
PAGE = """<!doctype html><html lang="en-GB"><head><title>A form</title></head><body>
<p class="running-start">Our pre-school</p><p class="running-end">Page</p>
<main><h1>Hello</h1><h2>Names</h2><p>Zażółć gęślą jaźń, <b>bold</b> and <i>leaning ế</i></p>
<ul><li>one</li><li>two</li></ul>
<p lang="ur" dir="rtl">میں نے اجازت دی</p>
<table><tr><th scope="row">Signed by</th><td>Łucja</td></tr></table></main></body></html>"""


def made(html=PAGE, record=RECORD):
    return pdf.make_pdf(html, record=record, record_name="record.json", record_says="The answers", made_at=MOMENT)


def body(words):
    return f'<!doctype html><html lang="en-GB"><head><title>A form</title></head><body>{words}</body></html>'


def text_of(content, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="module")
def paper():
    return made()


@pytest.fixture
def opened(paper):
    with pikepdf.open(io.BytesIO(paper)) as file:
        yield file


def test_it_names_both_standards_and_describes_the_second_to_the_first(opened):
    xmp = opened.Root.Metadata.read_bytes().decode()
    assert xmp.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3"' in xmp and 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "pdfaExtension:schemas" in xmp and "http://www.aiim.org/pdfua/ns/id/" in xmp


def test_it_is_tagged_titled_and_in_a_language(opened):
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo.Title) == "A form"
    kinds = {str(thing.S) for thing in structure(opened)}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= kinds
    urdu = [thing for thing in structure(opened) if str(thing.get("/Lang", "")) == "ur"]
    assert urdu
    assert {str(thing.A.Scope) for thing in structure(opened) if str(thing.S) == "/TH"} == {"/Row"}


def structure(opened):
    return [
        thing
        for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
    ]


def test_running_lines_are_not_read_aloud(opened):
    operators = pikepdf.parse_content_stream(opened.pages[0])
    begun = [str(step.operands[0]) for step in operators if str(step.operator) in ("BMC", "BDC")]
    assert "/Artifact" in begun
    marked = sum(name != "/Artifact" for name in begun)
    assert marked == len(opened.Root.StructTreeRoot.ParentTree.Nums[1])


def test_every_font_is_ours_and_inside(opened):
    fonts = [
        thing
        for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    names = {str(font.FontName).split("+")[1].split("-")[0] for font in fonts}
    assert names <= {"Atkinson", "Noto", "NotoArabic"}


def test_the_record_travels_inside(opened):
    assert opened.attachments["record.json"].get_file().read_bytes() == RECORD
    (entry,) = opened.Root.AF
    assert str(entry.AFRelationship) == "/Data"
    assert str(opened.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def test_nothing_is_smoothed_and_nothing_is_hidden(opened):
    streams = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
    assert not [thing for thing in streams if thing.get("/Interpolate")]
    assert not [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/JavaScript" in thing]
    assert "/Encrypt" not in opened.trailer


def test_the_free_checkers_find_nothing(paper, tmp_path):
    assert_both_standards(paper, tmp_path)


def test_letters_come_out_as_they_went_in(paper, tmp_path):
    assert "Zażółć gęślą jaźń, bold and leaning ế" in text_of(paper, tmp_path)


def test_no_letter_stands_for_nothing(opened):
    maps = [
        thing.read_bytes()
        for thing in opened.objects
        if isinstance(thing, pikepdf.Stream) and b"begincmap" in thing.read_bytes()
    ]
    assert maps and not [found for found in maps if b"> <>" in found]


def test_the_same_page_gives_the_same_bytes_here_and_in_another_process(paper):
    assert made() == paper
    code = "import hashlib, tests.documents.test_pdf as t, sys; sys.stdout.write(hashlib.sha256(t.made()).hexdigest())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=True
    )
    assert done.stdout == hashlib.sha256(paper).hexdigest()


def test_another_answer_gives_other_bytes(paper):
    assert made(record=b"{}") != paper


def test_a_letter_that_no_font_has_stands_there_by_name(tmp_path):
    text = " ".join(text_of(made(body("<p>Thanks 𒀀 and 𒀀𒀀𒀁 a\u202eb</p>")), tmp_path).split())
    for name in ("cuneiform sign a and", "cuneiform sign a × 2, cuneiform sign a times a", "right-to-left override"):
        assert name in text
    assert "Thanks" in text


def test_marking_keeps_the_order_of_words_and_elements():
    from xml.etree.ElementTree import fromstring, tostring

    page = fromstring("<p>a𒀀b<b>c𒀀𒀀d</b>e𒀀f<i>g</i>h</p>")  # noqa: S314
    characters.mark_the_unshown(page)
    assert "".join(page.itertext()).replace("cuneiform sign a × 2", "𒀀𒀀").replace("cuneiform sign a", "𒀀") == (
        "a𒀀bc𒀀𒀀de𒀀fgh"
    )
    assert tostring(page).count(b'class="unshown"') == 3


def test_eight_at_once_take_turns(paper):
    results = []
    threads = [threading.Thread(target=lambda: results.append(made())) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(results) == {paper}


def test_the_surroundings_are_left_as_they_were(paper):
    assert "FONTCONFIG_FILE" not in os.environ and "SOURCE_DATE_EPOCH" not in os.environ


PAYLOADS = {
    "picture": '<img src="{url}/x.png" alt="x">',
    "style sheet": '<link rel="stylesheet" href="{url}/x.css">',
    "import": '<style>@import url("{url}/x.css");</style>',
    "background": '<p style="background: url({url}/x.png)">x</p>',
    "font": '<style>@font-face {{ font-family: X; src: url({url}/x.ttf) }}</style><p style="font-family: X">x</p>',
    "object": '<object data="{url}/x.svg" type="image/svg+xml"></object>',
    "embed": '<embed src="{url}/x.svg" type="image/svg+xml">',
    "picture in SVG": '<svg width="9" height="9"><image href="{url}/x.png" width="9" height="9"/></svg>',
    "bullet": '<ul style="list-style-image: url({url}/x.png)"><li>x</li></ul>',
    "attached by link": '<link rel="attachment" href="{url}">',
    "attached by anchor": '<a rel="attachment" href="{url}">x</a>',
}


@pytest.fixture(scope="module")
def stranger():
    """A server on this machine that notes who asks."""
    asked = []

    class Notes(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def attempt(words):
    """Make a page that asks for something outside: nothing where it is refused, else the uncompressed PDF."""
    try:
        content = made(body(words))
    except pdf.OutsideAddress:
        return None
    with pikepdf.open(io.BytesIO(content)) as file:
        plain = io.BytesIO()
        file.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return plain.getvalue()


@pytest.mark.parametrize("what", PAYLOADS)
def test_nothing_is_fetched_from_elsewhere(what, stranger):
    url, asked = stranger
    content = attempt(PAYLOADS[what].format(url=url))
    assert asked == []
    # A picture inside a drawing is left out; everything else stops the page.
    assert (content is None) == (what != "picture in SVG")


@pytest.mark.parametrize("what", PAYLOADS)
def test_no_file_of_the_machine_is_read(what):
    content = attempt(PAYLOADS[what].format(url="file:///etc/passwd"))
    assert content is None or b"root:" not in content


def test_the_stranger_would_have_heard_a_knock(stranger):
    """The tests above can fail: the library's own fetcher does knock."""
    from weasyprint import HTML

    url, asked = stranger
    HTML(string=body(PAYLOADS["picture"].format(url=url))).write_pdf()
    assert asked.pop() == "/x.png"


@pytest.mark.parametrize(
    "address",
    [
        "static:../config/settings.py",
        "static:/etc/passwd",
        "static:css/bigbook.css",
        "font:../x",
        "data:image/png,x",
        "x.png",
        "",
    ],
)
def test_only_our_own_assets_have_an_address(address):
    with pytest.raises(pdf.OutsideAddress):
        pdf.own_asset(address)


def test_our_own_assets_are_found():
    assert pdf.own_asset("static:icons/leaf.svg")[1] == "image/svg+xml"
    assert all(pdf.own_asset(f"font:{name}")[0].is_file() for name in fonts.FONTS)


def test_the_web_process_never_loads_the_makers_of_pdfs():
    code = (
        "import django; django.setup(); import config.urls, sys; from django.urls import get_resolver;"
        "get_resolver().url_patterns; import documents.tasks, documents.actions, documents.wagtail_hooks;"
        "print([n for n in ('weasyprint', 'pyhanko', 'fontTools') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]", done.stdout


def test_the_tools_of_these_tests_are_here():
    assert all(map(shutil.which, ("qpdf", "pdfsig", "pdftotext")))
