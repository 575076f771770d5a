"""The words of rich text without their form, part by part, as versions keep them."""

from bs4 import BeautifulSoup

PARTS = {"h2": "heading", "h3": "heading", "p": "paragraph", "li": "point"}


def words_of_information(lead, body):
    """(kind, anchor, text) of a page of information; rich text has no anchors."""
    words = [("short", "", lead)] if lead else []
    for tag in BeautifulSoup(body, "html.parser").find_all(PARTS):
        text = " ".join(tag.get_text(" ", strip=True).split())
        if text:
            words.append((PARTS[tag.name], "", text))
    return words
