"""A book for the press, with so many photographs, and the same HTML for WeasyPrint by itself.

`python -m bench.books lay-out FOLDER 60` writes what the press reads; `python -m bench.books raw FOLDER` sets both PDFs
with WeasyPrint as it comes: no tags, no archive, no progress, every address fetched as a file.
"""

import hashlib
import io
import json
import random
import sys
from importlib import import_module
from pathlib import Path

WORDS = "We poured water from the small kettle into the large one and back, and asked where it goes when it is gone."
PER_PAGE = 2


def drawn(number):
    """A photograph of soft shapes in the sizes of an upload, as {size: JPEG}; each is another one."""
    from PIL import Image, ImageFilter

    from records.redrawing import QUALITY, SIZES

    dice = random.Random(number)  # noqa: S311 - pixels, not secrets
    shapes = Image.frombytes("RGB", (48, 36), dice.randbytes(48 * 36 * 3)).filter(ImageFilter.GaussianBlur(2))
    sizes = {}
    for name in ("sheet", "small"):
        out = io.BytesIO()
        size = (SIZES[name], SIZES[name] * 3 // 4)
        shapes.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", quality=QUALITY[name])
        sizes[name] = out.getvalue()
    return sizes


def stored(files, content):
    """The digest under which this content is kept."""
    digest = hashlib.sha256(content).hexdigest()
    path = files / digest[:2] / digest[2:4] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return digest


def leaves(files, photographs):
    """Pages as portal.book.contents gives them, two photographs each."""
    found = []
    for number in range(0, photographs, PER_PAGE):
        pictures = []
        for place in range(PER_PAGE):
            kept = {name: stored(files, content) for name, content in drawn(number + place).items()}
            kept |= {"large": kept["sheet"], "full": kept["sheet"]}  # the archive packs as it finds
            pictures.append(kept | {"id": "", "words": "Pouring", "width": 1920, "height": 1440, "alone": True})
        month, day = 1 + number // PER_PAGE % 12, 1 + number // PER_PAGE // 12 % 28
        facts = {
            "id": "",
            "origin": "setting",
            "author": "Sara Lind",
            "words": WORDS,
            "child_says": "More!",
            "alone": True,
        }
        facts |= {"areas": [], "characteristics": [], "next_step": "", "home_idea": "", "comments": []}
        facts |= {"month": f"2026-{month:02d}", "day": f"2026-{month:02d}-{day:02d}", "photographs": pictures}
        found.append(facts)
    return sorted(found, key=lambda page: page["day"])


def lay_out(folder, photographs):
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from people.families.models import Child
    from portal.book.actions import write_job
    from portal.book.models import Book

    folder.mkdir(parents=True)
    book = Book(child=Child.objects.order_by("pk").first(), asked_at=timezone.now())
    write_job(book, leaves(settings.FILES_DIR, photographs), folder)


def raw(folder):
    from documents import pdf
    from portal.book.press import HERE

    urls, library = import_module("weasyprint.urls"), pdf.weasyprint()
    files = Path(json.loads((folder / "job.json").read_text())["files"])

    class Files(urls.URLFetcher):
        def fetch(self, url, headers=None):
            digest = url.rpartition("/")[2]
            found = (
                files / digest[:2] / digest[2:4] / digest if url.startswith("photograph:") else pdf.own_asset(url)[0]
            )
            return super().fetch(found.as_uri(), headers)

    style = library.CSS(string=(HERE / "book.css").read_text(encoding="utf-8"), url_fetcher=Files())
    for kind in ("screen", "print"):
        words = (folder / f"{kind}.html").read_text(encoding="utf-8")
        library.HTML(string=words, url_fetcher=Files()).write_pdf(folder / f"raw-{kind}.pdf", stylesheets=[style])


if __name__ == "__main__":
    what, where, *more = sys.argv[1:]
    if what == "lay-out":
        lay_out(Path(where), int(more[0]))
    else:
        raw(Path(where))
