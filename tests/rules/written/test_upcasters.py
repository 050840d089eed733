"""Old events in new clothes: an event of an older version is read as the version that the rules know today."""

import pytest

from makersphere_rules import shipped
from makersphere_rules.modules.counter import Counted
from makersphere_rules.written import upcasters
from makersphere_rules.written.notation import UnknownEvent, decode_events, event_types

NOW = {"by": 3, "count": 3, "seat": 1, "total": 3}
OLD = b'[{"type":"counted","v":1,"data":{"by":3,"who":1,"total":3}}]'


def test_an_old_event_goes_through_each_version_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """From one version to the next, never past one; so an upcaster is written once and left alone."""
    monkeypatch.setattr(Counted, "version", 3)
    named = {key: value for key, value in NOW.items() if key != "count"}
    steps = {
        ("counted", 1): lambda data: {"seat": data["who"], "by": data["by"], "total": data["total"]},
        ("counted", 2): lambda data: {**data, "count": data["by"]} if data == named else {},
    }
    monkeypatch.setattr(upcasters, "UPCASTERS", steps)
    (event,) = decode_events(OLD, event_types(shipped.scenario("counter")))
    assert event == Counted(**NOW)


@pytest.mark.parametrize(("type_", "version"), [("counted", 2), ("discounted", 1)])
def test_an_event_of_later_rules_is_not_guessed_at(type_: str, version: int) -> None:
    """A type or a version that these rules do not know is named, and nothing of the record is used."""
    raw = b'[{"type":"%b","v":%d,"data":{"by":3,"count":3,"seat":1,"total":3}}]' % (type_.encode(), version)
    with pytest.raises(UnknownEvent, match=f"'{type_}' version {version}"):
        decode_events(raw, event_types(shipped.scenario("counter")))
