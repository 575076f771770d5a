"""Row 15: a photograph of twelve megapixels to four clean sizes, beside Pillow (and its HEIC reader) by itself."""

import io
import os
import random
import statistics
import time

from bench.measure import Line, in_turn

NUMBER = 15
SIZES = {3000: 85, 1920: 82, 1000: 80, 640: 82}


def photograph(kind):
    """Twelve megapixels, soft shapes under a fine grain, as a phone writes them: about 4 MB as a JPEG."""
    import pillow_heif
    from PIL import Image, ImageFilter

    pillow_heif.register_heif_opener()
    dice = random.Random("morning")  # noqa: S311 - pixels, not secrets
    shapes = Image.frombytes("RGB", (504, 378), dice.randbytes(504 * 378 * 3)).filter(ImageFilter.GaussianBlur(3))
    grain = Image.frombytes("L", (2016, 1512), dice.randbytes(2016 * 1512)).resize((4032, 3024))
    image = Image.blend(shapes.resize((4032, 3024), Image.Resampling.BICUBIC), Image.merge("RGB", [grain] * 3), 0.06)
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes(), quality=92 if kind == "JPEG" else 60)
    return out.getvalue()


def raw(content):
    """The same four sizes by Pillow in a few lines, without any of our care."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (3000, 2250))
        upright = ImageOps.exif_transpose(image)
        for longest, quality in SIZES.items():
            upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            upright.save(io.BytesIO(), "JPEG", quality=quality, optimize=True, progressive=longest != 3000)


class Studio:
    """Our own way, as an upload takes it; it notes the memory and the seconds on the clock of each."""

    def __init__(self):
        from records.pictures import Studio

        self.studio, self.memory, self.waited = Studio(), [], []

    def seconds(self, content):
        from django.core.files.uploadedfile import SimpleUploadedFile

        upload = SimpleUploadedFile("photograph", content)
        began, own, other = time.monotonic(), time.process_time(), self.other_process()
        said, _pictures = self.studio.draw(upload)
        assert not said.get("why"), said  # noqa: S101 - else nothing was measured
        self.waited.append(time.monotonic() - began)
        self.memory.append(said["memory"])
        return time.process_time() - own + self.other_process() - other

    def other_process(self):
        """Seconds of the processor in the process apart and its children."""
        if self.studio.apart.process is None:
            return 0
        with open(f"/proc/{self.studio.apart.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def raw_seconds(content):
    began = time.process_time()
    raw(content)
    return time.process_time() - began


def of_a(kind, name, goal):
    content, studio = photograph(kind), Studio()

    def ours():
        return studio.seconds(content)

    def anchor():
        return raw_seconds(content)

    yield in_turn(f"15 {name} to four sizes : raw Pillow", goal, ours, anchor, rounds=11)
    if kind == "JPEG":
        yield Line(f"15 {name}: memory", max(studio.memory) / 1e6, 110, "MB")
        slowest = statistics.quantiles(studio.waited[1:], n=20)[-1]
        yield Line(f"15 {name}: 95 of 100 take at most", slowest * 1000, 500, "ms")
    studio.studio.apart.end()


def lines(ground):
    yield from of_a("JPEG", "12 MP JPEG", 1.4)
    yield from of_a("HEIF", "12 MP HEIC", 1.3)
