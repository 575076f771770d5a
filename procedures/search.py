"""Searching the procedures: what a page offers to be found, and what a reader's words find."""

import difflib
from collections import defaultdict
from dataclasses import dataclass

from procedures.models import ProcedurePage, Word
from procedures.models.finding import HEADING, OTHER_WORDS, TEXT, TITLE
from procedures.outline import outline
from records.finding import Passage, best_passage, marked, words_in

SHOWN = 10  # results on a page: a phone shows three at once
CLOSE = 0.72  # how alike two words are before we ask "did you mean"


@dataclass(frozen=True)
class Found:
    """One result: the page's title and address, and the sentence, both cut into (words, marked)."""

    title: list
    address: str
    sentence: list
    heading: str = ""


@dataclass(frozen=True)
class Finds:
    """One page of results, and how many procedures there are in all."""

    results: list
    number: int = 0
    all_words: bool = True  # whether each result has every word


def weighted_words(page):
    """{word: how much it says} of a published procedure; the import's leftovers, which nobody reads, are not in it."""
    weights = defaultdict(int)
    places = [(TITLE, f"{page.code} {page.code.replace('.', ' ')} {page.title}"), (OTHER_WORDS, page.other_words)]
    places += [(HEADING, f"{page.section} {page.in_short}")]
    for chapter in chapters_of(page):
        places.append((HEADING, chapter.heading))
        places += [(TEXT, words_of(entry)) for entry in chapter.entries if entry.kind != "to_check"]
    for weight, text in places:
        for word in words_in(text):
            weights[word] = min(weights[word] + weight, 100)
    return weights


def chapters_of(page):
    return outline(page.said(), {})


def words_of(entry):
    cells = [cell for row in entry.rows for cell in row]
    return " ".join("".join(words for words, _address in paragraph) for paragraph in [*entry.paragraphs, *cells])


def passages_of(page):
    """What a result can quote: each sentence's home with its anchor; "In short" before the rest."""
    passages = [Passage(page.in_short)] if page.in_short else []
    for chapter in chapters_of(page):
        if chapter.heading:
            passages.append(Passage(chapter.heading, chapter.anchor))
        passages += [Passage(words_of(entry), entry.anchor) for entry in chapter.entries if entry.kind != "to_check"]
    return passages


def find(user, terms, request=None, start=0):
    """The procedures that this reader may open and that have these words: all of them first, else any of them."""
    if not terms:
        return Finds([])
    scores, has = defaultdict(int), defaultdict(set)
    rows = Word.objects.visible_to(user).beginning_with(terms).values_list("page", "word", "weight")
    for page, word, weight in rows:
        for term in terms:
            if word.startswith(term):
                has[page].add(term)
                scores[page] += weight * (3 if word == term else 1)
    complete = [page for page, found in has.items() if len(found) == len(terms)]
    pages = sorted(complete or has, key=lambda page: (-len(has[page]), -scores[page], page))
    shown = pages[start : start + SHOWN]
    by_number = ProcedurePage.objects.visible_to(user).in_bulk(shown)
    results = [as_result(by_number[number], terms, request) for number in shown if number in by_number]
    return Finds(results, len(pages), bool(complete))


def as_result(page, terms, request):
    passage, sentence = best_passage(passages_of(page), terms)
    address = page.get_url(request)
    if passage is None:  # found by its title or by a word that the editor added: the page's first words say what it is
        first = next(iter(passages_of(page)), None)
        sentence = marked(first.words[:240], terms) if first else []
    elif passage.anchor:
        address += f"#{passage.anchor}"
    return Found(marked(page.full_title, terms), address, sentence)


def close_words(user, asked):
    """Words that stand on pages of this reader and look like what was asked: for a slip of the finger."""
    ours = sorted(set(Word.objects.visible_to(user).values_list("word", flat=True).distinct()))
    close = []
    for word in words_in(asked)[:3]:
        close += difflib.get_close_matches(word, [each for each in ours if each[:1] == word[:1]], 2, CLOSE)
    return list(dict.fromkeys(close))[:3]
