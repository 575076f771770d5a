"""Addresses that look like a slip of the finger: the form asks once, and whoever is sure presses once more."""

import re

from django import forms
from django.utils.translation import gettext as _

# The mail services that families in England use most, from general knowledge; a slip of one of them is worth a question.
COMMON = (
    "gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.co.uk live.com msn.com yahoo.com yahoo.co.uk "
    "icloud.com me.com aol.com btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com protonmail.com proton.me "
    "mail.com gmx.com gmx.co.uk wp.pl onet.pl o2.pl"
).split()

# Endings that no domain has, beside the one that was meant.
SLIPPED_ENDINGS = {
    **dict.fromkeys("con cmo ocm vom xom cim comm coom".split(), "com"),
    **dict.fromkeys("ogr orgg orh prg".split(), "org"),
    **dict.fromkeys("ukk uj".split(), "uk"),
    **dict.fromkeys("nte nett".split(), "net"),
}
ON_PAPER = re.compile(r"(?:[^<>@]*<\s*(?P<inside>[^<>]+?)\s*>|(?P<bare>.+?))[,;.]?", re.DOTALL)


def written_address(words: str) -> str:
    """Return the address in what a mail program or a spreadsheet makes of one: “June Quill <june@…>”, “mailto:june@…”."""
    match = ON_PAPER.fullmatch(words.strip())
    address = (match["inside"] or match["bare"]) if match else words
    return re.sub(r"^mailto:", "", address.strip(), flags=re.IGNORECASE).partition("?")[0].strip()


def holds_two_addresses(words: str) -> bool:
    """Whether more than one address stands in these words."""
    return len(re.findall(r"[^\s,;<>/]+@[^\s,;<>/]+", words)) > 1


def likely_domain(address: str) -> str:
    """The common mail domain that this address was probably meant for, or an empty string."""
    domain = address.rpartition("@")[2].lower()
    if not domain or domain in COMMON:
        return ""
    if likely := next((common for common in COMMON if is_one_slip_away(domain, common)), ""):
        return likely
    begin, _dot, ending = domain.rpartition(".")
    return f"{begin}.{SLIPPED_ENDINGS[ending]}" if begin and ending in SLIPPED_ENDINGS else ""


def is_one_slip_away(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or two neighbours have changed places."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    at = next(
        (n for n, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other),
        min(len(typed), len(meant)),
    )
    rest, other_rest = typed[at:], meant[at:]
    swapped = len(rest) > 1 and rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
    return swapped or rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def ask_about_slip(form, name: str = "email") -> None:
    """In a form's clean(): ask once about an address that looks like a slip; pressing once more says that it is right."""
    address = form.cleaned_data.get(name) or ""
    meant, asked = likely_domain(address), form.add_prefix(f"{name}_asked")
    if not meant or form.data.get(asked) == address:
        return
    form.fields[f"{name}_asked"] = forms.CharField(required=False, widget=forms.HiddenInput())
    form.data = form.data.copy()
    form.data[asked] = address
    likely = f"{address.rpartition('@')[0]}@{meant}"
    form.add_error(
        name, _("Did you mean %(likely)s? Put it right, or press once more if it is right.") % {"likely": likely}
    )
