"""Photographs that must be taken: {name: bytes}, each with the four fields of uploads.upright() the right way up."""

from PIL import Image

from tests.records.uploads import CANARY, as_stored, saved, told, upright, with_everything

ODD_NAMES = [
    "../../etc/passwd.jpg", "a\0b.jpg", "\u202egpj.exe", "CON.jpg", "x" * 300 + ".jpg", "a\r\nSet-Cookie: b=c.jpg",
    "Mädchen & Töpfe – 3.JPG", "写真.jpeg", "صورة.jpg", "🌻🐛.jpg", ".jpg", "no ending", "IMG_0001.HEIC.jpg", "-rf.jpg",
    "<script>alert(1)</script>.jpg", "%2e%2e%2fup.jpg", "a;b|c`d`.jpg", "C:\\temp\\up.jpg", " .jpg", "two  spaces.jpg",
    "'; DROP TABLE.jpg", "{{7*7}}.jpg", "photo.jpg.php", "photo.svg", "photo.html",
]  # fmt: skip
SIZES = [
    (1, 1),
    (2, 3),
    (16, 16),
    (30, 5000),
    (5000, 30),
    (639, 641),
    (1920, 1080),
    (3000, 2000),
    (3001, 2001),
    (4032, 3024),
]


def jpegs():
    for orientation in range(1, 9):
        for kind, how in {
            "baseline": {"quality": 75},
            "progressive": {"quality": 90, "progressive": True},
            "full colour": {"quality": 95, "subsampling": 0},
        }.items():
            stored = as_stored(upright(), orientation)
            yield f"{kind} {orientation}.jpg", saved(stored, "JPEG", exif=told(orientation), **how)
        yield (
            f"grey {orientation}.jpg",
            saved(as_stored(upright().convert("L"), orientation), "JPEG", exif=told(orientation)),
        )
        yield (
            f"print shop {orientation}.jpg",
            saved(as_stored(upright().convert("CMYK"), orientation), "JPEG", exif=told(orientation)),
        )
    two = {"save_all": True, "append_images": [upright((60, 40))]}
    yield "two in one.jpg", saved(upright(), "MPO", **two)
    yield "with a film behind it.jpg", saved(upright(), "JPEG") + b"\0\0\0\x18ftypmp42" + b"\0" * 4000
    yield "broken notes.jpg", saved(upright(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 90)


def pngs():
    image = upright()
    clear = image.convert("RGBA")
    palette = image.quantize(32)
    modes = {"colour": image, "see-through": clear, "palette": palette, "grey": image.convert("L")}
    modes |= {"grey see-through": clear.convert("LA"), "black and white": image.convert("1")}
    modes["16 bits"] = Image.frombytes(
        "I;16", image.size, b"".join(bytes([0, each]) for each in image.convert("L").tobytes())
    )
    for name, stored in modes.items():
        for level in (1, 9):
            yield f"{name} {level}.png", saved(stored, "PNG", compress_level=level)
    yield "palette, partly clear.png", saved(palette, "PNG", transparency=31)
    yield "moving.png", saved(image, "PNG", save_all=True, append_images=[Image.new("RGB", image.size, "black")])
    for orientation in range(1, 9):
        yield f"noted {orientation}.png", saved(as_stored(image, orientation), "PNG", exif=told(orientation))


def webps():
    image, dark = upright(), Image.new("RGB", (300, 200), "black")
    for quality in (40, 80, 100):
        yield f"lossy {quality}.webp", saved(image, "WEBP", quality=quality)
        yield (
            f"moving {quality}.webp",
            saved(image, "WEBP", quality=quality, save_all=True, append_images=[dark], duration=90),
        )
    yield "exact.webp", saved(image, "WEBP", lossless=True)
    yield "see-through.webp", saved(image.convert("RGBA"), "WEBP", lossless=True)
    for orientation in range(1, 9):
        yield (
            f"noted {orientation}.webp",
            saved(as_stored(image, orientation), "WEBP", quality=90, exif=told(orientation)),
        )


def heics():
    for orientation in range(1, 9):
        yield f"phone {orientation}.heic", with_everything("HEIF", orientation)
    for quality in (30, 60, 90):
        yield f"plain {quality}.heic", saved(upright(), "HEIF", quality=quality)
    yield "tiles.heic", saved(upright((600, 400)), "HEIF", quality=70, tile_size=256)
    yield "see-through.heic", saved(upright().convert("RGBA"), "HEIF", quality=90)
    yield "called otherwise.jpg", saved(upright(), "HEIF", quality=80)


def sizes(most):
    for size in SIZES:
        if size[0] * size[1] <= most:
            for kind, how in (("JPEG", {"quality": 85}), ("PNG", {}), ("WEBP", {"quality": 70, "method": 0})):
                yield f"{size[0]} by {size[1]}.{kind.lower()}", saved(upright(size), kind, **how)


def good(large=False):
    """(name, bytes) of each; the large ones only where they are asked for."""
    for kind in (jpegs, pngs, webps, heics):
        yield from kind()
    yield from sizes(10**9 if large else 10**6)
    content = saved(upright(), "JPEG", comment=CANARY)
    yield from ((name, content) for name in ODD_NAMES)
    if large:  # huge, but allowed
        yield "108 megapixels.jpg", saved(upright((12000, 9000)), "JPEG", quality=80)
        yield "48 megapixels.heic", saved(upright((8064, 6048)), "HEIF", quality=40)
        yield "24 megapixels.png", saved(upright((6000, 4000)), "PNG", compress_level=1)
        yield "16 megapixels.webp", saved(upright((4096, 4096)), "WEBP", quality=60, method=0)
        yield "a strip.jpg", saved(upright((30000, 200)), "JPEG")
