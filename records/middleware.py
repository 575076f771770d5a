"""Around every request: a number for it, privacy headers, and kind words for a refusal."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records import audit, request_cache
from records.refused import ActionRefused

OPEN_PATHS = ("/static/", "/pictures/")


class each_request:
    """Give the request a number for the audit chain; make private answers private; turn ActionRefused into a kind 403."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, cache = audit.request_id.set(secrets.token_hex(8)), request_cache.begin(request.method or "")
        try:
            response = self.get_response(request)
        finally:
            request_cache.end(cache)
            audit.request_id.reset(token)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        # A page that is not there is a private page too: it shows who is signed in, even under /static/.
        if not (request.path.startswith(OPEN_PATHS) and response.status_code in (200, 206, 304)):
            response["Cache-Control"] = "no-store, private"
            vary = {word.strip() for word in response.get("Vary", "").split(",") if word.strip()}
            response["Vary"] = ", ".join(sorted(vary | {"Cookie"}))
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, ActionRefused):
            if request.user.is_authenticated:
                audit.record_once_an_hour("records.refused", request.user, by=request.user, about=request.path)
            return render(request, "refused.html", {"why": str(exception)}, status=403)
        return None
