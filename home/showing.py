"""What the words of pages can carry."""

PLAIN_WORDS = ["bold", "italic", "link", "ul", "ol"]
WITH_HEADINGS = ["h2", "h3", *PLAIN_WORDS]
