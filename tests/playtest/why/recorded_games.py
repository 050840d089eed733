"""Games of bots, recorded as a log has them."""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Result, play, seed_bytes
from makersphere_playtest.why.recorded import Lived, Recorded, lined, lived
from makersphere_rules.shipped import scenario, scenario_source

SEATS = 12


@cache
def result(name: str = "classroom", seed: str = "why", seats: int = SEATS, bots: str = "shrewd") -> Result:
    """Return what came of a game."""
    return play(scenario(name), seats, seed, {ANY: policy(bots)}, keep=True)


@cache
def recorded(name: str = "classroom", seed: str = "why", seats: int = SEATS, bots: str = "shrewd") -> Recorded:
    """Return a game as recorded."""
    source = msgspec.json.encode(tomllib.loads(scenario_source(name)))
    game = result(name, seed, seats, bots)
    return Recorded(source, game.roles, seed_bytes(seed), lined(game.log))


@cache
def game(name: str = "classroom", seed: str = "why", seats: int = SEATS, bots: str = "shrewd") -> Lived:
    """Return a game gone through; nobody may change it."""
    return lived(recorded(name, seed, seats, bots))
