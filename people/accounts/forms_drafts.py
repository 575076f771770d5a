"""What the script of a page sends while somebody types (static/js/drafts.js)."""

from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve

MOST_NAMES = 50


class Typed(forms.Form):
    """The words of one form on one page of ours."""

    key = forms.UUIDField()
    page = forms.CharField(max_length=900)
    address = forms.CharField(max_length=500)
    fields_json = forms.JSONField(required=False)  # none: there are no words any more
    files_json = forms.JSONField(required=False)
    texts_json = forms.JSONField(required=False)

    def clean_page(self):
        return _of_ours(self.cleaned_data["page"])

    def clean_address(self):
        return _of_ours(self.cleaned_data["address"])

    def clean_fields_json(self):
        """{name: values} of [[name, value], …]."""
        pairs, fields = self.cleaned_data["fields_json"] or [], {}
        for pair in pairs if isinstance(pairs, list) else [pairs]:
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)):
                raise forms.ValidationError("name and value")
            fields.setdefault(pair[0][:200], []).append(pair[1])
        return fields

    def clean_files_json(self):
        return _names(self.cleaned_data["files_json"])

    def clean_texts_json(self):
        return _names(self.cleaned_data["texts_json"])

    def facts(self):
        """What is kept, as `keep_draft` takes it."""
        told, page = self.cleaned_data, urlsplit(self.cleaned_data["page"])
        return {
            "right": getattr(resolve(page.path).func, "written_with", ""),
            "key": told["key"],
            "path": page.path[:500],
            "query": page.query[:500],
            "address": told["address"],
            "fields": told["fields_json"],
            "files": told["files_json"],
            "texts": told["texts_json"],
        }


def _names(told):
    return [name[:200] for name in told if isinstance(name, str)][:MOST_NAMES] if isinstance(told, list) else []


def _of_ours(address):
    """An address of the portal; Wagtail keeps what is typed by itself."""
    where = urlsplit(address)
    if where.scheme or where.netloc or not where.path.startswith("/") or where.path.startswith("/cms/"):
        raise forms.ValidationError("an address of ours")
    try:
        resolve(where.path)
    except Resolver404:
        raise forms.ValidationError("an address of ours") from None
    return address
