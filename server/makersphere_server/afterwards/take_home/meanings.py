"""What a game means: which mechanism of the ecosystem a turning point shows, and where a class has seen it.

Answers sections' inner HTML. Mechanisms, figures and moments are those of the lesson packs
(`makersphere_rules/lessons`), so that the page taken home says what the lesson set out to explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from makersphere_rules.lessons.packs import Objective, pack
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.page import paragraph

__all__ = ["ABOUT_ONE", "MECHANISM", "of_class", "of_turns"]

Tree = Mapping[str, Any]

MECHANISM: Final[Mapping[str, str]] = {
    **dict.fromkeys(("own_birth", "own_search", "missed_deal", "first_birth"), "integration"),
    **dict.fromkeys(("own_sale", "largest_sale", "largest_payout", "first_product"), "energy"),
    **dict.fromkeys(("own_stake_up", "own_stake_down", "receivership"), "energy"),
    **dict.fromkeys(("own_end", "own_door", "own_door_full", "closing", "rebirth", "own_cleared"), "metabolism"),
    **dict.fromkeys(("own_stake_ended", "own_stake_back"), "metabolism"),
    **dict.fromkeys(("own_help_lead", "own_help_investor", "own_kept_lead", "own_kept_investor"), "resources"),
    **dict.fromkeys(("broken_match", "badge_lost", "cards_for_one", "gift_of_money"), "resources"),
    **dict.fromkeys(("gift_of_hours", "gift_of_swap", "gift_of_shares"), "community"),
    **dict.fromkeys(("dice_won", "dice_lost", "own_roll_won", "own_roll_lost"), "community"),
    **dict.fromkeys(("own_ask_no", "own_left_offer", "own_offer_no", "own_passed", "own_passed_well"), "integration"),
    **dict.fromkeys(("own_door_in", "own_door_card", "own_badge_no", "own_badge_lost"), "metabolism"),
    **dict.fromkeys(("own_badge", "own_badge_card", "own_thesis"), "resources"),
    **dict.fromkeys(("own_joined", "own_lesson", "own_clinic"), "community"),
    **dict.fromkeys(("own_bar", "own_empty"), "metabolism"),
    **dict.fromkeys(("own_levels", "own_rent", "own_backed", "gift_of_grant", "workshop_for_one"), "paths"),
}
ABOUT_ONE: Final = ("badge_lost", "broken_match")  # told to everybody, they would say who fell short
_BY_ROLE: Final[Mapping[str, str]] = {"maker": "community", "investor": "resources", "operator": "paths"}


def of_turns(game: Game, seat: int, turns: Sequence[Tree]) -> Iterator[str]:
    """Yield for each mechanism that a seat's turning points show: what it is, and which of them show it."""
    words = game.words
    shown: dict[str, list[str]] = {}
    for number, moment in enumerate(turns, 1):
        mechanism = MECHANISM.get(moment["text"])
        if mechanism is not None:
            shown.setdefault(mechanism, []).append(str(number))
    if not shown and game.role(seat) in _BY_ROLE:
        shown[_BY_ROLE[game.role(seat)]] = []
    for mechanism, numbers in shown.items():
        yield f"<h3>{escape(words(f'home.mechanism.{mechanism}'))}</h3>"
        yield paragraph(words(f"home.means.{mechanism}"))
        if numbers:
            yield paragraph(words.count("home.means.seen", len(numbers), turns=words.listed(numbers)), "soft")
    if shown:
        yield paragraph(words("home.means.ask"))


def of_class(game: Game) -> Iterator[str]:
    """Yield what a class will be able to explain, each with the figure in which it has seen it."""
    found = pack(game.scenario.name)
    for objective in found.objectives if found is not None else ():
        yield from _objective(game, objective)


def _objective(game: Game, objective: Objective) -> Iterator[str]:
    words, figures = game.words, game.tree.get("figures", {})
    yield f"<h3>{escape(words(f'lesson.objective.{objective.name}'))}</h3>"
    yield paragraph(words(f"home.means.{objective.mechanism}"))
    values = [
        (season, found[objective.figure])
        for season in game.seasons
        if objective.figure in (found := figures.get(str(season), {}))
    ]
    if values:
        said = words.listed(
            words("home.means.value", season=words.in_run(season), value=words.scaled(objective.figure, value))
            for season, value in values
        )
        yield paragraph(words("home.means.figure", figure=words.figure(objective.figure), values=said), "soft")
    moments = [
        one
        for one in game.told.get("moments", {}).values()
        if one["text"] == objective.moment and one["text"] not in ABOUT_ONE
    ]
    for moment in moments[:1]:
        yield paragraph(words("home.means.moment", moment=words.moment(moment)), "soft")
