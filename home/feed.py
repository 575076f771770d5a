"""What programs of others may read: public notices, and nothing else."""

import re

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from home.models import NoticePage
from people.setting.models import Setting

# What XML cannot hold: a notice pasted from Word may carry a vertical tab, and one of them would close the feed to everybody.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class PlainSummaries(Atom1Feed):
    """Atom whose summaries are what they are: plain text, in which `<` and `&` mean themselves."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


class PublicNotices(Feed):
    """The feed of public notices. Whoever asks, signed in or not, gets what a stranger would."""

    feed_type = PlainSummaries
    link = "/notices/"

    def title(self):
        return _("Notices of %(setting)s") % {"setting": Setting.now().name}

    def items(self):
        return NoticePage.objects.visible_to(AnonymousUser()).order_by("-posted_on", "-page_ptr")[:20]

    def item_title(self, notice):
        return NOT_IN_XML.sub(" ", notice.title)

    def item_description(self, notice):
        return NOT_IN_XML.sub(" ", notice.beginning)

    def item_link(self, notice):
        return notice.url

    def item_updateddate(self, notice):
        return notice.last_published_at
