"""A check in words, in the order in which it is read: on the page, in the request to sign, and in every sealed copy.

The words are pieces as documents knows them ({"id", "type", "value"}): headings, paragraphs, lists, and what somebody
told under its label. Whoever asks for them decides first whose parts, remarks and talks go in.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.families.eyfs import PRIME, characteristics_in_words
from portal.progress.models import Kind, Part
from portal.progress.when import age_in_months


def of_check(check, *, parts=(), talks=(), remarks=(), hide_dates=False):
    """The whole check as pieces. `hide_dates` leaves only the month of a day, for whoever may not know days and times."""
    found = [*of_child(check), *(piece for part in parts for piece in of_part(part))]
    found += [*of_setting(check, hide_dates), *of_talks(talks, hide_dates), *of_remarks(remarks)]
    return numbered(found)


def for_others(check):
    """The same for professionals: what the setting wrote and the child's own words, and nothing that a parent told us."""
    return numbered([*of_child(check), *of_setting(check)])


def numbered(pieces):
    """Each with an id of its own, the same each time."""
    return [{"id": f"check-{number}", **piece} for number, piece in enumerate(pieces, 1)]


def heading(words):
    return {"type": "heading", "value": str(words)}


def told(label, words):
    return {"type": "told", "value": {"label": str(label), "words": str(words)}}


def written(*rows):
    """Those that say something."""
    return [told(label, words.strip()) for label, words in rows if words and words.strip()]


def about(check, *, on):
    """Whom it is about: told first where the words stand alone."""
    child = check.child
    words = _("%(name)s, born on %(day)s, %(n)d months old") % {
        "name": child.full_name,
        "day": date_format(child.born_on, "j F Y"),
        "n": age_in_months(child.born_on, on),
    }
    return {"id": "check-0", **told(check.name, words)}


def of_child(check):
    said = written((_("%(name)s's own words") % {"name": check.child.known_as}, check.child_says))
    return [heading(_("In the child's own voice")), *said] if said else []


def of_part(part):
    labels = {name: Part._meta.get_field(name).verbose_name for name in Part.WORDS}
    rows = written(*((labels[name], getattr(part, name)) for name in Part.WORDS))
    if part.health_visitor_on:
        day = date_format(part.health_visitor_on, "j F Y")
        rows.append(told(Part._meta.get_field("health_visitor_on").verbose_name, day))
    return [heading(_("From %(name)s") % {"name": part.adult.full_name}), *rows] if rows else []


def of_setting(check, hide_dates=False):
    notes = sorted(check.areas.all(), key=lambda note: (note.area not in PRIME, note.pk))
    found = [piece for note in notes for piece in of_area(check, note)]
    names = "\n".join(str(name) for name in characteristics_in_words(check.characteristics))
    how = written((_("Seen at the moment"), names), (_("For example"), check.learns))
    if how:
        found += [heading(_("How I learn")), *how]
    rest = written(
        (_("What other professionals say"), check.others_say),
        (_("All in all"), check.summary),
        (_("Next steps here"), check.next_steps),
        (_("Ideas for home"), check.home_ideas),
    )
    if rest:
        found += [heading(_("All in all, and what comes next")), *rest]
    return found + of_plan(check, hide_dates)


def of_area(check, note):
    rows = written(
        (_("What I can do"), note.can),
        (_("Where I am progressing well"), note.well),
        (_("Where some more support helps me"), note.support),
    )
    if note.concern is not None and note.is_prime and check.kind == Kind.AT_TWO:
        yes = _("Yes. What we do about it stands under “Who does what, and by when”.")
        rows.append(told(_("Is there a concern?"), yes if note.concern else _("No")))
    return [heading(note.get_area_display()), *rows] if rows else []


def of_plan(check, hide_dates=False):
    """The plan. "By when" is free text ("at Tuesday's snack"), so whoever may not know days and times reads none of it."""
    rows = [
        told(row.who or _("We"), " – ".join(words for words in (row.what, "" if hide_dates else row.by_when) if words))
        for row in check.plan.all()
        if row.what
    ]
    return [heading(_("Who does what, and by when")), *rows] if rows else []


def of_talks(talks, hide_dates):
    rows = [
        told(day_in_words(talk.held_on, hide_dates), _("with %(name)s") % {"name": talk.adult.full_name})
        if talk.adult
        else told(day_in_words(talk.held_on, hide_dates), talk.words)
        for talk in talks
    ]
    return [heading(_("When we talked about it")), *rows] if rows else []


def of_remarks(remarks):
    rows = [told(remark.author.full_name, remark.words) for remark in remarks]
    return [heading(_("After reading it")), *rows] if rows else []


def day_in_words(day, hide_dates):
    return date_format(day, "F Y" if hide_dates else "j F Y")


def for_health_visitor(check, own_part):
    """What a health visitor needs: the prime areas, what comes next, and of the parent's own part what is about health."""
    notes = sorted((note for note in check.areas.all() if note.is_prime), key=lambda note: note.pk)
    found = [piece for note in notes for piece in of_area(check, note)]
    rest = written((_("All in all"), check.summary), (_("Next steps here"), check.next_steps))
    found += [heading(_("All in all, and what comes next")), *rest] if rest else []
    found += of_plan(check)
    if own_part:
        labels = {name: Part._meta.get_field(name).verbose_name for name in Part.WORDS}
        own = written(*((labels[name], getattr(own_part, name)) for name in ("words", "daily", "worries")))
        found += [heading(_("What I told the pre-school")), *own] if own else []
    return numbered(found)
