"""Row 16: staff's page for a new observation."""

from bench.measure import counted, in_turn

NUMBER = 16
ADDRESS = "/journal/write/"


def lines(ground):
    portal = ground.portal()
    yield in_turn(
        "16 new observation : bare list",
        4,
        portal.seconds("sara", ADDRESS),
        ground.bare().seconds("ewa", "/journal/1/"),
    )
    yield counted("16 new observation: queries", 12, portal.queries("sara", ADDRESS))
