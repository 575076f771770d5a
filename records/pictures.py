"""Photographs: turned upright, resized, made anew from their pixels, so that not one bit of metadata is left.

The work is done in a process apart (records/redrawing.py), which is kept for a minute: twenty photographs of one morning
begin it once.
"""

import os
import threading
import unicodedata
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from records.apart import Apart, NoAnswer
from records.redrawing import SIZES as SIZES
from records.turns import Turns

MOST_BYTES = 25 * 1024 * 1024
PLACES, SECONDS_A_PERSON = 2, 300  # requests with photographs at once; work for one person within an hour
SECONDS = 15  # that one photograph may take on a busy machine; a large one takes half a second
LONGEST_NAME = 60  # characters of a file's name in a sentence


class NotAPicture(ValueError):
    """What was sent cannot be used as a photograph; its text says what would be right, `why` is the reason in one word."""

    def __init__(self, why: str, name: str) -> None:
        super().__init__(sentence(why, name))
        self.why = why


@dataclass(frozen=True)
class Picture:
    """A clean photograph as JPEG bytes by size name, with the width and height of the large one in pixels."""

    sizes: dict
    width: int
    height: int


def clean(upload):
    """A Picture from an uploaded file (JPEG, PNG, WebP or HEIC, up to 25 MB and 60 megapixels); NotAPicture says why not."""
    if upload.size > MOST_BYTES:
        raise NotAPicture("large", called(upload))
    said, pictures = studio.draw(upload)
    if why := said.get("why"):
        raise NotAPicture(why, called(upload))
    sizes, begin = {}, 0
    for name, length in said["sizes"].items():
        sizes[name] = pictures[begin : begin + length]
        begin += length
    return Picture(sizes, said["width"], said["height"])


def clean_all(uploads):
    """(the Pictures, a sentence for each file that is none): one bad file costs only itself.

    But for one that takes too long: what comes after it is not begun, so that a request holds its place only so long.
    Busy where no place is free, or Spent where this person has caused enough work for this hour.
    """
    with turns.turn():
        pictures, problems = [], []
        uploads = list(uploads)
        for place, upload in enumerate(uploads):
            try:
                pictures.append(clean(upload))
            except NotAPicture as problem:
                problems.append(str(problem))
                if problem.why == "slow":
                    problems += [sentence("unread", called(each)) for each in uploads[place + 1 :]]
                    break
        return pictures, problems


def sentence(why: str, name: str) -> str:
    """Why a file cannot be taken, and what would be right; `why` in one word."""
    sentences = {
        "large": _("“%(name)s” is larger than 25 MB. Send it in a smaller size."),
        "scans": _("“%(name)s” is stored in an unusual way. Open it, save a copy and send the copy."),
        "pixels": _("“%(name)s” has too many pixels. Send it in a smaller size."),
        "slow": _("“%(name)s” took too long to read. Send it in a smaller size, or as a JPEG."),
        "unread": _("“%(name)s” was not looked at. Send it again."),
        "cut": _("“%(name)s” was cut off on its way. Choose it again."),
        "lost": _("“%(name)s” was lost on its way. Send it again."),
    }
    unreadable = _("“%(name)s” cannot be read as a photograph. Send a JPEG, PNG, WebP or HEIC picture.")
    return sentences.get(why, unreadable) % {"name": name}


def called(upload: UploadedFile) -> str:
    """The file's name as it may stand in a sentence: no signs that cannot be seen or turn the line around, not too long."""
    seen = "".join(sign for sign in upload.name or "" if not unicodedata.category(sign).startswith("C"))
    return seen if len(seen) <= LONGEST_NAME else f"{seen[: LONGEST_NAME - 12]}…{seen[-11:]}"


class Studio:
    """The process apart of this process of ours. It draws one photograph after the other, for all our threads."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin with a process and a lock of its own."""
        self.turn, self.apart = threading.Lock(), Apart("records.redrawing", SECONDS)

    def draw(self, upload):
        """What is said of an upload, and its pictures."""
        with self.turn:
            for last in (False, True):
                upload.seek(0)
                try:
                    return self.apart.ask({}, upload.size, upload.chunks())
                except NoAnswer as why:
                    # It ends by itself when nobody asks for a while, perhaps in this very moment: once more, then.
                    if last or str(why) == "slow":
                        return {"why": str(why)}, b""


studio = Studio()
turns = Turns(PLACES, SECONDS_A_PERSON, wait=0)  # who finds no place waits outside of the web server
os.register_at_fork(after_in_child=studio.begin)  # a forked process of ours begins one of its own
