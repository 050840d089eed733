"""Admission: which idea to keep, where to pitch, whom to ask for a place, whom to take in, to whom to listen."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import partial

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.policy import Move, Tree, View
from makersphere_bots.standard.printed_values import GARAGE, PILOT, PRODUCT, PROTOTYPE, WHOLE, printed_of
from makersphere_bots.standard.venture_worth import UNKNOWN, eyes_of, living, lot_of, post_money, seasons_left

__all__ = ["apply_for_badge", "enter", "listen", "open_teams", "rather_joins"]

_JOINER_SHARES = 1200  # what a lead gives a co-founder
_DULL = 9  # lowest and highest appeal together, up to which an idea that found no desk is given up
_LATE = 1  # with so few seasons left an idea of one's own comes too late
_KEPT = 3000  # shares that a founder may hope for at the end, half of the ventures being closed before they are born
_SPARED = 15  # credits of one's own that a co-founder does not put into materials and searches


def enter(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Without a venture found one, pitch it or ask for a place; as a lead take makers in, and pitch without a desk."""
    if "keep_idea" in legal:
        return _found(view, legal)
    moves: list[Move] = []
    if "answer_join" in legal:
        moves += _answers(view, legal["answer_join"])
    venture = _own(view)
    if venture is not None and venture["space"] == GARAGE and "pitch" in legal:
        if "close_venture" in legal and _is_better_begun_anew(view, venture):
            return [*moves, ("close_venture", {})]
        moves += _pitch(view, legal["pitch"])
    return moves


def _own(view: View) -> Tree | None:
    """Return the venture that the seat leads, as it is now."""
    number = view.hand["maker"][str(view.seat)]["venture"]
    own: Tree | None = view.hand.get("venture", {}).get(str(number)) if number else None
    return own


def _is_better_begun_anew(view: View, venture: Tree) -> bool:
    """Return whether another idea promises more: unborn, turned away, of little appeal, and time for another."""
    return not venture["born"] and seasons_left(view.table) > _LATE + 1 and venture["lo"] + venture["hi"] <= _DULL


def _found(view: View, legal: Mapping[str, Form]) -> list[Move]:
    if f"{view.seat}:keep_idea:" in view.hand.get("choice", {}):
        return []  # asked again: all is said
    card = max(view.hand["idea"].values(), key=lambda idea: (_promise(view, idea), -idea["number"]))
    moves: list[Move] = [("keep_idea", {"card": card["number"]})]
    moves += _pitch(view, legal["pitch"])
    if "ask_to_join" in legal:
        moves += _ask(view, legal["ask_to_join"], card)
    return moves


def _promise(view: View, idea: Tree) -> float:
    """Return how good an idea looks: appeal and difficulty, a sector that buys, few rivals in it."""
    demand = view.table["sector"][idea["sector"]]["walk"] / (printed_of(view).demand * len(view.table["maker"]))
    rivals = sum(1 for venture in living(view) if venture["sector"] == idea["sector"])
    return float(6 * (idea["lo"] + idea["hi"]) - 5 * idea["difficulty"] + 10 * demand - 4 * rivals)


def _pitch(view: View, form: Form) -> list[Move]:
    """Pitch at one of the doors; where there are several, makers spread over them, the most skilled first."""
    doors = [option for option in options(form.fields["space"]) if option != "garage"]
    if not doors:
        return []
    if len(doors) == 1:
        return [("pitch", {"space": doors[0]})]
    used: dict[int, int] = {}
    homeless: dict[int, int] = {}
    for seat, maker in view.table["maker"].items():
        homeless[int(seat)] = -sum(maker["skills"])
    for venture in living(view):
        used[venture["space"]] = used.get(venture["space"], 0) + 1
        if venture["space"] != GARAGE:
            for seat in (venture["lead"], *venture["cofounders"]):
                homeless.pop(seat, None)
    homeless[view.seat] = -sum(view.table["maker"][str(view.seat)]["skills"])  # it may have left a desk just now
    queue = sorted(homeless, key=lambda seat: (homeless[seat], lot_of(view, seat)))
    spaces = sorted((view.table["space"][str(door)] for door in doors), key=partial(_charm, view))
    free = [space["stations"] - used.get(space["id"], 0) for space in spaces]
    places = [space["id"] for turn in range(max(free)) for space, left in zip(spaces, free, strict=True) if turn < left]
    places = places or [space["id"] for space in spaces]
    return [("pitch", {"space": places[queue.index(view.seat) % len(places)]})]


def _charm(view: View, space: Tree) -> tuple[int, int]:
    """Return a key by which spaces are ordered, the best first: rent, levels and spirit, then lot."""
    levels = space["community"] + space["resources"] + space["integration"]
    return space["rent"] - 5 * levels - 4 * space["spirit_bonus"], lot_of(view, space["id"])


def _ask(view: View, form: Form, card: Tree) -> list[Move]:
    """Ask a team for a place where that promises more than the idea; the most skilled ask the best teams."""
    homeless = [maker for maker in view.table["maker"].values() if not maker["venture"]]
    homeless.sort(key=lambda maker: (-sum(maker["skills"]), lot_of(view, maker["seat"])))
    place = next((place for place, maker in enumerate(homeless) if maker["seat"] == view.seat), 0)
    founded = {**card, "stage": printed_of(view).first_stage}
    for team in open_teams(view, options(form.fields["venture"]))[place : place + 1]:
        if rather_joins(view, founded, (card["lo"] + card["hi"]) / 2, team):
            return [("ask_to_join", {"venture": team["id"]})]
    return []


def rather_joins(view: View, own: Tree, appeal: float, team: Tree) -> bool:
    """Return whether a place in a team promises more than an unborn venture or an idea of one's own."""
    brings, printed = post_money(view), printed_of(view)
    sells = seasons_left(view.table) - (PILOT - team["stage"])
    joined = brings(team, eyes_of(view).mean(team)) * _JOINER_SHARES / WHOLE + printed.wage * sells + _SPARED
    return bool(joined > brings(own, appeal) * _KEPT / WHOLE)


def open_teams(view: View, wanted: Container[int | str]) -> list[Tree]:
    """Return those of some ventures that may take a maker in: born, a lead alone, no product; the furthest first."""
    teams = [one for one in living(view) if one["id"] in wanted and one["born"] and not one["cofounders"]]
    teams = [one for one in teams if PROTOTYPE <= one["stage"] < PRODUCT]
    teams.sort(key=lambda one: (-one["stage"], -sum(one["tracks"]), lot_of(view, one["lead"])))
    return teams


def _answers(view: View, form: Form) -> list[Move]:
    """Take one maker in while there is work for it; decline the others."""
    venture = _own(view)
    said = view.hand.get("choice", {})
    makers = [maker for maker in options(form.fields["maker"]) if f"{view.seat}:answer_join:{maker}" not in said]
    if venture is None or not makers:
        return []
    room = venture["born"] and venture["stage"] in (PROTOTYPE, PILOT) and not venture["cofounders"]
    room = room and not any(key.startswith(f"{view.seat}:answer_join:") for key in said)
    skills = view.table["maker"]
    best = max(makers, key=lambda maker: (sum(skills[str(maker)]["skills"]), -lot_of(view, int(maker))))
    shares = min(_JOINER_SHARES, bounds(form.fields["shares"])[1])
    return [
        ("answer_join", {"maker": maker, "accept": True, "shares": shares})
        if room and maker == best
        else ("answer_join", {"maker": maker, "accept": False, "shares": 0})
        for maker in makers
    ]


# -- investors


def apply_for_badge(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Apply for a badge where tenants have fewest investors; with one space only, the default does it."""
    form = legal.get("apply")
    table = view.table
    if form is None or len(table["space"]) == 1 or view.hand["investor"][str(view.seat)]["badges"]:
        return []
    holders: dict[int, int] = {}
    waiting: list[int] = []
    for investor in table["investor"].values():
        for space in investor["badges"]:
            holders[space] = holders.get(space, 0) + 1
        if not investor["badges"]:
            waiting.append(investor["seat"])
    waiting.sort(key=lambda seat: lot_of(view, seat))
    tenants: dict[int, int] = {}
    for venture in living(view):
        tenants[venture["space"]] = tenants.get(venture["space"], 0) + 1
    doors = sorted(
        options(form.fields["spaces"]),
        key=lambda door: (
            (1 + holders.get(int(door), 0)) / (1 + tenants.get(int(door), 0)),
            table["space"][str(door)]["investor_bar"],
            lot_of(view, int(door)),
        ),
    )
    return [("apply", {"spaces": [doors[waiting.index(view.seat) % len(doors)]]})]


def listen(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Listen to the maker of whose idea least is known; of equals to the most skilled, then to the better lot."""
    form = legal.get("hear_pitch")
    if form is None:
        return []
    eyes, makers, ventures = eyes_of(view), view.table["maker"], view.table.get("venture", {})

    def key(seat: int) -> tuple[int, int, int]:
        maker = makers[str(seat)]
        lo, hi = eyes.of(ventures[str(maker["venture"])]) if maker["venture"] else UNKNOWN
        return lo - hi, -sum(maker["skills"]), lot_of(view, seat)

    return [("hear_pitch", {"maker": min((int(one) for one in options(form.fields["maker"])), key=key)})]
