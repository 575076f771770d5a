"""Notices for the demo, with a picture drawn here."""

import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage
from PIL import ImageDraw
from wagtail.images import get_image_model

from home.audiences import Audience
from home.models import NoticePage, NoticesPage, NoticeStep
from home.notices import Phrase, Shows, Telling
from people.models import Room

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
    {
        "slug": "acorns-go-to-the-pond",
        "title": "Acorns go to the pond",
        "audience": Audience.ROOM,
        "days_ago": 3,
        "words": "<p>On Tuesday the Acorns walk to the pond. Wellingtons, please, and hair tied back.</p>",
        "picture": "",
    },
    {
        "slug": "how-we-use-the-gate",
        "title": "Please close the gate behind you",
        "audience": Audience.FAMILIES,
        "days_ago": 40,
        "pinned": True,
        "words": "<p>The latch is high and stiff, and that is on purpose. Wait until you hear it click.</p>",
        "picture": "",
    },
    {
        "slug": "lost-blue-scarf",
        "title": "A blue scarf is looking for its owner",
        "audience": Audience.FAMILIES,
        "days_ago": 4,
        "gone_in_days": 10,
        "words": "<p>It hangs by the door until the end of next week.</p>",
        "picture": "",
    },
    {
        "slug": "first-aid-on-thursday",
        "title": "First aid on Thursday evening",
        "audience": Audience.STAFF,
        "days_ago": 5,
        "words": "<p>Half past six in the hall. There will be soup.</p>",
        "picture": "",
    },
    {
        "slug": "no-water-last-monday",
        "title": "No water: we opened late",
        "audience": Audience.FAMILIES,
        "days_ago": 12,
        "telling": Telling.URGENT,
        "phrase": Phrase.OPENS_LATE,
        "words": "<p>The water was off in the whole lane until ten. Thank you for being so patient.</p>",
        "picture": "",
    },
]


def add_sample_pages():
    """Published notices for every kind of reader; those that are there already stay as they are."""
    notices = NoticesPage.objects.get()
    for sample in SAMPLES:
        if NoticePage.objects.child_of(notices).filter(slug=sample["slug"]).exists():
            continue
        page = NoticePage(live=False, **_facts(sample))
        if sample["audience"] == Audience.ROOM:
            page.rooms = list(Room.objects.order_by("pk")[:1])
        notices.add_child(instance=page)
        # These are old news: nobody is told of them now.
        what = NoticeStep.What.URGENT if page.is_urgent else NoticeStep.What.TOLD
        NoticeStep.objects.create(notice=page, what=what)
        page.save_revision().publish()


def _facts(sample):
    told = {name: sample[name] for name in ("slug", "title", "audience", "words")}
    told |= {name: sample[name] for name in ("pinned", "telling", "phrase") if name in sample}
    if sample["picture"]:
        told |= {"picture": umbrella(), "picture_shows": Shows.NO_CHILD}
    if days := sample.get("gone_in_days"):
        told["expire_at"] = timezone.now() + datetime.timedelta(days=days)
    posted_on = timezone.localdate() - datetime.timedelta(days=sample["days_ago"])
    return {**told, "posted_on": posted_on, "picture_description": sample["picture"]}


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
