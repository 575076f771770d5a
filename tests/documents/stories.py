"""Small steps that several stories of this app take."""

from documents import actions, wording


def answers_for(ask, **other):
    """Something for every question: yes, a word, a day, the first choice; `other` by the question's kind."""
    given = {"yes_no": "yes", "short": "Oak Surgery", "long": "Łucja is afraid of dogs.", "date": "2026-12-01"}
    return {
        piece["id"]: other.get(piece["type"]) or given.get(piece["type"]) or piece["value"]["options"][0]
        for piece in wording.questions(ask.version.wording)
    }


def on_the_page(answers):
    """Answers as the page sends them."""
    return {f"q-{key}": answer for key, answer in answers.items()}


def sign(ask, person=None, **other):
    """Fill in and sign a request in one go."""
    person = person or ask.adult
    draft = actions.save_draft(ask, answers_for(ask, **other), by=person, edition=0)
    return actions.sign(ask, by=person, edition=draft.edition, typed_name=person.full_name, proof=["password"])
