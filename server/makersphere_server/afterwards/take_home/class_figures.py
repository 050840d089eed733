"""All figures of a class's debrief: each drawn and in a table below it, season by season.

Answers sections of HTML in the order in which a debrief tells them: money, curves, what lived, who was tied to whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from makersphere_rules.ecosystem.figures.all_figures import scale_of
from makersphere_server.afterwards.take_home.drawings import Curve, bonds, curves, steps, streams
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.page import Cell, Text, figure, pairs, paragraph, section, table

__all__ = ["GROUPS", "figures"]

Tree = Mapping[str, Any]

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {  # curves that are drawn together, since they share a scale
    "energy": ("energy_in", "energy_out"),
    "passed": (
        *("energy_venture_efficiency", "energy_maker_efficiency", "energy_investor_efficiency"),
        *("energy_operator_efficiency", "integration_efficiency"),
    ),
    "credits": ("credits_maker", "credits_investor", "credits_operator", "credits_venture"),
    "community": ("density", "centralisation", "diversity"),
    "bonds": ("ties", "trust", "deals", "living", "badges"),
    "spirit": ("spirit",),
    "search": ("search_per_deal", "competition"),
    "inequality": ("gini_makers", "gini_investors"),
    "spaces": ("vitality_*",),
    "indices": ("community_*", "resources_*", "integration_*"),
    "turnover": ("turnover",),
    "demand": ("demand", "demand_*"),
}
_SUM: Final = "demand"  # of all sectors: beside it they would lie on the ground
_MOST_CURVES: Final = 6  # in one picture; the table below it has all
_LIFE: Final = ("founded", "births", "moved_up", "products", "deaths", "badges_won", "badges_given_back", "badges_lost")
_BONDS: Final = ("ties", "deals", "exchanges", "trust")
_SORTS: Final = ("from", "sector", "step", "to")
_PAY: Final = ("wage", "fee", "day_job", "resale", "badge", "lend", "birth_grant", "backer_grant", "product_grant")
_TOGETHER: Final[Mapping[str, Mapping[str, str]]] = {
    "from": {"consumers": "consumers", "government": "government"},
    "step": {
        **dict.fromkeys((*_PAY, "grant_back", "rescue"), "pay"),
        **dict.fromkeys(("dividend", "preference", "liquidation", "kept"), "profit"),
    },
    "to": {"maker": "maker", "investor": "investor", "operator": "operator", "reserve": "kept"},
}
_REST: Final[Mapping[str, str]] = {"from": "room", "step": "costs", "to": "outside"}
_ORDER: Final = (
    *("consumers", "government", "room", "pay", "costs", "profit"),
    *("maker", "investor", "operator", "kept", "outside"),
)


def figures(game: Game) -> Iterator[str]:
    """Yield the sections of all figures."""
    words = game.words
    yield section(words("home.class.money"), *_money(game))
    yield section(words("home.class.figures"), *_curves(game))
    yield section(words("home.class.life"), _life(game))
    yield section(words("home.class.survival"), *_survival(game))
    yield section(words("home.class.network"), *_network(game))


# -- curves


def _curves(game: Game) -> Iterator[str]:
    told = game.told.get("curves", {})
    grouped = {
        group: [name for name in told if any(_is(name, each) for each in wanted)] for group, wanted in GROUPS.items()
    }
    yield pairs((_group(game, group, names) for group, names in grouped.items() if names), len(game.seasons))


def _group(game: Game, group: str, names: list[str]) -> str:
    title = escape(game.words(f"home.group.{group}"))
    return f"<h3>{title}</h3>{_picture(game, group, names)}{_table(game, names)}"


def _is(name: str, wanted: str) -> bool:
    if not wanted.endswith("*"):
        return name == wanted
    return name.startswith(wanted[:-1]) and (wanted == "demand_*" or name.removeprefix(wanted[:-1]).isdigit())


def _picture(game: Game, group: str, names: list[str]) -> str:
    words, told, seasons = game.words, game.told["curves"], game.seasons
    drawn = [
        Curve(words.figure(name), number, {int(at): value / scale_of(name) for at, value in told[name].items()})
        for number, name in enumerate([name for name in names if name != _SUM][:_MOST_CURVES], 1)
    ]
    numbers = {season: str(words.in_run(season)) for season in seasons}
    return figure(
        curves(words(f"home.group.{group}"), seasons, drawn, numbers), [(curve.sort, curve.name) for curve in drawn]
    )


def _table(game: Game, names: list[str]) -> str:
    words, told = game.words, game.told["curves"]
    rows = [
        (
            words.figure(name),
            *(
                Cell(words.scaled(name, told[name][str(season)]), f"curves.{name}.{season}")
                if str(season) in told[name]
                else ""
                for season in game.seasons
            ),
        )
        for name in names
    ]
    return table((words("home.season"), *(str(words.in_run(season)) for season in game.seasons)), rows)


# -- what lived


def _life(game: Game) -> str:
    words, told = game.words, game.told.get("life", {})
    rows: list[tuple[Text, ...]] = [
        (words(f"home.life.{name}"), *(Cell(str(told[at][name]), f"life.{at}.{name}") for at in told)) for name in _LIFE
    ]
    for reason in dict.fromkeys(reason for season in told.values() for reason in season["exits"]):
        cells = (_exits(told[at]["exits"], at, reason) for at in told)
        rows.append((words(f"figure.exits_{reason}"), *cells))
    return table(("", *(words.season(int(at)) for at in told)), rows) if told else ""


def _exits(exits: Tree, season: str, reason: str) -> Cell:
    return Cell(str(exits[reason]), f"life.{season}.exits.{reason}") if reason in exits else Cell("0")


def _survival(game: Game) -> Iterator[str]:
    words, told = game.words, game.told.get("survival", {})
    if not told:
        return
    ages = sorted(told, key=int)
    drawn = steps(words("home.class.survival"), [(int(age), told[age]["survival"]) for age in ages])
    yield figure(drawn, note=words("ui.chart.survival.how"))
    heads = [words("ui.chart.survival.age"), *(words(f"ui.chart.survival.{name}") for name in _AGES)]
    yield table(
        [*heads, words("home.survival.share")],
        [
            (
                age,
                *(Cell(str(told[age][name]), f"survival.{age}.{name}") for name in _AGES),
                Cell(f"{told[age]['survival'] / 10:.1f}%", f"survival.{age}.survival"),
            )
            for age in ages
        ],
    )


_AGES: Final = ("at_risk", "deaths", "censored")


# -- money


def _money(game: Game) -> Iterator[str]:
    """Yield where a season's credits went, in four columns, and all of it in a table that paper has once it is open."""
    words, told = game.words, game.told.get("energy", {})
    for season, found in told.items():
        if not found["links"]:
            continue
        total = words.number(found["total"])
        said = words("home.class.money.season", season=words.season(int(season)), credits=total)
        yield f'<h3 data-of="energy.{season}.total">{escape(said)}</h3>'
        yield figure(streams(said, *_links(game, found["links"]), _SORTS), is_wide=True)
    rows = [
        (_node(game, one), _node(game, other), *_of_seasons(game, told, f"{one}>{other}"))
        for one, other in _all_links(told)
    ]
    heads = [words("home.class.money.from"), words("home.class.money.to")]
    whole = table([*heads, *(words.season(int(season)) for season in told)], rows, sort="dense")
    yield f"<details><summary>{escape(words('home.class.money.table'))}</summary>{whole}</details>"


def _of_seasons(game: Game, told: Tree, link: str) -> Iterator[Text]:
    for season, found in told.items():
        moved = found["links"].get(link)
        yield Cell(game.words.number(moved["credits"]), f"energy.{season}.links.{link}") if moved else ""


def _all_links(told: Tree) -> list[tuple[str, str]]:
    found = {(link["from"], link["to"]) for season in told.values() for link in season["links"].values()}
    return sorted(found, key=lambda link: (_SORTS.index(link[0].partition(":")[0]), link))


def _links(game: Game, links: Tree) -> tuple[dict[tuple[str, str], int], dict[str, str]]:
    """Return a season's streams between nodes that are drawn, and the nodes in the order in which they stand."""
    found: Counter[tuple[str, str]] = Counter()
    for link in links.values():
        found[_drawn(link["from"]), _drawn(link["to"])] += link["credits"]
    there = {node for link in found for node in link}
    order = dict.fromkeys(map(_drawn, sorted(game.told["nodes"], key=_place)))
    return dict(found), {node: _drawn_name(game, node) for node in order if node in there}


def _place(node: str) -> tuple[int, int]:
    sort, name = _drawn(node).split(":")
    return _SORTS.index(sort), _ORDER.index(name) if name in _ORDER else -1


def _drawn(node: str) -> str:
    """Return the node of the picture that a node belongs to: causes and people are drawn in groups."""
    sort, _, name = node.partition(":")
    return f"{sort}:{_TOGETHER[sort].get(name, _REST[sort])}" if sort in _TOGETHER else node


def _drawn_name(game: Game, node: str) -> str:
    sort, _, name = node.partition(":")
    return game.words.first(f"ui.chart.node.{sort}.{name}", f"sector.{name}")


def _node(game: Game, node: str) -> str:
    sort, _, name = node.partition(":")
    keys = [f"home.node.{sort}.{name}"]
    keys += [f"sector.{name}"] if sort == "sector" else [f"reason.{name}"]
    return game.words.first(*keys, name.replace("_", " "))


# -- who was tied to whom


def _network(game: Game) -> Iterator[str]:
    words, told = game.words, game.told.get("network", {})
    ties = [pair for season in told.values() for pair in season["ties"]]
    deals = list(dict.fromkeys(pair for season in told.values() for pair in season["deals"]))
    if not ties and not deals:
        return
    left = {seat: words.seat(seat) for seat in game.seats("maker")}
    right = {seat: words.seat(seat) for seat in game.seats("investor")}
    yield paragraph(words("home.class.network.how"), "soft")
    yield figure(bonds(words("home.class.network"), left, right, ties, deals), is_wide=True)
    rows: list[tuple[Text, ...]] = [
        (
            words(f"home.class.network.{what}"),
            *(Cell(str(sum(found[what].values())), f"network.{season}.{what}") for season, found in told.items()),
        )
        for what in _BONDS
    ]
    yield table(("", *(words.season(int(season)) for season in told)), rows)
