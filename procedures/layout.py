"""How a document as a whole was broken into lines: where a paragraph goes on, and where a new one begins."""

from collections import Counter
from itertools import pairwise

from procedures.rejoining import (
    DASH_BULLET,
    ODD_BULLET,
    SURE_BULLET,
    is_finished,
    looks_like_bullet,
    odd_signs,
    starts_upper,
)

FULL_LINE = 60  # characters


class Layout:
    """What the lines of a document as a whole say about how it was broken."""

    def __init__(self, lines, markdown=False):
        lengths = sorted(len(line.text) for line in lines) or [0]
        self.markdown = markdown
        self.width = lengths[min(len(lengths) - 1, len(lengths) * 19 // 20)]
        gaps = [line.gap > 0 for line in lines[1:]]
        broken = sum(
            1
            for before, line in pairwise(lines)
            if line.gap
            and line.text[:1].islower()
            and not is_finished(before.text)
            and not DASH_BULLET.match(line.text)
        )
        # PDF text often has an empty line after every line, also in the middle of a sentence: then empty lines mean nothing.
        self.spaced_out = (
            not markdown
            and not any(line.whole for line in lines)
            and bool(gaps)
            and sum(gaps) >= 0.7 * len(gaps)
            and broken >= max(1, len(gaps) // 20)
        )
        self.odd_signs = odd_signs(lines)
        signs = Counter(match["sign"] for line in lines if (match := SURE_BULLET.match(line.text)))
        self.has_sure_signs = bool(signs) and not markdown
        self.placed = any(line.size and not line.whole for line in lines)
        letters = sum(len(line.text) for line in lines) or 1
        self.weight_means_nothing = sum(len(line.text) for line in lines if line.strong) > 0.6 * letters
        self.hinted = any(line.heading or self.is_strong_title(line) for line in lines)
        self.tight = any(
            line.gap == 0 and looks_like_bullet(line.text) and looks_like_bullet(before.text)
            for before, line in pairwise(lines)
        )

    def is_strong_title(self, line):
        """Whether a line stands out in bold or size, as a heading does, and is no sentence and no item of a list."""
        if not line.strong or line.level or line.cells or self.weight_means_nothing:
            return False
        return len(line.text) <= 150 and len(line.text.split()) <= 20 and not line.text.endswith((".", ";", ","))

    def is_bullet(self, text):
        """Whether a line begins with a sign of a list, odd ones of this document included."""
        odd = ODD_BULLET.match(text)
        return looks_like_bullet(text) or bool(odd and odd["sign"] in self.odd_signs)

    def would_have_fitted(self, before, line, share=0.97):
        """Whether the line's first word had room on the line before: then somebody broke there on purpose."""
        return len(before.text) + 1 + len(line.text.split(" ", 1)[0]) <= share * self.width

    def empty_line_before(self, line):
        return bool(line.gap) and not self.spaced_out

    def runs_over(self, before, line):
        """Whether the line before was full, in the middle of a sentence."""
        room = self.empty_line_before(line) or self.would_have_fitted(before, line, 0.9)
        return not room and not is_finished(before.text)

    def goes_on(self, before, line):
        """Whether the line continues the paragraph of the line before."""
        unfinished = not is_finished(before.text)
        if line.whole:
            # Paragraphs of Word end where they end, except where a PDF was turned into Word line by line.
            return unfinished and line.text[:1].islower() and len(before.text) >= FULL_LINE and not line.level
        if self.empty_line_before(line):
            # A page ended in the middle of a sentence.
            return not self.markdown and unfinished and line.new_page and line.text[:1].islower()
        if self.spaced_out or not self.markdown:
            share = 0.97 if self.spaced_out else 0.85
            return unfinished or not starts_upper(line.text) or not self.would_have_fitted(before, line, share)
        return True
