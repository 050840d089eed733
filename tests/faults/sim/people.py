"""Who plays and looks on in the simulated hour: people with phones who follow the protocol page and nothing else.

Everybody comes in with a first frame, comes back by token with what was seen last, sends again under the same id what
was not answered, and now and then what was. What they send and hear goes into the `Journal`, and that is what the
checks read.
"""

from __future__ import annotations

import random
from typing import Any, Final

import attrs

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import forms_from_schema
from makersphere_bots.policy import WholeView
from tests.faults.rig.seat import merge
from tests.faults.sim.journal import Journal
from tests.faults.sim.phone import Phone
from tests.faults.sim.world import SECOND, World

__all__ = ["Frame", "Person", "Seated", "Watcher"]

_BESIDE: Final = frozenset({"ask", "ask_host", "consent", "lost", "rejoin_code", "pair"})
_PASSING: Final = frozenset({"paused", "unavailable", "rate_limited"})
_FOR_GOOD: Final = frozenset({4404, 4410})

Frame = dict[str, Any]


@attrs.define(eq=False)
class Person:
    """Somebody with a phone.

    Attributes:
        name: as the journal and the server know them.
        room: the code, once it is known.
        token: opens their part.
        waiting: commands without an answer, by id.
        sent: all that was sent, by id.
        before: how many of these were sent by the member that they were before they came in anew.
        is_away: they do not come back by themselves for now.
        is_gone: they never come back.
    """

    world: World
    journal: Journal
    name: str
    room: str = ""
    token: str = ""
    seq: int = 0
    epoch: int = 0
    mark: str = ""
    table: Frame = attrs.field(factory=dict)
    hand: Frame = attrs.field(factory=dict)
    you: Frame = attrs.field(factory=dict)
    waiting: dict[str, Frame] = attrs.field(factory=dict)
    sent: dict[str, Frame] = attrs.field(factory=dict)
    before: int = 0
    is_away: bool = False
    is_gone: bool = False
    is_here: bool = False
    is_resting: bool = False
    came: int = 0
    phone: Phone | None = None
    life: int = 0
    _rate_us: int = SECOND

    kind = "watcher"

    @property
    def strip(self) -> Any:  # noqa: ANN401
        """Return where their choices come from."""
        return self.world.tape.strip_of("people")

    # -- the connection

    def connect(self) -> None:
        """Dial, if they are not here or on their way already."""
        if self.phone is None and not self.is_gone and not self.is_away:
            self.is_here = False
            peer = f"192.0.2.{10 + self.journal.number(self.name)}"
            self.phone = phone = Phone(
                self.world.network,
                peer,
                self._opened,
                lambda frame, raw: self._told(phone, frame, raw),
                lambda code: self._gone(phone, code),
            )

    def first_frame(self) -> Frame:
        """Return what they come in with."""
        raise NotImplementedError

    def resume_frame(self) -> Frame:
        """Return what they come back with."""
        word = "host_token" if self.kind == "host" else "seat_token"
        frame: Frame = {"type": "resume", "room": self.room, word: self.token}
        if self.epoch:
            frame |= {"seq": self.seq, "epoch": self.epoch}
            if self.mark:
                frame["mark"] = self.mark
        return frame

    def forget_picture(self) -> None:
        """Ask for the whole picture when they come next."""
        self.epoch, self.seq, self.mark = 0, 0, ""

    def _opened(self) -> None:
        assert self.phone is not None
        frame = self.resume_frame() if self.token else self.first_frame()
        self.journal.asks_in(self, frame)
        self.phone.say(frame)

    def _gone(self, phone: Phone, code: int) -> None:
        if phone is not self.phone:
            return
        self.phone, self.is_here = None, False
        self.world.trace.append(f"{self.world.now_us} {self.name} gone {code}")
        self.journal.closed(self, code)
        if code in _FOR_GOOD:
            self.is_gone = True
        else:
            self.world.later(self.strip.between(50_000, 800_000), self.connect)

    def leave_half_open(self) -> None:
        """Change the network: the old connection stays, and they dial at once."""
        if self.phone is not None:
            self.phone.walk_away()
            self.phone, self.is_here = None, False
            self.connect()

    def go_away(self, us: int) -> None:
        """Leave for some time."""
        self.is_away = True
        if self.phone is not None:
            self.phone.hang_up()
        self.world.later(us, self.come_back)

    def come_back(self) -> None:
        """Be there again."""
        self.is_away = False
        self.connect()

    # -- hearing

    def _told(self, phone: Phone, frame: Frame, raw: bytes) -> None:
        self.world.trace.append(f"{self.world.now_us} {self.name} {raw.decode()}")
        self.journal.heard(self, frame, raw)
        if phone is not self.phone:
            return
        match frame["type"]:
            case "welcome":
                self._welcomed(frame)
            case "update":
                merge(self.table, frame.get("table", {}))
                merge(self.hand, frame.get("hand", {}))
                self.seq, self.mark = frame["seq"], frame.get("mark", "")
                self.journal.saw(self)
            case "result":
                self._answered(frame)
            case _:
                self._turned_away(frame)

    def _welcomed(self, frame: Frame) -> None:
        self.is_here, self.is_gone = True, False
        self.came += 1
        self.room, self.you = frame["room"], frame["you"]
        self.token = frame.get("seat_token") or frame.get("host_token") or self.token
        before = self.table.get("game", {}).get("phase")
        resumed = frame.get("resumed", False)
        if not resumed:
            self.table, self.hand = frame["table"], frame.get("hand", {})
            self.seq, self.mark = frame["seq"], frame.get("mark", "")
            if before not in (None, self.table["game"]["phase"]):
                self.world.meet("came back in another phase")
        self.epoch = frame["epoch"]
        self.journal.came(self, frame)
        for again in list(self.waiting.values()):
            self._send(again)

    def _turned_away(self, frame: Frame) -> None:
        """Hear why not; what may be tried again is tried again when the connection is closed."""
        if frame["code"] == "unauthorised":
            self.is_gone = not self._begins_anew()
        elif self.is_resting and _is_final(frame):
            self.is_gone = not self.token  # an older folder forgot them: somebody else has their seat, or all is over

    def _begins_anew(self) -> bool:
        """Come in as for the first time where the server may have forgotten them; return whether they do."""
        return False

    def _answered(self, frame: Frame) -> None:
        id_, code = frame["id"], frame.get("error", {}).get("code", "")
        if code in _PASSING:
            wait_us = frame["error"].get("retry_after", 1) * SECOND
            if code == "paused" and id_ in self.waiting:
                self.waiting.pop(id_)
            elif id_ in self.waiting:
                self.world.later(wait_us, lambda: self._again(id_))
        elif code != "id_reused":
            self.waiting.pop(id_, None)

    def _again(self, id_: str) -> None:
        if id_ in self.waiting and self.is_here:
            self._send(self.waiting[id_])

    # -- saying

    def command(self, name: str, args: Frame | None = None, *, at: bool = False) -> str:
        """Send a command of their own under a new id; return the id."""
        id_ = f"{self.name}-{len(self.sent)}"
        frame: Frame = {"type": "command", "id": id_, "name": name, "args": args or {}}
        if at:
            game = self.table["game"]
            frame["at"] = {"season": game["season"], "phase": game["phase"]}
        self.sent[id_] = self.waiting[id_] = frame
        self.journal.begins(self, id_)
        self._send(frame)
        return id_

    def _send(self, frame: Frame) -> None:
        if self.phone is not None and self.is_here:
            self.journal.sends(self, frame)
            self.phone.say(frame)

    def repeat_something(self) -> None:
        """Send again what was sent before, with nothing changed."""
        ids = list(self.sent)[self.before :]
        if ids:
            self._send(self.sent[ids[-1 - self.strip.below(min(len(ids), 12))]])

    def reuse_an_id(self) -> None:
        """Send other content under an id that was used."""
        used = [self.sent[id_] for id_ in list(self.sent)[self.before :] if id_ not in self.waiting]
        if used:
            frame = {**used[-1], "name": "ready", "args": {"ready": True, "again": True}}
            if self.phone is not None and self.is_here:
                self.phone.say(frame)

    def live(self, every_us: int) -> None:
        """Act now and then from now on."""
        self._rate_us = every_us
        self._pace()

    def _pace(self) -> None:
        if self.is_resting or self.is_gone:
            return
        if self.is_here and len(self.waiting) < 6:
            self.act()
        self.world.later(self.strip.between(self._rate_us // 4, self._rate_us * 2), self._pace)

    def act(self) -> None:
        """Do something."""


@attrs.define(eq=False)
class Watcher(Person):
    """Somebody who looks on."""

    def first_frame(self) -> Frame:
        """Look on."""
        return {"type": "watch", "room": self.room}


@attrs.define(eq=False)
class Seated(Person):
    """Somebody in a seat.

    Attributes:
        code: a short code that takes the seat to another phone.
    """

    code: str = ""
    uses_code: bool = False

    kind = "seat"

    def first_frame(self) -> Frame:
        """Join."""
        return {"type": "join", "room": self.room, "name": self.name, "id": f"join-{self.name}"}

    def resume_frame(self) -> Frame:
        """Come back by token, or once by the code."""
        if self.uses_code:
            self.uses_code = False
            return {"type": "resume", "room": self.room, "code": self.code}
        return super().resume_frame()

    def _begins_anew(self) -> bool:
        """Join again, as another member, where an older folder may know neither token nor code."""
        if self.journal.histories.heads:
            self.token = self.code = ""
            self.before = len(self.sent)
            self.forget_picture()
        return not self.token

    def change_phones(self) -> None:
        """Take the seat to another phone by its code; the old phone stays where it is."""
        if self.code:
            self.uses_code = True
            self.world.meet("a code took a seat to another phone")
            self.forget_picture()
            self.leave_half_open()

    def act(self) -> None:
        """Mostly play; now and then repeat, reuse an id, ask, or get a code for another phone."""
        choice = self.strip.below(16)
        if choice < 10:
            self._play()
        elif choice < 13:
            self.repeat_something()
        elif choice == 13:
            self.reuse_an_id()
        elif choice == 14:
            self.command("ask", {"what": self.strip.one_of(("time", "help", "role"))})
        else:
            self.command("rejoin_code")

    def _answered(self, frame: Frame) -> None:
        super()._answered(frame)
        if frame["ok"] and "code" in frame.get("data", {}):
            self.code = frame["data"]["code"]
            self.journal.secret(self.code, {self.name})

    def _play(self) -> None:
        if self.table["game"]["status"] != "running":
            return
        legal = {name: form for name, form in self.hand.get("legal", {}).items() if name not in _BESIDE}
        if "count" in legal:
            self.command("count", {"by": self.strip.between(1, 10)})
            return
        forms = forms_from_schema(legal, self.hand.get("choices"))
        view = WholeView(self.you["seat"], self.you["role"], self.table, self.hand)
        moves = policy("random").choose(view, forms, random.Random(self.strip.below(1 << 16)))
        for name, args in moves[: self.strip.between(1, 3)]:
            self.command(name, dict(args), at=True)


def _is_final(refusal: Frame) -> bool:
    """Return whether whoever is refused a seat need not try again: a full room, or a game that is over."""
    return refusal["code"] == "room_full" or (refusal["code"] == "joining_closed" and not refusal.get("retry_after"))
