"""Photographs: turned upright, resized, made anew from their pixels, so that not one bit of metadata is left.

The work is done in a process apart (records/redrawing.py), which is kept for a minute: twenty photographs of one morning
begin it once.
"""

import os
import threading
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from records.apart import Apart, NoAnswer
from records.redrawing import SIZES as SIZES
from records.turns import Busy, Turns

MOST_BYTES = 25 * 1024 * 1024
PLACES, SECONDS_A_PERSON = 2, 300  # requests with photographs at once; work for one person within an hour
WAIT = 30  # seconds that a third waits for a place: about as long as two colleagues' ten photographs each take
SECONDS = 15  # that one photograph may take on a busy machine; a large one takes half a second
LONGEST_NAME = 60  # characters of a file's name in a sentence


class NotAPicture(ValueError):
    """What was sent cannot be used as a photograph; its text says what would be right."""


class TooSlow(NotAPicture):
    """It took more time than one photograph may."""


@dataclass(frozen=True)
class Picture:
    """A clean photograph as JPEG bytes by size name, with the width and height of the large one in pixels."""

    sizes: dict
    width: int
    height: int


def clean(upload):
    """A Picture from an uploaded file (JPEG, PNG, WebP or HEIC, up to 25 MB and 60 megapixels); NotAPicture says why not."""
    if upload.size > MOST_BYTES:
        raise NotAPicture(_("“%(name)s” is larger than 25 MB. Send it in a smaller size.") % {"name": called(upload)})
    said, pictures = studio.draw(upload)
    if why := said.get("why"):
        raise (TooSlow if why == "slow" else NotAPicture)(_sentence(why) % {"name": called(upload)})
    sizes, begin = {}, 0
    for name, length in said["sizes"].items():
        sizes[name] = pictures[begin : begin + length]
        begin += length
    return Picture(sizes, said["width"], said["height"])


def clean_all(uploads):
    """(the Pictures, a sentence for each file that is none): one bad file costs only itself.

    But for one that takes too long: what comes after it is not begun, so that a request holds its place only so long.
    """
    try:
        with turns.turn():
            return _one_by_one(list(uploads))
    except Busy:
        return [], [
            _(
                "Many photographs are arriving at this moment. What you wrote is kept: send the photographs in a few minutes."
            )
        ]


def _one_by_one(uploads):
    pictures, problems = [], []
    for place, upload in enumerate(uploads):
        try:
            pictures.append(clean(upload))
        except TooSlow as problem:
            problems.append(str(problem))
            problems += [
                _("“%(name)s” was not looked at. Send it again.") % {"name": called(each)}
                for each in uploads[place + 1 :]
            ]
            break
        except NotAPicture as problem:
            problems.append(str(problem))
    return pictures, problems


def _sentence(why):
    if why == "scans":
        return _("“%(name)s” is stored in an unusual way. Open it, save a copy and send the copy.")
    if why == "pixels":
        return _("“%(name)s” has too many pixels. Send it in a smaller size.")
    if why == "slow":
        return _("“%(name)s” took too long to read. Send it in a smaller size, or as a JPEG.")
    return _("“%(name)s” cannot be read as a photograph. Send a JPEG, PNG, WebP or HEIC picture.")


def called(upload):
    """The file's name as it may stand in a sentence: no signs that cannot be seen or turn the line around, not too long."""
    seen = "".join(sign for sign in upload.name or "" if not unicodedata.category(sign).startswith("C"))
    return seen if len(seen) <= LONGEST_NAME else f"{seen[: LONGEST_NAME - 12]}…{seen[-11:]}"


class Studio:
    """The process apart of this process of ours. It draws one photograph after the other, for all our threads."""

    def __init__(self):
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
turns = Turns(PLACES, SECONDS_A_PERSON, WAIT)
os.register_at_fork(after_in_child=studio.__init__)  # a forked process of ours begins one of its own
