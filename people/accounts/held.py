"""A form that was held comes back on the page where it stood, filled in as it was sent. One way for every form.

The page is made as if it were asked for now, so whatever was closed meanwhile is closed; then what was held is written
into the form that goes to the same address.
"""

import copy
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from people.accounts import tablets
from people.accounts.began import BEGAN, digest_of, marks_in
from people.accounts.models import Draft, HeldForm
from records.refused import ActionRefused

FIELD = HeldForm.mark  # in the form that came back: which one it was
NEVER_FILLED = ("csrfmiddlewaretoken", FIELD, Draft.mark, BEGAN)
# Hidden fields that say of which moment a form is. Every other one says whom or what it is about.
OF_THE_MOMENT = {
    "idempotency_key",
    "submission",
    "edition",
    "version",
    "rows",
    "seen",
    "asked",
    "chosen",
    "why",
    "side",
    "next",
}


def opens_here(held: HeldForm, person) -> bool:
    """Whether it comes back where this person is: on the room's tablet only what was sent from a page that opens there."""
    return not getattr(person, "on_tablet", None) or all(
        map(tablets.opens_here, filter(None, (held.address, held.page)))
    )


def page_at(request, address: str):
    """The response to a GET of an address of ours by the same person, or None where there is no such page for them."""
    where = urlsplit(address)
    try:
        found = resolve(where.path)
    except Resolver404:
        return None
    inner = copy.copy(request)
    inner.method, inner.path, inner.path_info, inner.resolver_match = "GET", where.path, where.path, found
    inner.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": where.path, "QUERY_STRING": where.query}
    inner.GET, inner._post, inner._files = QueryDict(where.query), QueryDict(), {}
    try:
        response = found.func(inner, *found.args, **found.kwargs)
    except (Http404, PermissionDenied, ActionRefused):
        return None
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    return response


def filled(content: str, address: str, held: HeldForm | Draft) -> str | None:
    """The page at `address` with what was held, or typed, filled in; None where no form on it goes to where that one went."""
    page = BeautifulSoup(content, "html.parser")
    wanted = urlsplit(held.address).path
    there = [
        form
        for form in page.find_all("form")
        if str(form.get("method", "")).lower() == "post"
        and urlsplit(_goes_to(form, address)).path == wanted
        and _is_about_the_same(form, held.fields)
    ]
    if not there:
        return None
    for said in page.select(".unsent"):  # what the page says of what was typed: it is there now
        if not any(said in form.parents for form in there):
            said.decompose()
    for form in page.find_all("form"):
        form["action"] = _goes_to(form, address)  # this page has another address
    form = max(there, key=lambda each: _same(each, held.fields))
    form["action"] = held.address
    changed = _fill_in(form, held.fields)
    for around in form.find_parents("details") + [each for each in form.find_all("details") if _has_words(each)]:
        around["open"] = ""
    marks: dict[str, object] = {Draft.mark: held.key} if isinstance(held, Draft) else {FIELD: held.pk}
    if isinstance(held, HeldForm) and held.drafts:  # it was kept while it was typed, too
        marks[Draft.mark] = held.drafts[0]
    for name, value in marks.items():
        form.insert(0, page.new_tag("input", type="hidden", attrs={"name": name, "value": str(value)}))
    form.insert_before(BeautifulSoup(render_to_string(held.above, {"held": held, "changed": changed}), "html.parser"))
    return str(page)


def _goes_to(form, address):
    return urljoin(address, form.get("action") or "")


def _is_about_the_same(form, fields):
    """Whether its hidden fields name whom and what those of the other did: where that is gone, another's box is none."""
    hidden = {}
    for control in form.find_all("input", type="hidden"):
        hidden.setdefault(control.get("name"), []).append(control.get("value", ""))
    about = hidden.keys() - {*NEVER_FILLED}
    return all(hidden[name] == fields.get(name) for name in about if not _is_of_the_moment(name))


def _is_of_the_moment(name):
    return name in OF_THE_MOMENT or name.endswith("_asked") or name.startswith("initial-")


def _same(form, fields):
    """How many hidden fields say what was held: of several forms with one address, which it was; then, how many it has."""
    names = {control.get("name") for control in form.find_all(["input", "textarea", "select"])}
    hidden = form.find_all("input", type="hidden")
    same = sum(control.get("value", "") in fields.get(control.get("name"), []) for control in hidden)
    return same, len(names & set(fields))


def _fill_in(form, fields):
    """Write what was sent into the form: [(label, what stands there now)] of what somebody else has changed meanwhile.

    Of that, what whoever sent it had left as it stood stays as it is now.
    """
    controls, fields = form.find_all(["input", "textarea", "select"]), dict(fields)
    before = marks_in(fields.pop(BEGAN, []))
    now = marks_in([each.get("value", "") for each in controls if each.get("name") == BEGAN])
    changed = [name for name in dict.fromkeys([*now, *before]) if before.get(name) != now.get(name)]
    stays = {name for name in changed if digest_of(fields.get(name, [])) == before.get(name, "")}
    told, left = [], {name: list(values) for name, values in fields.items()}
    for control in controls:
        name = control.get("name")
        if name in changed and name not in stays and control.get("type") not in ("checkbox", "radio", "hidden"):
            told.append((_label_of(form, control), _words_in(control)))
        if name not in stays:
            _fill(control, fields, left)
    return told


def _label_of(form, control):
    label = form.find("label", attrs={"for": control.get("id", "")})
    return label.find(string=True, recursive=False).strip() if label else control["name"]


def _words_in(control):
    if control.name == "select":
        return ", ".join(each.get_text() for each in control.find_all("option", selected=True))
    return control.get_text().strip() if control.name == "textarea" else control.get("value", "")


def _fill(control, fields, left):
    """Write into one control what was sent under its name; of several of one name each gets the next that is `left`."""
    name, kind = control.get("name"), control.get("type", "text").lower()
    if not name or name in NEVER_FILLED or kind in ("password", "file", "submit", "button"):
        return
    values = fields.get(name, [])
    if control.name == "select":
        _choose(control, values)
    elif kind in ("checkbox", "radio"):
        _mark(control, "checked", control.get("value", "on") in values)
    elif left.get(name) and control.name == "textarea":
        control.string = left[name].pop(0)
    elif left.get(name):
        control["value"] = left[name].pop(0)


def _choose(select, values):
    """What was chosen is chosen; where it is not offered any more, nothing is, and not whatever stands first."""
    options = select.find_all("option")
    for option in options:
        _mark(option, "selected", option.get("value", option.get_text()) in values)
    is_one_of = select.get("multiple") is None and not any(option.get("selected") is not None for option in options)
    if is_one_of and options and options[0].get("value", options[0].get_text()):
        select.insert(0, BeautifulSoup('<option value="" selected=""></option>', "html.parser"))


def _mark(control, attribute, is_so):
    if is_so:
        control[attribute] = ""
    else:
        control.attrs.pop(attribute, None)


def _has_words(part):
    """Whether something in a part that can be folded away was filled in."""
    texts = [each.get_text().strip() for each in part.find_all("textarea")]
    return any(texts) or bool(part.find_all("input", checked=True) or part.find_all("option", selected=True))
