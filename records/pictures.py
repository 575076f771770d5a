"""Photographs: turned upright, resized, made anew from their pixels, so that not one bit of metadata is left."""

import io
from dataclasses import dataclass

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener(thumbnails=False)

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 60_000_000
KINDS = ["JPEG", "PNG", "WEBP", "HEIF"]
# The longest side in pixels: a list on a phone, a whole screen.
SIZES = {"small": 640, "large": 1920}


class NotAPicture(ValueError):
    """What was sent cannot be used as a photograph; its text says what would be right."""


@dataclass(frozen=True)
class Picture:
    """A clean photograph as JPEG bytes by size name, with the width and height of the large one in pixels."""

    sizes: dict
    width: int
    height: int


def clean(upload):
    """A Picture from an uploaded file (JPEG, PNG, WebP or HEIC, up to 25 MB and 60 megapixels); NotAPicture says why not."""
    if upload.size > MOST_BYTES:
        raise NotAPicture(_("“%(name)s” is larger than 25 MB. Send it in a smaller size.") % {"name": upload.name})
    ImageFile.LOAD_TRUNCATED_IMAGES = (
        False  # WeasyPrint, where it is loaded, makes Pillow take half a picture for whole
    )
    try:
        with Image.open(upload, formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture(
                    _("“%(name)s” has too many pixels. Send it in a smaller size.") % {"name": upload.name}
                )
            image.draft("RGB", (SIZES["large"], SIZES["large"]))  # a large JPEG is read at a fraction of the cost
            upright = ImageOps.exif_transpose(image)
            return _sized(_on_white(upright))
    except NotAPicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise NotAPicture(
            _("“%(name)s” cannot be read as a photograph. Send a JPEG, PNG, WebP or HEIC picture.")
            % {"name": upload.name}
        ) from problem


def _on_white(image):
    """The bare pixels in RGB; what was see-through is white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image.convert("RGBA"), mask=image.convert("RGBA").getchannel("A"))
        return ground
    return image.convert("RGB")


def _sized(image):
    sizes = {}
    for name, longest in sorted(SIZES.items(), key=lambda size: -size[1]):
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        bare = Image.new("RGB", image.size)
        bare.paste(image)
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=82, optimize=True, progressive=True)
        sizes[name] = out.getvalue()
        if name == "large":
            width, height = bare.size
    return Picture(sizes, width, height)
