"""Canaries: words that only certain people may ever meet. Every answer of every test is searched for them.

`tests/canary_families.py` gives each text, name, e-mail, photograph and paper of many families a token of its own; the
cast's telephone numbers, addresses and children's full names serve as tokens in all other tests. Who may meet which is
asked of the written rules. No token may ever stand in a mail or in a line of the log.
"""

import contextlib
import hashlib
import io
import logging
import re
import secrets
import subprocess
import zipfile
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client

from portal.demo.cast import CHILDREN, PEOPLE
from tests.facts import facts_now, key_of, rows
from tests.written_rules import who_may_see

TOKEN = re.compile(r"zq7[0-9a-f]{12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CAST = {f"07700 900 {number:03d}": ("contact", name) for number, name in enumerate(PEOPLE)}
CAST |= {
    f"{number + 3} {full_name.split()[1]} row, upper marlow".lower(): ("contact", name)
    for number, (name, (full_name, *_rest)) in enumerate(PEOPLE.items())
}
CAST |= {full_name.lower(): ("child's name", name) for name, (full_name, *_rest) in CHILDREN.items()}


@dataclass(frozen=True)
class Secret:
    """What a token stands for: a kind of record, and whose it is."""

    kind: str
    child: str = ""
    adult: int = 0
    about: object = None  # what the written rules of its feature know of it


SECRETS = {}  # token, id of a photograph or hash of its bytes: Secret
SEEN = {}  # while somebody listens: {reader: tokens met}
COUNTS = Counter()
IN_THE_LOG = []


class Foreign(AssertionError):
    """Somebody met what is not theirs."""


def token(**what):
    """A fresh word for a secret of this kind."""
    word = f"zq7{secrets.token_hex(6)}"
    SECRETS[word] = Secret(**what)
    return word


def known(word, **what):
    """An id or a hash that already exists, and what it stands for."""
    SECRETS[str(word)] = Secret(**what)
    return word


def words_of(response):
    """Everything readable in an answer: headers, text, a PDF's text, the files of an archive; a picture as its hash."""
    said = [f"{name}: {value}" for name, value in response.items()]
    if response.streaming:
        content = b"".join(response.streaming_content)
        response.streaming_content = [content]
    else:
        content = response.content
    kind = response.get("Content-Type", "").split(";")[0]
    return "\n".join([*said, *readable(content, kind)]).lower()


def readable(content, kind):
    if kind == "application/pdf":
        yield subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=False).stdout.decode()
    elif content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name + archive.read(name).decode(errors="replace")
    elif kind.startswith(("image/", "font/")):
        yield hashlib.sha256(content).hexdigest()
    else:
        yield content.decode(errors="replace")


def cast_words_in(words):
    """What belongs to the cast in these words, where it begins a word. (One pattern of all of them takes fifty times longer.)"""
    return [word for word in CAST if word in words and re.search(rf"(?<!\w){re.escape(word)}", words)]


def met_in(words):
    """{token: Secret} of everything secret in these words (in small letters)."""
    found = {word: SECRETS[word] for word in TOKEN.findall(words) if word in SECRETS} if SECRETS else {}
    found |= {word: SECRETS[word] for word in re.findall(r"[0-9a-f]{64}", words) if word in SECRETS} if SECRETS else {}
    for word in cast_words_in(words):
        kind, name = CAST[word]
        if kind == "contact":
            of_cast = rows(f"SELECT id FROM accounts_person WHERE email = '{PEOPLE[name][1]}'")  # noqa: S608
            found[word] = Secret(kind, adult=of_cast[0][0] if of_cast else 0)
        else:
            called = f"WHERE known_as = '{CHILDREN[name][1]}'"
            of_cast = rows(f"SELECT id FROM families_child {called}")  # noqa: S608
            of_cast = of_cast or rows(f"SELECT child_id FROM families_formername {called}")  # noqa: S608
            found[word] = Secret(kind, child=key_of(of_cast[0][0]) if of_cast else "")
    return found


def asked_in(request):
    """What the visitor said: an answer may say it back."""
    said = [request.path, request.META.get("QUERY_STRING", ""), str(request.META.get("HTTP_REFERER", ""))]
    with contextlib.suppress(Exception):  # a broken upload says nothing
        said.append(str(request.POST.dict()))
    return unquote(" ".join(said)).lower()


def look_through(response):
    """Count an answer, and raise Foreign where its reader meets what is not theirs."""
    if response.status_code >= 500:
        return
    COUNTS["responses"] += 1
    found = met_in(words_of(response))
    if not found:
        return
    request = response.wsgi_request
    reader = request.user.pk if request.user.is_authenticated else None
    own_words = asked_in(request)
    SEEN.setdefault(reader, set()).update(found)
    facts = facts_now()
    foreign = [
        f"{secret.kind} ({word})"
        for word, secret in found.items()
        if word not in own_words and not who_may_see()[secret.kind](facts, secret, reader)
    ]
    if foreign:
        raise Foreign(
            f"{request.method} {request.get_full_path()} as person {reader}: {', '.join(sorted(foreign)[:8])}"
        )


def watched(ask):
    def request(self, **words):
        response = ask(self, **words)
        if connection.connection is not None:
            look_through(response)
        return response

    return request


def look_through_mail(sender, instance, **_rest):
    COUNTS["mails"] += 1
    words = f"{instance.subject}\n{instance.body}".lower()
    if found := met_in(words):
        raise Foreign(f"A mail holds {', '.join(sorted(found))}")


class EveryLine(logging.Handler):
    """Looks through each line of the log; a line is kept and the test fails at its end."""

    def emit(self, record):
        COUNTS["log lines"] += 1
        with contextlib.suppress(Exception):
            words = self.format(record).lower()
            found = [word for word in TOKEN.findall(words) if word in SECRETS and word.startswith("zq7")]
            found += cast_words_in(words)
            IN_THE_LOG.extend(found)


def begin_to_listen():
    """Watch the test client, the mails and the log of this process."""
    from people.mail.models import OutgoingMail

    Client.request = watched(Client.request)
    post_save.connect(look_through_mail, sender=OutgoingMail, dispatch_uid="canaries")
    logging.getLogger().addHandler(EveryLine())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item):
    """Each test starts without secrets of another."""
    for memory in (SECRETS, SEEN, IN_THE_LOG, COUNTS):
        memory.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Each test says how much of it was looked through, and fails by what stands in the log."""
    done = yield
    item.user_properties.append(("canaries", [COUNTS[what] for what in ("responses", "mails", "log lines")]))
    if IN_THE_LOG:
        raise Foreign(f"The log holds {', '.join(sorted(set(IN_THE_LOG)))}")
    return done
