"""The printed decks, read once from the package's own data.

Source: the rulebook's "Decks".
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import attrs

__all__ = ["DECKS", "IdeaCard", "MarketCard", "PolicyCard", "idea", "market", "names", "policy", "printed"]

DECKS: Final = ("ideas", "policies", "markets")


@attrs.frozen
class IdeaCard:
    """A printed idea: its sector and difficulty (6 to 9)."""

    id: str
    sector: str
    difficulty: int


@attrs.frozen
class PolicyCard:
    """A printed policy: its effect (subsidy, tax, voucher or quiet)."""

    id: str
    effect: str


@attrs.frozen
class MarketCard:
    """A printed market event: the sector that gains and the one that loses."""

    id: str
    up: str
    down: str


def _cards(deck: str) -> list[dict[str, str | int]]:
    text = (files("makersphere_rules") / "data" / f"{deck}.toml").read_text(encoding="utf-8")
    (cards,) = tomllib.loads(text).values()
    return list(cards)


@cache
def _ideas() -> dict[str, IdeaCard]:
    return {str(c["id"]): IdeaCard(str(c["id"]), str(c["sector"]), int(c["difficulty"])) for c in _cards("ideas")}


@cache
def _policies() -> dict[str, PolicyCard]:
    return {str(card["id"]): PolicyCard(str(card["id"]), str(card["effect"])) for card in _cards("policies")}


@cache
def _markets() -> dict[str, MarketCard]:
    return {str(c["id"]): MarketCard(str(c["id"]), str(c["up"]), str(c["down"])) for c in _cards("markets")}


@cache
def names(deck: str) -> tuple[str, ...]:
    """Return the names of a deck's cards in printed order."""
    cards: dict[str, Callable[[], Mapping[str, object]]] = {"ideas": _ideas, "policies": _policies, "markets": _markets}
    return tuple(cards[deck]())


def printed() -> dict[str, list[dict[str, str | int]]]:
    """Return all decks as they are printed, card by card; what a game draws of them is each game's own."""
    return {deck: _cards(deck) for deck in DECKS}


def idea(card: str) -> IdeaCard:
    """Return an idea card of any edition."""
    return _ideas()[card.partition("#")[0]]


def policy(card: str) -> PolicyCard:
    """Return a policy card of any edition."""
    return _policies()[card.partition("#")[0]]


def market(card: str) -> MarketCard:
    """Return a market card of any edition."""
    return _markets()[card.partition("#")[0]]
