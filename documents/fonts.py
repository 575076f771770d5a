"""The fonts of every paper: which there are, where they lie, and in which order a letter is looked for in them.

All but one come as locked Python packages, so that a paper looks the same on every machine. Chinese, Japanese and Korean
are too large for that and come with Debian's package fonts-wqy-microhei, which bin/set-up brings.
"""

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple


class Font(NamedTuple):
    """A file in an installed package, or on the machine where there is no package; and its family in our style sheets."""

    family: str
    package: str
    file_name: str
    look: str = ""


DEBIAN_PACKAGE = "fonts-wqy-microhei"
ATKINSON, NOTO, MORE = "fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans", "manimgx_fonts"
BOLD, ITALIC = "font-weight: bold", "font-style: italic"
# Scripts in one font each, by the name in its file. The package has all that families here are likely to write.
SCRIPTS = (
    "Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Myanmar Oriya"
    " Sinhala Tamil Telugu Thai Symbols"
).split()
FONTS = {
    "atkinson": Font("Atkinson", ATKINSON, "files/AtkinsonHyperlegible-Regular.ttf"),
    "atkinson-bold": Font("Atkinson", ATKINSON, "files/AtkinsonHyperlegible-Bold.ttf", BOLD),
    "atkinson-italic": Font("Atkinson", ATKINSON, "files/AtkinsonHyperlegible-Italic.ttf", ITALIC),
    "atkinson-bold-italic": Font(
        "Atkinson", ATKINSON, "files/AtkinsonHyperlegible-BoldItalic.ttf", f"{BOLD}; {ITALIC}"
    ),
    "noto": Font("Noto", NOTO, "files/NotoSans[wdth,wght].ttf"),
    "noto-italic": Font("Noto", NOTO, "files/NotoSans-Italic[wdth,wght].ttf", ITALIC),
    "noto-arabic": Font("NotoArabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    **{f"noto-{name.lower()}": Font(f"Noto{name}", MORE, f"NotoSans{name}[wght].ttf") for name in SCRIPTS},
    "east-asia": Font("EastAsia", "", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    "noto-emoji": Font("NotoEmoji", MORE, "NotoEmoji[wght].ttf"),
}
# A few letters of each script that families of English pre-schools write, for whoever looks after the computer.
LETTERS = {
    "Arabic and Urdu": "عربي گڑ",
    "Armenian": "հայ",
    "Bengali": "বাংলা",
    "Chinese": "中文这",
    "Cyrillic": "Українська",
    "Devanagari (Hindi, Nepali, Marathi)": "हिन्दी",
    "emoji": "👍🎉",
    "Ethiopic (Amharic, Tigrinya)": "አማርኛ",
    "Georgian": "ქართ",
    "Greek": "Ελληνικά",
    "Gujarati": "ગુજ",
    "Gurmukhi (Punjabi)": "ਪੰਜਾਬੀ",
    "Hebrew": "עברית",
    "Japanese": "日本語ひらカナ",
    "Khmer": "ខ្មែរ",
    "Korean": "한국어",
    "Latin": "Łódź ế",
    "Malayalam": "മലയാളം",
    "Sinhala": "සිංහල",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Thai": "ไทย",
}
SIZE = re.compile(r"(\bfont(?:-size)?:\s*)([\d.]+)pt")
ORDINARY, LARGE, LARGEST = 11, 18, 30  # points: of our words, of large print, and of what is scaled up with it
ALL_FAMILIES = '"our letters"'  # what a style sheet of ours says for the families, in their order


def path_of(name):
    """Where the installed package, or the machine, keeps this font."""
    font = FONTS[name]
    folder = Path(import_module(font.package).__file__).resolve().parent if font.package else Path("/")
    return folder / font.file_name


@cache
def present():
    """The names of the fonts that are there; all but those of the machine always are."""
    return [name for name in FONTS if path_of(name).is_file()]


@cache
def shown():
    """Every character that at least one font has."""
    from fontTools.ttLib import TTFont

    found = set()
    for name in present():
        if not FONTS[name].look:  # bold and leaning ones have no others
            with TTFont(path_of(name), lazy=True, fontNumber=0) as font:
                found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def scripts_that_cannot_be_printed():
    """Names of scripts of which a letter would stand in a paper by its name only."""
    return [script for script, letters in LETTERS.items() if not shown().issuperset(letters)]


def style_sheet(words, large=False):
    """A style sheet of ours, with the fonts before it and their families where it says so; in large print where wanted."""
    faces = [
        f"@font-face {{ font-family: {FONTS[name].family}; src: url(font:{name}); {FONTS[name].look} }}\n"
        for name in present()
    ]
    families = ", ".join(dict.fromkeys(FONTS[name].family for name in present()))
    words = words.replace(ALL_FAMILIES, families)
    return "".join(faces) + (SIZE.sub(_larger, words) if large else words)


def _larger(size):
    """Nothing is smaller than large print; a heading stays larger than its words, and fits its line."""
    now = float(size[2])
    return f"{size[1]}{max(LARGE, min(now * LARGE / ORDINARY, max(now, LARGEST))):g}pt"
