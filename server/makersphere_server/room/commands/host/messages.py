"""What a host says: to everybody in the room, or to one seat alone."""

from __future__ import annotations

from typing import Final

from makersphere_protocol.free_text import is_blank
from makersphere_rules.events import EVERYONE
from makersphere_rules.forms import Form, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import FreeText, HostCommand, every_seat
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.retelling import TEXT_KEY

__all__ = ["ANNOUNCE", "LONGEST_WORD", "MESSAGE", "say_to", "wish_was_heard"]

LONGEST_WORD: Final = 400  # characters


def _announce(asked: Asked) -> Outcome:
    return say_to(asked, "announced", EVERYONE)


def _message_form(live: LiveRoom) -> Form:
    return Form({"seat": every_seat(live)})


def _message(asked: Asked) -> Outcome:
    seat = whole(asked.args, "seat")
    said = say_to(asked, "messaged", (seat,))
    if not isinstance(said, Refusal):
        wish_was_heard(asked.live, seat)
    return said


def say_to(asked: Asked, line: str, audience: tuple[int, ...]) -> Outcome:
    """Tell a text to some seats, and store it beside the log under the command's `seq`; or return why not."""
    text, seq = str(asked.args["text"]), asked.live.seq + 1
    if is_blank(text):
        return refuse("bad_args", "blank_text", "text")
    asked.batch.private[f"{TEXT_KEY}{seq}"] = text.encode()
    asked.batch.tell(line, seq, {"text": text}, audience)
    return ()


def wish_was_heard(live: LiveRoom, seat: int) -> None:
    """Take a seat's wish off the hosts' list: the host has answered it."""
    if live.standing.asks.pop(seat, None) is not None:
        live.standing_changed()


ANNOUNCE: Final = HostCommand(
    name="host.announce", form=lambda _: Form(), act=_announce, texts={"text": FreeText(LONGEST_WORD)}
)
MESSAGE: Final = HostCommand(
    name="host.message", form=_message_form, act=_message, texts={"text": FreeText(LONGEST_WORD)}
)
