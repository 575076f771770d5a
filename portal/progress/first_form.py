"""The form that parents sign under a final check, in its first words. Editors make it their own, like every form."""

import uuid

from documents.purposes import Purpose

CODE = "09.15a"
TITLE = "Progress check: read and discussed"
NAMESPACE = uuid.UUID("0f0c9a0e-3d4e-4a55-8d2e-9b7a5f7f3c11")  # the same ids on every machine

WORDS = [
    ("heading", "Who else may have it"),
    (
        "paragraph",
        "You decide who else gets what we wrote. Without your yes nothing leaves us. What you told us yourself, in your own "
        "part, is never passed on. You can change your mind at any time under “Papers”, “What you allow”.",
    ),
    (
        "yes_no",
        "May we give it to your health visitor?",
        "It helps with the review at two. You can also take a page with you yourself.",
        Purpose.CHECK_HEALTH_VISITOR,
    ),
    (
        "yes_no",
        "May we give it to another nursery, pre-school or childminder your child goes to?",
        "",
        Purpose.CHECK_OTHER_SETTING,
    ),
    ("yes_no", "May we give it to your child's school, when the time comes?", "", Purpose.CHECK_SCHOOL),
]


def pieces():
    """The form's words as Wagtail stores them."""
    found = []
    for place, (kind, *words) in enumerate(WORDS):
        value = words[0]
        if kind == "yes_no":
            question, hint, purpose = words
            value = {"question": question, "help": hint, "purpose": purpose.value, "needed": True}
        found.append({"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, str(place)))})
    return found
