"""What every answer must tell the browser, whoever asked and whatever came of it."""

OPEN_PATHS = ("/static/", "/pictures/")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_ENOUGH = ("same-origin", "no-referrer")  # the second where somebody looks for help
OURS = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")
OF_A_FILE = "default-src 'none'; sandbox"
SAYS_TOO_MUCH = ("Server", "X-Powered-By", "X-Version", "Via")


def missing(path, response):
    """What this answer's headers lack, in words; an empty list is good."""
    found = [f"{name} is {response.get(name)}" for name, value in ALWAYS.items() if response.get(name) != value]
    if response.get("Referrer-Policy") not in STRICT_ENOUGH:
        found.append(f"Referrer-Policy is {response.get('Referrer-Policy')}")
    found += [f"{name} tells {response[name]}" for name in SAYS_TOO_MUCH if name in response]
    if "Permissions-Policy" not in response:
        found.append("no Permissions-Policy")
    if not (path.startswith(OPEN_PATHS) and response.status_code in (200, 206, 304)):
        if response.get("Cache-Control") != "no-store, private":
            found.append(f"Cache-Control is {response.get('Cache-Control')}")
        if "Cookie" not in response.get("Vary", ""):
            found.append(f"Vary is {response.get('Vary')}")
    return found + policy_missing(path, response)


def policy_missing(path, response):
    """Strict everywhere; Wagtail's own pages have a policy of their own, which still lets nothing in from elsewhere."""
    policy = response.get("Content-Security-Policy", "")
    if policy == OF_A_FILE:
        return []
    if path.startswith("/cms/"):
        wanted = ("default-src 'none'", "base-uri 'none'", "form-action 'self'")
        return [f"the policy lacks {words}" for words in wanted if words not in policy]
    found = [f"the policy lacks {words}" for words in OURS if words not in policy]
    return found + [
        f"the policy has {words}" for words in ("unsafe", "http:", "https:", "*", "data:") if words in policy
    ]
