"""Uploads made by code: photographs as cameras, phones and programs write them, and what is no photograph at all."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageFilter
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()  # and with it the way to write one

CANARY = "CANARY-OF-THE-GARDEN"
COLOURS = {"top left": (220, 30, 30), "top right": (30, 160, 60), "bottom left": (30, 60, 200)}
COLOURS["bottom right"] = (240, 220, 40)
# How a camera that was held so stores the upright picture: the opposite of what the reader has to do.
STORED = {1: None, 2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90"}
STORED |= {7: "TRANSVERSE", 8: "ROTATE_270"}


@cache
def upright(size=(300, 200)):
    """Four fields, each of its colour: whoever sees it knows which way is up."""
    image = Image.new("RGB", size)
    wide, high = max(1, size[0] // 2), max(1, size[1] // 2)
    for place, colour in COLOURS.items():
        image.paste(colour, (wide * ("right" in place), high * ("bottom" in place), *size))
    image.paste(COLOURS["bottom left"], (0, high, wide, size[1]))
    return image


@cache
def grainy(size=(480, 360)):
    """A picture that does not compress well, as those of the world."""
    dice = random.Random("grain")  # noqa: S311 - pixels, not secrets
    few = (size[0] // 4, size[1] // 4)
    image = Image.frombytes("RGB", few, dice.randbytes(few[0] * few[1] * 3)).resize(size, Image.Resampling.BICUBIC)
    return image.filter(ImageFilter.GaussianBlur(1))


def saved(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def as_stored(image, orientation):
    turn = STORED[orientation]
    return image.transpose(getattr(Image.Transpose, turn)) if turn else image


def told(orientation=1, place=True):
    """EXIF with a camera, a time, words, a place and a thumbnail, each with the canary where it can hold words."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E], exif[0x0132] = (
        orientation,
        CANARY,
        f"{CANARY} at home",
        "2026:11:02 09:14:33",
    )
    exif.get_ifd(0x8769).update({0x9286: f"ASCII\0\0\0{CANARY}".encode(), 0xA431: CANARY})
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0), 29: CANARY[:10]})
    return exif.tobytes() + CANARY.encode()  # what follows stands for a thumbnail and a maker's own notes


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description photoshop:City="{CANARY}"/></x:xmpmeta>'.encode()


@cache
def profile():
    """A colour profile with the canary in its description, as some cameras write their serial number there."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made.replace(b"sRGB built-in", CANARY.encode()[:13]) + CANARY.encode()


DISPLAY_P3 = {  # the red, green and blue of Display P3 as ICC profiles write them (XYZ, adapted to D50)
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}


@cache
def wide_profile():
    """A profile like those of phones whose reds and greens go further than sRGB: made of sRGB's with other primaries."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * struct.unpack_from(">I", made, 128)[0], 12):
        name, begin, _size = struct.unpack_from(">4sII", made, at)
        if name in DISPLAY_P3:
            struct.pack_into(">iii", made, begin + 8, *(round(value * 65536) for value in DISPLAY_P3[name]))
    name = "sRGB w/ P3   "  # as long as what stood there; some phones name both
    for before, now in (
        (b"sRGB built-in", name.encode()),
        ("sRGB built-in".encode("utf-16-be"), name.encode("utf-16-be")),
    ):
        made = made.replace(before, now)
    return bytes(made)


def with_everything(kind, orientation, size=(300, 200)):
    """A photograph that tells where, when, by what and of whom, in every way its format knows."""
    image, how = as_stored(upright(size), orientation), {"exif": told(orientation), "icc_profile": profile()}
    if kind == "JPEG":
        return saved(image, kind, comment=CANARY, xmp=XMP, quality=90, **how) + CANARY.encode() * 20
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Author", CANARY)
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        words.add_text("Comment", CANARY, zip=True)
        return saved(image, kind, pnginfo=words, **how)
    return saved(image, kind, xmp=XMP, quality=90, **how)


def zipped(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def large_png(wide, high):
    """A PNG of a few kilobytes that says it is so large; its rows are real, as far as a small file can hold them."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(b"\0" * (wide // 8 + 1)) for _row in range(min(high, 20_000))) + rows.flush()
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def with_other_size(jpeg, wide, high):
    """A JPEG whose frame says that it is so large."""
    at = next(at for at in range(len(jpeg)) if jpeg[at : at + 2] in (b"\xff\xc0", b"\xff\xc2"))
    return jpeg[: at + 5] + struct.pack(">HH", high, wide) + jpeg[at + 9 :]


def large_webp():
    """A moving WebP whose canvas says that it is 16,384 pixels each way."""
    small = saved(grainy((64, 64)), "WEBP", save_all=True, append_images=[upright((64, 64))], quality=50)
    at = small.index(b"VP8X") + 12
    return small[:at] + b"\xff\x3f\x00\xff\x3f\x00" + small[at + 6 :]


@cache
def small_heic():
    return saved(grainy(), "HEIF", quality=70)


def large_heic(wide, high):
    small = small_heic()
    return small.replace(
        b"ispe\0\0\0\0" + struct.pack(">II", 480, 360), b"ispe\0\0\0\0" + struct.pack(">II", wide, high)
    )


def compressed(size):
    return gzip.compress(b"\0" * size)
