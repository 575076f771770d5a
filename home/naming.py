"""Words for many that name a child: whoever publishes them, or hands them in, is asked first and told who will read them."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.rich_text import get_text_for_indexing

from documents.appearances import kept_out
from people.accounts.models import Person
from people.families.forms_mentions import Question, yes_field
from people.families.mentions import Names, children_to_look_for
from people.setting.roles import Right, has_right

GOES_OUT = {"action-publish", "action-submit"}  # buttons of Wagtail's editor


def question_about(texts: list[str], person: Person, readers: str) -> Question | None:
    """Return what is asked where these texts, in HTML or plain, name a child."""
    mentions = Names(children_to_look_for(), person).mentions(*(plain(text) for text in texts))
    if not mentions:
        return None
    if not has_right(person, Right.SEE_CHILDREN):  # what a family allows is nothing for an editor of pages
        return Question(mentions, readers, [], closes=False)
    return Question(mentions, readers, kept_out(mentions, person), closes=False)


def plain(html: str) -> str:
    """Return the words of a text of the editor, each block on a line of its own, so that its first word begins a sentence."""
    return get_text_for_indexing((html or "").replace("</", "\n</"))


class AsksAboutNamesPageForm(WagtailAdminPageForm):
    """The editor's form of a page whose fields `READ_BY_MANY` are asked about names; saving a draft asks nothing."""

    names_stay = yes_field(None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("names_stay", None)  # until there is something to ask

    def clean(self):
        cleaned = super().clean()
        approves = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve"
        if not self.is_bound or not (GOES_OUT & set(self.data) or approves):
            return cleaned
        texts = [cleaned.get(name) for name in self._meta.model.READ_BY_MANY if cleaned.get(name)]
        question = question_about(texts, self.for_user, self.who_reads(cleaned))
        if question:
            self.fields["names_stay"] = yes_field(question)
            if question.key not in self.data.getlist(self.add_prefix("names_stay")):
                self.add_error("names_stay", question.words)
        return cleaned

    def who_reads(self, cleaned: dict) -> str:
        """Return for whom the page is, in words."""
        if "audience" not in cleaned:
            return _("Everyone: the page is public")
        said = [dict(self.fields["audience"].choices).get(cleaned["audience"], "")]
        said += [room.name for room in cleaned.get("rooms") or ()]
        return ", ".join(str(each) for each in said)
