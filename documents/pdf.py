"""A page of HTML becomes one PDF that is archival (PDF/A-3a) and readable by a screen reader (PDF/UA-1).

Only the worker imports this module: WeasyPrint takes a second to load and a hundred megabytes to run.
The same input always gives the same bytes, so that a paper which has to be made twice is still the same paper.
"""

import hashlib
import logging
import os
import re
import threading
import warnings
from contextlib import contextmanager
from datetime import UTC
from functools import cache
from importlib import import_module
from pathlib import Path

from documents import characters
from documents.pdf_tags import tagged_for_everyone

HERE = Path(__file__).resolve().parent
FONTS = {
    "atkinson": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf"),
    "atkinson-bold": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Bold.ttf"),
    "atkinson-italic": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Italic.ttf"),
    "atkinson-bold-italic": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-BoldItalic.ttf"),
    "noto": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "noto-italic": ("fontpkg_noto_sans", "NotoSans-Italic[wdth,wght].ttf"),
    "noto-arabic": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}
PAGE_DONE = re.compile(r"Page (\d+)")
ASSETS = HERE.parent / "static"
ASSET_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"}

# WeasyPrint and Pango crash, hang or mix files when two threads of one process use them.
one_at_a_time = threading.RLock()


class OutsideAddress(ValueError):
    """The page asked for something that is not one of our own fonts or pictures."""


def font_path(name):
    """Where the installed package keeps this font."""
    package, file_name = FONTS[name]
    return Path(import_module(package).__file__).resolve().parent / "files" / file_name


def own_asset(address):
    """The path and media type behind `font:name` or `static:folder/name.png`; nothing else exists for a paper."""
    scheme, _, rest = address.partition(":")
    if scheme == "font" and rest in FONTS:
        return font_path(rest), "font/ttf"
    path = (ASSETS / rest).resolve()
    if scheme == "static" and path.is_relative_to(ASSETS) and path.suffix in ASSET_TYPES and path.is_file():
        return path, ASSET_TYPES[path.suffix]
    raise OutsideAddress(address[:80])


@contextmanager
def surroundings(**variables):
    """Set environment variables for a moment; other programs that we start later must not see them."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def only_our_fonts():
    """Let fontconfig start without the machine's fonts, which differ from one machine to the next."""
    with surroundings(FONTCONFIG_FILE=str(HERE / "fonts.conf")), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*FontConfig.*")
        yield


@cache
def weasyprint():
    """The library, loaded once, without the machine's fonts."""
    with only_our_fonts():
        return import_module("weasyprint")


@cache
def fetcher():
    """A fetcher that gives our own fonts and pictures and stops the whole page for anything else."""
    urls = import_module("weasyprint.urls")

    class OwnAssetsOnly(urls.URLFetcher):
        def fetch(self, url, headers=None):
            try:
                path, media_type = own_asset(url)
            except OutsideAddress as refused:
                raise urls.FatalURLFetchingError(str(refused)) from refused
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})

    return OwnAssetsOnly()


@cache
def style(sheet="paper.css"):
    """The fonts and a style sheet, read once: reading them again costs more than a page does."""
    library = weasyprint()
    with only_our_fonts():
        fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    words = (HERE / sheet).read_text(encoding="utf-8")
    return fonts, library.CSS(string=words, font_config=fonts, url_fetcher=fetcher())


def attachment(record, name, description, made_at):
    """The record that travels inside the PDF, for programs to read."""
    return weasyprint().Attachment(
        string=record,
        name=name,
        description=description,
        created=made_at,
        modified=made_at,
        relationship="Data",
        url_fetcher=fetcher(),
    )


def make_pdf(html, *, record, record_name, record_says, made_at):
    """Set one HTML page as a tagged, archival PDF with the record (bytes of JSON) attached; `made_at` is aware."""
    made_at = made_at.astimezone(UTC).replace(microsecond=0)
    with one_at_a_time:
        library = weasyprint()
        fonts, sheet = style()
        outside = import_module("weasyprint.urls").FatalURLFetchingError
        try:
            page = library.HTML(string=html, url_fetcher=fetcher())
            characters.mark_the_unshown(page.etree_element)
            document = page.render(font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/a-3a")
            document.metadata.created = document.metadata.modified = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
            # Without a fixed time, fontTools writes the present moment into each embedded font.
            with tagged_for_everyone(document) as finisher, surroundings(SOURCE_DATE_EPOCH="0"):
                return document.write_pdf(
                    pdf_variant="pdf/a-3a",
                    pdf_identifier=hashlib.sha256(html.encode() + b"\0" + record).digest()[:16],
                    attachments=[attachment(record, record_name, record_says, made_at)],
                    finisher=finisher,
                )
        except outside as refused:
            raise OutsideAddress(str(refused)) from None


def make_public_pdf(html, *, made_at, sheet="folder.css", pages_so_far=None):
    """Set words that are nobody's record (a procedure, the folder) as a tagged, archival PDF, without an attachment."""
    made_at = made_at.astimezone(UTC).replace(microsecond=0)
    with one_at_a_time:
        library = weasyprint()
        fonts, words = style(sheet)
        page = library.HTML(string=html, url_fetcher=fetcher())
        characters.mark_the_unshown(page.etree_element)
        with progress(pages_so_far):
            document = page.render(font_config=fonts, stylesheets=[words], pdf_variant="pdf/a-3a")
        document.metadata.created = document.metadata.modified = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        with tagged_for_everyone(document) as finisher, surroundings(SOURCE_DATE_EPOCH="0"):
            identifier = hashlib.sha256(html.encode()).digest()[:16]
            return document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=identifier, finisher=finisher)


@contextmanager
def progress(pages_so_far):
    """Tell how many pages are laid out, as WeasyPrint writes it into its own log."""
    if pages_so_far is None:
        yield
        return
    log = import_module("weasyprint.logger").PROGRESS_LOGGER
    before = log.level, log.propagate

    class Counting(logging.Handler):
        def emit(self, record):
            if found := PAGE_DONE.search(record.getMessage()):
                pages_so_far(int(found[1]))

    listener = Counting()
    log.addHandler(listener)
    log.setLevel(logging.INFO)
    log.propagate = False  # the pages are counted, not written into our own log
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.setLevel(before[0])
        log.propagate = before[1]
