"""How a procedure begins: the section it stands in, its code and its title, and what else stands above the words."""

import re
from pathlib import PurePath

from django.utils.translation import gettext as _

from procedures.links import plain_words
from procedures.references import CODE, agrees
from procedures.rejoining import is_finished, looks_like_bullet

KIND = r"(?:polic(?:y|ies)(?:\s+(?:and|&)\s+procedures?)?|procedures?|form|document)"
NUMBER = r"(?:number|no\b\.?|code|ref(?:erence)?\b\.?)"
CODE_AND_TITLE = re.compile(
    rf"(?:{KIND}\s*{NUMBER}?|{NUMBER})?\s*[:|.–—-]?\s*(?P<code>{CODE})\.?(?:\s*[:|.–—-]\s*|\s+|$)(?P<title>.*)", re.I
)
TITLE_AND_CODE = re.compile(
    rf"(?P<title>[^\W\d].{{2,110}}?)\s*[\s(\[:|–—-]\s*(?:{KIND}\s*)?(?:{NUMBER}\s*)?[:.]?\s*(?P<code>{CODE})[)\]]?",
    re.I,
)
TITLE_LABEL = re.compile(rf"(?:{KIND}\s+)?(?:title|name)\s*(?:of\s+{KIND}\s*)?[:|]\s*(?P<title>\S.*)", re.I)
SECTION = re.compile(r"(?:section\s+)?(?P<number>\d{1,2})\s*[.:–—-]?\s+(?P<title>[^\W\d].*)", re.IGNORECASE)
GENERIC = re.compile(
    r"(?:our\s+|(?:safeguarding and welfare|operational|nursery|pre-?school)\s+)?"
    r"(?:policies|procedures|polic(?:y|ies) (?:and|&) procedures?)"
    r"(?:\s+(?:folder|manual|handbook|file))?|polic(?:y|ies)(?: statement)?|procedure",
    re.IGNORECASE,
)
REQUIREMENT = re.compile(
    r"safeguarding and welfare requirements?\b|early years foundation stage$|eyfs\b", re.IGNORECASE
)
NAME_WITH_CODE = re.compile(
    r"(?:policy|procedure|form|section)?[\s_-]*(?:no\.?|number)?[\s_-]*(?P<first>\d{1,2})[._-](?P<second>\d{1,2})"
    r"(?P<letter>[a-z]?)(?=[\s_.–-]+[^\W\d]|$)[\s_.–-]*(?P<title>.*)",
    re.IGNORECASE,
)
CODE_AT_THE_END = re.compile(rf"(?P<title>.*\S)[\s_(–-]+(?P<code>{CODE})\)?", re.IGNORECASE)
MARKDOWN_HEADING = re.compile(r"(?P<signs>#{1,6})\s+(?P<words>.*?)\s*#*")
SETTING_NAME = re.compile(
    r"\b(?:pre-?schools?|playgroup|nursery|kindergarten|day ?care|childcare|montessori|CP|CIC)\b", re.IGNORECASE
)
TITLE_GOES_ON = frozenset("and or of the for with to a an from".split())
LONGEST_TITLE = 150


def without_marks(text):
    """Markdown's signs for headings and stress taken off."""
    if match := MARKDOWN_HEADING.fullmatch(text):
        text = match["words"]
    return re.sub(r"(\*\*\*|\*\*|__|`|(?<![\w*])\*(?=[^\s*]))(?=[^\s_*`])(.+?)(?<=[^\s_*`])\1", r"\2", text).strip()


class Beginning:
    """Reads the first lines of a document into its section, code and title."""

    def __init__(self, document, lines, name, setting_name):
        self.document, self.lines, self.name, self.setting_name = document, lines, name, setting_name
        self.words = [plain_words(without_marks(line.text)) for line in lines[:30]]
        if lines and (lines[0].heading or lines[0].level) and lines[0].label:
            self.words[0] = f"{lines[0].label} {self.words[0]}"  # Word counted, and the number is the code

    def read(self):
        """Fill in section, code and title; the lines that follow them."""
        position = self.with_code()
        if not self.document.code:
            position = self.without_code()
        while position < min(len(self.words), 30) and self.is_setting_name(position):
            self.document.left_out.append(self.words[position])
            position += 1
        return self.lines[position:]

    def with_code(self):
        """Look for a line with the code among the first ones; the position after code and title, or 0."""
        above, position = [], 0
        while position < min(len(self.words), 10):
            words = self.words[position]
            if match := TITLE_LABEL.fullmatch(words):
                self.document.title = match["title"].strip(" |")
            elif match := self.coded(position):
                return self.found(match["code"], match["title"], above, position + 1)
            elif self.is_above(position):
                above.append(position)
            else:
                return 0
            position += 1
        return 0

    def coded(self, position):
        """The match of a line that holds the code, before the title or after it; or None."""
        words = self.words[position]
        if (match := CODE_AND_TITLE.fullmatch(words)) and self.may_be_title(match["title"]):
            return match
        return TITLE_AND_CODE.fullmatch(words) if position < 6 and not is_finished(words) else None

    @staticmethod
    def may_be_title(title):
        title = title.strip(" |")
        return len(title) <= LONGEST_TITLE and not (is_finished(title) and len(title.split()) > 8)

    def found(self, code, title, above, position):
        document = self.document
        document.code = code
        self.take_above(above)
        title = title.strip(" |:–-")
        if document.title and not title:
            return position
        if not title and (candidates := [each for each in above if self.is_title(each)]):
            document.title = self.words[candidates[-1]].strip(" :–-")
            document.left_out = [each for each in document.left_out if each != self.words[candidates[-1]]]
            return position
        if not title and position < len(self.words):
            if match := TITLE_LABEL.fullmatch(self.words[position]):
                document.title = match["title"].strip(" |")
                return position + 1
            title, position = self.words[position], position + 1
        return self.whole_title(title, position)

    def take_above(self, above):
        """What stands above the line with the code: a section, perhaps over two lines, and decoration."""
        for each in above:
            words = self.words[each]
            match = SECTION.fullmatch(words)
            if match and not self.document.section:
                self.document.section = words
            elif self.document.section and words[:1].islower():
                self.document.section += " " + words
            else:
                self.document.left_out.append(words)

    def is_title(self, position):
        words = self.words[position]
        return not (
            SECTION.fullmatch(words)
            or GENERIC.fullmatch(words)
            or REQUIREMENT.match(words)
            or TITLE_LABEL.fullmatch(words)
            or self.is_setting_name(position, under_title=False)
            or words[:1].islower()
        )

    def whole_title(self, title, position):
        """A title may run on into the next line."""
        while position < len(self.words) and title and len(title) < LONGEST_TITLE and self.runs_on(title, position):
            title = f"{title} {self.words[position]}"
            position += 1
        self.document.title = title.strip(" :–-")
        return position

    def runs_on(self, title, position):
        before, line, words = self.lines[position - 1], self.lines[position], self.words[position]
        if looks_like_bullet(words) or is_finished(words) or line.level or CODE_AND_TITLE.fullmatch(words):
            return False
        open_end = title.rsplit(" ", 1)[-1].casefold() in TITLE_GOES_ON or title.endswith((",", "/", "&", "-"))
        large = line.size and line.size == before.size and line.strong and line.size > self.usual_size() * 1.12
        return open_end or words[:1].islower() or bool(large and not line.gap)

    def usual_size(self):
        sizes = sorted(line.size for line in self.lines)
        return sizes[len(sizes) // 2] if sizes else 0

    def is_above(self, position):
        """Whether this line stands above a line with a code and a title."""
        words = self.words[position]
        if REQUIREMENT.match(self.words[0]) and len(words) <= 400 and not looks_like_bullet(words):
            return any(CODE_AND_TITLE.fullmatch(each) for each in self.words[position + 1 : position + 6])
        if len(words) > 120 or (is_finished(words) and not words.endswith(":")) or looks_like_bullet(words):
            return False
        for later in self.words[position + 1 : position + 5]:
            if CODE_AND_TITLE.fullmatch(later) and len(later) <= LONGEST_TITLE:
                return True
            if is_finished(later) and len(later) > 60:
                return False
            if position < 4 and TITLE_AND_CODE.fullmatch(later) and not is_finished(later):
                return True
        return False

    def without_code(self):
        """Without a code in the text the file's name or the head of its pages may have it; the first line is the title."""
        document = self.document
        document.section = ""
        title = self.code_elsewhere()
        if not document.code:
            document.not_understood.append(_("There is no code, such as 10.01, at the beginning."))
        if document.title:
            return next(at for at, words in enumerate(self.words) if TITLE_LABEL.fullmatch(words)) + 1
        position = 0
        while position < min(len(self.words), 4) and position + 1 < len(self.words) and not self.is_title(position):
            position += 1
        position = position if position < 4 else 0
        if len(self.words[position]) <= 120 and not self.words[position].endswith("."):
            document.left_out += self.words[:position]
            return self.whole_title(self.words[position], position + 1)
        document.title = title
        if not document.title:
            document.not_understood.append(_("There is no title at the beginning."))
        return 0

    def code_elsewhere(self):
        """The code, and a title that stands with it, from the file's name or from a header."""
        stem = re.sub(r"[_ ]+", " ", PurePath(self.name).stem).strip()
        if match := NAME_WITH_CODE.fullmatch(stem):
            self.document.code = f"{match['first']}.{match['second']}{match['letter'].lower()}"
            return match["title"].strip(" -")
        if match := CODE_AT_THE_END.fullmatch(stem):
            self.document.code = match["code"]
            return match["title"].strip(" -")
        for words in self.document.left_out:
            match = CODE_AND_TITLE.fullmatch(words)
            if match and match["title"] and self.words and agrees(match["title"], self.words[0]):
                self.document.code = match["code"]
                return match["title"]
        return stem if len(stem.split()) > 1 else ""

    def is_setting_name(self, position, under_title=True):
        """The setting's name, or the title once more, alone under the title: no heading of the procedure."""
        text = self.words[position].rstrip(":")
        known = {self.setting_name.casefold() or None}
        if under_title:
            known.add(self.document.title.casefold() or None)
            known |= {words.casefold() for words in self.document.left_out if len(words.split()) >= 2}
        if text.casefold() in known or (under_title and self.is_repeated_beginning(position)):
            return True
        words = re.findall(r"[^\W\d_]+", text)
        capitals = sum(1 for word in words if word[0].isupper() or word in TITLE_GOES_ON)
        if looks_like_bullet(text) or is_finished(text) or len(text) > 70:
            return False
        if REQUIREMENT.match(text) and under_title:
            return len(text) <= 70
        return bool(SETTING_NAME.search(text)) and capitals >= len(words) - 1 and len(words) > 1

    def is_repeated_beginning(self, position):
        """Whether the short line under the title is a name that the very next sentence begins with."""
        text = self.words[position]
        words = text.split()
        if not 2 <= len(words) <= 6 or not all(word[0].isupper() or word in TITLE_GOES_ON for word in words):
            return False
        following = self.words[position + 1] if position + 1 < len(self.words) else ""
        return following.startswith((f"{text} ", f"At {text} ", f"Here at {text} "))
