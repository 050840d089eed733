"""The best assignment: which row goes to which column so that the values sum to most.

One column a row at most, as many rows a column as it has places. Exact, in whole numbers, iterative:
shortest augmenting paths with prices (Kuhn 1955; Edmonds and Karp 1972; Jonker and Volgenant 1987 with
places for columns). Among equally good assignments the one whose row of partners is first in lexicographic
order, a row without a partner counting last. Knows nothing of makers or investors.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from makersphere_rules.ecosystem.formulas import assignment_solver

__all__ = ["NOBODY", "assign", "best_value", "blocking_pairs", "value_of"]

NOBODY: Final = -1
Values = Sequence[Mapping[int, int]]
Propose = Callable[[Values, Sequence[int]], Sequence[int] | None]


def assign(values: Values, places: Sequence[int], propose: Propose | None = None) -> tuple[int, ...]:
    """Return the column of each row in the best assignment, `NOBODY` for rows that stay alone.

    Args:
        values: for each row the value of each column that it may have; pairs that are left out are not allowed.
        places: how many rows each column may have.
        propose: what gives a first guess; None: a compiled solver in large markets, where there is one. The
            result does not depend on it.
    """
    market = _solved(values, places, propose)
    for row in range(len(values)):
        market.prefer_first(row)
    return tuple(market.partner)


def best_value(values: Values, places: Sequence[int], propose: Propose | None = None) -> int:
    """Return the value of the best assignment; `propose` as in `assign`."""
    return value_of(values, _solved(values, places, propose).partner)


def _solved(values: Values, places: Sequence[int], propose: Propose | None) -> _Market:
    if propose is None and sum(map(len, values)) >= assignment_solver.LARGE:
        propose = assignment_solver.propose
    proposal = propose(values, places) if propose is not None else None
    if proposal is not None:
        market = _Market(values, places)
        if market.adopt(proposal):
            return market
    market = _Market(values, places)
    for row in range(len(values)):
        market.insert(row)
    return market


def value_of(values: Values, partners: Sequence[int]) -> int:
    """Return the value of an assignment."""
    return sum(values[row][column] for row, column in enumerate(partners) if column != NOBODY)


def blocking_pairs(values: Values, partners: Sequence[int], places: Sequence[int]) -> int:
    """Return how many rows and columns would both rather have each other than what they got.

    Both sides of a pair value it alike. A row would rather move to any column that is worth more to it than its
    own; a column takes it if a place is free or one of its rows is worth less (Gale and Shapley 1962; Roth and
    Sotomayor 1990, many to one). A partner that a row may not have counts for nothing.
    """
    own = [values[row].get(column, 0) for row, column in enumerate(partners)]
    weakest = [0] * len(places)
    taken: list[list[int]] = [[] for _ in places]
    for row, column in enumerate(partners):
        if column != NOBODY:
            taken[column].append(own[row])
    for column, held in enumerate(taken):
        if places[column] and len(held) >= places[column]:
            weakest[column] = min(held)
    return sum(
        value > own[row] and places[column] > 0 and value > weakest[column]
        for row, wanted in enumerate(values)
        for column, value in wanted.items()
    )


class _Market:
    """Rows and columns with the prices that prove an assignment best.

    Invariants: `gain[row]` is at least value - price in each column and at least 0, and equals it where the
    row is (0 when alone); prices are not negative, and 0 in columns with a free place.
    """

    def __init__(self, values: Values, places: Sequence[int]) -> None:
        self.values = values
        self.places = places
        self.prices = [0] * len(places)
        self.gain = [0] * len(values)
        self.partner = [NOBODY] * len(values)
        self.rows: list[list[int]] = [[] for _ in places]

    # -- the best value, proposed

    def adopt(self, proposal: Sequence[int]) -> bool:
        """Seat the rows as proposed and find the lowest prices that prove the proposal best; return whether some do.

        A row that would gain more in another column raises the price there, until no row would. If a row had to leave
        its own column for that, or a column with a free place got a price, the proposal is not the best.
        """
        for row, column in enumerate(proposal):
            if column != NOBODY:
                self.move(row, column)
        if any(len(rows) > most for rows, most in zip(self.rows, self.places, strict=True)):
            return False
        dear = deque(column for column, rows in enumerate(self.rows) if rows)
        waiting = set(dear)
        for row, column in enumerate(self.partner):
            if column == NOBODY:
                self._raise(row, 0, dear, waiting)
        while dear:
            column = dear.popleft()
            waiting.discard(column)
            for row in self.rows[column]:
                gain = self.values[row][column] - self.prices[column]
                if gain < 0:
                    return False
                self.gain[row] = gain
                self._raise(row, gain, dear, waiting)
        return all(
            price == 0 or len(rows) == most
            for price, rows, most in zip(self.prices, self.rows, self.places, strict=True)
        )

    def _raise(self, row: int, gain: int, dear: deque[int], waiting: set[int]) -> None:
        """Raise the prices of the columns in which a row would gain more."""
        prices = self.prices
        for column, value in self.values[row].items():
            if value - prices[column] > gain and self.places[column]:
                prices[column] = value - gain
                if column not in waiting:
                    waiting.add(column)
                    dear.append(column)

    # -- the best value, alone

    def insert(self, row: int) -> None:
        """Bring in one more row, along the cheapest chain of rows that make room (Dijkstra on reduced values)."""
        prices = self.prices
        self.gain[row] = max(
            (value - prices[column] for column, value in self.values[row].items() if self.places[column]),
            default=0,
        )
        if self.gain[row] <= 0:
            self.gain[row] = 0
            return
        found = _Search(self, row)
        found.run()
        found.reprice()
        found.shift()

    def move(self, row: int, column: int) -> None:
        """Seat a row at a column, or alone."""
        before = self.partner[row]
        if before != NOBODY:
            self.rows[before].remove(row)
        self.partner[row] = column
        if column != NOBODY:
            self.rows[column].append(row)

    # -- among equals, the first

    def prefer_first(self, row: int) -> None:
        """Move a row to the first column that it can have in a best assignment, without moving the rows before it."""
        now = self.partner[row]
        for column in sorted(self._tight(row)):
            if column == now:
                return
            chain = self._cycle(row, column)
            if chain is not None:
                for mover, goal in chain:
                    self.move(mover, goal)
                return

    def _tight(self, row: int) -> Iterator[int]:
        gain, prices = self.gain[row], self.prices
        for column, value in self.values[row].items():
            if self.places[column] and value - prices[column] == gain:
                yield column

    def _cycle(self, row: int, goal: int) -> list[tuple[int, int]] | None:
        """Return the moves that bring a row to a column at no loss, where later rows make room; None: there are none.

        A walk over columns, each step a later row that is as well off in the next column. `NOBODY` stands
        for being alone; a free place moves as if a row without worth held it.
        """
        home = self.partner[row]
        came: dict[int, tuple[int, int]] = {goal: (NOBODY, row)}  # column -> (column before, row moved)
        queue = deque([goal])
        while queue and home not in came:
            here = queue.popleft()
            for mover, there in self._exits(here, row):
                if there not in came:
                    came[there] = (here, mover)
                    queue.append(there)
        if home not in came:
            return None
        moves: list[tuple[int, int]] = []
        here = home
        while here != goal:
            before, mover = came[here]
            if mover != NOBODY:
                moves.append((mover, here))
            here = before
        return [*moves, (row, goal)]

    def _exits(self, here: int, fixed: int) -> Iterator[tuple[int, int]]:
        """Yield the rows after `fixed` (`NOBODY`: a free place) that can leave a column, and where to."""
        if here == NOBODY:
            movers = [row for row in range(fixed + 1, len(self.partner)) if self.partner[row] == NOBODY]
            for column, price in enumerate(self.prices):
                if price == 0 and self.places[column]:
                    yield NOBODY, column
        else:
            movers = [row for row in self.rows[here] if row > fixed]
            if len(self.rows[here]) < self.places[here]:
                yield NOBODY, NOBODY
        for row in sorted(movers):
            for column in self._tight(row):
                if column != here:
                    yield row, column
            if here != NOBODY and self.gain[row] == 0:
                yield row, NOBODY


class _Search:
    """One search for the cheapest chain that makes room for a row."""

    def __init__(self, market: _Market, row: int) -> None:
        self.market = market
        self.row = row
        self.far: dict[int, int] = {}  # column -> what the best chain to it loses
        self.through: dict[int, int] = {}  # column -> the row that would move there
        self.done: dict[int, int] = {}
        self.loss = 0
        self.last = NOBODY  # where the chain ends: a column with a free place, or NOBODY
        self.leaver = NOBODY  # the row that stays alone, if the chain ends so

    def run(self) -> None:
        """Find the chain that loses least."""
        market = self.market
        heap: list[tuple[int, int]] = []
        self.loss, self.leaver = market.gain[self.row], self.row
        self._reach(self.row, 0, heap)
        while heap:
            loss, column = heappop(heap)
            if loss >= self.loss:
                return
            if column in self.done:
                continue
            if len(market.rows[column]) < market.places[column]:
                self.loss, self.last, self.leaver = loss, column, NOBODY
                return
            self.done[column] = loss
            for row in market.rows[column]:
                if loss + market.gain[row] < self.loss:
                    self.loss, self.leaver = loss + market.gain[row], row
                self._reach(row, loss, heap)

    def _reach(self, row: int, loss: int, heap: list[tuple[int, int]]) -> None:
        market = self.market
        base = loss + market.gain[row]
        for column, value in market.values[row].items():
            if market.places[column] and column not in self.done:
                new = base - value + market.prices[column]
                if new < self.far.get(column, self.loss):
                    self.far[column] = new
                    self.through[column] = row
                    heappush(heap, (new, column))

    def reprice(self) -> None:
        """Raise the price of each column on the way by what the chain would have saved there."""
        market = self.market
        for column, loss in self.done.items():
            rise = self.loss - loss
            if rise > 0:
                market.prices[column] += rise
                for row in market.rows[column]:
                    market.gain[row] -= rise
        market.gain[self.row] -= self.loss

    def shift(self) -> None:
        """Let each row of the chain move on."""
        market = self.market
        if self.last != NOBODY:
            column = self.last
        else:
            if self.leaver == self.row:
                return
            column = market.partner[self.leaver]
            market.move(self.leaver, NOBODY)
        while True:
            row = self.through[column]
            before = market.partner[row]
            market.move(row, column)
            if row == self.row:
                return
            column = before
