"""When a phase ends that lasts for days: the next of some times, on some days, in a time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from makersphere_protocol.messages import Dates
from makersphere_server.room.model.dates import is_zone, next_date

_BERLIN = "Europe/Berlin"


def _ms(text: str, zone: str = _BERLIN) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("dates", "now", "expected"),
    [
        (Dates(["18:00"], [], _BERLIN), "2026-11-30T17:59", "2026-11-30T18:00"),
        (Dates(["18:00"], [], _BERLIN), "2026-11-30T18:00", "2026-12-01T18:00"),  # a date that is now is not ahead
        (Dates(["18:00", "09:00"], [], _BERLIN), "2026-11-30T19:00", "2026-12-01T09:00"),  # in any order
        (Dates(["18:00"], [1, 4], _BERLIN), "2026-12-01T08:00", "2026-12-03T18:00"),  # from a Tuesday to Thursday
        (Dates(["18:00"], [1], _BERLIN), "2026-11-30T18:30", "2026-12-07T18:00"),  # a whole week
        (Dates(["18:00"], [7], _BERLIN), "2026-10-24T19:00", "2026-10-25T18:00"),  # winter time has begun meanwhile
        (Dates(["02:30"], [], _BERLIN), "2026-03-28T12:00", "2026-03-29T03:30"),  # summer time skips that time
    ],
)
def test_the_next_date_is_the_first_time_after_now(dates: Dates, now: str, expected: str) -> None:
    """It is the same time of the day in summer and in winter."""
    assert next_date(dates, _ms(now)) == _ms(expected)


def test_a_zone_counts() -> None:
    """Six in the evening comes earlier in Shanghai."""
    now = _ms("2026-11-30T08:00", "UTC")
    assert next_date(Dates(["18:00"], [], "Asia/Shanghai"), now) == _ms("2026-11-30T10:00", "UTC")
    assert next_date(Dates(["18:00"], []), now) == _ms("2026-11-30T18:00", "UTC")


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        *(("Asia/Shanghai", True), ("UTC", True), ("Mars/Base", False), ("", False), ("../zone", False)),
        *(("Asia", False), ("__init__/x", False), ("Europe/__init__/x", False)),  # a folder, and parts of the library
        *(("localtime", False), ("posixrules", False), ("right/UTC", False)),  # what each machine has for itself
    ],
)
def test_zones_are_known_by_their_name(name: str, is_known: bool) -> None:  # noqa: FBT001  (a table of cases)
    """A path, a folder of zones and nothing are no zones; nor what a room would not find on another machine."""
    assert is_zone(name) is is_known
