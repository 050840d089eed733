"""What everybody sent and heard in one simulated hour, checked while it is written down.

Checked at once: the same id gets the same answer; an answer's `seq` and a welcome's are beyond all that was
acknowledged to anybody before it was asked for; a connection never goes back; nobody hears what is somebody else's
alone. What needs the log is kept for `checks.py`: acknowledgements, and pictures of tables and hands with their `seq`.
Where the folder was put back to an older one, what that does not have is forgotten here too (`histories.py` says who
has to be told).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs
import msgspec

from tests.faults.sim.histories import Histories

if TYPE_CHECKING:
    from tests.faults.sim.people import Person
    from tests.faults.sim.world import World

__all__ = ["Ack", "Journal", "Picture"]

Frame = dict[str, Any]
_PASSING: Final = frozenset({"paused", "unavailable", "rate_limited", "id_reused"})
_CUT: Final = (4401, 4409, 4410)  # codes of a connection whose token opens nothing any more
_LOST: Final = (1006, 1012)  # codes of one that ended for another reason before
_EVERY: Final = 9  # updates, of which one picture is kept
_MOST: Final = 24  # pictures


@attrs.frozen
class Ack:
    """A command that was acknowledged."""

    room: str
    name: str
    id: str
    seq: int


@attrs.frozen
class Picture:
    """Table and hand as somebody saw them at a `seq`; `seat` is 0 for watchers, -1 for hosts.

    Both are kept as JSON: a picture that nothing changes any more, and that costs little until it is compared.
    """

    room: str
    name: str
    epoch: int
    seq: int
    seat: int
    table: bytes
    hand: bytes


class Journal:
    """One hour's journal."""

    def __init__(self, world: World) -> None:
        """Begin with nothing."""
        self.world = world
        self.histories = Histories(world)
        self.acks: list[Ack] = []
        self.pictures: list[Picture] = []
        self.everybody: list[Person] = []
        self.forks: list[str] = []
        self.answers: dict[str, tuple[bool, int | None, str]] = {}
        self._numbers: dict[str, int] = {}
        self._floors: dict[str, int] = {}
        self._come_floors: dict[str, int] = {}
        self._acked: defaultdict[str, int] = defaultdict(int)
        self._secrets: dict[str, set[str]] = {}
        self._whispers: dict[str, int] = {}
        self._places: dict[str, tuple[str, int, int]] = {}
        self._lives: dict[str, int] = {}
        self._sent_in: dict[str, tuple[int, int]] = {}
        self._played: dict[str, str] = {}
        self._stood_in: set[str] = set()
        self._without_part: set[str] = set()
        self._updates = 0
        self._life = 0

    def number(self, name: str) -> int:
        """Return a number of somebody's own."""
        return self._numbers.setdefault(name, len(self._numbers))

    def crashed(self) -> None:
        """Note that the server was killed."""
        self._life += 1

    def put_back(self, heads: Mapping[str, int]) -> None:
        """Note that the server has opened an older folder, with the number of each room's last record there."""
        self.histories.put_back(heads)
        self.acks = [ack for ack in self.acks if ack.seq <= heads.get(ack.room, 0)]
        self.pictures = [picture for picture in self.pictures if picture.seq <= heads.get(picture.room, 0)]
        self.forks = [room for room in self.forks if room in heads]
        kept = {ack.id for ack in self.acks}
        self.answers = {id_: answer for id_, answer in self.answers.items() if id_ in kept}
        self._acked = defaultdict(int, {room: min(seq, heads.get(room, 0)) for room, seq in self._acked.items()})
        self._floors.clear()

    # -- sending

    def asks_in(self, person: Person, frame: Frame) -> None:
        """Note that somebody comes: their welcome must know all that was acknowledged until now."""
        self._come_floors[person.name] = self._acked[person.room]
        self.histories.asks(person, frame)

    def begins(self, person: Person, id_: str) -> None:
        """Note a new command: it comes after all that was acknowledged until now."""
        self._floors[id_] = self._acked[person.room]

    def sends(self, person: Person, frame: Frame) -> None:
        """Note a sending."""
        id_, now = frame["id"], (self._life, person.came)
        if id_ in self.answers:
            self.world.meet("an answered command came again")
        elif id_ in self._sent_in and self._sent_in[id_] != now:
            same_life = self._sent_in[id_][0] == now[0]
            self.world.meet(
                "an open command came again by another connection"
                if same_life
                else "an open command came again after a crash"
            )
        if id_ in self.answers and self._sent_in.get(id_, now)[0] != now[0]:
            self.world.meet("an answered command came again after a crash")
        self._sent_in[id_] = now

    def secret(self, text: str, whose: set[str]) -> None:
        """Note a text that these people alone may hear."""
        self._secrets[text] = whose

    def whisper(self, text: str, seat: int) -> None:
        """Note a text that this seat and the hosts alone may hear."""
        self._whispers[text] = seat

    # -- hearing

    def heard(self, person: Person, frame: Frame, raw: bytes) -> None:
        """Check a frame."""
        for word in ("seat_token", "host_token"):
            if frame.get(word):
                self.secret(frame[word], {person.name})
        text = raw.decode()
        for secret, whose in self._secrets.items():
            if secret in text and person.name not in whose:
                self.world.problem(f"{person.name} heard a secret of {sorted(whose)}: {text[:200]}")
        if person.kind != "host" and "canary-" in text:
            for whisper, seat in self._whispers.items():
                if whisper in text and person.you.get("seat") != seat and frame.get("you", {}).get("seat") != seat:
                    self.world.problem(f"{person.name} heard what was whispered to seat {seat}")
        if "hand" in frame and person.kind == "watcher":
            self.world.problem(f"{person.name} looks on and got a hand")
        if frame["type"] == "result":
            self._answer(person, frame)
        if frame["type"] == "error":
            self.world.meet(f"error {frame['code']}")
            if frame["code"] == "server_behind":
                self.histories.told_behind(person)

    def _answer(self, person: Person, frame: Frame) -> None:
        code = frame.get("error", {}).get("code", "")
        if code:
            self.world.meet(f"refused {code}")
        if code == "unauthorised":
            self._without_part.add(person.name)
        if code in (*_PASSING, "unauthorised") or not frame["id"]:
            return
        id_, answer = frame["id"], (frame["ok"], frame.get("seq"), code)
        given = self.answers.setdefault(id_, answer)
        if given != answer:
            self.world.problem(f"{id_} was answered {given}, then {answer}")
        if frame["ok"]:
            if frame["seq"] <= self._floors.get(id_, 0):
                before = f"although {self._floors[id_]} was acknowledged before it was sent"
                self.world.problem(f"{id_} was stored as {frame['seq']}, {before}")
            self.acks.append(Ack(person.room, person.name, id_, frame["seq"]))
            self._acked[person.room] = max(self._acked[person.room], frame["seq"])
            name = person.sent.get(id_, {}).get("name", "")
            if name.startswith("host."):
                self.world.meet(f"{name} was done")
                self._led(person, name, frame)

    def _led(self, host: Person, name: str, frame: Frame) -> None:
        """Take note of what a host has done, with what was under way."""
        is_under_load = any(person.waiting for person in self.everybody if person is not host)
        if name == "host.rewind" and is_under_load:
            self.world.meet("a rewind came under load")
        if name == "host.resume":
            self.histories.went_on(host.room, frame["seq"])
        if name == "host.fork":
            self.forks.append(frame["data"]["room"])
            if is_under_load:
                self.world.meet("a fork came under load")

    def came(self, person: Person, frame: Frame) -> None:
        """Check a welcome."""
        floor = self._come_floors.get(person.name, 0)
        if frame["seq"] < floor:
            self.world.problem(f"{person.name} was welcomed at {frame['seq']}, after {floor} was acknowledged")
        if person.came == 1 and person.kind == "seat" and person.table["game"]["status"] == "running":
            self.world.meet("somebody came after the game had begun")
        if frame["you"]["kind"] != person.kind:
            self.world.problem(f"{person.name} came in as {frame['you']}")
        if frame.get("resumed"):
            self.world.meet("came back with what was missed")
        elif person.came > 1 and person.epoch:
            self.world.meet("came back to a whole picture")
        if self._lives.get(person.name, self._life) != self._life:
            self.world.meet("came back in another life of the server")
        self._lives[person.name] = self._life
        if not frame.get("resumed"):
            self._places.pop(person.name, None)
            self._keep(person)
        self.histories.welcomed(person, frame)
        self._forward(person)

    def saw(self, person: Person) -> None:
        """Take note of an update."""
        self._updates += 1
        if self._updates % _EVERY == 0:
            self._keep(person)
        self.histories.noted(person)
        self._forward(person)
        if person.table.get("game", {}).get("status") == "over":
            self.world.meet("the game is over")
        if person.kind == "watcher":
            self._look_at_seats(person.table.get("seat", {}))

    def _look_at_seats(self, seats: Frame) -> None:
        """Take note of who plays the seats, as the table shows it."""
        for key, seat in seats.items():
            by = seat.get("by", "")
            before = self._played.get(key, "")
            if by == "bot" and before == "away":
                self._stood_in.add(key)
                self.world.meet("a bot stood in")
            if by == "person" and key in self._stood_in:
                self._stood_in.discard(key)
                self.world.meet("somebody came back from a stand-in")
            self._played[key] = by

    def _forward(self, person: Person) -> None:
        place = (person.room, person.epoch, person.seq)
        before = self._places.get(person.name)
        if before is not None and before[:2] == place[:2] and before[2] > place[2]:
            self.world.problem(f"{person.name} went back from {before[2]} to {place[2]}")
        self._places[person.name] = place

    def _keep(self, person: Person) -> None:
        if len(self.pictures) < _MOST:
            self.picture(person)

    def picture(self, person: Person) -> None:
        """Keep what somebody sees now."""
        seat = {"seat": person.you.get("seat", 0), "host": -1}.get(person.kind, 0)
        table, hand = msgspec.json.encode(person.table), msgspec.json.encode(person.hand)
        self.pictures.append(Picture(person.room, person.name, person.epoch, person.seq, seat, table, hand))

    def closed(self, person: Person, code: int) -> None:
        """Note why a connection ended; of whoever was told to have no part any more it ends for that."""
        if person.name in self._without_part and code not in (*_CUT, *_LOST):
            self.world.problem(f"{person.name} was told to have no part any more, and closed with {code}")
        self._without_part.discard(person.name)
        if code in (1012, 4400, 4401, 4404, 4408, 4409, 4410, 4429):
            self.world.meet(f"closed {code}")
