"""What leaves a final check: each reader's sealed copy, the page for the health visitor, and what is passed on with consent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.consent import allowed
from people.accounts.proof import fresh_proof
from people.families.access import Level, access_of
from people.setting.roles import in_words
from portal.progress import actions_copies, forms, rules, telling
from portal.progress.models import Check, Copy, Part, Share
from portal.progress.models.passed import RECIPIENTS, For
from portal.progress.views import own_check
from portal.progress.when import age_in_months
from records import audit, files
from records.access_log import log_access
from records.refused import ActionRefused, refuse


@require_GET
@fresh_proof
def copy(request, check_id):
    """One's own sealed copy: an adult's own, or for staff the one with everything. The same bytes each time."""
    check = get_object_or_404(Check.objects.visible_to(request.user).select_related("child"), pk=check_id)
    as_staff = Check.objects.as_staff_of(request.user).filter(pk=check.pk).exists()
    whose = For.STAFF if as_staff else For.ADULT
    copies = Copy.objects.visible_to(request.user).filter(check_of=check, whose=whose, file__isnull=False)
    found = copies.select_related("file").first()
    if found is None:
        raise Http404
    audit.record("progress.copy_opened", found, by=request.user, child=check.child, digest=found.file.sha256)
    log_access(request.user, check.child, "progress", role=in_words(request.user))
    return files.respond(found.file, name=found.file_name)


@require_GET
def health_visitor(request, check_id):
    """A page for a parent to print or show: what a health visitor needs, and nothing more."""
    checks = Check.objects.visible_to(request.user).filter(final_at__isnull=False)
    full = access_of(request.user).family(Level.FULL)
    check = get_object_or_404(checks.filter(child__in=full).select_related("child", "author"), pk=check_id)
    own = (
        Part.objects.visible_to(request.user).filter(check_of=check, adult=request.user, sent_at__isnull=False).first()
    )
    log_access(request.user, check.child, "progress", role=in_words(request.user))
    shown = {
        "check": check,
        "months": age_in_months(check.child.born_on, timezone.localdate(check.final_at)),
        "pieces": telling.for_health_visitor(check, own),
    }
    return render(request, "progress/health_visitor.html", shown)


def pass_on(request, check_id):
    """Give a final check to somebody outside, as far as the family allows it; the log stays."""
    check = own_check(request, check_id)
    if not rules.may_pass_on(request.user, check.child):
        raise ActionRefused(rules.NOT_YOURS)
    if not check.final_at:
        raise ActionRefused(_("It is not final yet. Only a final check can be given to anybody."))
    open_to = [purpose for purpose in RECIPIENTS if allowed(check.child, purpose)]
    households = rules.hidden_from_each_other(rules.who_decides(check.child))
    form = forms.PassOn(request.POST or None, open_to=open_to, households=households)
    if request.method == "POST" and form.is_valid():
        actions_copies.pass_on(check, by=request.user, **form.facts())
        messages.success(request, _("It is in the log. Now you can open the copy for them."))
        return redirect("progress:pass_on", check_id=check.pk)
    shares = Share.objects.visible_to(request.user).filter(check_of=check).select_related("shared_by", "copy")
    shown = {"check": check, "form": form, "shares": shares, "open_to": open_to, "recipients": RECIPIENTS}
    return render(request, "progress/pass_on.html", shown)


@require_GET
@fresh_proof
def given(request, share_id):
    """The copy that goes with a line of the log, as long as the family still allows it."""
    shares = Share.objects.visible_to(request.user).filter(check_of__in=Check.objects.as_staff_of(request.user))
    share = get_object_or_404(shares.select_related("check_of__child", "copy__file"), pk=share_id)
    refuse(rules.why_not_pass_on(request.user, share.check_of, share.purpose))
    if share.copy.file is None:
        raise Http404
    audit.record("progress.given_copy_opened", share, by=request.user, child=share.check_of.child)
    log_access(request.user, share.check_of.child, "progress", role=in_words(request.user))
    return files.respond(share.copy.file, name=share.copy.file_name)
