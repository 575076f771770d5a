"""What a family does here: find, fill in, check, sign and take home a form; change a permission."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents import actions, rules, wording
from documents.consent import decided_by_others
from documents.forms import AnswersForm, SignForm, as_typed, name_of
from documents.models import Consent, Draft, Form, Signature, SignatureRequest, SignedDocument
from documents.purposes import WHAT_A_NO_DOES, Purpose
from people.accounts.models import Draft as TypedDraft
from people.accounts.proof import fresh_proof, prove
from people.families.access import Level, access_of
from people.families.former_names import call_as_known
from people.families.models import Child
from people.setting.roles import in_words
from people.setting.words import in_our_words
from records import audit, files
from records.access_log import log_access
from records.editions import edition_in, saved_in_words
from records.refused import ChangedElsewhere
from records.submissions import done_here


@require_GET
def papers(request):
    """What waits to be signed first, then what this person has signed."""
    waiting = SignatureRequest.objects.waiting_for(request.user).select_related("version", "child", "draft")
    own = Signature.objects.visible_to(request.user).filter(ask__adult=request.user)
    own = list(own.select_related("ask__version", "ask__child", "paper"))
    call_as_known(request.user, [signature.ask.child for signature in own])
    return render(
        request,
        "documents/papers.html",
        {
            "waiting": _with_begun(waiting, request.user),
            "signatures": own,
            "may_decide": bool(access_of(request.user).family(Level.FULL)),
            "may_ask": rules.may_ask_for_forms(request.user),
            "today": timezone.localdate(),
        },
    )


def _with_begun(waiting, user):
    """The same requests, each with `begun_at`: when its answers were last saved, or kept while they were typed."""
    kept = dict(TypedDraft.objects.visible_to(user).values_list("path", "kept_at"))
    waiting = list(waiting)
    for ask in waiting:
        saved = ask.draft.saved_at if hasattr(ask, "draft") else None
        ask.begun_at = max(filter(None, (saved, kept.get(ask.get_absolute_url()))), default=None)
    return waiting


@require_GET
def words_of_form(request, form_id):
    """What a form asks, for whoever comes from a procedure that mentions it; nothing can be filled in here."""
    form = get_object_or_404(Form.objects.visible_to(request.user), pk=form_id)
    pieces = in_our_words(wording.plain(form.wording))
    return render(request, "documents/form.html", {"form": form, "pieces": pieces})


def own_ask(request, ask_id):
    """The person's own request, signed or waiting; 404 for everybody else's.

    One question, because between two of them another press may sign: then it was waiting no more and not signed yet.
    """
    signed_or_waiting = Q(signature__isnull=False) | Q(
        pk__in=SignatureRequest.objects.waiting_for(request.user).order_by().values("pk")
    )
    asks = SignatureRequest.objects.visible_to(request.user).filter(signed_or_waiting, adult=request.user)
    return get_object_or_404(asks.select_related("version", "child", "signature"), pk=ask_id)


def draft_of(asked):
    """What is saved so far; an empty draft of edition 0 where nothing is."""
    return Draft.objects.visible_to(asked.adult).filter(ask=asked).first() or Draft(ask=asked, edition=0)


@require_http_methods(["GET", "POST"])
def fill(request, ask_id):
    """Read the form and answer its questions; nothing typed is ever lost."""
    asked = own_ask(request, ask_id)
    if hasattr(asked, "signature"):
        return redirect("papers:signed", ask_id)
    if request.method == "POST":
        return fill_in(request, asked)
    draft = draft_of(asked)
    typed = as_typed(draft.answers)
    form = AnswersForm(asked.wording, typed if "look-again" in request.GET else None, initial=typed)
    return fill_page(request, asked, form, draft)


def fill_in(request, asked):
    """Save what was typed; go on to the check when that was asked for and nothing is missing."""
    form = AnswersForm(asked.wording, request.POST)
    going_on = "save" not in request.POST
    answers = form.answers() if going_on and form.is_valid() else form.typed()
    try:
        draft = actions.save_draft(asked, answers, by=request.user, edition=edition_in(request))
    except ChangedElsewhere as changed:
        untouched = AnswersForm(asked.wording, initial=as_typed(form.typed()))
        return fill_page(request, asked, untouched, changed.row, changed_elsewhere=True)
    if not going_on:
        messages.success(request, _("%(saved)s. You can finish it later.") % {"saved": saved_in_words(draft)})
        return redirect("papers:list")
    if form.is_valid():
        return redirect("papers:check", asked.pk)
    return done_here(fill_page(request, asked, form, draft))  # what was typed is saved


def fill_page(request, asked, form, draft, changed_elsewhere=False):
    say_who_decides(form, asked)
    context = {"asked": asked, "form": form, "draft": draft, "changed_elsewhere": changed_elsewhere}
    return render(request, "documents/fill.html", context)


def say_who_decides(form, asked):
    """Under each question whose yes is not this person's to give: who decides instead."""
    by_others = decided_by_others(asked.adult)
    for piece in wording.questions(asked.wording):
        if words := by_others.get((asked.child_id, piece["value"].get("purpose"))):
            form.fields[name_of(piece)].help_text = words


@require_http_methods(["GET", "POST"])
def check(request, ask_id):
    """Read everything once more, as it will stand on paper, and sign."""
    asked = own_ask(request, ask_id)
    if request.method == "POST":
        return put_signature(request, ask_id)
    if hasattr(asked, "signature"):
        return redirect("papers:signed", ask_id)
    draft = draft_of(asked)
    if rules.still_to_answer(asked.version.wording, draft.answers):
        return redirect(f"{asked.get_absolute_url()}?look-again")
    return check_page(request, asked, draft, SignForm(person=request.user, initial={"edition": draft.edition}))


@transaction.atomic
def put_signature(request, ask_id):
    """Sign, once: of two presses the second waits here for the first and then finds the form signed."""
    SignatureRequest.objects.visible_to(request.user).select_for_update(of=("self",)).filter(pk=ask_id).first()
    asked = own_ask(request, ask_id)
    if hasattr(asked, "signature"):
        return redirect("papers:signed", ask_id)
    form, draft = SignForm(request.POST, person=request.user), draft_of(asked)
    if form.is_valid() and form.cleaned_data["edition"] != draft.edition:
        form.add_error(None, _("The answers were changed in another window. Please read them again before you sign."))
    if form.is_valid():
        for field, words in prove(request, form.cleaned_data["password"], form.cleaned_data.get("code", "")).items():
            form.add_error(field if field in form.fields else None, words)
    if not form.is_valid():
        return check_page(request, asked, draft, form)
    actions.sign(
        asked,
        by=request.user,
        edition=draft.edition,
        typed_name=form.cleaned_data["typed_name"],
        proof=request.session["proof"],
    )
    return redirect("papers:signed", ask_id)


def check_page(request, asked, draft, form):
    # A page that was refused is read again by the person, so it carries the edition that it now shows.
    form.data = {**form.data.dict(), "edition": draft.edition} if form.is_bound else form.data
    answered = [
        {**piece, "answer": wording.answer_in_words(piece, draft.answers.get(piece["id"], ""))}
        if piece["type"] in wording.QUESTIONS
        else piece
        for piece in asked.wording
    ]
    return render(request, "documents/check.html", {"asked": asked, "pieces": answered, "form": form})


@require_GET
def signed(request, ask_id):
    """It is signed. The copy follows within seconds; until then the page looks again by itself."""
    signature = get_object_or_404(
        Signature.objects.visible_to(request.user).select_related("ask__version", "ask__child", "paper"), ask_id=ask_id
    )
    call_as_known(request.user, [signature.ask.child])
    log_access(request.user, signature.ask.child, "papers", in_words(request.user))
    ready = hasattr(signature, "paper")
    page = render(request, "documents/signed.html", {"signature": signature, "asked": signature.ask, "ready": ready})
    if not ready:
        page["Refresh"] = "3"
    return page


@require_GET
@fresh_proof
def download(request, ask_id):
    """The sealed paper: the same bytes each time."""
    papers_here = SignedDocument.objects.visible_to(request.user).select_related("signature__ask__child", "file")
    paper = get_object_or_404(papers_here, signature__ask_id=ask_id)
    child = paper.signature.ask.child
    audit.record("documents.paper_opened", paper, by=request.user, child=child, digest=paper.sha256)
    log_access(request.user, child, "papers", in_words(request.user))
    return files.respond(paper.file, name=paper.file_name)


@require_GET
def permissions(request):
    """What this person allows, child by child. Whether it is allowed would tell what the other adults said."""
    children = list(Child.objects.as_family_of(request.user, at_least=Level.FULL))
    own = {
        (row.child_id, row.purpose): row
        for row in Consent.objects.visible_to(request.user).filter(adult=request.user).latest()
    }
    by_others = decided_by_others(request.user)
    for child in children:
        child.permissions = [
            {
                "purpose": purpose,
                "own": own.get((child.pk, purpose)),
                "by_others": by_others.get((child.pk, purpose), ""),
                "what_a_no_does": WHAT_A_NO_DOES.get(purpose, "") % {"name": child.known_as},
            }
            for purpose in Purpose
        ]
    return render(request, "documents/permissions.html", {"children": children})


@require_POST
def decide(request, child_id, purpose):
    """Allow something from now on, or no longer."""
    child = get_object_or_404(Child.objects.as_family_of(request.user, at_least=Level.FULL), pk=child_id)
    if purpose not in Purpose.values:
        raise Http404
    if request.POST.get("answer") not in ("yes", "no"):
        messages.info(request, _("Choose yes or no; nothing was changed."))
        return redirect("papers:permissions")
    allows = request.POST["answer"] == "yes"
    actions.decide_consent(child, purpose, allows, by=request.user)
    kept = _("Your decision is kept. %(child)s, %(purpose)s: %(answer)s. It counts from now on.")
    told = {"child": child.known_as, "purpose": Purpose(purpose).label, "answer": _("yes") if allows else _("no")}
    messages.success(request, kept % told)
    return redirect("papers:permissions")
