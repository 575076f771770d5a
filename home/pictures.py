"""Pictures of the website. Anyone with the link can open one, so nothing but the picture itself may be in its file."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.db.models.signals import pre_save
from PIL import Image as PillowImage
from PIL import ImageOps
from wagtail.images import get_image_model
from wagtail.signals import page_published

# The sizes that our templates show. They are made when a page is published, so that reading a page writes nothing.
LARGE = "max-1400x1000"
CARD = "fill-720x480"


def listen():
    """Wagtail offers no action of ours at these two moments, so we listen: it keeps EXIF (with the place) in every size."""
    pre_save.connect(leave_out_metadata, sender=get_image_model(), dispatch_uid="home.leave_out_metadata")
    page_published.connect(make_sizes, dispatch_uid="home.make_sizes")


def leave_out_metadata(sender, instance, **_others):
    """Re-write a new picture upright and without EXIF: a phone notes there where it was taken."""
    if not instance.file or instance.file._committed:
        return
    instance.file.seek(0)
    with PillowImage.open(instance.file) as picture:
        if "exif" not in picture.info and "xmp" not in picture.info:
            instance.file.seek(0)
            return
        kind = picture.format
        upright = ImageOps.exif_transpose(picture)
        clean = PillowImage.new(upright.mode, upright.size)
        clean.paste(upright)
        if upright.mode == "P":
            clean.putpalette(upright.getpalette())
    written = BytesIO()
    clean.save(written, format=kind, quality=92)
    instance.file = ContentFile(written.getvalue(), name=instance.file.name)
    instance.width, instance.height = clean.size
    instance.file_size = len(written.getvalue())
    instance.file_hash = ""


def make_sizes(sender, instance, **_others):
    """The sizes of a notice's picture, made once at publishing."""
    picture = getattr(instance, "picture", None)
    if picture is not None:
        picture.get_renditions(LARGE, CARD)
