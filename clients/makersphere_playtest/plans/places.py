"""Which seats play otherwise: another one in each game, so that no seat's own luck is taken for a policy's.

Answers places in the order of seats, from 0. The same game has the same places on every side.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["place_of_one", "places_of_two"]


def place_of_one(roles: Sequence[str], role: str, game: int) -> int | None:
    """Return the place of the one seat of a role that plays otherwise in a game; None where no seat has the role."""
    places = [place for place, one in enumerate(roles) if one == role]
    return places[game % len(places)] if places else None


def places_of_two(roles: Sequence[str], first: str, second: str, game: int) -> tuple[int, int] | None:
    """Return the places of two seats that plot in a game, so that each meets each; None where there are not both.

    Args:
        roles: of the seats.
        first: the role of the first one.
        second: the role of the second one; of the same role they are two seats.
        game: its number.
    """
    ones = [place for place, one in enumerate(roles) if one == first]
    one = ones[game % len(ones)] if ones else None
    others = [place for place, role in enumerate(roles) if role == second and place != one]
    return None if one is None or not others else (one, others[game // len(ones) % len(others)])
