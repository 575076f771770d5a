"""Pictures of the website. Anyone with the link can open one, so nothing but the picture itself may be in its file."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.signals import page_published

from records.pictures import clean

# The sizes that our templates show. They are made when a page is published, so that reading a page writes nothing.
LARGE = "max-1400x1000"
CARD = "fill-720x480"


class Redrawn(SimpleUploadedFile):
    """A picture that holds its own pixels and nothing else."""


def redrawn(upload):
    """Return the uploaded picture drawn anew, as the photographs of the journal are; NotAPicture says why it is none."""
    picture = clean(upload)
    name = f"{(upload.name or 'picture').rpartition('/')[2].rsplit('.', 1)[0]}.jpg"
    return Redrawn(name, picture.sizes["print"], "image/jpeg")


def listen():
    """Wagtail offers no action of ours at these two moments, so we listen: it keeps what a phone noted in every size."""
    pre_save.connect(leave_out_metadata, sender=get_image_model(), dispatch_uid="home.leave_out_metadata")
    page_published.connect(make_sizes, dispatch_uid="home.make_sizes")


def leave_out_metadata(sender, instance, **_others):
    """Draw a new picture anew, wherever it comes from; what the editors' form has drawn already stays."""
    if not instance.file or instance.file._committed or isinstance(instance.file.file, Redrawn):
        return
    instance.file = redrawn(instance.file)
    with PillowImage.open(BytesIO(instance.file.read())) as picture:
        instance.width, instance.height = picture.size
    instance.file.seek(0)
    instance.file_size = instance.file.size
    instance.file_hash = ""


def make_sizes(sender, instance, **_others):
    """The sizes of a notice's picture, made once at publishing."""
    picture = getattr(instance, "picture", None)
    if picture is not None:
        picture.get_renditions(LARGE, CARD)
