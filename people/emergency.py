"""What else stands on the emergency card: an app above this one adds its own lines, and this one knows nothing of it."""

_lines = []


def on_the_card(lines_of):
    """Add `lines_of(child)`, which gives [(label, words)], to every emergency card; once, as the app begins."""
    if lines_of not in _lines:
        _lines.append(lines_of)


def lines_for(child) -> list:
    """[(label, words)] of what other apps know of this child and may matter in a hurry."""
    return [line for lines_of in _lines for line in lines_of(child)]
