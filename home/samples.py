"""Notices for the demo, with a picture drawn here."""

import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as PillowImage
from PIL import ImageDraw
from wagtail.images import get_image_model

from home.audiences import Audience
from home.models import Agency, HomePage, InformationPage, NoticePage, NoticesPage, NoticeStep, Topic, VisitPage
from home.notices import Phrase, Shows, Telling
from people.setting.models import Room

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


VISIT = {
    "lead": "Come and look. You can stay as long as you like, and nobody minds a crying baby.",
    "arriving": (
        "Our gate is the green one in Hazel Lane, beside the hall. Ring the bell with the sun on it: it is "
        "low enough for a child."
    ),
    "greeting": (
        "One of us opens, asks your name and gives you a badge. Your child may go straight to the coats, or "
        "stay on your hip."
    ),
    "dropping_off": (
        "The door is open from 8.45 to 9.10 and from 12.00 to 12.15. If you are late, ring the bell: that "
        "happens to all of us."
    ),
    "seating": (
        "There are grown-up chairs in the book corner, two of them with arms. Please do not fold yourself "
        "onto the small ones."
    ),
    "refreshments": "Tea, coffee and water are on the trolley. Bring no nuts, please.",
    "feeding": "Feed your baby wherever you like. If you would rather be alone, the quiet room has an armchair and a kettle.",
    "buggies": "Under the roof beside the gate, dry and locked while the gate is shut. There are hooks for scooters.",
    "parking": "Two places in front of the hall are free in the morning. Bus 14 stops at the end of the lane.",
    "access": (
        "There is no step at the gate or the door, and the doors are 90 cm wide. The accessible toilet is "
        "opposite the office."
    ),
}
INFORMATION = [
    (
        "our-day",
        "Our day and what we learn",
        "Play, stories, snack, garden: how a morning runs, and what a child learns on the way.",
        "<h2>A morning</h2><p>We begin with free play, sit together for a song, eat snack in small groups and go out in any "
        "weather.</p><h2>What it is for</h2><p>The early years foundation stage (EYFS) names seven areas of learning. We "
        "write down what your child loves and does next, and you read it in the journal.</p><h2>At home</h2><p>Count stairs, "
        "sing in your own language, let your child stir the soup. That is learning, too.</p>",
    ),
    (
        "food-and-drink",
        "Food and drink",
        "Fruit, bread and water in the morning; a packed lunch if your child stays.",
        "<p>Tell us about allergies and what your family does not eat: it stands on a card in the kitchen before the first "
        "day. Water is there all the time.</p>",
    ),
    (
        "what-it-costs",
        "What it costs",
        "Fifteen or thirty hours are funded. Everything that costs extra is on this page.",
        "<ul><li>An hour beyond the funded ones: £6.20</li><li>Snack: £1 a day, if you would rather not bring fruit</li>"
        "<li>Outings: at cost, and never a reason to stay at home</li></ul>",
    ),
]
# Plainly invented: nobody may ring a number of the demo.
AGENCIES = [
    (
        "Kettle Corner Money Advice (invented)",
        "Sits down with you over letters and bills, and finds out what help you can ask for.",
        ["money-and-welfare", "housing"],
        "Hazelby",
        "English, Polski",
        "families",
        30,
    ),
    (
        "The Lantern Line (invented)",
        "Listens when somebody at home frightens or hurts you, and helps you to plan a safe step.",
        ["domestic-abuse"],
        "",
        "English, Polski, اردو",
        "families",
        12,
    ),
    (
        "Little Steps Together (invented)",
        "A group for families whose child grows differently, with coffee and people who know the forms.",
        ["special-needs"],
        "Hazelby",
        "English",
        "families",
        45,
    ),
    (
        "Sobota, the Polish Saturday School (invented)",
        "Songs, stories and letters in Polish for children from three.",
        ["culture-and-community", "childcare-and-schools"],
        "Hazelby",
        "Polski, English",
        "families",
        20,
    ),
    (
        "Breathing Space (invented)",
        "Talks with parents who feel low after a birth, at your own pace.",
        ["mental-health"],
        "County",
        "English",
        "families",
        60,
    ),
    (
        "Area team for early years inclusion (invented)",
        "Advises settings on the next step for a child with special needs.",
        ["special-needs"],
        "County",
        "English",
        "staff",
        15,
    ),
]


def add_reading_samples():
    """Pages of information, the page for visitors, and a directory in which everybody is invented."""
    home = HomePage.objects.get()
    if not VisitPage.objects.exists():
        add_page(home, VisitPage(title="Visiting us", slug="visiting-us", **VISIT))
    for slug, title, lead, body in INFORMATION:
        if not InformationPage.objects.child_of(home).filter(slug=slug).exists():
            add_page(home, InformationPage(title=title, slug=slug, lead=lead, body=body))
    for name, words, topics, area, languages, audience, days in AGENCIES:
        if Agency.objects.filter(name=name).exists():
            continue
        agency = Agency.objects.create(
            name=name,
            words=words,
            area=area,
            languages=languages,
            audience=audience,
            url=f"https://{slugify(name.split(' (')[0])}.example.org/",
            hours="Weekdays, 9 to 4",
            checked_on=timezone.localdate() - datetime.timedelta(days=days),
        )
        agency.topics.set(Topic.objects.filter(slug__in=topics))


def add_page(parent, page):
    page.live = False
    parent.add_child(instance=page)
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
