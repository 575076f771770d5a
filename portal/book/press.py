"""The press: a program of its own that sets a book in type and packs its archive, and then gives its memory back.

`python -m portal.book.press FOLDER` knows nothing of Django, the database or who anybody is. It reads what
actions.lay_out put into the folder, and writes there screen.pdf, print.pdf, archive.zip and how far it is.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from PIL import Image

from documents import pdf
from documents.typesetting import limit_memory

HERE = Path(__file__).resolve().parent
LONGEST, QUALITY = 1000, 80  # pixels and JPEG quality of a large picture in a PDF
NEARLY = 850  # 1920 pixels are read as 960, at half the cost of reading all of them
MOST_MEMORY = 6_000_000_000  # bytes of address space; a book of a thousand photographs takes a tenth of it
WANTED = re.compile(r"photograph:page/([0-9a-f]{64})")
SHARES = {"screen": (2, 50), "print": (50, 90), "archive": (90, 99)}  # of 100: where each part begins and ends


class Progress:
    """How far the press is, of 100, in a file that is written anew at most four times a second."""

    def __init__(self, folder):
        self.path, self.done, self.written = folder / "progress", 0, 0.0

    def part(self, name, share):
        begin, end = SHARES[name]
        self.done = max(self.done, int(begin + (end - begin) * min(share, 1)))
        if time.monotonic() - self.written > 0.25:
            self.written = time.monotonic()
            draft = self.path.with_name(".progress")
            draft.write_text(str(self.done))
            os.replace(draft, self.path)


class Photographs:
    """The photographs of a book for the typesetter: as they were kept, or made smaller once, on the machine's other core.

    Pillow works beside the typesetter, which must itself never run in two threads.
    """

    def __init__(self, files, folder, wanted=()):
        self.files, self.folder, self.fetched = Path(files), folder / "pictures", lambda: None
        self.folder.mkdir(exist_ok=True)
        pool = ThreadPoolExecutor(1)
        self.made = {digest: pool.submit(self.smaller, digest) for digest in wanted}
        pool.shutdown(wait=False)  # they go on while the typesetter begins

    def path_of(self, digest):
        return self.files / digest[:2] / digest[2:4] / digest

    def path(self, address):
        """The file behind `photograph:kept/DIGEST`, or a smaller one made of what is behind `photograph:page/DIGEST`."""
        size, _, digest = address.removeprefix("photograph:").partition("/")
        if not digest.isalnum() or len(digest) != 64:
            raise pdf.OutsideAddress(address[:80])
        self.fetched()
        return self.path_of(digest) if size == "kept" else self.made[digest].result()

    def smaller(self, digest):
        """The path of the photograph at the size that a sheet needs."""
        made = self.folder / f"{digest}.jpg"
        with Image.open(self.path_of(digest), formats=["JPEG"]) as image:
            image.draft("RGB", (NEARLY, NEARLY))
            image.thumbnail((LONGEST, LONGEST), Image.Resampling.BICUBIC)
            image.save(made, "JPEG", quality=QUALITY)
        return made

    def fetcher(self):
        """Gives our own fonts and drawings and these photographs, and stops the whole book for anything else."""
        urls = import_module("weasyprint.urls")

        class OwnPicturesOnly(urls.URLFetcher):
            def fetch(_self, url, headers=None):
                try:
                    if url.startswith("photograph:"):
                        path = self.path(url)
                        # Its own address, so that the typesetter reads it again when it writes instead of holding it.
                        return urls.URLFetcherResponse(path.as_uri(), path.read_bytes(), {"Content-Type": "image/jpeg"})
                    path, media_type = pdf.own_asset(url)
                except pdf.OutsideAddress as refused:
                    raise urls.FatalURLFetchingError(str(refused)) from refused
                return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})

        return OwnPicturesOnly()


def set_in_type(folder, kind, job, photographs, progress):
    """One PDF, archival (PDF/A-3a) and for screen readers (PDF/UA-1)."""
    words = (folder / f"{kind}.html").read_text(encoding="utf-8")
    count = {"photographs": 0, "pages": 0}
    expected = {"photographs": max(job["photographs"], 1), "pages": job["pages"] + 4}

    def one_more(what, upto=None):
        count[what] = upto or count[what] + 1
        fetched, set_ = (min(count[each] / expected[each], 1) for each in ("photographs", "pages"))
        progress.part(kind, 0.4 * fetched + 0.4 * set_)

    def laid_out(document):
        if kind == "print":
            fill_the_last_sheet(document)
        count_painting(document, lambda share: progress.part(kind, 0.8 + 0.2 * share))

    photographs.fetched = lambda: one_more("photographs")
    pdf.typeset(
        words,
        HERE / "book.css",
        datetime.fromisoformat(job["made_at"]).astimezone(UTC).replace(microsecond=0),
        hashlib.sha256(words.encode()).digest()[:16],
        large=job.get("large", False),
        pictures=photographs.fetcher(),
        pages_so_far=lambda number: one_more("pages", number),
        laid_out=laid_out,
        to=folder / f".{kind}.pdf",
    )
    os.replace(folder / f".{kind}.pdf", folder / f"{kind}.pdf")


def fill_the_last_sheet(document):
    """Blank pages before the closing one, so that folded sheets of four pages come out even: the back of the cover is blank."""
    blank = document.pages[1]
    missing = -len(document.pages) % 4
    document.pages[-1:-1] = [blank] * missing


def count_painting(document, tell):
    """Tell which share of the pages has been painted."""

    def told(paint, share):
        def painted(*given, **named):
            paint(*given, **named)
            tell(share)

        return painted

    pages = document.pages
    for number, page in enumerate(pages, 1):
        page.paint = told(page.paint, number / len(pages))


def pack(folder, job, progress):
    """The archive: written piece by piece, never whole in memory. Photographs cannot be made smaller, words can."""
    with zipfile.ZipFile(folder / ".archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, path) in enumerate(job["archive"], 1):
            stored = zipfile.ZIP_STORED if name.endswith((".jpg", ".pdf")) else zipfile.ZIP_DEFLATED
            archive.write(path if os.path.isabs(path) else folder / path, name, compress_type=stored)
            progress.part("archive", number / len(job["archive"]))
    os.replace(folder / ".archive.zip", folder / "archive.zip")


def make(folder):
    """Everything, in order; what is only needed on the way is taken away again."""
    job, progress = json.loads((folder / "job.json").read_text()), Progress(folder)
    wanted = dict.fromkeys(WANTED.findall((folder / "screen.html").read_text(encoding="utf-8")))
    photographs = Photographs(job["files"], folder, wanted)
    for kind in ("screen", "print"):
        set_in_type(folder, kind, job, photographs, progress)
    pack(folder, job, progress)
    for name in ("pictures", "archive"):
        shutil.rmtree(folder / name)
    for name in ("screen.html", "print.html"):
        (folder / name).unlink()


if __name__ == "__main__":
    limit_memory(MOST_MEMORY)
    make(Path(sys.argv[1]))
