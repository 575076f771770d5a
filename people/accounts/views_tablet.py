"""The room's tablet: enrolled by the manager, opened with a name and a PIN."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from people import features
from people.accounts import actions_sessions, actions_tablet, forms_security, open_pages, proof, sign_in, tablets
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.held import opens_here
from people.accounts.models import Draft, HeldForm, Tablet
from people.families.models import Child
from people.features import first_page
from people.setting.roles import Right, has_right


def _only_who_keeps_staff(person):
    if not has_right(person, Right.KEEP_STAFF):
        raise PermissionDenied


@proof.proof_just_now
def enrolled(request):
    """The setting's tablets; the one at hand can be enrolled."""
    _only_who_keeps_staff(request.user)
    form = forms_security.EnrolTablet(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _tablet, token = actions_tablet.enrol_tablet(by=request.user, **form.cleaned_data)
        actions_sessions.forget_session(request.session.session_key)
        open_pages.sign_out(request)  # whoever enrols it does not leave her own account open on it
        response = redirect("people:tablet")
        response.set_cookie(
            settings.TABLET_COOKIE_NAME,
            token,
            max_age=tablets.LIVES_FOR,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )
        return response
    shown = {"form": form, "tablets": Tablet.objects.filter(revoked_at__isnull=True).select_related("room")}
    return render(request, "tablet/enrolled.html", shown)


@asks_and_does
@proof.proof_just_now
def revoke(request, tablet_id):
    """A tablet that is lost or retired opens nothing any more."""
    _only_who_keeps_staff(request.user)
    tablet = get_object_or_404(Tablet, pk=tablet_id, revoked_at__isnull=True)
    if request.method != "POST":
        says = [
            _("It opens nothing any more from the next tap on, and whoever works on it is signed out."),
            _("What was typed on it and not sent is kept for whoever typed it. To use it again, enrol it anew."),
        ]
        title = _("Take back the tablet “%(name)s”?") % {"name": tablet.name}
        return ask_first(request, title, says, _("Yes, take it back"), reverse("people:tablets"))
    actions_tablet.revoke_tablet(tablet, by=request.user)
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": tablet.name})
    return redirect("people:tablets")


@login_not_required  # the tablet's own first page: names to tap; elsewhere it is not there
def tablet(request):
    """Names to tap; and, once somebody is in, the children of the room."""
    at_hand = tablets.tablet_of(request)
    if at_hand is None:
        raise Http404
    if getattr(request.user, "on_tablet", None):
        children = Child.objects.as_staff_of(request.user).here().select_related("room")
        held = [one for one in HeldForm.objects.visible_to(request.user) if opens_here(one, request.user)]
        drafts = [one for one in Draft.objects.visible_to(request.user) if tablets.opens_here(one.path)]
        children = [
            (child, features.child_links(features.ChildPlace.TABLET, request.user, child)) for child in children
        ]
        links = features.links(features.Place.TABLET_HOME, request.user)
        shown = {"tablet": at_hand, "children": children, "held": held, "drafts": drafts, "links": links}
        return render(request, "tablet/children.html", shown)
    if request.user.is_authenticated:
        return redirect(first_page())
    return render(request, "tablet/names.html", {"tablet": at_hand, "people": tablets.people_at(at_hand)})


@login_not_required  # the PIN is asked here; without an enrolled tablet there is no such page
@sensitive_post_parameters("digits")
def pin(request, person_id):
    """A name was tapped; six digits open the room's pages for five minutes of work at a time."""
    at_hand = tablets.tablet_of(request)
    if at_hand is None or request.user.is_authenticated:
        raise Http404
    person = get_object_or_404(tablets.people_at(at_hand), pk=person_id)
    form = forms_security.Digits(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions_tablet.pin_opens(at_hand, person, form.cleaned_data["digits"]):
            page = tablets.where_to_go_on(request, person)
            sign_in.start_session_on_tablet(request, person, at_hand)
            return redirect(page)
        form.add_error(
            "digits",
            _(
                "That is not your PIN. After five wrong tries it is closed: then sign in on a computer and choose a "
                "new one under “How you sign in”."
            ),
        )
    return render(request, "tablet/pin.html", {"tablet": at_hand, "person": person, "form": form})
