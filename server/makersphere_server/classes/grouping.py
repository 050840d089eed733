"""How people are grouped at tables: evenly, mixed by what is said of them, those alike together, or by wish.

Answers the table for one more person, and another dealing of everybody at once. Nothing is drawn: the same people in
the same order are grouped alike. What is said of somebody is a word of the list of names, or an answer at the door.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from makersphere_protocol.names import alike, looks
from makersphere_server.classes.book import Person, Table

__all__ = ["ALIKE", "MIX", "SIZE", "WAYS", "WISH", "best_table", "dealt_anew"]

SIZE: Final = "size"  # every table gets as many
MIX: Final = "mix"  # people of whom the same is said are spread over the tables
ALIKE: Final = "alike"  # they sit together
WISH: Final = "wish"  # whoever wants to sit with somebody does
WAYS: Final = (SIZE, MIX, ALIKE, WISH)

_Key = Callable[[Table], tuple[int, ...]]


def best_table(by: str, person: Person, people: Iterable[Person], free: Sequence[Table]) -> Table | None:
    """Return the table for one more person among those that have a place, or None where none has.

    Args:
        by: one of `WAYS`.
        person: whom it is for.
        people: everybody of the class.
        free: tables that have a place.
    """
    others = [other for other in people if other is not person]
    count = Counter(other.table for other in others)
    near = Counter(other.table for other in others if _belong(by, person, other))
    return min(free, key=_order(by, count, near), default=None)


def _order(by: str, count: Mapping[int, int], near: Mapping[int, int]) -> _Key:
    """Return what a table is chosen by: fewest of those who belong to the person where mixed, else most; then size."""
    sign = 1 if by == MIX else -1
    return lambda table: (sign * near[table.number], count[table.number], table.number)


def _belong(by: str, one: Person, other: Person) -> bool:
    """Return whether two people count as near each other in a way of grouping."""
    match by:
        case "mix" | "alike":
            return bool(one.mark) and one.mark == other.mark
        case "wish":
            return _wants(one, other) or _wants(other, one)
        case _:
            return False


def _wants(one: Person, other: Person) -> bool:
    return bool(one.wants) and alike(one.wants, other.name)


def dealt_anew(by: str, people: Sequence[Person], tables: Sequence[Table]) -> dict[int, int]:
    """Return a table for each of some people who are dealt to these tables and to no others, by their numbers.

    Mixed, people of whom nothing is said are spread by the table that they have sat at so far, so that everybody has
    new neighbours. Nobody is left out as long as the tables have places for all; the rest keep the table they have.

    Args:
        by: one of `WAYS`.
        people: who is dealt, in any order.
        tables: where there are places for them.
    """
    count: Counter[int] = Counter()
    here: defaultdict[int, Counter[str]] = defaultdict(Counter)  # how many of each flock a table has
    found: dict[int, int] = {}
    for name, flock in _flocks(by, people):
        for person in flock:
            free: Sequence[Table] = [table for table in tables if count[table.number] < table.seats]
            if by in {ALIKE, WISH}:
                free = _with_room_for(flock, free, count, here, name)
            near = {table.number: here[table.number][name] for table in free}
            chosen = min(free, key=_order(by, count, near), default=None)
            if chosen is None:
                continue
            found[person.number] = chosen.number
            count[chosen.number] += 1
            here[chosen.number][name] += 1
    _set_apart(found, people, tables)
    return found


def _set_apart(found: dict[int, int], people: Sequence[Person], tables: Sequence[Table]) -> None:
    """Have no two who look alike be dealt to one table: its room would lock one of them out.

    The later one takes a free place or changes with somebody, best of the same mark; where neither can be, as at a
    single table, they keep the table they have.
    """
    marks = {person.number: person.mark for person in people}
    alike_to = _alike_to(people)

    def clash(number: int, table: int, but: int = 0) -> bool:
        return any(found.get(other) == table for other in alike_to[number] if other != but)

    def takes(number: int, other: int) -> bool:
        here, there = found[number], found[other]
        return here != there and not clash(number, there, other) and not clash(other, here, number)

    for number in sorted(alike_to.keys() & found.keys(), reverse=True):
        if not clash(number, found[number]):
            continue
        count = Counter(found.values())
        free = [one for one in tables if count[one.number] < one.seats and not clash(number, one.number)]
        others = [other for other in found if takes(number, other)]
        if free:
            found[number] = min(free, key=lambda one: (count[one.number], one.number)).number
        elif others:
            other = min(others, key=lambda one: (marks[one] != marks[number], one))
            found[number], found[other] = found[other], found[number]
        else:
            del found[number]


def _alike_to(people: Sequence[Person]) -> dict[int, set[int]]:
    """Return who looks like somebody, by number, for each whom somebody looks like."""
    by_look: defaultdict[str, set[int]] = defaultdict(set)
    for person in people:
        for look in looks(person.name):
            by_look[look].add(person.number)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for numbers in by_look.values():
        for number in numbers if len(numbers) > 1 else ():
            found[number] |= numbers - {number}
    return found


def _with_room_for(
    flock: Sequence[Person],
    free: Sequence[Table],
    count: Mapping[int, int],
    here: Mapping[int, Counter[str]],
    name: str,
) -> Sequence[Table]:
    """Return the tables that have a place for all of a flock or some of it already; where there is none, all."""
    fitting = [table for table in free if here[table.number][name] or table.seats - count[table.number] >= len(flock)]
    return fitting or free


def _flocks(by: str, people: Sequence[Person]) -> list[tuple[str, list[Person]]]:
    """Return people in flocks, the largest first: those of whom the same is said, or who want to sit together."""
    in_order = sorted(people, key=lambda person: person.number)
    found: defaultdict[str, list[Person]] = defaultdict(list)
    of_wish = _circles(in_order) if by == WISH else {}
    for person in in_order:
        found[_flock(by, person, of_wish)].append(person)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0].number))


def _flock(by: str, person: Person, of_wish: Mapping[int, int]) -> str:
    alone = f"\n{person.number}"  # no line of a list has it in it
    match by:
        case "mix":
            return person.mark or f"\ntable {person.table}"
        case "alike":
            return person.mark or alone
        case "wish":
            return f"\n{of_wish[person.number]}"
        case _:
            return alone


def _circles(people: Sequence[Person]) -> dict[int, int]:
    """Return the number of the first of those who are joined to somebody by wishes, by each one's number."""
    by_look = {look: person.number for person in reversed(people) for look in looks(person.name)}
    first = {person.number: person.number for person in people}
    for person in people:
        wants = sorted(looks(person.wants)) if person.wants else []
        wanted = next((by_look[look] for look in wants if look in by_look), None)
        if wanted is not None and first[wanted] != first[person.number]:
            one, other = sorted((first[wanted], first[person.number]))
            first = {number: one if head == other else head for number, head in first.items()}
    return first
