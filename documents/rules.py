"""Who may ask, sign, decide and read. Each rule answers; none writes. `why_not` gives the kind reason, or nothing."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.models import Signature, SignatureRequest, asked_about_by_staff
from documents.wording import questions
from people.accounts.models import Person
from people.families.access import CLOSES_THE_PORTAL, Level, access_of
from people.families.models import Child, Relationship, Restriction
from people.setting.roles import Right, has_right

if TYPE_CHECKING:
    from documents.models import Form

LONGEST = {"short": 300, "long": 10_000}  # letters


def may_ask_for_forms(person: Person) -> bool:
    """Ask families to sign forms at all."""
    return has_right(person, Right.ASK_FOR_FORMS)


def may_ask_about(person: Person, child: Child, on: date | None = None) -> bool:
    """The same for one child: never for a child of one's own family."""
    return asked_about_by_staff(person, on).filter(pk=child.pk).exists()


def who_can_sign_for(child: Child, on: date) -> QuerySet[Person]:
    """The adults who may be asked to sign for this child on this day."""
    full = Relationship.objects.running(on).filter(child=child, level__gte=Level.FULL)
    closed = Restriction.objects.running(on).filter(child=child, kind__in=CLOSES_THE_PORTAL)
    return Person.objects.filter(pk__in=full.values("adult")).exclude(pk__in=closed.values("adult"))


def has_full_say(person: Person, child: Child, on: date | None = None) -> bool:
    """Whether the person may sign and decide for this child."""
    return child.pk in access_of(person, on).family(Level.FULL)


def why_not_asked(
    by: Person, child: Child, adult: Person, form: "Form", on: date, enclosed: Iterable[dict[str, Any]] = ()
) -> str:
    """Why this adult cannot be asked to sign this form for this child, with what is enclosed for them alone."""
    own_words = enclosed and Child.objects.as_key_person_of(by, on).filter(pk=child.pk).exists()
    if not own_words and not may_ask_about(by, child, on):
        return _("This has to be asked by a colleague who keeps this child's papers.")
    if not form.in_use:
        return _("This form is no longer in use. Choose another one.")
    if not who_can_sign_for(child, on).filter(pk=adult.pk).exists():
        return _("This person cannot sign for this child at present.")
    if (
        not enclosed
        and SignatureRequest.objects.unanswered().filter(child=child, adult=adult, version__form=form).exists()
    ):
        return _("This person was already asked to sign this form and has not done so yet.")
    return ""


def why_not_withdrawn(by: Person, ask: SignatureRequest) -> str:
    """Why a request cannot be taken back."""
    if not may_ask_about(by, ask.child):
        return _("This has to be done by a colleague who keeps this child's papers.")
    if Signature.objects.filter(ask=ask).exists():
        return _("The form has been signed, so the request cannot be taken back.")
    return ""


def why_not_answered(person: Person, ask: SignatureRequest, on: date | None = None) -> str:
    """Why the person cannot write into this request, or sign it."""
    if ask.adult_id != person.pk or not has_full_say(person, ask.child, on):
        return _("This form is not open to you at present. Please talk to us.")
    if ask.withdrawn_at:
        return _("We no longer need this form, so there is nothing to sign.")
    if Signature.objects.filter(ask=ask).exists():
        return _("You have already signed this form.")
    return ""


def still_to_answer(wording: list[dict[str, Any]], answers: dict[str, str]) -> list[dict[str, Any]]:
    """The questions whose answer is missing though needed, or is none that the question offers."""
    return [piece for piece in questions(wording) if not is_answered(piece, answers.get(piece["id"], ""))]


def is_answered(piece: dict[str, Any], answer: str) -> bool:
    """Whether this is a possible answer to the question; none at all is one where none is needed."""
    if not answer:
        return not piece["value"].get("needed")
    if piece["type"] == "yes_no":
        return answer in ("yes", "no")
    if piece["type"] == "choice":
        return answer in piece["value"]["options"]
    if piece["type"] == "date":
        return is_date(answer)
    return len(answer) <= LONGEST[piece["type"]]


def is_date(answer: str) -> bool:
    """Whether the text is a day written as 2026-11-30."""
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def is_their_name(typed: str, person: Person) -> bool:
    """Whether the typed name is the person's own: capital letters and spaces do not matter."""
    return " ".join(typed.casefold().split()) == " ".join(person.full_name.casefold().split())
