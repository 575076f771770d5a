"""Photographs for the demo and the tests, drawn by code: nobody's child is in them."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

SKIES = ["#bfe0ea", "#f6e3c0", "#dce8c8", "#e7d6e8"]
PAINTS = ["#d9604c", "#f5b335", "#2b6a4b", "#3d7fb0", "#8a5fa8", "#e58a2f"]


def drawn(theme, seed=0, size=(1600, 1200), kind="JPEG", exif=None):
    """An uploaded file with a drawing: theme is tower, painting, puddle or garden; the same seed draws the same."""
    chance = random.Random(f"{theme}{seed}")  # noqa: S311 - colours, not secrets
    image = Image.new("RGB", size, chance.choice(SKIES))
    THEMES[theme](ImageDraw.Draw(image), chance, *size)
    out = io.BytesIO()
    more = {"exif": exif} if exif else {}
    image.filter(ImageFilter.SMOOTH).save(out, kind, **more)
    return SimpleUploadedFile(f"{theme}-{seed}.{kind.lower()}", out.getvalue(), f"image/{kind.lower()}")


def _tower(draw, chance, wide, high):
    draw.rectangle([0, high * 0.82, wide, high], fill="#c9a877")
    across, side = wide * 0.38, high * 0.13
    for floor in range(6):
        left = across + chance.uniform(-0.02, 0.02) * wide
        top = high * 0.82 - (floor + 1) * side
        draw.rounded_rectangle([left, top, left + side * 2.1, top + side * 0.97], radius=14, fill=chance.choice(PAINTS))
    for _n in range(4):
        left = chance.uniform(0.02, 0.85) * wide
        draw.rounded_rectangle(
            [left, high * 0.84, left + side, high * 0.84 + side * 0.8], radius=12, fill=chance.choice(PAINTS)
        )


def _painting(draw, chance, wide, high):
    draw.rectangle([wide * 0.12, high * 0.08, wide * 0.88, high * 0.9], fill="#fffdf6", outline="#8b6a43", width=18)
    for _n in range(26):
        x, y = chance.uniform(0.2, 0.8) * wide, chance.uniform(0.18, 0.8) * high
        r = chance.uniform(0.02, 0.09) * high
        draw.ellipse([x - r, y - r * chance.uniform(0.5, 1), x + r, y + r], fill=chance.choice(PAINTS))


def _puddle(draw, chance, wide, high):
    draw.rectangle([0, high * 0.45, wide, high], fill="#9a8a6a")
    draw.ellipse([wide * 0.1, high * 0.55, wide * 0.9, high * 0.95], fill="#7fa6b5")
    for ring in range(5):
        r = (ring + 1) * 0.06
        middle = (wide * 0.5, high * 0.75)
        draw.ellipse(
            [middle[0] - wide * r, middle[1] - high * r * 0.6, middle[0] + wide * r, middle[1] + high * r * 0.6],
            outline="#e6f1f4",
            width=7,
        )
    for boot in (0.42, 0.54):
        draw.rounded_rectangle(
            [wide * boot, high * 0.38, wide * (boot + 0.07), high * 0.74], radius=30, fill=chance.choice(PAINTS)
        )


def _garden(draw, chance, wide, high):
    draw.rectangle([0, high * 0.6, wide, high], fill="#86a35c")
    draw.ellipse([wide * 0.78, high * 0.06, wide * 0.93, high * 0.26], fill="#f5b335")
    for _n in range(9):
        x = chance.uniform(0.08, 0.92) * wide
        top = chance.uniform(0.35, 0.6) * high
        draw.line([x, high * 0.85, x, top], fill="#2b6a4b", width=14)
        colour = chance.choice(PAINTS)
        for dx, dy in ((-38, 0), (38, 0), (0, -38), (0, 38)):
            draw.ellipse([x + dx - 34, top + dy - 34, x + dx + 34, top + dy + 34], fill=colour)
        draw.ellipse([x - 24, top - 24, x + 24, top + 24], fill="#f7dc7a")


THEMES = {"tower": _tower, "painting": _painting, "puddle": _puddle, "garden": _garden}
