"""`makersphere playthrough`: a game as text, to be kept and compared."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from makersphere_cli.flags import Name, Seats, Seed, between

__all__ = ["playthrough"]


def playthrough(
    scenario: Name,
    /,
    *,
    seats: Seats | None = None,
    seed: Seed = 1,
    phases: Annotated[int, Parameter(validator=between(1, 1000))] = 1000,
) -> int:
    """Print a game as text: what may be sent, what was, each event, and what the table and each hand then show.

    Every seat sends each command that it may, once, filled by a rule that reads the forms alone. So the text changes
    when a rule does, and not when a bot plays otherwise: keep it in a file, and read the difference as the change.

    Args:
        scenario: the name of a shipped scenario, or a file.
        seats: how many seats; by default the scenario's own number.
        seed: of the dice.
        phases: how many phases are told at most; by default all.
    """
    from makersphere_cli.scenarios.lookup import load, say_if_outside  # noqa: PLC0415  (quick --help)
    from makersphere_playtest.games.headless import seed_bytes  # noqa: PLC0415
    from makersphere_playtest.playthrough import text  # noqa: PLC0415
    from makersphere_rules import engine  # noqa: PLC0415
    from makersphere_rules.dice import SeededDice  # noqa: PLC0415

    found = load(scenario)
    say_if_outside(found, seats)
    state = engine.new(found, SeededDice(seed_bytes(str(seed))), seats or found.seats)
    for line in text.playthrough(state, phases):
        print(line)
    return 0
