"""How a host or the people of a seat let one more person into it: a pass that they give out, or an answer to a wish.

Answers the same two commands for both: hosts answer for every seat, people for their own. In a room without teams
nobody shares a seat, and a host alone opens seats that nobody sits in. No wish is granted where a team has no place
left. A pass is stored as a digest; the same command again gives out another one instead. Whom it lets sit down is
`seating.py`'s. Source: the contract's "Whose seat".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import MAX_WHOLE
from makersphere_rules.forms import Flag, Form, Whole, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.codes import digest, new_rejoin_code, tidy_code
from makersphere_server.room.commands.asked import Asked, Tree
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.seat_passes import PASS_LASTS_MS, SeatPass

__all__ = ["LET_IN", "answer_wish", "check_teams", "give_pass", "pass_digest"]

LET_IN: Final = Form({"join": Whole(1, MAX_WHOLE), "accept": Flag()}, optional=frozenset({"accept"}))


def pass_digest(live: LiveRoom, code: str) -> str:
    """Return what is kept of a pass."""
    return digest(live.settings.salt, "seat_pass", tidy_code(code))


def check_teams(asked: Asked) -> Refusal | None:
    """Return why the people of a seat may give out no pass, or None."""
    return None if asked.live.settings.teams else refuse("rule", "no_teams")


def give_pass(asked: Asked, seat: int) -> Tree:
    """Give out a pass to a seat, and return it as the answer's `data`."""
    live, sent, code = asked.live, asked.sent, new_rejoin_code()
    command = digest(live.settings.salt, sent.author, sent.id)
    now = live.clock.wall_ms()
    by_host = sent.by == "host"
    live.passes.give(SeatPass(pass_digest(live, code), seat, now + PASS_LASTS_MS, command, by_host), now)
    asked.batch.private.update(live.passes.to_store())
    return {"code": code, "seat": seat, "seconds": PASS_LASTS_MS // 1000}


def answer_wish(asked: Asked, seat: int = 0) -> Refusal | None:
    """Let somebody in who asks to be let into a seat, or turn them away.

    Args:
        asked: the command, with the number of the wish.
        seat: whose people answer; 0: a host.

    Returns:
        Why not, if nobody asks there under that number, or the team has no place left.
    """
    live = asked.live
    wish = live.asks_in.of(whole(asked.args, "join"), seat)
    if wish is None:
        return refuse("bad_args", "no_such_target", "join")
    if asked.args.get("accept", True):
        most = live.limits.most_members
        if len(live.seats[wish.seat].members) >= most:
            return refuse("rule", "team_full", "join", max=most)
        live.asks_in.let_in(wish, live.clock.wall_ms(), by_host=asked.sent.by == "host")
    else:
        live.asks_in.turn_away(wish, live.clock.wall_ms())
    asked.batch.wishes += (wish,)
    asked.batch.private.update(live.asks_in.to_store())
    live.show_anew((wish.seat,))
    return None
