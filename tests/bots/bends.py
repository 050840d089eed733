"""What a plotter does in place of its honest moves: one function a trick, from the hunt in `exploits.py`.

A *bend* takes what the honest player would send and returns what is sent instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.lookahead.of_investors import payable
from makersphere_bots.policy import Move, Tree, View

Legal = Mapping[str, Form]
Bend = Callable[[View, Legal, int, list[Move]], list[Move]]  # view, legal, friend, honest moves: what is sent


# -- what a plotter does in place of its honest moves


def _choices(legal: Legal, command: str, field: str) -> tuple[int | str, ...]:
    form = legal.get(command)
    return options(form.fields[field]) if form is not None and field in form.fields else ()


def _ventures(view: View) -> list[Tree]:
    return [venture for venture in view.table.get("venture", {}).values() if not venture["closed"]]


def _of(view: View, lead: int) -> int:
    """Return the venture that a seat leads, or 0."""
    return next((int(venture["id"]) for venture in _ventures(view) if venture["lead"] == lead), 0)


def _without(moves: Sequence[Move], *names: str) -> list[Move]:
    return [move for move in moves if move[0] not in names]


def relieve(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Let the friend off the rent, whatever it has."""
    venture = _of(view, friend)
    return [("relief", {"venture": venture}), *moves] if venture in _choices(legal, "relief", "venture") else moves


def grant(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the friend's venture the largest grant there is."""
    form = legal.get("grant")
    venture = _of(view, friend)
    if form is None or venture not in options(form.fields["venture"]):
        return moves
    return [("grant", {"venture": venture, "credits": bounds(form.fields["credits"])[1]}), *_without(moves, "grant")]


def spare(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Keep the wild card for the friend: at the door, and in the appraisal."""
    honest = _without(moves, "wild_card")
    venture = _of(view, friend)
    if view.phase == "admission" and friend in _choices(legal, "wild_card", "seat"):
        return [("wild_card", {"seat": friend}), *honest]
    if view.phase == "appraisal" and venture in _choices(legal, "wild_card", "venture"):
        return [("wild_card", {"venture": venture}), *honest]
    return honest


def rate_five(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the friend five, come what may."""
    if friend not in _choices(legal, "rate", "seat"):
        return moves
    others = [move for move in moves if move[0] != "rate" or move[1]["seat"] != friend]
    return [("rate", {"seat": friend, "score": 5}), *others]


def rank_first(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Put the friend first on the list of hours."""
    field = "ventures" if view.role == "investor" else "investors"
    first = _of(view, friend) if view.role == "investor" else friend
    if first not in _choices(legal, "rank", field):
        return moves
    for place, (name, args) in enumerate(moves):
        ranked = args.get(field)
        if name == "rank" and isinstance(ranked, list):
            moves[place] = (name, {field: [first, *(one for one in ranked if one != first)]})
    return moves


def deliver(hours: Callable[[int], int], *, to_friend: bool) -> Bend:
    """Return a bend that delivers some of the promised hours, to the friend or to all others."""

    def bend(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
        own = _of(view, friend)
        promised: dict[int, int] = {}
        for deal in view.hand.get("deal", {}).values():
            if deal["season"] == view.table["game"]["season"] and deal["investor"] == view.seat and deal["hours"]:
                promised[deal["venture"]] = promised.get(deal["venture"], 0) + deal["hours"]
        named = [venture for venture in promised if (venture == own) is to_friend] if "deliver" in legal else []
        sent: list[Move] = [("deliver", {"venture": one, "hours": hours(promised[one])}) for one in named]
        return [*sent, *moves]

    return bend


def all_but_one(promised: int) -> int:
    """Return what is delivered when one hour is sold elsewhere: enough to help the roll."""
    return promised - 1


def none_at_all(promised: int) -> int:
    """Return what is delivered when all hours are sold elsewhere."""
    return 0 * promised


def give_birth(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Fund the friend's unborn venture with 60 credits for no shares at all."""
    venture = _of(view, friend)
    if venture not in _choices(legal, "send_terms", "venture") or view.table["venture"][str(venture)]["born"]:
        return moves
    honest = [move for move in moves if move[0] != "send_terms" or move[1]["venture"] != venture]
    sent = any(sheet["venture"] == venture for sheet in view.hand.get("sheet", {}).values())
    if sent or view.hand["account"][f"investor:{view.seat}"]["balance"] < 75:
        return honest
    gift: Move = ("send_terms", {"venture": venture, "credits": 60, "hours": 0, "shares": 0, "fee": 0})
    return payable(view, [gift, *honest])


def accept(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Say yes to whatever the friend offers: sheets and proposals."""
    honest = list(moves)
    for sheet in view.hand.get("sheet", {}).values():
        if sheet["status"] == "open" and sheet["by"] == "investor" and sheet["investor"] == friend:
            honest = [move for move in honest if move[0] != "answer_terms" or move[1]["sheet"] != sheet["id"]]
            honest.insert(0, ("answer_terms", {"sheet": sheet["id"], "answer": "accept"}))
    for proposal in view.hand.get("proposal", {}).values():
        if proposal["status"] == "open" and proposal["sender"] == friend and proposal["what"] == "lending":
            honest = [move for move in honest if move[0] != "answer" or move[1]["proposal"] != proposal["id"]]
            honest.insert(0, ("answer", {"proposal": proposal["id"], "accept": True}))
    return honest


def ask_most_shares(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Change the printed terms to the dearest there are, after the leads have seen the printed ones."""
    return [("post_package", {"fee": 0, "shares": 1000}), *moves] if "post_package" in legal else moves


def spoil(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """As the board of anybody but the friend: a high price and everything kept, so that rivals sell and pay little."""
    own = _of(view, friend)
    boards = [one for one in _choices(legal, "set_price", "venture") if one != own]
    if view.role == "maker":
        return moves
    honest = _without(moves, "set_price", "set_reserve") if boards else moves
    sent: list[Move] = [("set_price", {"venture": one, "price": "high"}) for one in boards]
    sent += [("set_reserve", {"venture": one, "reserve": 80}) for one in boards]
    return [*sent, *honest]


def _promise_nothing(legal: Legal, moves: list[Move]) -> list[Move]:
    """Rank nobody; a list that is not sent would be filled by default."""
    empty: list[Move] = [("rank", {"ventures": []})] if "rank" in legal else []
    return [*empty, *_without(moves, "rank")]


def scout_everything(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Promise no hours, and turn all of them into looks."""
    if view.phase == "matching":
        return _promise_nothing(legal, moves)
    targets = [one for one in _choices(legal, "scout", "venture") if view.phase == "incubation"]
    hours = view.hand["investor"][str(view.seat)]["hours"] // 2
    sent: list[Move] = [("scout", {"venture": one}) for one in targets[:hours]]
    return [*sent, *_without(moves, "scout")]


def lend(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Lend the friend five hours for a credit."""
    venture = _of(view, friend)
    form = legal.get("propose_lending")
    if form is None or venture not in options(form.fields["venture"]):
        return moves
    if any(one["what"] == "lending" and one["sender"] == view.seat for one in view.hand.get("proposal", {}).values()):
        return moves
    hours = min(5, bounds(form.fields["hours"])[1])
    return [("propose_lending", {"venture": venture, "hours": hours, "credits": 1}), *moves]


def workshop_for(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the whole workshop to the friend."""
    form = legal.get("workshop")
    venture = _of(view, friend)
    if form is None or venture not in options(form.fields["venture"]):
        return moves
    hours = bounds(form.fields["hours"])[1]
    return [("workshop", {"venture": venture, "track": "technology", "hours": hours}), *_without(moves, "workshop")]


def work_for_a_part(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Work all hours on a product that needs none, since hours are what is paid for."""
    form = legal.get("plan")
    venture = view.table.get("venture", {}).get(str(_of(view, view.seat)))
    if form is None or venture is None or venture["stage"] < 3:
        return moves
    hours = bounds(form.fields["technology"])[1]
    plan: Move = ("plan", {"technology": 0, "customers": 0, "business": hours, "day_job": 0})
    return [plan, *_without(moves, "plan")]


def stand_lower(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Be the last of the class in the friend's place: work elsewhere and sell dear."""
    sent = _without(moves, "plan", "put_in", "set_price")
    form = legal.get("plan")
    if form is not None:
        day_job = bounds(form.fields["day_job"])[1]
        sent.insert(0, ("plan", {"technology": 0, "customers": 0, "business": 0, "day_job": day_job}))
    if "set_price" in legal:
        sent.insert(0, ("set_price", {"price": "high"}))
    return sent


def serve_nobody(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Be the badge holder with the lowest score in the friend's place."""
    honest = _without(moves, "send_terms", "clinic", "answer_terms")
    return _promise_nothing(legal, honest) if view.phase == "matching" else honest
