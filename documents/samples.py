"""Three forms to begin with, in plain words. A setting makes them its own in the pages of the editors."""

import uuid

from documents.models import Form
from documents.purposes import Purpose

# The ids of pieces are made from these names, so that the samples are the same on every machine.
NAMESPACE = uuid.UUID("5b1c1e0e-7a53-4f57-9c55-2d2d0f6e1b10")


def yes_no(question, help="", purpose="", needed=True):
    return "yes_no", {"question": question, "help": help, "purpose": purpose, "needed": needed}


def asks(kind, question, help="", needed=True):
    return kind, {"question": question, "help": help, "needed": needed}


SAMPLES = {
    ("P1", "Outings and photographs"): [
        (
            "paragraph",
            "We go out often: to the park, the library, the post box. And we take photographs, because a picture "
            "often says best what your child has learnt. For both we need your permission.",
        ),
        ("heading", "Going out"),
        (
            "paragraph",
            "On local walks there is at least one adult for every three children. We carry a telephone, a first aid "
            "kit and the numbers of all families. For a bigger trip, by bus or train, we ask you each time.",
        ),
        yes_no("May your child come on local walks and outings?", purpose=Purpose.OUTINGS),
        ("heading", "Photographs"),
        (
            "paragraph",
            "Photographs are taken with the pre-school's own cameras only. They stay in the portal, where only the "
            "families they are meant for can see them. You can change your mind at any time.",
        ),
        yes_no("May we take photographs for your child's own journal?", purpose=Purpose.OWN_JOURNAL),
        yes_no(
            "May your child be seen in photographs in other children's journals?",
            "For example when two children build a tower together. Names of other children are never given.",
            purpose=Purpose.OTHERS_JOURNALS,
        ),
        asks(
            "long",
            "Is there anything we should know before we go out with your child?",
            "For example: gets tired quickly, is afraid of dogs, runs ahead.",
            needed=False,
        ),
    ],
    ("P2", "Agreement between you and us"): [
        (
            "paragraph",
            "We look after your child together with you. This page says what you can expect of us and what we ask of "
            "you, so that nobody has to guess.",
        ),
        ("heading", "What you can expect of us"),
        (
            "list",
            [
                "Your child has a key person who knows your child well and talks with you often.",
                "We tell you on the same day about an accident, an illness or a worry.",
                "We never shout at, shame or smack a child.",
                "What you tell us stays with the people who need it for your child. Only when we fear that a child "
                "is being harmed do we have to tell others, and if we can, we tell you first.",
                "When you are unhappy with something, we listen, put right what we can and write to you within 28 days.",
            ],
        ),
        ("heading", "What we ask of you"),
        (
            "list",
            [
                "Ring us before 9.30 when your child cannot come.",
                "Tell us who collects your child, and bring that person to us once before the first time.",
                "Keep your child at home for two days after the last sickness or diarrhoea.",
                "Tell us when your address, your number or something in the family changes.",
            ],
        ),
        yes_no("Have you read this agreement, and do you agree to it?"),
        asks("date", "From which day does it count?"),
        asks(
            "long",
            "What would help us to work well with you?",
            "For example: another language, larger print, a good time to ring.",
            needed=False,
        ),
    ],
    ("P3", "If your child needs urgent treatment"): [
        (
            "paragraph",
            "If your child is hurt or falls ill, we give first aid and ring you. If it is serious, we first ring 999 "
            "and then you. One of us stays with your child, in the ambulance too, until you are there.",
        ),
        yes_no("May we give first aid to your child?"),
        yes_no(
            "May we call an ambulance and go to hospital with your child if we cannot reach you?",
            purpose=Purpose.URGENT_TREATMENT,
        ),
        yes_no("May plasters be put on your child's skin?"),
        asks("short", "Which surgery is your child registered with?", "Name and telephone number."),
        asks(
            "long",
            "Allergies, medicines, illnesses",
            "Everything that a doctor should know at once. Write “none” if there is nothing.",
        ),
        (
            "choice",
            {
                "question": "Whom should we ring first?",
                "help": "We try the others on your list after that.",
                "needed": True,
                "options": ["Me", "The other parent or carer", "Somebody else on my list"],
            },
        ),
        (
            "paragraph",
            "The doctors at the hospital decide about treatment under their own rules. This form does not replace "
            "your word to them when you can be reached.",
        ),
    ],
}


def pieces_of(code, words):
    """The pieces as Wagtail stores them."""
    stored = []
    for place, (kind, value) in enumerate(words):
        if kind == "list":
            value = [{"type": "item", "value": item, "id": named(code, place, item)} for item in value]
        if kind == "choice":
            options = [{"type": "item", "value": item, "id": named(code, place, item)} for item in value["options"]]
            value = {**value, "options": options}
        stored.append({"type": kind, "value": value, "id": named(code, place)})
    return stored


def named(*words):
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, words))))


def add_sample_forms():
    """Add the sample forms that are not there yet; the forms, in order. Words that an editor has changed stay."""
    forms = []
    for (code, title), words in SAMPLES.items():
        form, _made = Form.objects.get_or_create(
            code=code, defaults={"title": title, "wording": pieces_of(code, words)}
        )
        forms.append(form)
    return forms
