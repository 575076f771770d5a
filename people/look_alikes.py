"""Which rows of a spreadsheet can come in, beside each other and beside the books. A look-alike is refused, never merged."""

from collections import defaultdict

from django.utils.translation import gettext as _

from people.models import Child, Person, Room
from people.names import alike_children, name_key, plain_name


def look(rows):
    """Add to each row what only shows beside the others and beside the books. The rows, good and refused."""
    _find_rooms(rows)
    _compare_with_the_books(rows)
    _compare_with_each_other(rows)
    _follow(rows)
    return rows


def _find_rooms(rows):
    rooms = {plain_name(room.name): room for room in Room.objects.all()}
    for row in rows:
        if row.of_row:
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
        if any(alike_children((child["full_name"], child["known_as"]), one) for one in born_on[child.get("born_on")]):
            row.problems.append(
                _(
                    "A child with this date of birth and a similar name is in the books already. If it is another child, "
                    "add them on the page “Families”."
                )
            )
        for adult in row.adults:
            if not adult.same_as:
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
        if row.child.get("born_on"):
            by_day[row.child["born_on"]].append(row)
        for adult in row.adults:
            if adult.same_as:
                continue
            by_name[name_key(adult.full_name)].append((row, adult))
            by_own[adult.email].append((row, adult))
            by_short[adult.sign_in_name].append((row, adult))
    for same_day in by_day.values():
        for row in same_day:
            for other in same_day:
                if row is not other and alike_children(_names(row), _names(other)):
                    row.problems.append(
                        _("This child looks like the one of row %(n)d. Keep one of them.") % {"n": other.number}
                    )
    again = _("If it is one person, write “as row %(row)d, adult %(adult)d” instead of one of the names.")
    _refuse_twice(
        by_own,
        _("Adult %(n)d has the same address as adult %(adult)d of row %(row)d.")
        + " "
        + _("Each person signs in with one of their own; two may share the address for mail.")
        + " "
        + again,
    )
    _refuse_twice(by_short, _("Adult %(n)d has the same short name as adult %(adult)d of row %(row)d. Choose another."))
    _refuse_twice(by_name, _("Adult %(n)d has the same name as adult %(adult)d of row %(row)d.") + " " + again)


def _names(row):
    return row.child["full_name"], row.child["known_as"]


def _refuse_twice(groups, words):
    for key, members in groups.items():
        for row, adult in members if key else ():
            other = next(((r, a) for r, a in members if a is not adult), None)
            if other:
                row.problems.append(words % {"n": adult.number, "row": other[0].number, "adult": other[1].number})


def _follow(rows):
    """What a row says of another row counts only when that one is good; again and again until nothing changes."""
    by_number = {row.number: row for row in rows}
    waiting = [row for row in rows if row.of_row or any(adult.same_as for adult in row.adults)]
    changed = True
    while changed:
        changed = False
        for row in waiting:
            if row.is_good and (why_not := _why_not_follow(row, by_number)):
                row.problems.append(why_not)
                changed = True
    for row in waiting:
        for adult in row.adults:
            if row.is_good and adult.same_as:
                adult.full_name = _named(adult, by_number).full_name


def _why_not_follow(row, by_number):
    if row.of_row:
        first = by_number.get(row.of_row)
        if first is None or first.of_row or first is row:
            return _("Row %(n)d holds no new child. Write the number of the child's own row.") % {"n": row.of_row}
        if not first.is_good:
            return _("Row %(n)d, which this one follows, is refused itself.") % {"n": row.of_row}
    for adult in row.adults:
        if adult.same_as and (why_not := _why_not_same(row, adult, by_number)):
            return why_not
    return _why_not_once(row, by_number)


def _named(adult, by_number):
    """The adult of another row that this one is said to be, or None."""
    at, number = adult.same_as
    return next((other for other in by_number[at].adults if other.number == number), None) if at in by_number else None


def _why_not_same(row, adult, by_number):
    at, number = adult.same_as
    there, named = by_number.get(at), _named(adult, by_number)
    if named is None or named.same_as:
        return _("Adult %(number)d of row %(row)d has no name of their own there. Write where the name stands.") % {
            "number": number,
            "row": at,
        }
    if not there.is_good:
        return _("Row %(n)d, which this one follows, is refused itself.") % {"n": at}
    return ""


def _why_not_once(row, by_number):
    """An adult is one thing to a child, and not two."""
    family = [other for other in by_number.values() if (other.of_row or other.number) == (row.of_row or row.number)]
    people = [
        adult.same_as or (other.number, adult.number) for other in family if other.is_good for adult in other.adults
    ]
    if any(people.count(adult.same_as) > 1 for adult in row.adults if adult.same_as):
        return _("One adult stands here twice for the same child. Keep one of them.")
    return ""
