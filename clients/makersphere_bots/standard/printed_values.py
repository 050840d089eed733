"""What is printed on the cards and boards: the values with which the standard policy counts.

The table names the rule modules that are played and their parameters; a value that it does not name is the rulebook's.

Source: the rulebook's "Things on the table", "Search cost", "Materials" and "Market and payout".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import attrs

from makersphere_bots.policy import Args, Tree, View, whole

__all__ = [
    "ANY",
    "GARAGE",
    "PATHS",
    "PILOT",
    "PRODUCT",
    "PROTOTYPE",
    "SKILLS",
    "TRACKS",
    "WHOLE",
    "Printed",
    "fit",
    "greatest",
    "materials",
    "needs",
    "printed_of",
    "search_cost",
]

TRACKS: Final = ("technology", "customers", "business")
SKILLS: Final = ("technology", "network", "business")
PATHS: Final = ("community", "resources", "integration")
PROTOTYPE, PILOT, PRODUCT = 1, 2, 3
GARAGE: Final = 0
ANY: Final = "any"  # the speciality of a mentor, and whoever answers a call for capital
WHOLE: Final = 10_000

_STAGES: Final = ("idea", "prototype", "pilot", "product")
_PRICES: Final = ("low", "fair", "high")
_PAYING: Final = ("waterfall", "pro_rata")  # modules that say what goods cost
_GAMES: Final = 64  # with values of their own that are played side by side

Triple = tuple[int, int, int]


@attrs.frozen(cache_hash=True)
class Printed:
    """Printed values, the rulebook's unless said otherwise.

    Attributes:
        birth: capital in credits by which a venture is born.
        backer_grant: credits of the government for a birth, to those whose capital made it.
        first_stage: at which a venture begins.
        package: hours of a package.
        package_most: the most that one asks, in shares; a credit of fee counts as `fee_shares` of them.
        requirements: the progress on each track that each stage needs to reach the next.
        materials: of each stage in a season, in credits.
        materials_lower: per cent that each level of resources takes off materials.
        search: search cost in credits.
        search_lower: per cent that each level of integration takes off it.
        search_garage: how many times it is paid without a badge.
        search_known: per cent of it that are left with trust.
        floor: at least so many credits for at most so many shares, where a lead says nothing.
        fee_shares: shares that a credit of fee counts as in that.
        lead_keeps: shares that a lead must keep in a deal.
        credit_shares: the most shares that a sheet gives for a credit.
        hour_shares: the same for an hour; a credit of fee counts as `fee_shares` of them.
        hour_least: the least shares for an hour, where no fee is paid.
        lend_least: the least price of a lent hour in credits.
        lend_most: the highest.
        swap_times: how many times what the other gives one side of a swap may give.
        level: price of the first level of a path in credits; level n costs n times as much.
        day_job: hours that a maker may work in a day job.
        garage_work: per cent that the hours of a team count in the garage.
        hour: progress of an hour of an investor or of the workshop.
        workshop: workshop hours of a space without any level.
        workshop_level: those that each level of resources adds.
        workshop_venture: the most of them that one venture gets in a season.
        trust_hours: hours that count on top when a trusted investor delivers.
        scout: unpromised hours of an investor for a look.
        exchanges: of a maker in a season, before the community level.
        study: hours that study takes.
        know_how: progress that a learner's venture gains, before the community level.
        introductions: of a space in a season, before the integration level.
        demand: of a sector for each maker in the room, in credits.
        outside: weight of the world outside for each maker in the room.
        pilot_share: per cent of the demand that go to pilots.
        weights: per cent of its weight that a venture has at each price: low, fair, high.
        goods: cost of goods at each price, in per cent of sales.
        reserve: per cent of profit that a venture keeps where its board says nothing.
        reserve_last: the same in the last season.
        wage: of each maker of a team, in credits.
        pilot_bar: sales under which a pilot is eliminated, in credits.
        product_bar: the same of a product.
        bar_makers: makers in the room for whom both bars are meant; 0: for any number.
        upkeep: of a space in a season, in credits.
        upkeep_station: what each desk in use adds to it.
        upkeep_badge: what each badge that is taken back adds.
    """

    birth: int = 60
    backer_grant: int = 20
    first_stage: int = 0
    package: int = 4
    package_most: int = 500
    requirements: tuple[Triple, ...] = ((10, 6, 4), (24, 19, 14), (42, 38, 34), (0, 0, 0))
    materials: tuple[int, ...] = (4, 10, 18, 8)
    materials_lower: int = 10
    search: int = 10
    search_lower: int = 16
    search_garage: int = 2
    search_known: int = 50
    floor: tuple[int, int] = (60, 3500)
    fee_shares: int = 50
    lead_keeps: int = 1000
    credit_shares: int = 75
    hour_shares: int = 150
    hour_least: int = 25
    lend_least: int = 2
    lend_most: int = 6
    swap_times: int = 2
    level: int = 30
    day_job: int = 5
    garage_work: int = 200
    hour: int = 2
    workshop: int = 2
    workshop_level: int = 4
    workshop_venture: int = 3
    trust_hours: int = 1
    scout: int = 2
    exchanges: int = 1
    study: int = 3
    know_how: int = 2
    introductions: int = 2
    demand: int = 88
    outside: int = 8
    pilot_share: int = 15
    weights: tuple[int, ...] = (130, 100, 75)
    goods: tuple[int, ...] = (45, 30, 15)
    reserve: int = 30
    reserve_last: int = 0
    wage: int = 8
    pilot_bar: int = 25
    product_bar: int = 90
    bar_makers: int = 0
    upkeep: int = 20
    upkeep_station: int = 5
    upkeep_badge: int = 30

    def bar(self, stage: int, makers: int) -> int:
        """Return the sales under which a pilot or product is eliminated in a room of so many makers, in credits."""
        bar = self.pilot_bar if stage == PILOT else self.product_bar
        meant = self.bar_makers
        if not meant:
            return bar
        if makers <= meant:
            return bar * (makers + 3) // (meant + 3)
        return bar * makers * (meant + 3) // (meant * (makers + 3))

    def buys(self, terms: Args) -> int:
        """Return the most shares that a sheet may give for its credits and hours, beside its fee."""
        credits_, hours, fee = (whole(terms, name) if name in terms else 0 for name in ("credits", "hours", "fee"))
        return max(0, self.credit_shares * credits_ + self.hour_shares * hours - self.fee_shares * fee)

    def price(self, name: str) -> tuple[int, int]:
        """Return the weight and the cost of goods at a price: low, fair or high; both in per cent."""
        place = _PRICES.index(name)
        return self.weights[place], self.goods[place]


_AS_PRINTED: Final = Printed()
_NAMES: Final = {  # of single values, by module
    "world": {
        "birth": "birth_credits",
        "backer_grant": "backer_grant",
        "first_stage": "first_stage",
        "package": "package_hours",
        "materials_lower": "materials_lower",
        "search": "search_cost",
        "search_lower": "search_lower",
        "search_garage": "search_garage",
        "search_known": "search_known",
        "demand": "demand_per_maker",
        "lead_keeps": "lead_keeps",
    },
    "policy": {"level": "level_price"},
    "exchange": {
        "exchanges": "exchanges",
        "study": "study_hours",
        "know_how": "know_how",
        "introductions": "introductions",
        "lend_least": "lend_least",
        "lend_most": "lend_most",
        "swap_times": "swap_times",
    },
    "negotiation": {
        "credit_shares": "credit_shares",
        "hour_shares": "hour_shares",
        "hour_least": "hour_least",
        "fee_shares": "fee_shares",
    },
    "clearinghouse": {"package_most": "package_most"},
    "incubation": {
        "day_job": "day_job_hours",
        "garage_work": "garage_work",
        "hour": "hour_points",
        "workshop": "workshop_hours",
        "workshop_level": "workshop_per_level",
        "workshop_venture": "workshop_venture",
        "trust_hours": "trust_hours",
        "scout": "scout_hours",
    },
    "market": {
        "outside": "outside_weight",
        "pilot_share": "pilot_share",
        "reserve": "reserve",
        "reserve_last": "reserve_last",
    },
    "waterfall": {"wage": "wage"},
    "threshold": {
        "pilot_bar": "pilot_bar",
        "product_bar": "product_bar",
        "bar_makers": "bar_makers",
        "upkeep": "upkeep",
        "upkeep_station": "upkeep_station",
        "upkeep_badge": "upkeep_badge",
    },
}


def printed_of(view: View) -> Printed:
    """Return the printed values of the game that a seat sees."""
    return view.derived("module", _printed)


def _printed(modules: Tree) -> Printed:
    """Return the printed values that the modules on the table name."""
    found: dict[str, Any] = {
        ours: modules[module][theirs]
        for module, names in _NAMES.items()
        if module in modules
        for ours, theirs in names.items()
    }
    if "world" in modules:
        found |= _of_stages(modules["world"])
    if "market" in modules:
        found["weights"] = tuple(modules["market"][f"weight_{price}"] for price in _PRICES)
    if "negotiation" in modules:
        found["floor"] = modules["negotiation"]["floor_credits"], modules["negotiation"]["floor_shares"]
    for module in _PAYING:
        if module in modules:
            found["goods"] = tuple(modules[module][f"goods_{price}"] for price in _PRICES)
    return _the_one(attrs.evolve(_AS_PRINTED, **found))


@lru_cache(maxsize=_GAMES)
def _the_one(printed: Printed) -> Printed:
    """Return one object for all equal values, so that it costs little to compare them."""
    return printed


def _of_stages(world: Mapping[str, int]) -> dict[str, Any]:
    needed = [tuple(world[f"need_{stage}_{track}"] for track in TRACKS) for stage in _STAGES[1:]]
    return {
        "requirements": (*needed, (0, 0, 0)),
        "materials": tuple(world[f"materials_{stage}"] for stage in _STAGES),
    }


def needs(printed: Printed, venture: Tree) -> Triple:
    """Return what each track lacks for the next stage, not under 0."""
    (t, c, b), (tech, customers, business) = printed.requirements[venture["stage"]], venture["tracks"]
    return t - tech if t > tech else 0, c - customers if c > customers else 0, b - business if b > business else 0


def greatest(lacking: Triple) -> int:
    """Return the track (0 to 2) that lacks most, the first of equals."""
    return lacking.index(max(lacking))


def fit(lacking: Triple, speciality: str) -> int:
    """Return how well hours of a speciality fit: 2 a mentor's; else 0 no need, 4 the greatest need, 1 otherwise."""
    if speciality == ANY:
        return 2
    need = lacking[TRACKS.index(speciality)]
    if need == 0:
        return 0
    return 4 if need == max(lacking) else 1


def materials(view: View, venture: Tree) -> int:
    """Return a venture's materials this season, in credits."""
    table, printed, space = view.table, printed_of(view), venture["space"]
    level = table["space"][str(space)]["resources"] if space != GARAGE else 0
    cost: int = printed.materials[venture["stage"]] * (100 - printed.materials_lower * level) // 100
    return cost // 2 if table["world"]["effect"] == "voucher" else cost


def _known(table: Tree, maker: int, investor: int) -> bool:
    """Return whether the table says that trust or this season's introduction halves the pair's search cost."""
    pair = table.get("pair", {}).get(f"{maker}:{investor}")
    return pair is not None and (pair["trust"] or pair["introduced"] == table["game"]["season"])


def search_cost(view: View, venture: Tree, investor: int) -> int:
    """Return the search cost of a venture's lead and an investor, in credits."""
    table, printed, space = view.table, printed_of(view), venture["space"]
    share = printed.search_known if _known(table, venture["lead"], investor) else 100
    if space not in (GARAGE, *table["investor"][str(investor)]["badges"]):
        return printed.search * share // 100 * printed.search_garage
    level = table["space"][str(space)]["integration"] if space != GARAGE else 0
    return max(1, int(printed.search * (100 - printed.search_lower * level) * share // 10_000))
