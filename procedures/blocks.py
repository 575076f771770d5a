"""What a procedure is made of. Words are plain: a mention of another procedure becomes a link by itself."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Paragraph(blocks.TextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        form_classname = "full"


class Heading(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Sub-heading")


class Commitment(blocks.TextBlock):
    class Meta:
        icon = "tick"
        label = _("Commitment")
        help_text = _(
            "One promise. An empty line makes a new paragraph. It gets its number and its own address by itself."
        )


class ToCheck(blocks.TextBlock):
    class Meta:
        icon = "warning"
        label = _("To check")
        help_text = _(
            "The import did not understand this. Readers do not see it: move it into a paragraph, or delete it."
        )


class ProcedureBody(blocks.StreamBlock):
    paragraph = Paragraph()
    heading = Heading()
    commitment = Commitment()
    related = blocks.PageChooserBlock("procedures.ProcedurePage", label=_("Form or related procedure"), icon="link")
    to_check = ToCheck()

    class Meta:
        required = False
