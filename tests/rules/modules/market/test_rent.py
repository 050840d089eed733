"""Rent: what a tenant owes its space."""

from __future__ import annotations

from makersphere_rules.modules.market import Market
from makersphere_rules.modules.waterfall import RentRelieved, Waterfall
from tests.rules.table import given, maker, space, venture

ANN, OLGA = 1, 5


def test_nobody_is_let_off_its_rent() -> None:
    """An operator has no command for it: what is due is paid to the last credit."""
    table = given(
        maker(ANN),
        space(OLGA),
        venture(1, ANN, space=OLGA),
        modules=[Market(), Waterfall()],
        credits={"venture:1": 20},
    )
    assert not table.may(OLGA, "relief")
    table.when(OLGA, "relief", venture=1).refused("unknown_command")
    assert table.close().balance("operator:5") == 12


def test_games_from_before_tell_whom_they_let_off() -> None:
    """The fact of old logs is read and told as it was."""
    (line,) = RentRelieved(OLGA, 1, 12).lines()
    assert (line.text, line.values) == ("rent_relieved", {"space": OLGA, "venture": 1, "credits": 12})
