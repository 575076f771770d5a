"""A form whose words others will read asks once where they name a child; what was typed stays on the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from people.families.mentions import Mention


@dataclass(frozen=True)
class Question:
    """Who is named, who will read it, and which of the named are kept from those readers by their families."""

    mentions: list[Mention]
    readers: str
    kept: list[Mention]
    closes: bool = True  # whether other families then do not see it

    @property
    def names(self) -> list[str]:
        """The names as they were typed, each once."""
        return list(dict.fromkeys(word for mention in self.mentions for word in mention.typed))

    @property
    def key(self) -> str:
        """What a yes says yes to: other names ask again."""
        return ", ".join(sorted(self.names))

    @property
    def words(self) -> str:
        """The question in words."""
        facts = {"names": ", ".join(self.names), "readers": self.readers}
        said = _("This names %(names)s. Who will read it: %(readers)s. Is that right?") % facts
        if not self.kept:
            return said
        names = ", ".join(dict.fromkeys(word for mention in self.kept for word in mention.typed))
        closed = _("The family of %(names)s has not agreed to other families reading about their child.") + " "
        closed += (
            _("So other families will not see this. Write “a friend” and they can.")
            if self.closes
            else _("Please take the name out, unless somebody or something else is meant.")
        )
        return f"{said} {closed % {'names': names}}"


def yes_field(question: Question | None) -> forms.MultipleChoiceField:
    """Return the box in which somebody says yes to exactly these names."""
    return forms.MultipleChoiceField(
        label=_("A child is named"),
        choices=[(question.key, _("Yes, that is right"))] if question else [],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class AsksAboutNames(forms.Form):
    """A form that takes `ask`: given the form, it returns a Question where its words name somebody, or None."""

    def __init__(self, *args, ask: Callable[["AsksAboutNames"], Question | None] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask = ask

    def clean(self):
        cleaned = super().clean()
        question = self.ask(self) if self.ask and not self.errors else None
        if question:
            self.fields["names_stay"] = yes_field(question)
            if question.key not in self.data.getlist(self.add_prefix("names_stay")):
                self.add_error("names_stay", question.words)
        return cleaned
