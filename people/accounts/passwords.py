"""Passwords: long, not common, not our own words; any characters, no rules about capitals and signs."""

import re

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST, MOST = 12, 200
SHORTEST_PART = 4  # a password that only repeats fewer signs than this is none


class Argon2(Argon2PasswordHasher):
    """argon2id at OWASP's minimum with one lane (46 MiB, one pass): fast enough for an old server, slow for a thief."""

    time_cost = 1
    memory_cost = 47104
    parallelism = 1


class LongEnough:
    """12 to 200 characters; the upper end only keeps somebody from sending a novel to be hashed."""

    def validate(self, password, user=None):
        if len(password) < LEAST:
            raise ValidationError(
                _("Choose at least %(n)d characters. Three or four words together are easy to remember.") % {"n": LEAST}
            )
        if len(password) > MOST:
            raise ValidationError(_("Choose at most %(n)d characters.") % {"n": MOST})

    def get_help_text(self):
        return _("At least %(n)d characters. Three or four words together are easy to remember.") % {"n": LEAST}


class NotCommon(CommonPasswordValidator):
    """None of the 20,000 passwords that thieves try first, doubled or with figures and signs around them neither."""

    def validate(self, password, user=None):
        for form in guessable_forms(password):
            super().validate(form, user)
        if len(without_repetition(password.strip().lower())) < SHORTEST_PART:
            raise ValidationError(self.get_error_message())

    def get_error_message(self):
        return _(
            "Many people use this password, so it is tried first. Choose three or four words that belong only to you."
        )

    def get_help_text(self):
        return ""


def guessable_forms(password: str) -> set[str]:
    """The password, and what is left of it without figures and signs at its ends and without its repetitions.

    "passwordpassword", "123password!!" and "Password1Password1" all hold "password".
    """
    plain = password.strip().lower()
    forms = {plain, without_repetition(plain)}
    for form in [*forms]:
        bare = form.strip("".join(letter for letter in set(form) if not letter.isalpha()))
        forms |= {bare, without_repetition(bare)}
        only_letters = "".join(letter for letter in form if letter.isalpha())
        forms |= {only_letters, without_repetition(only_letters)}
    return {form for form in forms if form}


def without_repetition(words: str) -> str:
    """The shortest part that gives the whole when it is repeated: "abab" holds "ab"."""
    for length in range(1, len(words) // 2 + 1):
        if len(words) % length == 0 and words[:length] * (len(words) // length) == words:
            return words[:length]
    return words


class NotOurWords:
    """Not the setting's name, the product's name or the person's own name or address, in whatever order or number."""

    LEFT_OVER = 4  # fewer letters than this beside our own words are guessed quickly

    def validate(self, password, user=None):
        from people.setting.models import Setting

        setting = Setting.now()
        words = ["bigbook", "big book", "preschool", "pre-school", setting.name, setting.short_name]
        if user is not None:
            words += [user.full_name, user.email or "", (user.email or "").split("@")[0], user.sign_in_name or ""]
        words += [part for word in words for part in re.split(r"[\W_]+", word)]
        bare = {"".join(letter for letter in word.lower() if letter.isalpha()) for word in words}
        plain = left = "".join(letter for letter in password.lower() if letter.isalpha())
        for word in sorted(bare, key=len, reverse=True):
            left = left.replace(word, "") if len(word) > 2 else left
        if plain in bare - {""} or (plain != left and len(left) < self.LEFT_OVER):
            raise ValidationError(_("Choose something else than a name that others could guess."))

    def get_help_text(self):
        return ""
