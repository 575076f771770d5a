"""Signs at the beginning of lines, and broken lines put together again: which hyphens stay, and which go."""

import re
from collections import Counter

SURE_SIGNS = "•◦▪■□●○‣⁃∙·➢➤✓✔❖►»☐\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
SURE_BULLET = re.compile(rf"(?P<sign>[{SURE_SIGNS}])\s*(?P<rest>.*)")
ODD_BULLET = re.compile(r"(?P<sign>[§ØüvqlnuŸþð¨¤→⇒◆◇★☆➔➤⮚⁍◘✱✦✴✅👉]|\ufffd)\s+(?P<rest>\S.*)")
DASH_BULLET = re.compile(r"(?P<sign>[-–—−*+]|o)(?:\s+(?P<rest>\S.*)|$)")
COUNTED_BULLET = re.compile(
    r"(?P<sign>\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){2,}\.?)\s+(?P<rest>\S.*)"
)
ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
FINISHED = re.compile(r"[.!?:;…][\"'’”)\]]*$")
LIKELY_HYPHENATED = frozenset(
    "self non well half part full long short multi anti cross all one two three four five age first".split()
)
# Many whole words begin with these (explained, prevent, complete), so here the second half decides.
SHORT_BEGINNINGS = frozenset("ex pre co re".split())
AFTER_A_SHORT_BEGINNING = re.compile(
    r"school|arrang|exist|admission|assess|planned|teen|partner|husband|wife|wives|operat|ordinat|worker|parent|occur|enter|regist"
)


def is_finished(text):
    """Whether a sentence, or a clause before a list, ends with this line."""
    return bool(FINISHED.search(text))


def starts_upper(text):
    return text.lstrip("‘“\"'([")[:1].isupper()


class Counting:
    """Numbered and lettered bullets count on; a number that does not is part of a sentence."""

    def __init__(self):
        self.expected = {}

    def accepts(self, sign):
        """What kind of counting the sign goes on with; empty when it goes on with none."""
        bare = sign.strip("().")
        style = re.sub(r"\w+", "1", sign)
        for kind, position in self.readings(bare):
            keys = [kind, kind + style]  # a list may change its style on the way, or hold another list inside
            if position == 1 or position in [self.expected.get(key) for key in keys]:
                self.expected.update(dict.fromkeys(keys, position + 1))
                return kind
        return ""

    @staticmethod
    def readings(bare):
        if "." in bare:
            yield "outline " + bare.rpartition(".")[0], int(bare.rpartition(".")[2])
        elif bare.isdigit():
            yield "number", int(bare)
        else:
            lowered = bare.casefold()
            if len(bare) == 1 and bare.isalpha():
                yield "letter", ord(lowered) - ord("a") + 1
            if lowered in ROMAN:
                yield "roman", ROMAN.index(lowered) + 1


def find_bullet(line, before, layout, counting):
    """The kind of sign and the words of a bullet, or None. `before` is the line above, or None."""
    if match := SURE_BULLET.match(line.text):
        return match["sign"], match["rest"]
    if (match := ODD_BULLET.match(line.text)) and match["sign"] in layout.odd_signs:
        return match["sign"], match["rest"]
    if match := DASH_BULLET.match(line.text):
        if before is not None and layout.has_sure_signs and not line.whole and layout.runs_over(before, line):
            return None  # a dash in the middle of a sentence came to stand first in its line
        return match["sign"], match["rest"] or ""
    if (match := COUNTED_BULLET.match(line.text)) and (kind := counting.accepts(match["sign"])):
        return kind, match["rest"]
    return None


def looks_like_bullet(text):
    return any(pattern.match(text) for pattern in (SURE_BULLET, DASH_BULLET, COUNTED_BULLET))


def odd_signs(lines):
    """Signs that begin at least two lines and can hardly be words: what a font of signs leaves behind as letters."""
    found = Counter(match["sign"] for line in lines if (match := ODD_BULLET.match(line.text)))
    return {sign for sign, count in found.items() if count >= 2}


class Vocabulary:
    """The words that the document itself uses, to decide about a hyphen at the end of a line."""

    def __init__(self, lines):
        whole, broken = [], False
        for line in lines:  # without the halves of words that are broken over a line's end
            text = re.sub(r"^[^\W_]+", "", line.text) if broken else line.text
            broken = line.text.endswith("-")
            whole.append(re.sub(r"[^\W_]+-$", "", text).casefold())
        self.hyphenated = {word for text in whole for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", text)}
        self.words = {word for text in whole for word in re.findall(r"(?<!-)\b[^\W\d_]+\b(?!-)", text)}

    def paragraph(self, texts):
        """One paragraph from the lines it was broken into."""
        joined = []
        for text in texts:
            if joined:
                joined[-1], between = self.before_joining(joined[-1], text)
                joined.append(between)
            joined.append(text)
        return "".join(joined).replace("\u00ad", "")

    def before_joining(self, first, second):
        """The first of two lines as it stands in one line, and what comes between: a hyphen is kept, dropped or a dash."""
        if first.endswith("\u00ad"):
            return first, ""
        broken = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$", first[-80:])
        if broken and second[:1].isalnum():
            rest = re.match(r"[^\W_]+", second)[0].casefold()
            return (first if self.keeps_hyphen(broken[1].casefold(), rest, second) else first[:-1]), ""
        return first, "" if re.search(r"\w/$", first[-2:]) and second[:1].isalpha() else " "

    def keeps_hyphen(self, begun, rest, second):
        if not second[0].islower() or f"{begun}-{rest}" in self.hyphenated:
            return True
        if begun + rest in self.words:
            return False
        if "-" in begun or begun in LIKELY_HYPHENATED:
            return True
        if begun in SHORT_BEGINNINGS:
            return bool(AFTER_A_SHORT_BEGINNING.match(rest))
        return begun in self.words and rest in self.words
