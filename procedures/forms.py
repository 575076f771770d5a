"""What an editor gives to an import: files or pasted words; and what she may put right before keeping the draft."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from procedures.references import CODE

MOST_BYTES = 1_500_000  # of all files of one import together: their words wait in the page until the editor keeps them


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = SeveralFiles

    def clean(self, files, initial=None):
        """A list of files; an empty one is no mistake of the form but gets its sentence when it is read."""
        return [one for one in files or [] if one]


class ImportForm(forms.Form):
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Plain text (.txt) or Markdown (.md), one procedure in each. Several at once are fine."),
    )
    words = forms.CharField(
        label=_("Or paste the words of one procedure"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("From a PDF: open it, select everything, copy, and paste here."),
    )

    def clean(self):
        cleaned = super().clean()
        files = cleaned.get("files") or []
        if not files and not (cleaned.get("words") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the words of a procedure."))
        if sum(one.size for one in files) > MOST_BYTES:
            raise forms.ValidationError(_("These files are too large to import together. Choose fewer at a time."))
        return cleaned


class KeepForm(forms.Form):
    """One document of the preview: its words, and its code and title, which may be put right."""

    words = forms.CharField(widget=forms.HiddenInput, strip=False)
    name = forms.CharField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        validators=[RegexValidator(rf"^{CODE}$", _("A code looks like 10.01, 10.1 or 09.01b."))],
    )
    title = forms.CharField(label=_("Title"), max_length=255)
