"""Notices in the portal: the short form, who has read one, and what helps on a snow day."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from home import actions_notices, forms, readers, rules
from home.audiences import Audience, families_of, recipients_of, staff_of
from home.models import NoticePage
from home.naming import question_about
from home.notices import Phrase
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.proof import fresh_proof
from people.features import first_page
from people.setting.roles import Right, has_right
from records.refused import ActionRefused


def _only_writers(request):
    if not has_right(request.user, Right.WRITE_NOTICES):
        raise ActionRefused(_("Only those who work here write notices."))


def write(request):
    """Staff begin a notice: words and readers; nobody reads it yet."""
    _only_writers(request)
    form = forms.Write(request.POST or None, person=request.user, initial={"who": _first_choice(request)})
    if request.method == "POST" and form.is_valid():
        notice = actions_notices.write_notice(by=request.user, **form.facts())
        return redirect("notices:look", notice_id=notice.pk)
    drafts = NoticePage.objects.as_drafts_of(request.user).order_by("-latest_revision_created_at")
    return render(request, "home/write.html", {"form": form, "drafts": drafts})


def _first_choice(request):
    """On a room's tablet that room."""
    room = getattr(getattr(request.user, "on_tablet", None), "room_id", None)
    ways = dict(forms.ways_to_choose(request.user))
    return f"room:{room}" if f"room:{room}" in ways else "families"


def _draft(request, notice_id):
    found = get_object_or_404(NoticePage.objects.as_writer_of(request.user), pk=notice_id)
    return found.get_latest_revision_as_object()


def change(request, notice_id):
    """Change a draft before anybody reads it."""
    notice = _draft(request, notice_id)
    which = {Audience.ROOM: ",".join(str(room.pk) for room in notice.rooms.all()), Audience.SESSION: notice.weekday}
    who = f"{notice.audience}:{which[notice.audience]}" if notice.audience in which else notice.audience
    form = forms.Write(
        request.POST or None, person=request.user, initial={"words": actions_notices.as_typed(notice), "who": who}
    )
    if request.method == "POST" and form.is_valid():
        actions_notices.change_notice(notice, by=request.user, **form.facts())
        return redirect("notices:look", notice_id=notice.pk)
    return render(request, "home/write.html", {"form": form, "draft": notice})


def look(request, notice_id):
    """A notice as it will look, and who will read it, before it is published or handed in."""
    notice = _draft(request, notice_id)
    may_publish = rules.may_publish(request.user)
    sent = request.POST if request.method == "POST" else None
    form = (forms.Publish if may_publish else forms.HandIn)(sent, ask=lambda _form: asked_of(notice, request.user))
    if request.method == "POST" and form.is_valid() and not may_publish:
        actions_notices.hand_in(notice, by=request.user)
        messages.success(request, _("Thank you. Whoever publishes notices sees it on their page for today."))
        return redirect("people:tablet" if getattr(request.user, "on_tablet", None) else first_page())
    if request.method == "POST" and form.is_valid():
        actions_notices.publish_notice(notice, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is published."))
        published = get_object_or_404(NoticePage.objects.visible_to(request.user), pk=notice.pk)
        if rules.may_follow(request.user, published):
            return redirect("notices:desk", notice_id=notice.pk)
        return redirect(published.get_url(request))
    shown = {"page": notice, "form": form, "may_publish": may_publish, "who_reads": who_reads(notice), "preview": True}
    return render(request, "home/look.html", shown)


def asked_of(notice, person):
    """What is asked where a notice names a child, or nothing."""
    texts = [getattr(notice, name) or "" for name in NoticePage.READ_BY_MANY]
    return question_about(texts, person, ", ".join(who_reads(notice)))


def who_reads(notice):
    """For whom it is as sentences with numbers, so that a slip is seen before it is read."""
    if notice.audience in (Audience.STAFF, Audience.COMMITTEE):
        number = recipients_of(notice).count()
        return [ngettext("%(n)d person who works here", "%(n)d people who work here", number) % {"n": number}]
    adults, colleagues = families_of(notice).count(), staff_of(notice).count()
    found = [_("Everybody: the notice is public")] if notice.is_public else []
    found.append(ngettext("%(n)d adult of our families", "%(n)d adults of our families", adults) % {"n": adults})
    found.append(ngettext("%(n)d colleague", "%(n)d colleagues", colleagues) % {"n": colleagues})
    return found


def _followed(request, notice_id):
    """A published notice whose readers this person sees; 404 otherwise."""
    notice = get_object_or_404(NoticePage.objects.visible_to(request.user), pk=notice_id)
    if not rules.may_follow(request.user, notice):
        raise Http404
    return notice


def desk(request, notice_id):
    """Who has read a notice, by name, and what can be done for the others."""
    notice = _followed(request, notice_id)
    return _desk(request, notice)


def _desk(request, notice, form=None):
    reads, rest = readers.readers_of(notice, request.user)
    people = readers.named_to(request.user, recipients_of(notice), timezone.localdate()).order_by("full_name", "pk")
    not_yet = people.exclude(pk__in=notice.reads.values("person"))
    shown = {
        "notice": notice,
        "reads": reads,
        "rest": rest,
        "form": form or forms.Told(people=not_yet),
        "steps": notice.steps.select_related("by"),
        "may_ring": rules.may_ring(request.user, notice),
        "why_not_remind": rules.why_not_remind(request.user, notice),
        "may_publish": rules.may_publish(request.user),
    }
    return render(request, "home/desk.html", shown)


@require_POST
def told(request, notice_id):
    """Somebody was told on paper, aloud or through an interpreter."""
    notice = _followed(request, notice_id)
    people = readers.named_to(request.user, recipients_of(notice), timezone.localdate())
    form = forms.Told(request.POST, people=people)
    if not form.is_valid():
        return _desk(request, notice, form)
    facts = form.cleaned_data
    actions_notices.told(notice, facts["person"], by=request.user, channel=facts["channel"])
    messages.success(request, _("Noted, with your name."))
    back = "notices:ring" if request.POST.get("next") == "ring" else "notices:desk"
    return redirect(back, notice_id=notice.pk)


@require_POST
def remind(request, notice_id):
    """Remind those who have not read it; at most once a day."""
    notice = _followed(request, notice_id)
    number = actions_notices.remind(notice, by=request.user)
    sent = ngettext("%(n)d e-mail is on its way.", "%(n)d e-mails are on their way.", number) % {"n": number}
    messages.success(request, sent)
    return redirect("notices:desk", notice_id=notice.pk)


@fresh_proof
def ring(request, notice_id):
    """Whom to ring because they have not read it: each household once."""
    notice = _followed(request, notice_id)
    if not rules.may_ring(request.user, notice):
        raise Http404
    actions_notices.ring_list_opened(notice, by=request.user)
    shown = {"notice": notice, "households": readers.to_ring(notice, request.user), "in_short": in_short(notice)}
    return render(request, "home/ring.html", shown)


def in_short(notice):
    """What may be said of it where anybody can read: a fixed phrase about the setting, or nothing."""
    fits = notice.audience in (Audience.PUBLIC, Audience.FAMILIES)
    return Phrase(notice.phrase).label if notice.phrase and fits else ""


def poster(request, notice_id):
    """A sheet for the door. Whoever passes reads it, so it carries only a fixed phrase and the words of public notices."""
    notice = _followed(request, notice_id)
    return render(request, "home/poster.html", {"notice": notice, "in_short": in_short(notice)})


@asks_and_does
def take_down(request, notice_id):
    """Take a notice off every list at once."""
    notice = get_object_or_404(NoticePage.objects.visible_to(request.user), pk=notice_id)
    if not rules.may_publish(request.user):
        raise Http404
    if request.method != "POST":
        says = [
            _(
                "It goes from every list at once, and from the home page. Whoever has not read it does not find it any more."
            ),
            _("An editor still finds it as a draft, and can publish it again."),
        ]
        title = _("Take down the notice “%(title)s”?") % {"title": notice.title}
        return ask_first(request, title, says, _("Yes, take it down"), reverse("notices:desk", args=[notice.pk]))
    actions_notices.take_down(notice, by=request.user)
    messages.success(request, _("It is gone from every list. An editor still finds it as a draft."))
    return redirect("wagtail_serve", "notices/")
