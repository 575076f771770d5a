"""Procedures for the demo, in words of our own; they came through the same import as anybody's."""

import datetime

from django.utils import timezone

from procedures.actions import keep_as_draft
from procedures.audiences import Audience
from procedures.importing import read_text
from procedures.models import ProcedurePage
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
