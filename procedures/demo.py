"""Procedures of Hazel Lane in the demo."""

from procedures.samples import add_reading_samples, add_sample_pages


def add_demo(cast):
    """Publish the procedures that the demo is about; the cast wrote none of them."""
    add_sample_pages()
    add_reading_samples()
