"""Appraisal: honest ratings where the printed default would not say the same, and whom the operator spares."""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_bots.legal import Form, options
from makersphere_bots.policy import Move, Tree, View
from makersphere_bots.standard.printed_values import PILOT, PRODUCT, PROTOTYPE, printed_of
from makersphere_bots.standard.venture_worth import living

__all__ = ["rate_investors", "rate_leads", "spare"]


def rate_investors(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Give 5 to an investor that brought capital or helped the venture up a stage; else leave it to the default."""
    form = legal.get("rate")
    if form is None:
        return []
    season = view.table["game"]["season"]
    targets = options(form.fields["seat"])
    scores: dict[int, int] = {}
    for deal in view.hand.get("deal", {}).values():
        if deal["season"] != season or deal["maker"] != view.seat or deal["investor"] not in targets:
            continue
        venture = view.table["venture"][str(deal["venture"])]
        short = deal["delivered"] < deal["hours"] and venture["materials"] > 0
        best = deal["credits"] > 0 or (venture["moved_up"] and deal["hours"] > 0)
        score = 2 if short else 5 if best else 4
        scores[deal["investor"]] = min(score, scores.get(deal["investor"], 5))
    moves: list[Move] = [
        ("rate", {"seat": seat, "score": score}) for seat, score in sorted(scores.items()) if score not in (2, 4)
    ]
    return moves + _rate_space(view, targets)


def rate_leads(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Leave leads to the default, 4; rate the spaces."""
    form = legal.get("rate")
    return [] if form is None else _rate_space(view, options(form.fields["seat"]))


def _rate_space(view: View, targets: tuple[int | str, ...]) -> list[Move]:
    """Rate a space by its spirit and its rent; the default is 3."""
    moves: list[Move] = []
    for space in view.table["space"].values():
        if space["id"] in targets:
            score = 3 + (space["spirit_bonus"] > 0) + (space["rent"] < 15) - (space["rent"] > 24)
            if score != 3:
                moves.append(("rate", {"seat": space["id"], "score": score}))
    return moves


def spare(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Spend the wild card on the best pilot or product that is about to be closed."""
    form = legal.get("wild_card")
    if form is None:
        return []
    targets = options(form.fields["venture"]) if "venture" in form.fields else ()
    season = view.table["game"]["season"]
    lost = [
        venture
        for venture in living(view)
        if venture["id"] in targets
        and venture["space"] == view.seat
        and venture["stage"] >= PILOT  # one that nobody has funded weighs on the name of a space
        and _will_close(view, venture, season)
    ]
    if not lost:
        return []
    best = max(lost, key=lambda venture: (venture["stage"], sum(venture["tracks"])))
    return [("wild_card", {"venture": best["id"]})]


def _will_close(view: View, venture: Tree, season: int) -> bool:
    if venture["stage"] in (PILOT, PRODUCT):
        return bool(venture["sales"] < printed_of(view).bar(venture["stage"], len(view.table["maker"])))
    return not venture["born"] and season > venture["founded"] and venture["stage"] <= PROTOTYPE
