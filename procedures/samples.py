"""Procedures for the demo, in words of our own; they came through the same import as anybody's."""

import datetime

from django.utils import timezone
from wagtail.models import Page

from procedures.actions import keep_as_draft
from procedures.audiences import Audience
from procedures.importing import read_text
from procedures.models import ProcedurePage, ToldItem
from procedures.references import sort_key

PRIVACY = """07 Records and privacy procedures
07.06 Data protection and privacy notice

We write down what we need to look after a child, and no more.

What we promise
- You can see what we hold about your child. Ask anyone; we answer within a month.
- What you tell us stays with those who need it for their work.
- If we must tell somebody else to keep a child safe, we say so to you, unless that would put the child at risk.

When something goes wrong
- If words about your child reach the wrong person, we tell you and put it right.
- You can complain, see 10.02 Complaints procedure.

Reviewed annually in November by Staff and Committee
"""

PROGRESS_CHECK = """09 Learning together procedures
09.14 Progress check at age two

Between two and three, every child's key person and family look together at how the child is getting on.

Before we meet
- The key person gathers what she has seen, and asks the family what they see at home.
- You choose a time that suits you, and bring whom you like.

Afterwards
- You get a short written summary in plain words.
- If we all think that more help would do good, we agree who asks for it. We share the summary with your health visitor only
  if you agree, as explained in 07.06 Data protection and privacy notice.

Reviewed annually in November by Staff and Committee
"""

COMPLAINTS = """10 Working with families procedures
10.02 Complaints procedure

When something is not right, we want to know. Nobody is treated differently for telling us.

How to tell us
- Say it to anyone, write it, or use "Unhappy with something?" on this site.
- You get a reference and the day by which we answer: 28 days at most.
- If it is about someone in charge, say so, and somebody else looks at it.

Who else you can turn to
- You can tell Ofsted at any time.
- What you tell us is kept as 07.06 Data protection and privacy notice says.
- If a child may be in danger, we act at once under 06.01 Keeping children safe.

Reviewed annually in November by Staff and Committee
"""

HELPING_OUT = """10 Working with families procedures
10.04 Helping out

Families who give us an hour are part of the day.

- You tell us what you like to do: cook, mend, sing, dig.
- A member of staff is with you all the time.
- What you see of other children stays here, see 07.06 Data protection and privacy notice.
- Looking for your child's two-year talk? It is in 09.14 Progress check at age two.

Reviewed annually in November by Staff and Committee
"""

# Read beside the others only by add_reading_samples: short ones that families look for.
NAPPIES = """03 Health and hygiene procedures
03.04 Changing children

Every child is changed by somebody the child knows, kindly and without hurry.

How we do it
- We talk with your child while we change, and never make a face.
- Whoever changes a child wears gloves and an apron, and cleans the mat afterwards.
- The door stays open, so that another adult can see us.

What we ask of you
- Please bring five pairs of spare clothes and what your child wears at home.
- Tell us when your child begins to use the potty: we go on as you do at home.

Reviewed annually in November by Staff and Committee
"""

UNCOLLECTED = """06 Safeguarding children procedures
06.03 Uncollected child

A child whom nobody has collected is never alone and never hears a cross word about it.

What we do
- After fifteen minutes we ring you, then the other people on your list.
- Two of us stay with your child, who eats and plays.
- After an hour without an answer we ring children's social care.

Reviewed annually in November by Staff and Committee
"""

MISSING = """06 Safeguarding children procedures
06.04 Missing child

We count the children at every door. If one is missing, the search begins in the same minute.

What we do
- One of us stays with the other children, everybody else searches.
- After ten minutes we ring the police, and then you.
- Afterwards we look with you at how it could happen, and write it down.

Reviewed annually in November by Staff and Committee
"""

ABSENCE = """06 Safeguarding children procedures
06.05 When a child is away

We miss your child, and we want to know that all is well.

What we do
- You tell us before 9.30, in the portal or by phone.
- If we hear nothing, we ring you the same morning, then the other people on your list.
- If we cannot reach anybody and are worried, we ask children's social care or the police to knock.

Reviewed annually in November by Staff and Committee
"""

SHORT = {
    "03.04": (
        "We change your child when it is needed, gently, and always somebody your child knows.",
        "nappy nappies potty toilet wet clothes pampers pieluchy",
    ),
    "06.03": ("If you are late we look after your child and ring round until somebody comes.", "late pick up collect"),
    "06.04": ("We count, we search at once, and you hear from us within minutes.", "lost run away"),
    "06.05": (
        "Tell us when your child is ill or away. If we hear nothing, we ring.",
        "ill sick holiday absence attendance",
    ),
    "10.02": ("Tell anyone, in any way. You get an answer within 28 days, and nobody holds it against you.", "unhappy"),
}
TOLD = {  # the thing we must tell, and the page that does: a procedure's code or an address
    "How we teach and look after children": "our-day",
    "What your child does all day, and how you can go on at home": "our-day",
    "Food and drink": "food-and-drink",
    "If a child is not collected": "06.03",
    "If a child goes missing": "06.04",
    "When a child is away": "06.05",
    "How to complain": "10.02",
    "What it costs": "what-it-costs",
    "What we keep about your family": "privacy",
    "Our policies and procedures": "procedures",
}

SAMPLES = [
    (PRIVACY, Audience.EVERYONE),
    (PROGRESS_CHECK, Audience.EVERYONE),
    (COMPLAINTS, Audience.EVERYONE),
    (HELPING_OUT, Audience.FAMILIES),
]


def add_sample_pages():
    """Four published procedures in three sections; one mention leads nowhere. Codes that are there already are left alone."""
    for words, audience in SAMPLES:
        document = read_text(words, "sample.md")
        if ProcedurePage.objects.filter(sort_key=sort_key(document.code)).exists():
            continue
        page = keep_as_draft(document)
        page.audience = audience
        page.looked_after_by = "The manager"
        page.reviewed_on, page.next_review_on = timezone.localdate() - datetime.timedelta(days=30), None
        page.save_revision().publish()


def add_reading_samples():
    """More procedures, "In short" and other words, and the pages that answer what we must tell families."""
    for words in (NAPPIES, UNCOLLECTED, MISSING, ABSENCE):
        document = read_text(words, "sample.md")
        if not ProcedurePage.objects.filter(sort_key=sort_key(document.code)).exists():
            page = keep_as_draft(document)
            page.looked_after_by, page.reviewed_on = "The manager", timezone.localdate() - datetime.timedelta(days=30)
            page.save_revision().publish()
    for code, (in_short, other_words) in SHORT.items():
        page = ProcedurePage.objects.filter(sort_key=sort_key(code)).first()
        if page is not None and not page.in_short:
            page.in_short, page.other_words = in_short, other_words
            page.save_revision().publish()
    for title, answer in TOLD.items():
        item = ToldItem.objects.filter(title=title, page=None).first()
        if item is not None:
            procedure = ProcedurePage.objects.filter(sort_key=sort_key(answer)) if answer[0].isdigit() else None
            page = (procedure or Page.objects.filter(slug=answer)).first()
            item.page_id = page.pk if page else None
            item.save()
