"""The other process of photographs: reads a file of a stranger and draws it anew, upright, small enough, bare pixels only.

It has no Django, no database, no settings and no secrets (records/apart.py). The process that listens never looks into a
file: for each it forks a child, which may take so much memory and time, may open nothing, and ends with its answer. So
a picture that breaks its reader costs only itself, and none meets what another has left behind.
"""

import gc
import hashlib
import io
import json
import math
import os
import resource
import select
import signal
import sys
import warnings

# The longest side in pixels: a printed page, a whole screen, half a sheet of a book, a list on a phone.
SIZES = {"print": 3000, "large": 1920, "sheet": 1000, "small": 640}
QUALITY = {"print": 85, "large": 82, "sheet": 80, "small": 82}
KINDS = ["JPEG", "PNG", "WEBP"]  # and HEIC, which has a reader of its own
# What can be read within the memory below. A JPEG is read at a half or a quarter, a WebP lies there four times.
MOST_PIXELS = {
    "JPEG": 120_000_000,
    "PROGRESSIVE": 60_000_000,
    "HEIC": 50_000_000,
    "PNG": 40_000_000,
    "WEBP": 17_000_000,
}
MOST_SIDE = 30_000  # pixels
MOST_SCANS = 60  # of a JPEG; a progressive one has about ten, and each is work for every pixel

MOST_MEMORY = 340_000_000  # bytes that one picture may take over what the process has when it begins
MOST_WORK = 8  # seconds of the processor
IDLE_SECONDS = 60  # after which nobody has to keep this process
BAND = 64  # rows of the smaller picture that are made at once
END_OF_JPEG = b"\xff\xd9"
OTHER_WORDS = bytes(range(1, 251)) * 2  # what would become pixels where those of the picture are missing
ORIENTATION = 0x0112
TURNS = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE"}
TURNS[8] = "ROTATE_90"
ORDINARY = {"sRGB", "sRGB built-in", "sRGB IEC61966-2.1", "sRGB IEC61966-2-1"}  # profiles that change nothing


class CannotDraw(Exception):
    """Why a file cannot become a photograph, in one word."""


def prepared():
    """Load all that is ever needed: a child may open nothing any more."""
    global Image, ImageCms, heif, srgb  # this process alone has them; whoever reads only SIZES need not
    import pillow_heif as heif
    from PIL import Image, ImageCms, ImageFile

    srgb = ImageCms.createProfile("sRGB")

    warnings.simplefilter("ignore")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # half a picture is none
    Image.MAX_IMAGE_PIXELS = None  # counted below, by kind
    heif.options.THUMBNAILS = heif.options.DEPTH_IMAGES = heif.options.AUX_IMAGES = False
    heif.options.DECODE_THREADS = 2
    for kind in KINDS:  # what is loaded late is loaded now
        sample = io.BytesIO()
        Image.new("RGB", (64, 64)).save(sample, kind, icc_profile=ImageCms.ImageCmsProfile(srgb).tobytes())
        redrawn(sample.getvalue())


def redrawn(content):
    """{size: JPEG} of a photograph, and the width and height of the large one."""
    image, turn = opened(content)
    drawn, sizes = smaller(image, SIZES["print"]), {}
    as_on_screens(drawn, image.info.get("icc_profile"))
    del image
    if turn in TURNS:
        drawn = drawn.transpose(getattr(Image.Transpose, TURNS[turn]))
    for name, longest in SIZES.items():
        if max(drawn.size) > longest:
            drawn = drawn.resize(fitting(drawn.size, longest), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        drawn.save(out, "JPEG", quality=QUALITY[name], optimize=True, progressive=name != "print")
        sizes[name] = out.getvalue()
        if name == "large":
            width, height = drawn.size
    return sizes, width, height


class HeicPixels:
    """As much of Pillow's image as is needed here, without Pillow's own copy of every pixel."""

    def __init__(self, content):
        self.found = heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
        self.size, self.mode, self.info = self.found.size, self.found.mode, self.found.info

    def crop(self, box):
        _left, top, _right, bottom = box
        stride = self.found.stride
        rows = memoryview(self.found.data)[top * stride : bottom * stride]
        return Image.frombuffer(self.mode, (self.size[0], bottom - top), rows, "raw", self.mode, stride, 1)


def opened(content):
    """(the image, not yet read; how it has to be turned)."""
    if heif.is_supported(content):
        image = HeicPixels(content)
        check_size("HEIC", image.size)
        return image, 1  # its reader turns it
    if content.startswith(b"\xff\xd8") and content.count(b"\xff\xda") > MOST_SCANS:
        raise CannotDraw("scans")
    image = Image.open(io.BytesIO(content), formats=KINDS)
    kind = "JPEG" if image.format == "MPO" else image.format
    check_size("PROGRESSIVE" if kind == "JPEG" and image.info.get("progressive") else kind, image.size)
    try:
        turn = image.getexif().get(ORIENTATION)
    except Exception:  # notes that cannot be read are no reason to refuse the picture
        turn = 1
    if kind == "JPEG":
        image.draft(image.mode, fitting(image.size, SIZES["print"]))  # read at a fraction, never under what is needed
    try:
        image.load()
    except OSError:
        if kind != "JPEG":
            raise
        image = without_its_end(content)
    return image, turn


def without_its_end(content):
    """A JPEG that lost its last bytes on the way, if every row of the picture is there all the same.

    Its reader fills what is missing with what follows. So it is read twice, each time with something else behind it.
    """
    content = content.rstrip(b"\xff")
    last_scan = content[content.rfind(b"\xff\xda") + 2 :]
    if any(at and last_scan[at : at + 1] not in INSIDE_A_SCAN for at in places_of_markers(last_scan)):
        raise CannotDraw("cut")
    seen = {digest_of(read_jpeg(content + behind + END_OF_JPEG)) for behind in (OTHER_WORDS, OTHER_WORDS[::-1])}
    image = read_jpeg(content + END_OF_JPEG)
    if seen != {digest_of(image)}:
        raise CannotDraw("cut")
    return image


INSIDE_A_SCAN = {b"\0", *(bytes([number]) for number in range(0xD0, 0xD8))}


def places_of_markers(scan):
    """Where a byte stands that follows FF."""
    at = scan.find(b"\xff")
    while at >= 0:
        yield at + 1
        at = scan.find(b"\xff", at + 1)


def read_jpeg(content):
    image = Image.open(io.BytesIO(content), formats=["JPEG"])
    image.draft(image.mode, fitting(image.size, SIZES["print"]))
    image.load()
    return image


def digest_of(image):
    """One for all its pixels; in bands, so that they are not in memory twice."""
    digest, (wide, high) = hashlib.sha256(), image.size
    for top in range(0, high, BAND):
        digest.update(image.crop((0, top, wide, min(top + BAND, high))).tobytes())
    return digest.digest()


def is_cut(content):
    """Whether a file says of itself that it was longer."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" not in content
    if content.startswith(b"\xff\xd8"):
        return b"\xff\xda" in content and content.rfind(END_OF_JPEG) < content.rfind(b"\xff\xda")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    if content[4:8] == b"ftyp":
        at = 0
        while (size := int.from_bytes(content[at : at + 4], "big")) >= 8:
            at += size
        return at > len(content)
    return False


def check_size(kind, size):
    if size[0] * size[1] > MOST_PIXELS[kind] or max(size) > MOST_SIDE:
        raise CannotDraw("pixels")


def fitting(size, longest):
    """The size with its longest side at most so long; nothing is ever made larger."""
    scale = min(1, longest / max(size))
    return tuple(max(1, round(side * scale)) for side in size)


def smaller(image, longest):
    """Its bare pixels in RGB at a size that fits, made in bands so that never more than one copy is in memory."""
    size = fitting(image.size, longest)
    wide, step = image.size[0], image.size[1] / size[1]
    bare, margin = Image.new("RGB", size), math.ceil(4 * step)
    for top in range(0, size[1], BAND):
        bottom = min(top + BAND, size[1])
        above = max(0, math.floor(top * step) - margin)
        below = min(image.size[1], math.ceil(bottom * step) + margin)
        band = flat(image.crop((0, above, wide, below)))
        box = (0, top * step - above, wide, min(bottom * step, image.size[1]) - above)
        bare.paste(band.resize((size[0], bottom - top), Image.Resampling.LANCZOS, box), (0, top))
    return bare


def as_on_screens(image, profile):
    """Turn the colours of a wider range (Display P3 of many phones) into sRGB: bare pixels are read as that."""
    if not profile:
        return
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if found.profile.xcolor_space.strip() == "RGB" and found.profile.profile_description not in ORDINARY:
            ImageCms.profileToProfile(image, found, srgb, outputMode="RGB", inPlace=True)
    except (OSError, ValueError, ImageCms.PyCMSError):  # one that cannot be read is no reason to refuse the picture
        return


def flat(image):
    """RGB on white paper; 16 bits a colour become 8."""
    if image.mode[0] in "IF":
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.has_transparency_data:
        see_through = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(see_through, mask=see_through.getchannel("A"))
    return image.convert("RGB")


def answer_to(content):
    """The answer to one file, whatever happens to be in it."""
    try:
        sizes, width, height = redrawn(content)
    except CannotDraw as why:
        return {"why": str(why)}, []
    except MemoryError:
        return {"why": "pixels"}, []
    except Exception:
        return {"why": "cut" if is_cut(content) else "damaged"}, []
    said = {"sizes": {name: len(each) for name, each in sizes.items()}, "width": width, "height": height}
    return said, list(sizes.values())


def fence(seconds):
    """From here on: so much memory and time, and no file, socket or device may be opened."""
    with open("/proc/self/statm") as memory:
        taken = int(memory.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MOST_MEMORY, taken + MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK + 1))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))
    signal.alarm(seconds)


def drawn_in_a_child(content, seconds):
    """What a child of its own answers; with what it took of memory and processor."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(here)
            fence(seconds)
            said, pieces = answer_to(content)
            with open(there, "wb", closefd=False) as pipe:
                pipe.write(json.dumps({**said, "size": sum(map(len, pieces))}).encode() + b"\n")
                pipe.writelines(pieces)
        finally:
            os._exit(0)
    os.close(there)
    with open(here, "rb") as pipe:
        heard = pipe.read()
    _child, status, took = os.wait4(child, 0)
    head, _newline, rest = heard.partition(b"\n")
    took = {"seconds": took.ru_utime + took.ru_stime, "memory": took.ru_maxrss * 1024}
    if os.WIFSIGNALED(status) or not head or len(rest) != json.loads(head)["size"]:
        late = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM)
        return {"why": "slow" if late else "damaged", **took}, b""
    return {**json.loads(head), **took}, rest


def serve(seconds):
    """Answer files from standard input until it closes, or until nobody has asked for a while."""
    prepared()
    gc.freeze()  # a child would copy what a collection touches
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([given], [], [], IDLE_SECONDS)[0] and (header := given.readline()):
        said, pictures = drawn_in_a_child(given.read(json.loads(header)["size"]), seconds)
        answers.write(json.dumps({**said, "size": len(pictures)}).encode() + b"\n" + pictures)
        answers.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
