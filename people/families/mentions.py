"""Children who are named in a text: one check for every text that another family can read.

It knows first names, full names, the names children are known by, names they had before, and surnames that few share.
Capitals, accents, decomposed letters and look-alikes of other scripts make no difference. A word of the language that is
also a name counts only where it is written like a name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.accounts.models import Person
from people.accounts.names import SAME_TO_THE_EYE
from people.families.former_names import names_known_to
from people.families.models import Child, FormerName, Restriction

YEAR = timedelta(days=366)
FEW = 3  # children who may share a surname that still points to them
MANY = 20  # first words of names, up to which one after the other is quicker looked for than all words of a text
SHORTEST = 2  # letters of a name that is looked for alone
BEGINS_A_SENTENCE = set('.!?…:•\n\r"“„«»')
MONTHS = {"april", "may", "june", "august"}
SEASONS = MONTHS | {"spring", "summer", "autumn", "winter", "snow", "rain"}
WHAT_A_SEASON_DOES = {"is", "was", "has", "had", "came", "began", "brought", "and"}
BEFORE_A_MONTH = set("in of since until till by last next this from early late mid during every end each".split())

# Words of the language that children, or their families, are also called by.
ORDINARY_WORDS = frozenset(
    """
    ace almond amber amity an angel apple apricot april art ash aspen aster august autumn avenue azure baker banks
    basil bay bean bear bee bell berry bill bird birdie bishop black blessing bliss blossom blue bonny bow breeze
    bridge brook brooks brown buck buddy bunny bush butler candy carol carpenter cat chance charity chase cherish
    cherry chip chuck church clay clementine cliff clover comfort constance cook coral cotton cross crystal daisy
    dance dandelion dawn day dean dear destiny dew diamond dill divine dove drew duke dusty eagle earl early earth
    east ebony echo eve ever faith fawn felicity fern field fields fin finch fish fisher flint flora flower ford
    forest foster fox frank free freedom french friend frost gale garden gem ginger glory gold good grace grant gray
    green grey guy hall happy hardy harmony harry haven hawk hay hazel heart heath heather heaven hero hill hills
    holly home honesty honey hope house hunt hunter ice indigo iris ivory ivy jade jam jasmine jay jet jewel journey
    joy june justice keen king kitty knight knights lake lamb lark laurel lavender leaf lee liberty light lily lion
    little long lord lotus love lovely loyal luck lucky man maple march mark marsh max may mead meadow melody mercy
    merry miles mill miller mint misty moon moor moses moss my myrtle navy neat nest new noon north nut oak ocean
    olive opal orchid page paint pansy park parks patience peace peach pear pearl penny peony pepper petal pike pine
    plum poet pond poppy porter potter precious price prince princess promise prudence prune queen rain rainbow ran
    raven ray reed reef regal rich ridge river rivers robin robins rock rocky romance root rose rosemary rosy rowan
    royal ruby rue rush rusty saffron sage sailor sand sandy sapphire scarlet scout sea season serene shade shepherd
    short silver sky smith snow so song sonny south spring spruce star starling stars stone storm stormy story strong
    summer summers sun sunday sunny sunshine swan sweet swift tailor tan teal teddy temple thyme tide tiger timber
    tin trinity true tulip turner vale valley velvet verity vet victor victory violet walker wall ward waters wave
    weaver web well west wheeler white wild will willow wills win wind winner winter winters wise wolf wood woods
    wren yarrow young zen zest
    """.split()
)
# What somebody does who stands at the beginning of a sentence: "Rose built" is a child, "Rose petals" are not.
DOES = frozenset(
    """
    and ate began bought brought built came caught did does drank drew fell felt found gave got had has held hid is kept
    knew laid led left let likes lost loves made met put ran rode said sang sat saw sent shook showed slept spoke stood
    swam taught thought threw told took wants was went won wore wrote
    """.split()
)
NOT_DONE = frozenset("bleed breed feed greed heed indeed need reed seed shed sled speed weed".split())


def children_to_look_for(on: date | None = None) -> list[Child]:
    """Return all children of this year, those who left within a year, and those who begin within one."""
    on = on or timezone.localdate()
    stays = Q(ends_on__isnull=True) | Q(ends_on__gte=on - YEAR)
    return list(Child.objects.filter(stays, starts_on__lte=on + YEAR).order_by("known_as", "full_name", "pk"))


def children_under_an_order() -> QuerySet[Child]:
    """Return all children around whom something is closed to somebody, however long ago they left."""
    return Child.objects.filter(pk__in=Restriction.objects.filter(ended_at__isnull=True).values("child"))


@dataclass(frozen=True)
class Word:
    """A word of a text as it was typed, folded, and whether it begins a sentence."""

    typed: str
    folded: str
    begins: bool


def folded(word: str) -> str:
    """Return the word without case, accents and signs that nobody sees."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(each for each in plain if unicodedata.category(each)[0] not in "MC").translate(SAME_TO_THE_EYE)


class _Letters(dict):
    """What `str.translate` makes of a letter: plain, nothing where nobody sees it, a space between words."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf"):
            plain = ""
        else:
            plain = SAME_TO_THE_EYE.get(code, letter) if letter.isalnum() else " "
        self[code] = plain
        return plain


LETTERS = _Letters()


def folded_words(text: str) -> list[str]:
    """Return the same words as `words_of`, folded only and quickly: for many texts."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return text.lower().translate(LETTERS).split()


def _with_a_capital(word: str) -> re.Pattern:
    """Where a word that is also a name may be written like one."""
    return re.compile(f"{word[0].upper()}(?i:{word[1:]})")


def words_of(text: str) -> list[Word]:
    """Return the words of a text; what joins letters without being seen belongs to the word."""
    found, word, between = [], "", "\n"
    for letter in f"{text} ":
        if letter.isalnum() or (word and unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")):
            word += letter
            continue
        if word:
            found.append(Word(word, folded(word), bool(BEGINS_A_SENTENCE & set(between))))
            word, between = "", ""
        between += letter
    return found


@dataclass(frozen=True)
class Name:
    """A sequence of folded words that points to a child: a first name, a whole name, or a surname."""

    child: Child
    words: tuple[str, ...]
    is_surname: bool = False


@dataclass(frozen=True)
class Mention:
    """A child who is named in a text, and the words that name it as somebody typed them."""

    child: Child
    typed: tuple[str, ...]


class Names:
    """The names of some children, ready to be looked for.

    `reader` leaves out the names that this person may not know, so that asking about a text tells them no new one.
    `called` is {child id: [(full name, known as), …]} for whoever has read the names already. A surname counts where few
    share it, unless `every_surname` does.
    """

    def __init__(
        self,
        children: Iterable[Child],
        reader: Person | None = None,
        called: dict | None = None,
        every_surname: bool = False,
    ):
        self.children = {child.pk: child for child in children}
        self.called = called or _all_names(list(self.children.values()), reader)
        self.by_first: dict[str, list[Name]] = {}
        shared: dict[str, set] = {}
        for pk, names in self.called.items():
            for surname in {part for full, _known in names for part in surnames(full)}:
                shared.setdefault(surname, set()).add(pk)
        first = {word for names in self.called.values() for pair in names for word in first_names(*pair)}
        pointing = {
            part for part, those in shared.items() if every_surname or (len(those) <= FEW and part not in first)
        }
        for pk, names in self.called.items():
            for name in _ways_to_say(self.children[pk], names, pointing):
                self.by_first.setdefault(name.words[0], []).append(name)

    def may_stand_in(self, *texts: str) -> bool:
        """Whether a name may stand in the texts: asked quickly of many, before `mentions` is asked of few."""
        return any(self._may_stand_in(text) for text in texts)

    def _may_stand_in(self, text: str) -> bool:
        simple = text.replace("’", "'")
        if simple.isascii() and len(self.by_first) <= MANY:  # most texts end here
            lower = simple.lower()
            if not any(word in lower for word in self.by_first):
                return False
        words = folded_words(text)
        begin = self.by_first.keys() & words
        if not begin or begin - ORDINARY_WORDS:
            return bool(begin)
        plain = text if text.isascii() else unicodedata.normalize("NFKD", text).translate(LETTERS)
        if not plain.isascii() or any(_with_a_capital(word).search(plain) for word in begin):
            return True
        whole, said = [name.words for word in begin for name in self.by_first[word]], f" {' '.join(words)} "
        return any(len(name) > 1 and f" {' '.join(name)} " in said for name in whole)

    def mentions(self, *texts: str, about: Iterable[Child] = ()) -> list[Mention]:
        """Return who is named in the texts; a name that a child has whom the page is `about` means that child."""
        own = [self.called.get(child.pk, [(child.full_name, child.known_as)]) for child in about]
        own_firsts = {word for names in own for pair in names for word in first_names(*pair)}
        own_surnames = {part for names in own for full, _known in names for part in surnames(full)}
        ids, found = {child.pk for child in about}, {}
        for text in texts:
            words = words_of(text)
            for at, name in longest(list(self._said(words))):
                alone = len(name.words) == 1 and name.child.pk not in ids
                if alone and name.is_surname and name.words[0] in own_surnames:
                    continue
                if alone and name.words[0] in own_firsts and not self._meant(name, words, at, own_surnames):
                    continue
                typed = " ".join(word.typed for word in words[at : at + len(name.words)])
                found.setdefault(name.child.pk, {})[typed] = None
        return [Mention(self.children[pk], tuple(found[pk])) for pk in self.children if pk in found]

    def _said(self, words: list[Word]) -> Iterator[tuple[int, Name]]:
        """Yield (place, name) for each name that stands in the words."""
        for at, word in enumerate(words):
            for name in self.by_first.get(word.folded, ()):
                here = tuple(each.folded for each in words[at : at + len(name.words)])
                if here != name.words:
                    continue
                if len(here) > 1 or here[0] not in ORDINARY_WORDS or _written_like_a_name(words, at):
                    yield at, name

    def _meant(self, name: Name, words: list[Word], at: int, own_surnames: set[str]) -> bool:
        """Whether a first name that two share is followed by the other child's surname, or its first letter."""
        after = words[at + 1] if at + 1 < len(words) else None
        theirs = {part for full, _known in self.called[name.child.pk] for part in surnames(full)} - own_surnames
        initials = {part[0] for part in theirs} - {part[0] for part in own_surnames}
        return after is not None and (after.folded in theirs or (after.folded in initials and after.typed.isupper()))


def longest(said: list[tuple[int, Name]]) -> list[tuple[int, Name]]:
    """Leave out what is only part of a longer name of the same child: "Noor" in "Noor Hussain"."""
    spans = [(name.child.pk, at, at + len(name.words)) for at, name in said]

    def is_part(at: int, name: Name) -> bool:
        here = (at, at + len(name.words))
        return any(
            child == name.child.pk and begin <= here[0] and here[1] <= end and end - begin > len(name.words)
            for child, begin, end in spans
        )

    return [(at, name) for at, name in said if not is_part(at, name)]


def _all_names(children: list[Child], reader: Person | None) -> dict:
    """Return {child id: [(full name, known as)]}, the names before among them."""
    found = {child.pk: [(child.full_name, child.known_as)] for child in children}
    for before in FormerName.objects.filter(child__in=found):
        found[before.child_id].append((before.full_name, before.known_as))
    return found if reader is None else found | names_known_to(reader, children)


def _parts(name: str) -> list[tuple[str, ...]]:
    """Return the folded words of a name, those with a dash or an apostrophe as several parts."""
    return [parts for word in name.split() if (parts := tuple(each.folded for each in words_of(word)))]


def first_names(full_name: str, known_as: str) -> set[str]:
    """Return the first word of each of a child's names; a single letter names nobody."""
    firsts = {parts[0][0] for name in (full_name, known_as) if (parts := _parts(name))}
    return {first for first in firsts if len(first) >= SHORTEST}


def surnames(full_name: str) -> set[str]:
    """Return the parts of the last of several names that are no words of the language."""
    parts = _parts(full_name)
    if len(parts) < 2:
        return set()
    return {part for part in parts[-1] if len(part) > SHORTEST and part not in ORDINARY_WORDS}


def names_for_orders(children: Iterable[Child], called: dict | None = None) -> Names:
    """Return the names by which an order knows these children: each surname counts, whoever else has it.

    So nothing depends on who else was in the books when a text was looked through.
    """
    return Names(children, called=called, every_surname=True)


def _ways_to_say(child: Child, names: list, pointing: set[str]) -> set[Name]:
    ways = set()
    for full_name, known_as in names:
        ways |= {Name(child, (word,)) for word in first_names(full_name, known_as)}
        for name in (full_name, known_as):
            words = tuple(word for parts in _parts(name) for word in parts)
            if len(words) > 1:
                ways.add(Name(child, words))
        ways |= {Name(child, (part,), is_surname=True) for part in surnames(full_name) & pointing}
    return ways


def _written_like_a_name(words: list[Word], at: int) -> bool:
    """Whether a word of the language is written as a name here: with a capital where nothing else asks for one."""
    word = words[at]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if not word.typed[0].isupper():
        return False
    beside = before or after
    if len(word.typed) > 1 and word.typed.isupper() and beside and beside.typed.isupper():
        return False  # everything is in capitals
    if word.folded in MONTHS and (
        (before and (before.folded in BEFORE_A_MONTH or before.typed[0].isdigit()))
        or (after and after.typed[0].isdigit())
    ):
        return False
    if not word.begins:
        return True
    if after is None or after.begins:
        return False
    if word.folded in SEASONS and after.folded in WHAT_A_SEASON_DOES:
        return False
    done = after.folded.endswith("ed") and len(after.folded) > len("red") and after.folded not in NOT_DONE
    return after.typed == "s" or after.folded in DOES or done
