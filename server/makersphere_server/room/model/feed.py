"""The room's steps: what changed in each view from one update to the next, kept for a while, encoded once for all.

Answers what a view has missed since a step or a `seq`, in as few frames as can say it. A step's frame is
the same bytes for every view that has nothing of its own in it. Never looks at the game.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, Final, Protocol

import attrs
import msgspec

from makersphere_protocol.codec import encode_tree, encode_update
from makersphere_protocol.patches import stretches
from makersphere_rules.events import is_told

__all__ = [
    "HOST",
    "LONGEST_LOG",
    "OPENED",
    "PHASES_WRITTEN",
    "RECENT_LINES",
    "TABLE",
    "WORDS_TOLD",
    "Feed",
    "LogLine",
    "Step",
]

TABLE: Final = 0  # the view of watchers
HOST: Final = -1  # the view of hosts; seats are their own number
LONGEST_LOG: Final = 256  # lines in one update; older ones are left out
RECENT_LINES: Final = 30  # that hosts and watchers are told when they come
OPENED: Final = "phase_opened"
_BY_HOSTS: Final = frozenset({"announced", "messaged"})
WORDS_TOLD: Final = 20  # of hosts; the last ones, which a seat is told when it comes
PHASES_WRITTEN: Final = 2  # in which hosts wrote what somebody who sits down now is told
_STEPS: Final = 512
_BYTES: Final = 1 << 20

Tree = dict[str, Any]


class LogLine(msgspec.Struct, eq=False, gc=False):
    """A line of the log: what it says, and to which views (`TABLE` in it: to all)."""

    text: str
    seq: int
    values: Mapping[str, int | str]
    audience: tuple[int, ...]

    def is_for(self, view: int) -> bool:
        """Return whether a view may read it."""
        return is_told(self.audience, view)

    def tree(self) -> Tree:
        """Return it as it goes over the wire."""
        return {"text": self.text, "seq": self.seq, "values": self.values}


@attrs.define(eq=False)
class Step:
    """One update of the room: patches and lines since the update before.

    Attributes:
        number: counts the steps since the room was opened.
        seq: of the last command that is in it.
        mark: of that command's record.
        now: the wall clock at that moment.
        table: merge patch for everybody.
        hands: merge patches by view.
        lines: what happened, in order.
    """

    number: int
    seq: int
    mark: str
    now: int
    table: Tree
    hands: dict[int, Tree]
    lines: list[LogLine]
    _table: bytes = attrs.field(default=b"", init=False)
    _log: bytes = attrs.field(default=b"", init=False)
    _public: bytes = attrs.field(default=b"", init=False)
    _whispered: frozenset[int] = attrs.field(default=frozenset(), init=False)

    def __attrs_post_init__(self) -> None:
        """Encode what everybody gets."""
        if self.table:
            self._table = encode_tree(self.table)
        public, whispered = [], set[int]()
        for line in self.lines:
            if line.is_for(TABLE):
                public.append(line.tree())
            else:
                whispered.update(line.audience)
        if public:
            self._log = encode_tree(public)
        if self._table or self._log:
            self._public = encode_update(self.seq, self.now, self._table, log=self._log, mark=self.mark)
        self._whispered = frozenset(whispered)

    @property
    def size(self) -> int:
        """Return about how many bytes keeping it costs."""
        return 200 + len(self._table) + len(self._log) + 400 * len(self.hands)

    def has_own(self, view: int) -> bool:
        """Return whether there is something in it for that view alone."""
        return view in self.hands or view in self._whispered

    def frame(self, view: int) -> bytes:
        """Return the frame for a view; empty where there is nothing for it."""
        hand = self.hands.get(view)
        whispered = view in self._whispered
        if not hand and not whispered:
            return self._public
        log = self._log
        if whispered:
            log = encode_tree([line.tree() for line in self.lines if line.is_for(view)])
        return encode_update(self.seq, self.now, self._table, encode_tree(hand) if hand else b"", log, self.mark)


def _seq(line: LogLine) -> int:
    return line.seq


class Subscriber(Protocol):
    """What is told of each step: an outbox."""

    def catch_up(self) -> None:
        """Take what is new."""
        ...


class Feed:
    """The last steps of a room, and who follows them.

    Attributes:
        number: of the last step.
    """

    def __init__(self, seq: int, wall_ms: Callable[[], int], told: Iterable[LogLine] = ()) -> None:
        """Begin with everything up to `seq` shown to nobody; `told` is what was told before."""
        self.number = 0
        before = tuple(told)
        self._recent = deque(before, maxlen=RECENT_LINES)
        self._openings: deque[LogLine] = deque(maxlen=LONGEST_LOG)
        self._words: dict[int, deque[LogLine]] = {}  # that hosts wrote, by view
        self._began: dict[int, int] = {}  # after which step a view's people sat down
        self._keep_written(before)
        self._floor_seq = seq
        self._wall_ms = wall_ms
        self._steps: deque[Step] = deque()
        self._size = 0
        self._subscribers: dict[Subscriber, None] = {}
        self._squashed: dict[tuple[int, int], list[bytes]] = {}

    @property
    def seq(self) -> int:
        """Return the `seq` of what was shown last."""
        return self._steps[-1].seq if self._steps else self._floor_seq

    def subscribe(self, subscriber: Subscriber) -> None:
        """Tell somebody of each step from now on."""
        self._subscribers[subscriber] = None

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Tell somebody no more."""
        self._subscribers.pop(subscriber, None)

    def publish(self, seq: int, table: Tree, hands: dict[int, Tree], lines: Iterable[LogLine], mark: str = "") -> None:
        """Add a step and tell everybody."""
        self.number += 1
        step = Step(self.number, seq, mark, self._wall_ms(), table, hands, list(lines))
        self._recent += step.lines
        self._keep_written(step.lines)
        self._steps.append(step)
        self._squashed.clear()
        self._size += step.size
        while len(self._steps) > _STEPS or (self._size > _BYTES and len(self._steps) > 1):
            gone = self._steps.popleft()
            self._size -= gone.size
            self._floor_seq = gone.seq
        for subscriber in list(self._subscribers):
            subscriber.catch_up()

    def recent(self, seq: int, view: int, mark: str = "") -> bytes:
        """Return the last lines for a view that has read none, as an update; empty where there are none."""
        lines = [line.tree() for line in self._recent if line.is_for(view)]
        return encode_update(seq, self._wall_ms(), log=encode_tree(lines), mark=mark) if lines else b""

    def written(self, seq: int, view: int, since: int, mark: str = "") -> bytes:
        """Return what hosts wrote to a view last, as an update; empty where they wrote nothing.

        The update has the openings of the phases in which they wrote, of this phase and of the one before, so that each
        word has its place in time.

        Args:
            seq: of the last command.
            view: a seat.
            since: the `seq` when its people sat down; of what was written before, they are told what was new then.
            mark: of the last command's record.
        """
        opened = [opening.seq for opening in self._openings]
        found = bisect_right(opened, since)
        floor = opened[found - PHASES_WRITTEN] if found >= PHASES_WRITTEN else 0
        to_it = sorted((*self._words.get(TABLE, ()), *self._words.get(view, ())), key=_seq)
        words = [word for word in to_it if word.seq > floor][-WORDS_TOLD:]
        if not words:
            return b""
        latest = {len(opened) - back for back in range(PHASES_WRITTEN)}
        wanted = latest | {bisect_right(opened, word.seq) for word in words}
        openings = [opening for number, opening in enumerate(self._openings, 1) if number in wanted]
        lines = sorted((*openings, *words), key=_seq)
        return encode_update(seq, self._wall_ms(), log=encode_tree([line.tree() for line in lines]), mark=mark)

    def begin_anew(self, view: int) -> None:
        """Forget what was told to a seat alone: somebody new sits down there, and is not to read it."""
        self._began[view] = self.number
        self._words.pop(view, None)

    def forget(self, seen: Callable[[LogLine], LogLine | None]) -> None:
        """Forget the steps, so that whoever comes back is shown everything anew, and what lines have said.

        Args:
            seen: returns a line as it may still be told, or None.
        """
        self._floor_seq = self.seq
        self._steps.clear()
        self._squashed.clear()
        self._size = 0
        self._recent = deque(filter(None, map(seen, self._recent)), maxlen=RECENT_LINES)
        self._words = {
            view: deque(filter(None, map(seen, lines)), maxlen=WORDS_TOLD) for view, lines in self._words.items()
        }

    def _keep_written(self, lines: Iterable[LogLine]) -> None:
        for line in lines:
            if line.text == OPENED:
                self._openings.append(line)
            elif line.text in _BY_HOSTS:
                for view in line.audience:
                    self._words.setdefault(view, deque(maxlen=WORDS_TOLD)).append(line)

    def frames_after(self, number: int, view: int) -> list[bytes] | None:
        """Return what a view has missed since step `number`; None where that is no longer kept."""
        missed = self.number - number
        if missed > len(self._steps):
            return None
        if missed == 1:
            frame = self._steps[-1].frame(view)
            return [frame] if frame else []
        steps = list(islice(self._steps, len(self._steps) - missed, None))
        return self._squash(number, view, steps)

    def _squash(self, number: int, view: int, steps: list[Step]) -> list[bytes]:
        key = (number, view if any(step.has_own(view) for step in steps) else TABLE)
        frames = self._squashed.get(key)
        if frames is None:
            frames = self._squashed[key] = self._merge(view, steps)
        return frames

    def _merge(self, view: int, steps: list[Step]) -> list[bytes]:
        """Return the frames of several steps; each ends with one, so that it shows the room at its `seq`.

        Its lines are those of its own steps: whoever loses the frames behind it comes back to its last step.
        """
        now, frames, rest = self._wall_ms(), [], iter(steps)
        for patch, count in stretches({"table": step.table, "hand": step.hands.get(view, {})} for step in steps):
            shown = list(islice(rest, count))
            lines = [line.tree() for step in shown for line in step.lines if line.is_for(view)][-LONGEST_LOG:]
            table, hand, log = (encode_tree(tree) if tree else b"" for tree in (patch["table"], patch["hand"], lines))
            if table or hand or log:
                frames.append(encode_update(shown[-1].seq, now, table, hand, log, shown[-1].mark))
        return frames

    def number_before(self, seq: int, view: int) -> int | None:
        """Return the last step that is surely known after `seq`; None where it is not kept, or was for others.

        Overlay changes repeat a `seq`, so the steps that end with it count as missed: patches may come twice.
        """
        if seq <= self._floor_seq:
            return None
        known = self.number - sum(1 for step in self._steps if step.seq >= seq)
        return known if known >= self._began.get(view, 0) else None
