"""Links inside plain words: "[the list](https://example.org/list)", or the bare address itself."""

import re

from procedures.lines import SAFE_ADDRESS

LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)|(?P<bare>https?://[^\s()<>\[\]\"|]*[^\s()<>\[\]\"|.,;:!?'’”])",
    re.IGNORECASE,
)


def split_links(text):
    """The words as they are read, and for each link where it begins and ends in them and its address."""
    words, links, position = [], [], 0
    length = 0
    for match in LINK.finditer(text):
        before = text[position : match.start()]
        target = match["target"] or match["bare"]
        shown = match["words"] or match["bare"]
        if match["target"] and not SAFE_ADDRESS.fullmatch(target):
            target = ""  # nothing but the web, e-mail and telephone is followed
        length += len(before)
        if target:
            links.append((length, length + len(shown), target))
        words += [before, shown]
        length += len(shown)
        position = match.end()
    return "".join([*words, text[position:]]), links


def plain_words(text):
    """The text as it is read, its links without their addresses."""
    return split_links(text)[0]
