"""What the script of a page sends while somebody types (static/js/drafts.js)."""

import json
import uuid

from django.urls import reverse


def typed(client, page, fields, *, key=None, address=None, files=(), texts=("words",)):
    """Type `fields` into the form of a page that goes to `address`: its key, and the server's answer."""
    key = key or uuid.uuid4()
    pairs = [
        [name, value] for name, values in fields.items() for value in (values if isinstance(values, list) else [values])
    ]
    pairs = [[name, str(value)] for name, value in pairs]
    sent = {"key": key, "page": page, "address": address or page}
    sent |= {"fields_json": json.dumps(pairs), "files_json": json.dumps(list(files))}
    sent["texts_json"] = json.dumps(list(texts))
    return key, client.post(reverse("people:keep_draft"), sent)
