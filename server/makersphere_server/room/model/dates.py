"""When a phase ends that lasts for days: at the next of some times of the day, on some days of the week.

Answers the date that a moment is followed by, in a time zone with its summer time. The rules know nothing of it: the
close of a phase is an order like any other, and stands in the log with its time.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from makersphere_protocol.messages import Dates

__all__ = ["is_zone", "next_date"]

_OF_ONE_MACHINE: Final = frozenset({"localtime", "posixrules", "Factory"})
_WEEKS: Final = 2  # a date is found in the first, but for the hour that summer time skips


def next_date(dates: Dates, after_ms: int) -> int:
    """Return the next date after a moment.

    Args:
        dates: times of the day ("18:00") on days of the week (1 is Monday; none: every day), in a zone of the tz
            database that `is_zone` knows.
        after_ms: the moment, in milliseconds since 1970.

    Returns:
        Milliseconds since 1970. A time that summer time skips on a day is an hour later on that day.
    """
    zone = ZoneInfo(dates.zone)
    after = datetime.fromtimestamp(after_ms / 1000, UTC)
    first = after.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range(7 * _WEEKS)]
    found = (
        datetime.combine(day, time.fromisoformat(at), zone).astimezone(UTC)
        for day in days
        if not dates.days or day.isoweekday() in dates.days
        for at in sorted(dates.times)
    )
    return round(min(date for date in found if date > after).timestamp() * 1000)


def is_zone(name: str) -> bool:
    """Return whether there is a time zone of this name, on whatever machine the room is opened later."""
    if name in _OF_ONE_MACHINE or name.startswith("right/"):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):  # the last three: a folder's name, or no name
        return False
    return True
