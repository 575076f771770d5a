"""Rows 13 and 14: the book of a child with 60 and with 300 photographs."""

from bench.measure import Line

NUMBER = 13


def lines(ground):
    yield Line("13 book of 60 photographs : raw WeasyPrint", None, 1.35, note="its code is not there yet")
    yield Line("14 book of 300 photographs : own of 60", None, 5.5, note="its code is not there yet")
