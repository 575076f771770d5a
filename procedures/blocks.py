"""What a procedure is made of. Words are plain: a mention of another procedure becomes a link by itself.

A link to elsewhere is written [the words](https://…); only web, e-mail and telephone addresses are followed.
"""

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


class Point(blocks.TextBlock):
    class Meta:
        icon = "list-ul"
        label = _("Point under a commitment")
        help_text = _(
            "One item of a list inside the commitment above. It gets its letter and its own address by itself."
        )


class SubPoint(blocks.TextBlock):
    class Meta:
        icon = "list-ul"
        label = _("Point under a point")


class Table(blocks.TextBlock):
    class Meta:
        icon = "table"
        label = _("Table")
        help_text = _("One row on each line, with | between the cells. The first row holds the headings.")


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
    point = Point()
    subpoint = SubPoint()
    table = Table()
    related = blocks.PageChooserBlock("procedures.ProcedurePage", label=_("Form or related procedure"), icon="link")
    to_check = ToCheck()

    class Meta:
        required = False
