"""What WeasyPrint 70 leaves out when one file must be PDF/A-3a and PDF/UA-1 at once.

It can name only one standard in a file, knows one language per file, reads running headers aloud and loses the
letters behind shaped scripts. The version is pinned because this touches its private names; tests hold each point.
"""

from contextlib import contextmanager
from xml.etree.ElementTree import fromstring, tostring

UA_NAMES = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
)
# PDF/A accepts names of other standards only with this description of them.
UA_SCHEMA = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def parsed(words):
    return fromstring(words)  # noqa: S314 - only the constants above and what WeasyPrint has just written


def names_both_standards(metadata):
    """Let the file say that it follows PDF/UA-1 as well, inside the one block that validators read."""
    from weasyprint.pdf.metadata import DocumentMetadata, register_namespace

    for prefix in ("pdfaExtension", "pdfaSchema", "pdfaProperty"):
        ending = {"pdfaExtension": "extension/", "pdfaSchema": "schema#", "pdfaProperty": "property#"}[prefix]
        register_namespace(prefix, f"http://www.aiim.org/pdfa/ns/{ending}")

    class BothStandards(DocumentMetadata):
        def generate_rdf_metadata(self, variant, version, conformance):
            rdf = parsed(super().generate_rdf_metadata(variant, version, conformance))
            rdf.extend([parsed(UA_NAMES), parsed(UA_SCHEMA)])
            return tostring(rdf, encoding="utf-8")

    metadata.__class__ = BothStandards


def boxes_in_margins(document):
    """Every box of the running headers and footers: a reader should not hear them on each page."""
    from weasyprint.formatting_structure.boxes import MarginBox

    found = set()
    for page in document.pages:
        for box in page._page_box.children:
            if isinstance(box, MarginBox):
                found.update(box.descendants())
    return found


def one_link_for_each(document):
    """Of boxes inside each other that lead to one place, only the outermost is a link: a reader hears it once."""
    for page in document.pages:
        inside = set()
        for _kind, _target, _rectangle, box in page.links:
            if box not in inside:
                inside.update(each for each in box.descendants() if each is not box)
        page.links[:] = [link for link in page.links if link[3] not in inside]


def described(element):
    """What a link leads to, in words: its title, or what stands there."""
    return element.get("title") or " ".join("".join(element.itertext()).split())


def mark_with_words_and_language(document, margins, original):
    """The wrapper of Stream.marked: artifacts in margins, the real letters and the language elsewhere."""
    import pydyf

    @contextmanager
    def marked(stream, box, tag):
        if stream._tags is None or box in margins:
            with stream.artifact():
                yield
            return
        text, language = getattr(box, "text", None), box.style["lang"]
        extras = {}
        if text and not text.isascii():
            extras["ActualText"] = pydyf.String(text)
        if language and language != document.metadata.lang:
            extras["Lang"] = pydyf.String(language)
        if not extras:
            with original(stream, box, tag):
                yield
            return
        mcid = len(stream._tags)
        stream._tags[box] = {"tag": tag, "mcid": mcid}
        stream.begin_marked_content(tag, pydyf.Dictionary({"MCID": mcid, **extras}))
        try:
            yield
        finally:
            stream.end_marked_content()

    return marked


def tree_with_scope_and_language(document, original):
    """The wrapper of _build_box_tree: which way a table heading counts, in which language an element is, where a link leads."""
    import pydyf
    from weasyprint.formatting_structure.boxes import MarginBox

    def build(box, parent, *rest):
        if isinstance(box, MarginBox):
            return
        for element in original(box, parent, *rest):
            if element["S"] == "/TH" and "A" in element:
                scope = "/Row" if box.element is not None and box.element.get("scope") == "row" else "/Column"
                element["A"]["Scope"] = scope
            if annotation := getattr(box, "link_annotation", None):
                annotation["Contents"] = pydyf.String(described(box.element))
            elif element["S"] == "/Link":
                element["S"] = "/Span"  # a part of a link that is told already
            language = getattr(box, "style", {}) and box.style["lang"]
            if language and language != document.metadata.lang:
                element["Lang"] = pydyf.String(language)
            yield element

    return build


def last_touches(document, pdf):
    """Give the marks of shaped scripts a letter of no width, since a glyph must stand for something; name each file once."""
    import pydyf

    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog.get("AF", ())))
    for thing in pdf.objects:
        lines = getattr(thing, "stream", None)
        if lines and b"/CIDInit /ProcSet findresource begin" in lines:
            thing.stream = [line[:-2] + b"<200b>" if line.endswith(b"> <>") else line for line in lines]


@contextmanager
def tagged_for_everyone(document):
    """While this lasts, WeasyPrint writes the document with all of the above; gives the finisher for write_pdf."""
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    names_both_standards(document.metadata)
    one_link_for_each(document)
    marked, build = Stream.marked, tags._build_box_tree
    Stream.marked = mark_with_words_and_language(document, boxes_in_margins(document), marked)
    tags._build_box_tree = tree_with_scope_and_language(document, build)
    try:
        yield last_touches
    finally:
        Stream.marked, tags._build_box_tree = marked, build
