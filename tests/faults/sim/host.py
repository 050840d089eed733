"""Who leads the simulated hour: a host who opens the room, writes to seats, and does at random what can be done now."""

from __future__ import annotations

import random
from typing import Final

import attrs

from makersphere_bots.legal import forms_from_schema
from makersphere_bots.random_moves import fill
from tests.faults.sim.histories import is_behind
from tests.faults.sim.people import Frame, Person

__all__ = ["Host"]

_DECIDES: Final = 8  # times that a host looks at a room that is behind


@attrs.define(eq=False)
class Host(Person):
    """Somebody who leads the room.

    Attributes:
        options: of the room.
        invited: a token that it has got for a further host.
    """

    scenario: str = "counter"
    options: Frame = attrs.field(factory=dict)
    texts: int = 0
    invited: str = ""

    kind = "host"

    def first_frame(self) -> Frame:
        """Open the room."""
        return {"type": "create", "scenario": self.scenario, "options": self.options, "id": f"create-{self.name}"}

    def act(self) -> None:
        """Lead: write to somebody, repeat, or do one of the things that can be done now; decide where it is behind."""
        if is_behind(self):
            if self.strip.happens(_DECIDES):
                self.command("host.resume")
            return
        choice = self.strip.below(8)
        if choice < 2:
            self.repeat_something()
        elif choice < 4:
            self._write()
        else:
            self.do(self.strip.one_of(_LEADING))

    def _answered(self, frame: Frame) -> None:
        super()._answered(frame)
        token = frame.get("data", {}).get("host_token")
        if token:
            self.invited = token

    def do(self, name: str) -> None:
        """Send a host's command with arguments at random, if it can be sent now."""
        schema = self.hand.get("legal", {}).get(name)
        if schema is None or not self.is_here:
            return
        shown = {field: kind for field, kind in schema.get("properties", {}).items() if kind.get("type") != "string"}
        required = [field for field in schema.get("required", []) if field in shown]
        plain = {**schema, "properties": shown, "required": required}
        form = forms_from_schema({name: plain}, self.hand.get("choices"))[name]
        args = fill(form, random.Random(self.strip.below(1 << 16)))
        if args is not None:
            if name == "host.extend":
                args["seconds"] = min(int(args["seconds"]), 60)  # type: ignore[arg-type]
            self.command(name, dict(args))

    def _write(self) -> None:
        seats = self.hand.get("choices", {}).get("seat", {}).get("enum", [])
        if seats and "host.message" in self.hand.get("legal", {}):
            seat = self.strip.one_of(seats)
            self.texts += 1
            text = f"canary-{self.name}-{self.texts}."
            self.journal.whisper(text, seat)
            self.command("host.message", {"seat": seat, "text": text})


_LEADING: Final = (
    "host.announce",
    "host.extend",
    "host.advance",
    "host.pause",
    "host.resume",
    "host.resume",
    "host.look",
    "host.rewind",
    "host.fork",
    "host.invite",
    "host.lock",
    "host.seat",
    "host.show",
    "host.shock",
)
