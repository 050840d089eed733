"""What a seat may do beside the game: ask the hosts, answer a question, change its face, connect a thing, share.

These are commands like any other, durable and known by their id. They are taken at any time, also while the room is
paused, and have no events. A wish reaches the hosts alone and is forgotten with the phase. A rejoin code opens its
person's part in a seat until the person gets a newer code; the store has a digest of it alone. A person who sends the
same command again gets a new code, of either kind. Source: the contract's host commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from makersphere_protocol.messages import BESIDE, MAX_WHOLE, Args
from makersphere_rules.forms import Form, OneOf, Whole, check, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.codes import digest, new_rejoin_code
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.commands.asking_hosts import LOST, ask_in_own_words, be_lost, say_here
from makersphere_server.room.commands.consenting import CONSENT, give_consent
from makersphere_server.room.commands.device_pairing import PAIR, give_pairing_code, takes_devices
from makersphere_server.room.commands.letting_in import LET_IN, answer_wish, check_teams, give_pass
from makersphere_server.room.commands.reflecting import REFLECT, WORDS, give_reflection
from makersphere_server.room.commands.reflecting import as_kept as words_as_kept

__all__ = ["SIDE_COMMANDS", "SideCommand", "as_kept", "carry_out"]


@attrs.frozen
class SideCommand:
    """One command of seats beside the game.

    Attributes:
        form: what it takes.
        act: carries it out in memory; returns why not, if anything speaks against it.
        gives: returns what its answer gives out and nothing stores, a fresh one each time the command comes.
        words: fields beside the form that `act` checks itself; the log has them as salted digests.
        is_nameless: it has no record in the log, and nothing that is logged says whose it is.
    """

    form: Form
    act: Callable[[Asked], Refusal | None]
    gives: Callable[[Asked], Tree] | None = None
    words: frozenset[str] = frozenset()
    is_nameless: bool = False


def _ask(asked: Asked) -> Refusal | None:
    asked.live.standing.asks[asked.sent.actor] = str(asked.args["what"])
    asked.live.standing_changed()
    return None


def _always_taken(asked: Asked) -> Refusal | None:
    return None  # the code itself is given with the answer


def _give_rejoin_code(asked: Asked) -> Tree:
    """Give the sender a new code instead of an older one, and return it as the answer's `data`."""
    live = asked.live
    found = live.seats.find(asked.sent.token)
    if found is None:
        raise AssertionError("the sender has no seat")
    people, member = found
    code = new_rejoin_code()
    member.code = digest(live.settings.salt, code)
    live.seats.mark(people)
    return {"code": code}


def _change_face(asked: Asked) -> Refusal | None:
    live = asked.live
    if live.state.game.status != "lobby":
        return refuse("rule", "not_now", command="change_face")
    return None if live.seats.change_face(live.seats[asked.sent.actor]) else refuse("rule", "no_face_left")


def _shake(asked: Asked) -> Refusal | None:
    live, own, other = asked.live, asked.sent.actor, whole(asked.args, "seat")
    if other == own or other not in live.seats:
        return refuse("bad_args", "no_such_target", "seat")
    if live.handshakes.hold_out(own, other, live.clock.now_ms()):
        for one, partner in ((own, other), (other, own)):
            asked.batch.tell("shook_hands", live.seq, {"seat": partner}, (one,))
    return None


def _pair(asked: Asked) -> Refusal | None:
    return None if takes_devices(asked.live) else refuse("rule", "no_devices")


SIDE_COMMANDS: Final[Mapping[str, SideCommand]] = MappingProxyType(
    {
        "ask": SideCommand(Form({"what": OneOf(("time", "help", "role"))}), _ask),
        "ask_host": SideCommand(Form(), ask_in_own_words, words=frozenset({"text"})),
        "lost": SideCommand(LOST, be_lost, is_nameless=True),
        "still_here": SideCommand(Form(), say_here),
        "consent": SideCommand(CONSENT, give_consent),
        "change_face": SideCommand(Form(), _change_face),
        "rejoin_code": SideCommand(Form(), _always_taken, _give_rejoin_code),
        "reflect": SideCommand(REFLECT, give_reflection, words=WORDS),
        "shake": SideCommand(Form({"seat": Whole(1, MAX_WHOLE)}), _shake),
        "pair": SideCommand(PAIR, _pair, give_pairing_code),
        "seat_pass": SideCommand(Form(), check_teams, lambda asked: give_pass(asked, asked.sent.actor)),
        "let_in": SideCommand(LET_IN, lambda asked: answer_wish(asked, asked.sent.actor)),
    }
)
if SIDE_COMMANDS.keys() != BESIDE:
    raise AssertionError("the contract and this file name different commands")


def carry_out(asked: Asked) -> Outcome:
    """Carry out a seat's command in memory; return no events, or why not."""
    command, args = SIDE_COMMANDS[asked.sent.name], asked.args
    if command.words:
        args = {field: value for field, value in args.items() if field not in command.words}
    return check(command.form, args) or command.act(asked) or ()


def as_kept(name: str, args: Args, salt: str) -> Args:
    """Return the arguments of a seat's command as the log may keep them."""
    command = SIDE_COMMANDS.get(name)
    return words_as_kept(args, salt) if command is not None and command.words else args
