"""Every form of every page, sent when its session is over: it comes back filled in, and nothing looks like success (G60).

The forms are collected from the pages themselves, so a new page is tried without a line here.
"""

from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from people.accounts import sessions
from people.accounts.actions_held import is_secret
from portal.demo.drawings import drawn
from tests.cast import signed_in
from tests.doors import table
from tests.doors.test_doors import ROWS, Turned, doors

NOTHING = "Nothing was sent yet: look, and press once more."
# A script sends there, and goes on showing what it could not send.
BY_SCRIPT = {
    "people:keep_draft",
    "people:begin_passkey",
    "people:begin_passkey_proof",
    "people:complete_passkey",
    "people:complete_passkey_proof",
    "people:still_here",
}
# Their forms stand on a page only when the story has gone further than it has here: tried as a press without words.
FURTHER_ON = {
    "papers:check",
    "people:approve_restriction",
    "people:confirm_address",
    "people:keep_restriction",
    "people:security_news_seen",
    "people:take_back",
    "reviews:begin",
}
# Ways in: whoever sends them has no session yet, or goes on to where they were going.
PICTURE = drawn("puddle", size=(80, 60)).read()
WAYS_IN = {"people:prove", "people:code", "people:sign_out"} | sessions.DOORS
STATES = ("idle", "proof over", "signed out elsewhere", "second factor asked")


@dataclass
class Sent:
    """A form on a page as a browser would send it, with words in every text field."""

    name: str
    public: bool  # whoever is signed out may send it, too
    who: str
    page: str
    address: str
    fields: dict = field(default_factory=dict)
    files: list = field(default_factory=list)  # the names of the fields in which a file is chosen

    def as_sent(self, token):
        """What the browser puts into its request."""
        chosen = {name: SimpleUploadedFile(f"heron-{name}.jpg", PICTURE, "image/jpeg") for name in self.files}
        return self.fields | chosen | {"csrfmiddlewaretoken": token}


def fields_of(form):
    """What a browser would send, with words typed into every field that is for words."""
    fields = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or name == "csrfmiddlewaretoken" or kind in ("file", "submit", "button"):
            continue
        if control.name == "textarea":
            fields.setdefault(name, []).append(f"A heron at the pond, {name}")
        elif control.name == "select":
            values = [each.get("value", "") for each in control.find_all("option")]
            fields.setdefault(name, []).append(next((value for value in values if value), ""))
        elif kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                fields.setdefault(name, []).append(control.get("value", "on"))
        elif kind in ("text", "search") and not control.get("value"):
            fields.setdefault(name, []).append(f"Heron {name}")
        else:
            fields.setdefault(name, []).append(control.get("value", ""))
    return fields


def client_of(cookies):
    client = Client(raise_request_exception=False)
    for name in cookies:
        client.cookies[name] = cookies[name].value
    return client


def forms_of(cast):
    """Each form once, as the first who sees it, and each address that takes only a POST: two of {its name: Sent}."""
    cookies = {name: signed_in(person).cookies for name, person in cast.people.items()}
    found, takes = {}, {}
    for key, _thing, path, row in doors(cast):
        if key == table.CMS or not row.exists:
            continue
        for who in sorted(row.open & set(cast.people)):
            client = client_of(cookies[who])
            answer = undone(lambda client=client, path=path: client.get(path))
            if answer.status_code == 302 and client.head(path).status_code == 405:
                takes.setdefault(key, Sent(key, is_public(key), who, path, path))
            if not answer.get("Content-Type", "").startswith("text/html") or answer.status_code != 200:
                continue
            for form in BeautifulSoup(answer.content.decode(), "html.parser").find_all("form"):
                if form.get("method", "").lower() != "post":
                    continue
                address = urljoin(path, form.get("action") or "")
                name = resolve(urlsplit(address).path).view_name
                files = [each["name"] for each in form.find_all("input", type="file") if each.get("name")]
                found.setdefault(name, Sent(name, is_public(name), who, path, address, fields_of(form), files))
    return found, takes


def is_public(name):
    return any(row.public for row in ROWS.get(name, {}).values())


def undone(work):
    """What `work` answers; whatever it changed is taken back."""
    try:
        with transaction.atomic():
            answer = work()
            raise Turned
    except Turned:
        return answer


def over(client, person, state):
    """Bring the session of this client to its end in one of the four ways; the minutes to wait first."""
    if state == "idle":
        return 31
    if state == "proof over":
        session = client.session
        session["proved_at"] = session["fresh_at"] = session["known_at"] = 0
        session.save()
    if state == "signed out elsewhere":
        Session.objects.filter(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value).delete()
    if state == "second factor asked":
        session = client.session
        session.pop(DEVICE_ID_SESSION_KEY, None)
        session.save()
    return 0


def what_is_wrong(cast, sent, state):
    """What happens to a form that is sent at the end of its session, in words; empty where it comes back as it should."""
    person = cast.people[sent.who]
    if sent.name in WAYS_IN or (state == "signed out elsewhere" and sent.public):
        return ""
    client = signed_in(person)
    client.raise_request_exception = False
    client.handler.enforce_csrf_checks = True  # as every browser is asked
    client.get("/me/contact/")  # its browser is known now, and has its token
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    with time_machine.travel(timezone.now()) as clock:
        clock.shift(60 * over(client, person, state))
        answer = client.post(sent.address, sent.as_sent(token), headers={"Referer": f"http://testserver{sent.page}"})
        if state in ("proof over", "second factor asked") and not is_asked(answer):
            return "" if answer.status_code < 500 else f"{answer.status_code}"
        if not is_asked(answer):
            return f"{answer.status_code} {answer.get('Location', '')}: it looks like success"
        back = unquote(answer["Location"]).partition("next=")[2]
        if not back.startswith("/held/"):
            return f"lost: goes on to {back!r}"
        return what_came_back(signed_in(person), back, sent)


def is_asked(answer):
    """Whether it is asked first who this is."""
    ways = ("/sign-in/", "/prove/", "/code/", "/security/authenticator/")
    return answer.status_code == 302 and answer["Location"].startswith(ways)


def what_came_back(client, back, sent):
    client.raise_request_exception = False
    page = client.get(back)
    if page.status_code != 200:
        return f"{back} gives {page.status_code}"
    content = page.content.decode()
    if sent.name in FURTHER_ON:
        return ""  # a press: the page says that nothing was done, or asks its question again
    if NOTHING not in content:
        return "its form does not come back"
    if unnamed := [name for name in sent.files if f"heron-{name}.jpg" not in content]:
        return f"nobody is told to choose the file of {unnamed} again"
    form = BeautifulSoup(content, "html.parser").find("input", attrs={"name": "held"}).find_parent("form")
    if urlsplit(form["action"]).path != urlsplit(sent.address).path:
        return f"another form came back: {form['action']}"
    there = {name: [*values] for name, values in fields_as_they_stand(form).items()}
    for name, values in sent.fields.items():
        if not is_secret(name) and [v.replace("\r\n", "\n") for v in there.get(name, [])] != values and any(values):
            return f"{name}: {there.get(name)} and not {values}"
    return ""


def fields_as_they_stand(form):
    fields = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or (kind in ("checkbox", "radio") and control.get("checked") is None):
            continue
        if control.name == "select":
            values = [each.get("value", "") for each in control.find_all("option") if each.get("selected") is not None]
        elif control.name == "textarea":
            values = [control.get_text().removeprefix("\n")]
        else:
            values = [control.get("value", "on" if kind in ("checkbox", "radio") else "")]
        fields.setdefault(name, []).extend(values)
    return fields


@pytest.mark.prove
@pytest.mark.django_db
def test_what_is_sent_at_the_end_of_a_session_comes_back(cast, record_property):
    cache.clear()
    forms, takes = forms_of(cast)
    assert set(takes) - set(forms) == BY_SCRIPT | FURTHER_ON
    forms |= {name: takes[name] for name in FURTHER_ON}
    cells, wrong = 0, []
    for name, sent in sorted(forms.items()):
        for state in STATES:
            cells += 1
            said = undone(lambda sent=sent, state=state: what_is_wrong(cast, sent, state))
            if said:
                wrong.append(f"{name} {state}: {said} [{sent.who} {sent.address} on {sent.page}]")
    for name, verb in sorted(takes.items()):
        cells += 1
        page = signed_in(cast.people[verb.who]).get(verb.address, follow=True)
        if page.status_code != 200:
            wrong.append(f"{name}: whoever asks to see it gets {page.status_code} [{verb.who} {verb.address}]")
    record_property("doors", [cells, len(wrong)])
    assert not wrong, "\n".join(wrong)
    assert cells > 300
