"""Pot: makers raise a goal and chip in under seal; the government adds half of what reaches the goal.

A rule module as it should be, of which the tests make others that should not be. Purpose: giving what comes back.
Commands: `raise_goal`, at once; `chip_in`, sealed. Source: Isaac & Walker 1988.
"""

from collections.abc import Iterable

from makersphere_rules.author import (
    GOVERNMENT,
    MAKER,
    Args,
    Command,
    Draft,
    Entity,
    Event,
    Form,
    Line,
    Move,
    Posting,
    Refusal,
    RuleModule,
    State,
    Whole,
    changed,
    frozen,
    maker_account,
    param,
    post,
    refuse,
    split,
    table,
    whole,
)


@frozen
class Goal(Entity, single=True):
    """What is to be reached, and what has been put in so far."""

    credits: int = table(0)
    raised: int = table(0)


@frozen
class GoalRaised(Event):
    """Makers want more."""

    credits: int

    def apply(self, state: State) -> None:
        """Say so."""
        state.put(changed(state.find(Goal) or Goal(), credits=self.credits))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("goal_raised", {"credits": self.credits}),)


@frozen
class PotShared(Event):
    """What was given and what came back are its postings."""

    raised: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Move the credits."""
        post(state, self.postings)
        goal = state.find(Goal) or Goal()
        state.put(changed(goal, raised=goal.raised + self.raised))


@frozen
class PotParams:
    """Parameters of the pot."""

    most: int = param(5, 1, 100, "The most credits that a maker may put in.")


def _goal_form(state: State, seat: int) -> Form | Refusal:
    goal = state.find(Goal) or Goal()
    if goal.credits >= 40:
        return refuse("rule", "goal_high")
    return Form({"credits": Whole(goal.credits + 1, 40)})


def _raise_goal(draft: Draft, seat: int, args: Args) -> None:
    draft.emit(GoalRaised(whole(args, "credits")))


def _chip_form(state: State, seat: int) -> Form:
    most = state.scenario.params(PotParams).most
    return Form({"credits": Whole(0, max(0, min(most, state.balance(maker_account(seat)))))})


class Pot(RuleModule):
    """Makers give, and all makers get."""

    name = "pot"
    params = PotParams
    commands = (
        Command.at_once("raise_goal", _goal_form, _raise_goal, roles=(MAKER,)),
        Command.sealed("chip_in", _chip_form, roles=(MAKER,)),
    )
    events = (GoalRaised, PotShared)
    entities = (Goal,)
    needs = ("world",)
    texts = {  # noqa: RUF012  (as an author writes it)
        "en": {
            "phase.pot": "Pot",
            "command.raise_goal": "Raise the goal",
            "command.chip_in": "Chip in",
            "log.goal_raised": "The goal is {credits} now.",
            "refusal.goal_high": "The goal is as high as it gets.",
        },
        "zh": {
            "phase.pot": "凑份子",
            "command.raise_goal": "提高目标",
            "command.chip_in": "出一份",
            "log.goal_raised": "目标现在是 {credits}。",
            "refusal.goal_high": "目标已经最高了。",
        },
    }

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """Give nothing for a maker that said nothing."""
        if state.role(seat) == MAKER:
            yield "chip_in", {"credits": 0}

    def close(self, draft: Draft) -> None:
        """Take what was given, and share it with what the government adds."""
        makers = draft.state.seats(MAKER)
        said = {seat: draft.state.choice(seat, "chip_in") for seat in makers}
        given = {seat: whole(args, "credits") for seat, args in said.items() if args is not None}
        shares = split(sum(given.values()) * 3 // 2, [1] * len(makers))
        paid = [Posting(maker_account(seat), GOVERNMENT, sum_, "tax") for seat, sum_ in given.items()]
        got = [
            Posting(GOVERNMENT, maker_account(seat), sum_, "subsidy") for seat, sum_ in zip(makers, shares, strict=True)
        ]
        draft.emit(PotShared(sum(given.values()), (*paid, *got)))
