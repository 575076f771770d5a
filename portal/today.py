"""The first page: everything that waits for you. A loop over the features' `waiting`; it knows none of them."""

from django.shortcuts import render

from people import features
from people.families.models import Child
from people.setting.roles import works_here


def today(request):
    """One card for each of your children with what waits for it, and what waits for you in your role."""
    user = request.user
    if (first := features.before_today(request)) is not None:
        return first
    children = list(Child.objects.as_family_of(user).select_related("room"))
    waiting = features.waiting_for_family(user) if children else {}
    cards = [
        {
            "child": child,
            "waiting": waiting.get(child.pk, []),
            "links": features.child_links(features.ChildPlace.TODAY, user, child),
        }
        for child in children
    ]
    context = {
        "cards": cards,
        "duties": features.waiting_for(user),
        "sections": features.today_sections(user),
        "links": features.links(features.Place.TODAY, user),
        "works_here": works_here(user),
    }
    return render(request, "today/today.html", context)
