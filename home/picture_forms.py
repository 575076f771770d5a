"""The editors' form for a picture: drawn anew before Wagtail looks at it, refused in a sentence where it is none."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.pictures import redrawn
from records.pictures import NotAPicture
from records.turns import Busy, Turns

turns = Turns(places=1, seconds_a_person=300)


class PictureField(WagtailImageField):
    """A picture in any kind that the journal takes, too; what comes out is a JPEG without notes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.help_text = _(
            "JPEG, PNG, WebP or HEIC, at most %(size)s. Anyone with the link can open it. What is see-through becomes white."
        ) % {"size": self.max_upload_size_text}

    def to_python(self, data):
        if data in self.empty_values:
            return None
        self.check_image_file_size(data)
        try:
            with turns.turn():
                return super().to_python(redrawn(data))
        except NotAPicture as why:
            raise ValidationError(str(why)) from why
        except Busy:
            raise ValidationError(
                _("Other pictures are being read at this moment. Choose it again in a minute.")
            ) from None


class PictureForm(BaseImageForm):
    file = PictureField(label=_("File"), widget=BaseImageForm._meta.widgets["file"])
