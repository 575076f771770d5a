"""Numbers at the beginning of lines that mean more than a bullet: clauses such as "1.1 We …", and numbered headings."""

import re
from collections import defaultdict

from procedures.rejoining import is_finished, looks_like_bullet, starts_upper

CLAUSE = re.compile(r"(?P<major>\d{1,2}(?:\.\d{1,2})?)\.(?P<minor>\d{1,2})[.)]?\s+(?P<rest>\S.*)")
NUMBERED = re.compile(r"(?P<number>\d{1,2})[.):]?\s+(?P<rest>[A-Z].*)")
LONG_FOR_A_TITLE = 60


class Numbers:
    """Which lines of a document are numbered clauses, and which are numbered headings."""

    def __init__(self, lines):
        self.clauses = self.find_clauses(lines)
        self.headings = self.find_headings(lines)

    @staticmethod
    def find_clauses(lines):
        """Positions and words of lines numbered 1.1, 1.2, 2.1 …; a list of other procedures' codes is none of that."""
        groups = defaultdict(list)
        for position, line in enumerate(lines):
            if not line.level and (match := CLAUSE.fullmatch(line.text)):
                group = groups[match["major"]]
                if int(match["minor"]) == len(group) + 1:
                    group.append((position, match["rest"]))
        found = [each for group in groups.values() for each in group]
        if not any(len(group) >= 2 for group in groups.values()):
            return {}
        sentences = sum(1 for _position, rest in found if is_finished(rest) or len(rest) > LONG_FOR_A_TITLE)
        return dict(found) if sentences * 2 >= len(found) else {}

    def find_headings(self, lines):
        """Positions and words of headings numbered 1, 2, 3 …: short, and each with something of another kind under it."""
        found = []
        for position, line in enumerate(lines):
            match = NUMBERED.fullmatch(line.text)
            if not match or line.level or position in self.clauses:
                continue
            if int(match["number"]) == len(found) + 1:
                found.append((position, match["rest"].rstrip(":")))
            elif found and int(match["number"]) == 1 and len(found) > 1:
                return {}  # a list that begins again is a list
        if len(found) < 2 or not all(self.opens_something(lines, *each) for each in found):
            return {}
        return dict(found)

    def opens_something(self, lines, position, rest):
        if position + 1 >= len(lines) or (lines[position].text.endswith(":") and len(rest.split()) > 5):
            return False
        following = lines[position + 1]
        if not starts_upper(rest) or is_finished(rest) or len(rest.split()) > 9 or len(rest) > 70:
            return False
        if position + 1 in self.clauses or following.level or looks_like_bullet(following.text):
            return not NUMBERED.fullmatch(following.text) or position + 1 in self.clauses
        return starts_upper(following.text) and not NUMBERED.fullmatch(following.text)


class Nesting:
    """At which level of a list within a list each item stands."""

    def __init__(self):
        self.open = []  # (key, indent) of the lists that are open, the outermost first

    def level(self, key, indent, leads_on):
        """1 for the outermost. `leads_on`: the item before ended in a colon, so that a new sign begins a list inside it."""
        while len(self.open) > 1 and self.open[-1][1] > indent + 1:
            self.open.pop()
        for position, (known, at) in enumerate(self.open):
            if known == key and abs(at - indent) <= 1:
                del self.open[position + 1 :]
                return position + 1
        if (
            not self.open
            or indent > self.open[-1][1] + 1
            or (key != self.open[-1][0] and self.may_be_inside(key, leads_on))
        ):
            self.open.append((key, indent))
        else:
            self.open[-1] = (key, indent)
        return len(self.open)

    def may_be_inside(self, key, leads_on):
        counted = ("number", "letter", "roman")
        return leads_on or (self.open[-1][0] in counted and key in counted and key != "number")

    def close(self):
        self.open = []
