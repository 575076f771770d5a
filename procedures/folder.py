"""What stands in a PDF of one procedure or of the whole folder, and where the file is. Nothing here loads WeasyPrint.

A file is named after the digest of its words, so that nobody is ever given an old one: other words, another name.
"""

import hashlib
import json

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from people.setting.models import Setting
from people.setting.words import PLACES
from procedures.audiences import Audience
from procedures.models import ProcedurePage, Reference
from procedures.outline import outline, sections_of
from versions.models import PageVersion

LAYOUT = 3  # a new layout makes every file anew
NESTED = {  # whoever reads the later ones reads the earlier ones, too
    Audience.EVERYONE: [Audience.EVERYONE],
    Audience.FAMILIES: [Audience.EVERYONE, Audience.FAMILIES],
    Audience.STAFF: [Audience.EVERYONE, Audience.FAMILIES, Audience.STAFF],
}


def path_of(digest, large=False):
    return settings.DATA_DIR / "prints" / f"{digest}{'-large' if large else ''}.pdf"


def published():
    """Published procedures without their words, which a digest does not need."""
    return ProcedurePage.objects.live().defer("body")


def digest_of(rows, setting):
    """The digest of these published words: it changes with each publishing, each title, and the setting's own words."""
    ours = [setting.name, *(getattr(setting, name) for name in PLACES.values())]
    words = json.dumps([LAYOUT, ours, rows], default=str, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


MARKS = (
    "pk",
    "live_revision_id",
    "last_published_at",
    "code",
    "title",
    "section",
    "audience",
    "reviewed_on",
    "next_review_on",
)


def digest_of_procedure(page, setting=None):
    return digest_of([[getattr(page, name) for name in MARKS]], setting or Setting.now())


def folder_for(audiences):
    """The widest folder that a reader of these audiences may have."""
    return next(each for each in (Audience.STAFF, Audience.FAMILIES, Audience.EVERYONE) if each in audiences)


def pages_in_folder(audience):
    return ProcedurePage.objects.live().filter(audience__in=NESTED[Audience(audience)]).in_order()


def digest_of_folder(audience):
    """One query, whatever the folder holds."""
    return digest_of([audience, *map(list, pages_in_folder(audience).values_list(*MARKS))], Setting.now())


def html_of_procedure(page):
    """One procedure as a page for the printer."""
    versions = numbers_of_versions([page])
    with override("en-gb"):
        return render_to_string(
            "pdf/procedure.html", {"setting": Setting.now(), "one": laid_out(page, {}, versions.get(page.pk))}
        )


def html_of_folder(audience):
    """The folder: contents, then each procedure with links to those that are in it."""
    pages = list(pages_in_folder(audience))
    links, versions = links_inside(pages), numbers_of_versions(pages)
    shown = {
        "setting": Setting.now(),
        "audience": Audience(audience),
        "sections": [
            (section, [laid_out(page, links.get(page.pk, {}), versions.get(page.pk)) for page in section.procedures])
            for section in sections_of(pages)
        ],
        "newest": max((page.last_published_at for page in pages if page.last_published_at), default=None),
        "number": len(pages),
    }
    with override("en-gb"):
        return render_to_string("pdf/folder.html", shown)


def links_inside(pages):
    """{page: {mention's sort key: (code, title, address in the file)}} for mentions of pages that are in the folder."""
    inside = {page.pk for page in pages}
    links = {}
    for each in Reference.objects.filter(procedure__in=inside, target__in=inside):
        links.setdefault(each.procedure_id, {})[each.sort_key] = (each.code, each.title, f"#p{each.target_id}")
    return links


def laid_out(page, links, version):
    return {"page": page, "version": version, "outline": outline(page.said(), links)}


def numbers_of_versions(pages):
    """{page: the number of its newest version}, in one query."""
    current = PageVersion.objects.current().filter(page__in=[page.pk for page in pages])
    return dict(current.values_list("page", "number"))
