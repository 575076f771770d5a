"""What a search finds on pages of information and among those who help. There are few, so they are read as they are."""

import re
from dataclasses import dataclass
from html import unescape

from django.urls import reverse
from django.utils.translation import gettext as _

from home.models import InformationPage, NoticePage
from home.signposts import Agency
from home.visit import VisitPage
from records.finding import Passage, best_passage, marked, words_in

MOST = 10  # of each kind


@dataclass(frozen=True)
class Found:
    title: list
    address: str
    sentence: list
    heading: str


def plain(html):
    """The words of rich text; each block ends a sentence."""
    return " ".join(
        unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</(p|h2|h3|li)>", ". ", html))).replace(" .", ".").split()
    )


def has_all(text, terms):
    words = words_in(text)
    return all(any(word.startswith(term) for word in words) for term in terms)


def find(user, terms, request=None):
    """Pages of information, the page for visitors and agencies that have all of these words; notices, too."""
    if not terms:
        return []
    return [*pages(terms, request), *notices(user, terms, request), *agencies(user, terms)]


def notices(user, terms, request):
    """Notices that this person may read now, the newest first."""
    found = []
    for notice in NoticePage.objects.visible_to(user).saying(" ".join(terms)).order_by("-posted_on", "-pk"):
        if has_all(f"{notice.title} {plain(notice.words)}", terms):
            _passage, sentence = best_passage([Passage(plain(notice.words))], terms)
            found.append(Found(marked(notice.title, terms), notice.get_url(request), sentence, _("Notice")))
        if len(found) == MOST:
            break
    return found


def pages(terms, request):
    found = []
    texts = [(page, f"{page.lead} {plain(page.body)}") for page in InformationPage.objects.live().order_by("path")]
    texts += [(page, page.all_words()) for page in VisitPage.objects.live().order_by("path")]
    for page, text in texts:
        if has_all(f"{page.title} {text}", terms):
            _passage, sentence = best_passage([Passage(text)], terms)
            found.append(Found(marked(page.title, terms), page.get_url(request), sentence, _("Good to know")))
    return found[:MOST]


def agencies(user, terms):
    found = []
    for agency in Agency.objects.visible_to(user).finding(terms)[:MOST]:
        _passage, sentence = best_passage([Passage(agency.words)], terms)
        address = f"{reverse('signposts:list')}#agency-{agency.pk}"
        found.append(Found(marked(agency.name, terms), address, sentence, _("Who else can help")))
    return found
