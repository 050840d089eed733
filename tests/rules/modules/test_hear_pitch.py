"""Admission as an investor: it listens to one maker at the door, and sees its idea more exactly."""

from __future__ import annotations

from typing import Any

import attrs

from makersphere_rules import engine
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.agreements import Look
from makersphere_rules.ecosystem.table.entities import Deck, Maker, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.admission import Admission
from makersphere_rules.modules.admission.events import IdeaWorkedOver
from makersphere_rules.seen.views import hand_of, table_of
from tests.rules.kit.hostile import refuses, refuses_bad_values
from tests.rules.table import Table, given, investor, maker, space, venture

ANN, BO, CHEN, IVY, MAX, OLGA = 1, 2, 3, 5, 6, 9


def lay(*more: Entity, noise: int = 3, **params: Any) -> Table:  # noqa: ANN401
    """Lay Ann with an idea in the garage, Bo with a venture that was born, and Chen without any; open admission."""
    table = given(
        maker(ANN),
        maker(BO),
        maker(CHEN),
        investor(IVY),
        investor(MAX),
        space(OLGA, stations=9),
        Deck("ideas", tuple(printed_decks.names("ideas"))),
        venture(1, ANN, appeal=4),
        venture(2, BO, space=OLGA, born=True),
        *more,
        modules=[Admission()],
        phase="admission",
        season=2,
        credits={"investor:5": 50, "investor:6": 50},
        dice=lambda sides: min(noise, sides),
        **params,
    )
    return table.open()


def offered(table: Table, seat: int = IVY) -> tuple[int | str, ...]:
    """Return the makers to whom an investor may listen."""
    fields: dict[str, Any] = dict(table.form(seat, "hear_pitch").fields)
    return tuple(fields["maker"].options)


def test_who_brings_an_idea_that_nobody_has_funded_can_be_heard() -> None:
    """A maker without a venture and the lead of an unborn one; no co-founder, nobody whose venture was born."""
    assert offered(lay()) == (ANN, CHEN)
    joined = lay(attrs.evolve(maker(CHEN), venture=1), attrs.evolve(venture(1, ANN), cofounders=(CHEN,)))
    assert offered(joined) == (ANN,)


def test_an_investor_with_a_badge_has_something_to_decide() -> None:
    """It may not apply again, and listens."""
    table = lay(attrs.evolve(investor(IVY), badges=(OLGA,)))
    assert set(engine.legal(table.state, IVY)) - {"ready"} == {"hear_pitch"}


def test_what_is_known_exactly_is_not_heard_again() -> None:
    """Each investor by its own hand."""
    table = lay(Look(IVY, 1, 4, 4, 2))
    assert offered(table) == (CHEN,)
    assert offered(table, MAX) == (ANN, CHEN)


def test_who_listened_has_a_look_at_the_close() -> None:
    """A look like any other, free, one more that narrows what was known."""
    table = lay(Look(IVY, 1, 3, 6, 1)).when(IVY, "hear_pitch", maker=ANN)
    before = table.balance("investor:5")
    assert table.one(Look, f"{IVY}:1").count == 1
    table.close()
    look = table.one(Look, f"{IVY}:1")
    assert (look.lo, look.hi, look.count) == (4, 6, 2)
    assert table.balance("investor:5") == before - 6  # its badge


def test_an_idea_is_seen_that_was_founded_only_now() -> None:
    """Of a maker without a venture the one that it keeps, as its door left it."""
    table = lay(attrs.evolve(space(OLGA, stations=9), maker_bar=80)).when(IVY, "hear_pitch", maker=CHEN)
    table.act(CHEN, "keep_idea", {"card": 1}).act(CHEN, "pitch", {"space": OLGA}).close()
    founded = table.one(Venture, table.one(Maker, CHEN).venture)
    look = table.one(Look, f"{IVY}:{founded.id}")
    assert any(isinstance(event, IdeaWorkedOver) for event in table.events)
    assert look.lo <= founded.appeal <= look.hi


def test_whoever_says_nothing_hears_nobody() -> None:
    """The close does nothing for it, and tells it beforehand."""
    table = lay()
    assert "hear_pitch" not in engine.defaults(table.state, IVY)
    assert not table.close().found(Look)


def test_what_was_heard_is_in_one_hand_alone() -> None:
    """No other view differs by a byte from one of a season in which nobody listened."""
    heard, silent = lay().when(IVY, "hear_pitch", maker=ANN).close(), lay().close()
    for seat in (ANN, BO, CHEN, MAX, OLGA):
        assert hand_of(heard.state, seat) == hand_of(silent.state, seat)
        assert not [line for line in heard.told(seat) if line.text == "pitch_heard"]
    assert table_of(heard.state) == table_of(silent.state)
    assert [dict(line.values) for line in heard.told(IVY) if line.text == "pitch_heard"] == [
        {"venture": 1, "lo": 2, "hi": 6}
    ]


def test_a_venture_that_is_closed_meanwhile_is_not_told_by_the_form() -> None:
    """What a maker does inside the phase nobody else learns from whom it may hear."""
    table = lay()
    before = offered(table)
    table.act(ANN, "close_venture", {})
    assert offered(table) == before
    table.when(IVY, "hear_pitch", maker=ANN).close()
    assert table.one(Look, f"{IVY}:{table.one(Maker, ANN).venture}").count == 1


def test_bad_listening_changes_nothing() -> None:
    """Wrong types, somebody whose venture was born, an investor, the wrong role."""
    table = lay()
    refuses_bad_values(table, IVY, "hear_pitch", {"maker": ANN})
    for seat in (BO, MAX, OLGA, 0, 99):
        assert refuses(table, IVY, "hear_pitch", {"maker": seat}, "bad_args").field == "maker"
    refuses(table, IVY, "hear_pitch", {}, "bad_args")
    for seat in (ANN, OLGA):
        refuses(table, seat, "hear_pitch", {"maker": ANN}, "not_your_role")
    everything = lay(attrs.evolve(maker(CHEN), venture=2), Look(IVY, 1, 4, 4, 2))
    refuses(everything, IVY, "hear_pitch", {"maker": ANN}, "rule", "not_now")
