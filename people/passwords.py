"""Passwords: long, not common, not our own words; any characters, no rules about capitals and signs."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST, MOST = 12, 200


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
    """None of the 20,000 passwords that thieves try first."""

    def get_error_message(self):
        return _(
            "Many people use this password, so it is tried first. Choose three or four words that belong only to you."
        )

    def get_help_text(self):
        return ""


class NotOurWords:
    """Not the setting's name, the product's name or the person's own name or address, alone or with a few digits."""

    def validate(self, password, user=None):
        from people.models import Setting

        setting = Setting.now()
        words = ["bigbook", "big book", "preschool", "pre-school", setting.name, setting.short_name]
        if user is not None:
            words += [user.full_name, user.email or "", (user.email or "").split("@")[0], user.sign_in_name or ""]
        plain = "".join(letter for letter in password.lower() if letter.isalpha())
        for word in words:
            bare = "".join(letter for letter in word.lower() if letter.isalpha())
            if bare and (plain == bare or (len(bare) > 4 and plain.replace(bare, "") == "")):
                raise ValidationError(_("Choose something else than a name that others could guess."))

    def get_help_text(self):
        return ""
