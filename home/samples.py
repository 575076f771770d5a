"""Notices for the demo, with a picture drawn here."""

import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage
from PIL import ImageDraw
from wagtail.images import get_image_model

from home.audiences import Audience
from home.models import NoticePage, NoticesPage

SAMPLES = [
    {
        "slug": "rainy-day-picnic",
        "title": "A picnic in the rain",
        "audience": Audience.PUBLIC,
        "days_ago": 2,
        "words": (
            "<p>On Friday we eat our snack outside, whatever the weather. We have put up the big shelter, and there are spare "
            "boots in every size.</p><p>Everybody is welcome to look over the fence.</p>"
        ),
        "picture": "Drawing of a green hill under a cloud, with a red umbrella and a puddle",
    },
    {
        "slug": "what-to-bring-on-friday",
        "title": "What to bring on Friday",
        "audience": Audience.FAMILIES,
        "days_ago": 1,
        "words": (
            "<p>For the picnic, please bring:</p><ul><li>a change of socks</li><li>a cup with your child's name on it</li></ul>"
            "<p>If you can stay and help, tell us at the door.</p>"
        ),
        "picture": "",
    },
]


def add_sample_pages():
    """Two published notices, one public and one for families; those that are there already stay as they are."""
    notices = NoticesPage.objects.get()
    for sample in SAMPLES:
        if NoticePage.objects.child_of(notices).filter(slug=sample["slug"]).exists():
            continue
        page = NoticePage(
            title=sample["title"],
            slug=sample["slug"],
            audience=sample["audience"],
            words=sample["words"],
            posted_on=timezone.localdate() - datetime.timedelta(days=sample["days_ago"]),
            picture=umbrella() if sample["picture"] else None,
            picture_description=sample["picture"],
            live=False,
        )
        notices.add_child(instance=page)
        page.save_revision().publish()


def umbrella():
    """A picture of the website, drawn, so that the demo holds nobody's photograph."""
    picture = PillowImage.new("RGB", (1440, 960), "#cfe3ea")
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in [(180, 120, 460, 300), (320, 80, 660, 300), (540, 130, 840, 300)]:
        pen.ellipse((left, top, right, bottom), fill="#fbf7ef")
    for drop in range(36):
        left, top = 140 + (drop * 173) % 1200, 320 + (drop * 97) % 260
        pen.line((left, top, left - 14, top + 46), fill="#7aa6b8", width=6)
    pen.ellipse((-300, 560, 1100, 1500), fill="#4f8f63")
    pen.ellipse((500, 640, 2000, 1600), fill="#2b6a4b")
    pen.ellipse((240, 800, 640, 890), fill="#a9d0de")
    pen.line((900, 380, 900, 760), fill="#26312b", width=16)
    pen.arc((836, 720, 908, 800), 0, 180, fill="#26312b", width=16)
    pen.pieslice((620, 240, 1180, 760), 180, 360, fill="#a3302a")
    for left in (620, 807, 993):
        pen.pieslice((left, 460, left + 187, 580), 180, 360, fill="#cfe3ea")
    written = BytesIO()
    picture.save(written, format="JPEG", quality=88)
    image = get_image_model()(title="Umbrella on a hill", description="Drawing of an umbrella on a hill")
    image.file = ContentFile(written.getvalue(), name="umbrella.jpg")
    image.width, image.height = picture.size
    image.save()
    return image
