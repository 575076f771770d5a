"""A page of HTML becomes one PDF that is archival (PDF/A-3a) and readable by a screen reader (PDF/UA-1).

Only the scheduler imports this module: WeasyPrint takes a second to load and a hundred megabytes to run.
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

from documents import characters, fonts
from documents.pdf_tags import tagged_for_everyone

HERE = Path(__file__).resolve().parent
PAGE_DONE = re.compile(r"Page (\d+)")
ASSETS = HERE.parent / "static"
ASSET_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"}

# WeasyPrint and Pango crash, hang or mix files when two threads of one process use them.
one_at_a_time = threading.RLock()
without_sign = set()  # letters for which a font was found and yet no sign; they stand there by name


class OutsideAddress(ValueError):
    """The page asked for something that is not one of our own fonts or pictures."""


def own_asset(address):
    """The path and media type behind `font:name` or `static:folder/name.png`; nothing else exists for a paper."""
    scheme, _, rest = address.partition(":")
    if scheme == "font" and rest in fonts.FONTS:
        return fonts.path_of(rest), "font/ttf"
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
def style(path, large=False):
    """The fonts and a style sheet, read once: reading them again costs more than a page does."""
    library = weasyprint()
    with only_our_fonts():
        configuration = import_module("weasyprint.text.fonts").FontConfiguration()
    sheets = [HERE / "every.css", path, *([HERE / "large.css"] if large else [])]
    words = fonts.style_sheet("".join(each.read_text(encoding="utf-8") for each in sheets), large)
    return configuration, library.CSS(string=words, font_config=configuration, url_fetcher=fetcher())


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


def make_pdf(html, *, record, record_name, record_says, made_at, large=False):
    """Set one HTML page as a tagged, archival PDF with the record (bytes of JSON) attached; `made_at` is aware."""
    made_at = made_at.astimezone(UTC).replace(microsecond=0)
    identifier = hashlib.sha256(html.encode() + b"\0" + record).digest()[:16]
    with one_at_a_time:
        enclosed = [attachment(record, record_name, record_says, made_at)]
        try:
            return typeset(html, HERE / "paper.css", made_at, identifier, large=large, attachments=enclosed)
        except import_module("weasyprint.urls").FatalURLFetchingError as refused:
            raise OutsideAddress(str(refused)) from None


def make_public_pdf(html, *, made_at, pages_so_far=None, large=False):
    """Set words that are nobody's record (a procedure, the folder) as a tagged, archival PDF, without an attachment."""
    made_at = made_at.astimezone(UTC).replace(microsecond=0)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    with one_at_a_time:
        return typeset(html, HERE / "folder.css", made_at, identifier, large=large, pages_so_far=pages_so_far)


def typeset(
    html, sheet, made_at, identifier, *, large=False, pictures=None, pages_so_far=None, laid_out=None, to=None, **more
):
    """One PDF in both standards, as bytes or into the file `to`. Where a letter turns out to have no sign, once more.

    `large` is for whoever asked for large print; `laid_out` may change the document before it is painted.
    """
    missing = set()
    while True:
        configuration, words = style(sheet, large)
        page = weasyprint().HTML(string=html, url_fetcher=pictures or fetcher())
        characters.mark_the_unshown(page.etree_element, missing)
        if sheet == HERE / "folder.css":
            characters.let_addresses_break_in_tables(page.etree_element)
        with progress(pages_so_far), noticing_missing_letters() as found:
            document = page.render(font_config=configuration, stylesheets=[words], pdf_variant="pdf/a-3a")
            document.metadata.created = document.metadata.modified = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
            if laid_out:
                laid_out(document)
            # Without a fixed time, fontTools writes the present moment into each embedded font.
            with tagged_for_everyone(document) as finisher, surroundings(SOURCE_DATE_EPOCH="0"):
                made = document.write_pdf(
                    to, pdf_variant="pdf/a-3a", pdf_identifier=identifier, finisher=finisher, **more
                )
        if found <= missing:
            without_sign.update(missing)
            return made
        missing |= found


@contextmanager
def noticing_missing_letters():
    """The letters for which WeasyPrint says that it found no sign in the font that it chose."""
    log, found = import_module("weasyprint.logger").LOGGER, set()

    class Noticing(logging.Handler):
        def emit(self, record):
            if ".notdef" in str(record.msg):
                found.add(record.args[0])

    listener = Noticing()
    log.addHandler(listener)
    try:
        yield found
    finally:
        log.removeHandler(listener)


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
