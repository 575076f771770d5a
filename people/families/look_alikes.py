"""Which rows of a spreadsheet can come in, beside each other and beside the books. A look-alike is refused, never merged.

Two places of a list are one person only where the list says so by name: the same name and the same address of their own, or
“as Bea Berry”. A row number says nothing, because rows move.
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.accounts.names import alike_children, name_key, plain_name
from people.families.models import Child
from people.setting.models import Room

if TYPE_CHECKING:
    from people.families.family_rows import FamilyRow


def look(rows: "list[FamilyRow]") -> "list[FamilyRow]":
    """Add to each row what only shows beside the others and beside the books. The rows, good and refused."""
    _find_rooms(rows)
    _compare_with_the_books(rows)
    _compare_with_each_other(rows)
    _ask_about_other_days(rows)
    _follow(rows)
    return rows


def _ask_about_other_days(rows):
    """A child whose name stands elsewhere with another date of birth may be the same child with a slip in one of them."""
    of_name, children = defaultdict(list), [row for row in rows if row.child.get("born_on") and not row.said]
    for row in children:
        of_name[name_key(row.child["full_name"])].append((row.child["born_on"], row.called))
    for full_name, born_on in Child.objects.values_list("full_name", "born_on"):
        if (key := name_key(full_name)) in of_name:
            of_name[key].append((born_on, _("the books")))
    words = _("A child of this name stands in %(where)s with another date of birth. Is it another child?")
    for row in children:
        same = of_name[name_key(row.child["full_name"])]
        if where := next((where for born_on, where in same if born_on != row.child["born_on"]), ""):
            row.questions.append(words % {"where": where})


def _find_rooms(rows):
    rooms = {plain_name(room.name): room for room in Room.objects.all()}
    for row in rows:
        if row.said:
            continue
        said = row.child["room"]
        row.child["room"] = rooms.get(plain_name(said)) if said else _only(rooms)
        if said and not row.child["room"]:
            row.problems.append(
                _("There is no room “%(said)s”. The rooms here: %(rooms)s.")
                % {"said": said[:40], "rooms": ", ".join(room.name for room in rooms.values()) or "–"}
            )


def _only(rooms):
    return next(iter(rooms.values())) if len(rooms) == 1 else None


def _compare_with_the_books(rows):
    days = {row.child["born_on"] for row in rows if row.child.get("born_on")}
    born_on = defaultdict(list)
    for child in Child.objects.filter(born_on__in=days):
        born_on[child.born_on].append((child.full_name, child.known_as))
    people = list(Person.objects.values_list("full_name", "email", "sign_in_name", "mail_to"))
    named = {name_key(full_name) for full_name, *_rest in people}
    own = {plain_name(email) for _name, email, *_rest in people if email}
    short = {plain_name(name) for _name, _email, name, _mail in people if name}
    for row in rows:
        child = row.child
        if not row.said and any(
            alike_children((child["full_name"], child["known_as"]), one) for one in born_on[child.get("born_on")]
        ):
            row.problems.append(
                _(
                    "A child with this date of birth and a similar name is in the books already. If it is another child, "
                    "add them on the page “Families”."
                )
            )
        for adult in row.adults:
            if not adult.said:
                row.problems += _in_the_books(adult, named, own, short)
                if adult.mail_to in own:
                    row.notes.append(
                        _("Mail for adult %(n)d would go to somebody who is in the books already. Is that right?")
                        % {"n": adult.number}
                    )


def _in_the_books(adult, named, own, short):
    if adult.email and adult.email in own:
        yield _(
            "Adult %(n)d: somebody here signs in with this address already. If it is the same person, add the child on the "
            "page “Families” and choose them there."
        ) % {"n": adult.number}
    elif name_key(adult.full_name) in named:
        yield _(
            "Adult %(n)d: somebody of this name is in the books already. If it is the same person, add the child on the "
            "page “Families” and choose them there; if not, add them there too."
        ) % {"n": adult.number}
    if adult.sign_in_name and adult.sign_in_name in short:
        yield _("Adult %(n)d: somebody signs in with this short name already. Choose another.") % {"n": adult.number}


def _compare_with_each_other(rows):
    """Two rows of the file alike are both refused: nobody but a person knows which is right."""
    by_day, by_own, by_short, by_name = (defaultdict(list) for _n in range(4))
    for row in rows:
        if row.child.get("born_on") and not row.said:
            by_day[row.child["born_on"]].append(row)
        for adult in row.adults:
            if adult.said:
                continue
            key = name_key(adult.full_name)
            adult.who = (key, adult.email) if key and adult.email else (row.sheet, row.number, adult.number)
            by_name[key].append((row, adult))
            by_own[adult.email].append((row, adult))
            by_short[adult.sign_in_name].append((row, adult))
    for same_day in by_day.values():
        for row in same_day:
            for other in same_day:
                if row is not other and alike_children(_names(row), _names(other)):
                    row.problems.append(
                        _("This child looks like the one of %(row)s. Keep one of them.") % {"row": other.called}
                    )
    again = _(
        "If it is one person, write “as %(name)s” instead of one of the names, or the same name and address in both."
    )
    _refuse_twice(
        by_own,
        _("Adult %(n)d has the same address as adult %(adult)d of %(row)s.")
        + " "
        + _("Each person signs in with one of their own; two may share the address for mail.")
        + " "
        + again,
    )
    _refuse_two_short_names(by_own)
    _refuse_twice(by_short, _("Adult %(n)d has the same short name as adult %(adult)d of %(row)s. Choose another."))
    _refuse_twice(by_name, _("Adult %(n)d has the same name as adult %(adult)d of %(row)s.") + " " + again)


def _names(row):
    return row.child["full_name"], row.child["known_as"]


def _refuse_twice(groups, words):
    """Refuse whoever shares a key with somebody else; who stands there twice under one name and address is one person."""
    for key, members in groups.items():
        for row, adult in members if key else ():
            other = next(((r, a) for r, a in members if a.who != adult.who), None)
            if other:
                told = {"n": adult.number, "row": other[0].called, "adult": other[1].number, "name": adult.full_name}
                row.problems.append(words % told)


def _refuse_two_short_names(groups):
    for members in groups.values():
        for row, adult in members:
            if adult.email and any(a.who == adult.who and a.sign_in_name != adult.sign_in_name for _r, a in members):
                row.problems.append(
                    _("%(name)s stands here with two short names. Keep one.") % {"name": adult.full_name}
                )


ROW = re.compile(r"row (?P<row>\d{1,5})(?:,? (?:adult )?(?P<adult>[1-9]))?", re.IGNORECASE)


def _follow(rows):
    """What a row says of another row counts only when that one is not refused; again and again until nothing changes."""
    _find_the_said(rows)
    waiting = [row for row in rows if row.said or any(adult.said for adult in row.adults)]
    for row in waiting:
        row.problems += [] if row.problems else _twice_for_one_child(row, rows)
    places, changed = places_of(rows), True
    while changed:
        changed = False
        for row in waiting:
            if not row.problems and (other := _refused_before(row, places)):
                row.problems.append(_("It follows %(row)s, which is refused itself.") % {"row": other.called})
                changed = True
    for row in rows:
        if not row.problems and row not in waiting:
            row.problems += _twice_for_one_child(row, rows)
        _say_where_else(row, places)


def _find_the_said(rows):
    """Find, by name or address, whom each “as …” means; a row number alone is answered with the name to write."""
    adults = [(row, adult) for row in rows for adult in row.adults if not adult.said]
    for row in rows:
        if row.said:
            row.of_row, why_not = _child_said(row, [other for other in rows if not other.said])
            row.problems += [why_not] if why_not else []
        for adult in row.adults:
            if not adult.said:
                continue
            meant, why_not = _adult_said(adult.said, adults)
            if why_not:
                row.problems.append(_("Adult %(n)d: %(why)s") % {"n": adult.number, "why": why_not})
            else:
                adult.who, adult.full_name = meant.who, meant.full_name


def _adult_said(said, adults):
    if match := ROW.fullmatch(said):
        at, number = int(match["row"]), int(match["adult"] or 1)
        return None, _write_the_name([a.full_name for r, a in adults if (r.number, a.number) == (at, number)])
    key, address = name_key(said), plain_name(said)
    found = {adult.who: adult for _row, adult in adults if address == adult.email or name_key(adult.full_name) == key}
    if len(found) == 1:
        return next(iter(found.values())), ""
    if found:
        return None, _("Several people in this list are called “%(name)s”. Write “as” and their e-mail address.") % {
            "name": said[:60]
        }
    return None, _("Nobody in this list is called “%(name)s”. Write the full name as it stands in the other row.") % {
        "name": said[:60]
    }


def _child_said(row, others):
    if match := ROW.fullmatch(row.said):
        return None, _write_the_name([each.child["full_name"] for each in others if each.number == int(match["row"])])
    born_on = row.child["born_on"]
    found = [
        each
        for each in others
        if name_key(each.child["full_name"]) == name_key(row.said) and born_on in (None, each.child["born_on"])
    ]
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, _("Several children in this list are called “%(name)s”. Fill in the date of birth as well.") % {
            "name": row.said[:60]
        }
    return None, _(
        "No child in this list is called “%(name)s”. Write the full name as it stands in the child's row."
    ) % {"name": row.said[:60]}


def _write_the_name(names):
    """Why a row number is not enough, with the name that stands there now."""
    if names:
        return _("Rows move, so a number may mean somebody else: write “as %(name)s”, if that is who you mean.") % {
            "name": names[0]
        }
    return _("Rows move, so a number may mean somebody else: write “as” and the full name.")


def places_of(rows):
    """{who: [(row, adult), …]} of everybody in these rows."""
    places = defaultdict(list)
    for row in rows:
        for adult in row.adults:
            if adult.who:
                places[adult.who].append((row, adult))
    return places


def rows_before(row, places):
    """Yield for each “as …” of a row the rows on which it hangs: one of each is needed."""
    if row.said:
        yield [row.of_row]
    for adult in row.adults:
        if adult.said:
            yield [other for other, there in places[adult.who] if not there.said]


def _refused_before(row, places):
    return next((them[0] for them in rows_before(row, places) if all(other.problems for other in them)), None)


def _twice_for_one_child(row, rows):
    """An adult is one thing to a child, and not two."""
    child = row.of_row or row
    family = [other for other in rows if (other.of_row or other) is child]
    people = [adult.who for other in family for adult in other.adults]
    if any(people.count(adult.who) > 1 for adult in row.adults):
        return [_("One adult stands here twice for the same child. Keep one of them.")]
    return []


def _say_where_else(row, places):
    """In which other rows each adult stands, and whether this row has to wait for another one."""
    for adult in row.adults:
        adult.also_in = [other.called for other, _there in places[adult.who] if other is not row] if adult.who else []
    if row.problems:
        return
    for them in rows_before(row, places):
        if not any(other.is_good for other in them):
            row.notes.append(_("It comes in only together with %(row)s.") % {"row": them[0].called})
