"""What every PDF of ours must be, whatever kind it is: PDF/A-3a and PDF/UA-1, as far as free tools and we can ask.

veraPDF, which judges releases, is not to be had as a package; each finding it once had is asked for here by its clause.
"""

import io
import subprocess

import pikepdf
from pdfua import validate


def things(opened, kind):
    return [each for each in opened.objects if isinstance(each, kind)]


def elements(opened):
    return [each for each in things(opened, pikepdf.Dictionary) if each.get("/Type") == "/StructElem"]


def assert_both_standards(content, tmp_path, language="en-GB"):
    """The file passes the free checkers and our own questions."""
    path = tmp_path / "judged.pdf"
    path.write_bytes(content)
    assert not validate(str(path)).findings
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with pikepdf.open(io.BytesIO(content)) as opened:
        says_both(opened)
        is_tagged(opened, language)
        holds_what_it_needs(opened)
        links_are_told(opened)


def says_both(opened):
    xmp = opened.Root.Metadata.read_bytes().decode()
    assert xmp.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3"' in xmp and 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp and "pdfaExtension:schemas" in xmp  # 6.6.2.3.1
    assert str(opened.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def is_tagged(opened, language):
    assert opened.Root.MarkInfo.Marked and str(opened.Root.Lang) == language
    assert opened.Root.ViewerPreferences.DisplayDocTitle and str(opened.docinfo.Title)
    found = elements(opened)
    assert found
    for figure in (each for each in found if each.S == "/Figure"):
        assert str(figure.Alt).strip(), "7.3: a picture says what it shows"
    for page in opened.pages:
        depth = 0
        for step in pikepdf.parse_content_stream(page):
            depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(str(step.operator), 0)
            if str(step.operator) in ("Tj", "TJ"):
                assert depth, "7.1: what is shown is told, or an artifact"
                assert 0 not in signs_of(step.operands), "6.2.11.8: no letter is an empty box"


def signs_of(operands):
    """The numbers of the signs that are shown: two bytes each, alone or in a list with the spaces between them."""
    texts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    shown = b"".join(bytes(each) for each in texts if isinstance(each, pikepdf.String))
    return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]


def holds_what_it_needs(opened):
    """Fonts are inside, nothing is smoothed, nothing runs, nothing is locked."""
    fonts = [each for each in things(opened, pikepdf.Dictionary) if each.get("/Type") == "/FontDescriptor"]
    assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    streams = things(opened, pikepdf.Stream)
    assert not [each for each in streams if each.get("/Interpolate")], "6.2.8"
    maps = [each.read_bytes() for each in streams if "/Subtype" not in each and b"begincmap" in each.read_bytes()]
    assert maps and not [found for found in maps if b"> <>" in found], "6.2.11.7: each sign stands for a letter"
    assert not [each for each in things(opened, pikepdf.Dictionary) if "/JavaScript" in each]
    assert "/Encrypt" not in opened.trailer
    for annotation in (each for page in opened.pages for each in page.get("/Annots", ())):
        assert int(annotation.F) & 4, "6.3.2: it prints"


def links_are_told(opened):
    """7.18.5: each link is inside of one /Link, no two lie on each other, and it says in words where it leads."""
    annotations = [each for page in opened.pages for each in page.get("/Annots", ()) if each.Subtype == "/Link"]
    told = [each for each in elements(opened) if each.S == "/Link"]
    inside = [
        kid.Obj.objgen
        for each in told
        for kid in each.K
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    ]
    assert sorted(inside) == sorted(each.objgen for each in annotations)
    assert len(told) == len(annotations)
    for page in opened.pages:
        spots = [tuple(map(float, each.Rect)) for each in page.get("/Annots", ()) if each.Subtype == "/Link"]
        assert not [1 for one in spots for other in spots if one is not other and lies_on(one, other)]
    for each in annotations:
        words = str(each.Contents)
        assert words.strip() and words != str(each.get("/Dest", "")), "in words, and not by its address"


def lies_on(one, other):
    """Whether more than a hair of one lies on the other."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 4
