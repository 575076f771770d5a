"""What an editor gives to an import: files or pasted words; and what she may put right before keeping the drafts."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from procedures.actions import why_not_this_code
from procedures.references import CODE, sort_key
from procedures.sections import number_of

MOST_BYTES = 55_000_000  # of all files of one import together


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = SeveralFiles

    def clean(self, files, initial=None):
        """A list of files; an empty one is no mistake of the form but gets its sentence when it is read."""
        return [one for one in files or [] if one]


class ImportForm(forms.Form):
    files = FilesField(  # type: ignore[assignment] # fields are taken off the class, `files` of a form stays its own
        label=_("Files"),
        required=False,
        help_text=_(
            "Word documents (.docx), PDFs that hold text, plain text (.txt) or Markdown (.md), one procedure in each; "
            "several at once, or a ZIP of your policy folder."
        ),
    )
    words = forms.CharField(
        label=_("Or paste the words of one procedure"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("From anywhere: select everything, copy, and paste here."),
    )

    def clean(self):
        cleaned = super().clean()
        files = cleaned.get("files") or []
        if not files and not (cleaned.get("words") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the words of a procedure."))
        if sum(one.size for one in files) > MOST_BYTES:
            raise forms.ValidationError(_("These files are too large to import together. Choose fewer at a time."))
        return cleaned

    def uploads(self):
        """(name, bytes) of everything that was given."""
        given = [(one.name, one.read()) for one in self.cleaned_data["files"]]
        if words := self.cleaned_data["words"].strip():
            given.append(("", words.encode()))
        return given


class KeepForm(forms.Form):
    """One document of an import: whether it becomes a draft, and its code and title, which may be put right."""

    keep = forms.BooleanField(label=_("Keep as a draft"), required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        required=False,
        validators=[RegexValidator(rf"^{CODE}$", _("A code looks like 10.01, 10.1 or 09.01b."))],
    )
    title = forms.CharField(label=_("Title"), max_length=255, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("keep"):
            if not cleaned.get("code") and "code" not in self.errors:
                self.add_error("code", _("Give it a code, such as 10.01, or leave it out."))
            if not cleaned.get("title") and "title" not in self.errors:
                self.add_error("title", _("Give it a title, or leave it out."))
            if not self.errors and (why_not := why_not_this_code(cleaned["code"], cleaned["title"])):
                self.add_error("code", why_not)
        return cleaned


class SectionsForm(forms.Form):
    """What each section of an import is called: asked once for all its documents, because they may not agree."""

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        for section in sections:
            said = _("These documents say: %(names)s") % {"names": "; ".join(section.said)} if section.said else ""
            self.fields[field_of(section.number)] = forms.CharField(
                label=_("What is section %(number)d called?") % {"number": section.number},
                help_text=said,
                initial=section.name,
                max_length=200,
                required=False,
            )

    def name_of(self, code, here):
        """The name that was given to the section of this code; where nobody was asked about it, the one it has `here`."""
        number = number_of(code)
        return self.cleaned_data.get(field_of(number), here.get(number, ""))


def field_of(number):
    return f"section-{number}"


def no_code_twice(forms):
    """Whether each chosen code stands once; a second one gets its sentence."""
    seen = set()
    for form in forms:
        code = form.cleaned_data.get("code") if form.cleaned_data.get("keep") else None
        if code and sort_key(code) in seen:
            form.add_error("code", _("Another of these files has this code. Give this one its own, or leave it out."))
        seen.add(sort_key(code or ""))
    return not any(form.errors for form in forms)
