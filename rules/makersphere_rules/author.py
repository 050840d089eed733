"""The door for authors: everything that a rule module imports, `from makersphere_rules.author import …`.

Answers nothing by itself; each name is documented where it is made. A module imports this door and nothing else of
Makersphere: no engine, no views, no other module. `rules/README.md` leads from the smallest module to one of your own.

The module
    `RuleModule`: the base. Its hooks say when: `start`, `season`, `open`, `defaults`, `close`, `end`; `check` refuses a
    scenario, `invariants` a state.
    `Command.at_once(name, form, decide)`: it happens when it is sent. `Command.sealed(name, form)`: nobody sees it
    until the close, which reads it with `state.choice(seat, name)`. `ChoiceMade`: what was sealed, as a fact.
    `Draft`: what hooks and `decide` work on. `draft.state` is read, `draft.emit(event)` changes it, `draft.draw` and
    `draft.shuffle` are the only chance. `Move`, `Foreseen`: what `defaults` yields and `foresee` returns.
    `param(default, lo, hi, meaning)`: a parameter, in an `attrs.frozen` class; `state.scenario.params(cls)` has them.
    `texts_of(__name__)`: the module's texts, where they stand in files beside it, `texts/en.toml` and `texts/zh.toml`.
    `Scenario`, `Mistake`: what `check` is asked and what it yields.
    `main`, `wall`: what screens show first in its phase. `figures` counts a season for the debrief; `advise` tells the
    standard bot what to send, from what a seat has `Seen`.

What lies on the table
    `@frozen class Purse(Entity)`, its fields declared by who sees them: `table` everyone, `settled` everyone as of the
    last closed phase, `owner` the seats that own it, `nobody` nobody. `key=True` marks the key, `owner=True` the seat
    that owns the entity; a `Key` is a number or a word. `changed(entity, coins=3)` is an entity with other values.
    `State`: `all`, `one`, `find`, `seats`, `role`, `choice` and `game` to read; `put` and `remove` for events alone.

What happens
    `@frozen class CrateSold(Event)`: a fact with its results in it; `apply` changes the state, `lines` tells.
    `Line(text, values, audience)`: one thing to tell, to `EVERYONE` or to some seats.

What a seat may send
    `Form({"coins": Whole(1, 9)})`, of `Whole`, `OneOf`, `Many`, `Wholes` and `Flag`, with a `Sum` over several fields.
    `Args`: what fills it, an `Arg` by field; `whole(args, "coins")` reads a number, 0 where nothing was said.
    `refuse(code, text)` makes a `Refusal`.

Money
    `Posting(source, target, amount, reason)` in an event, `post(state, self.postings)` in its `apply`. `REASONS`: the
    rulebook's. A module declares its own in `reasons`, each with the step of the money picture in which it counts or
    `SET_ASIDE`, and its own sorts of account in `accounts`, each with whose credits they hold; a posting by any other
    is `Undeclared` where it is emitted. Accounts are named by `maker_account`, `investor_account`, `venture_account`,
    `treasury_of`, `escrow_of` and `account_of`; outside stand `CONSUMERS`, `SUPPLIERS` and `GOVERNMENT`. `Account`
    holds the credits, `state.balance(name)` reads them. `split(credits, weights)` shares without a rest.

The end
    `ScoresGiven`, `SeatScore`, `Score`: final scores as phones, the wall and `simulate` show them.

In the game of makers and investors
    `Maker`, `Investor`, `Space`, `Venture`, `Deal`, `World`, by seat or number; `MAKER`, `INVESTOR`, `OPERATOR`.
    `living(state)`: the ventures that are not closed. `led_venture`, `venture_of`: those of a maker. `ventures_at`,
    `tenants`: who is at a space. `investors`: all of them. `by_lot`: in the order of this season's lots.
    `most_shares(state, venture)`: how many new shares a deal may take. `number_between`: the number of the next deal.
    `signed(state, deal)`: the event `DealSigned`, with capital, cap table, birth and thesis points in it.
"""

from __future__ import annotations

from makersphere_rules.asked.advice import Seen
from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.scores import ScoresGiven, SeatScore
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned, most_shares, signed
from makersphere_rules.ecosystem.table.accounts import (
    account_of,
    escrow_of,
    investor_account,
    maker_account,
    treasury_of,
    venture_account,
)
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture, World
from makersphere_rules.ecosystem.table.own_hand import number_between
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.ecosystem.table.tenancy import (
    by_lot,
    investors,
    led_venture,
    living,
    tenants,
    venture_of,
    ventures_at,
)
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.entity import Entity, Key, changed, nobody, owner, settled, table
from makersphere_rules.events import EVERYONE, ChoiceMade, Event, Line
from makersphere_rules.forms import Arg, Args, Flag, Form, Many, OneOf, Sum, Whole, Wholes, whole
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import CONSUMERS, GOVERNMENT, REASONS, SET_ASIDE, SUPPLIERS, Account, Posting, Undeclared
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Foreseen, Move, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.split import split
from makersphere_rules.state import State
from makersphere_rules.written.package_texts import texts_of

__all__ = [
    "CONSUMERS",
    "EVERYONE",
    "GOVERNMENT",
    "INVESTOR",
    "MAKER",
    "OPERATOR",
    "REASONS",
    "SET_ASIDE",
    "SUPPLIERS",
    "Account",
    "Arg",
    "Args",
    "ChoiceMade",
    "Command",
    "Deal",
    "DealSigned",
    "Draft",
    "Entity",
    "Event",
    "Flag",
    "Foreseen",
    "Form",
    "Investor",
    "Key",
    "Line",
    "Maker",
    "Many",
    "Mistake",
    "Move",
    "OneOf",
    "Posting",
    "Refusal",
    "RuleModule",
    "Scenario",
    "Score",
    "ScoresGiven",
    "SeatScore",
    "Seen",
    "Space",
    "State",
    "Sum",
    "Undeclared",
    "Venture",
    "Whole",
    "Wholes",
    "World",
    "account_of",
    "by_lot",
    "changed",
    "escrow_of",
    "frozen",
    "investor_account",
    "investors",
    "led_venture",
    "living",
    "maker_account",
    "most_shares",
    "nobody",
    "number_between",
    "owner",
    "param",
    "post",
    "refuse",
    "settled",
    "signed",
    "split",
    "table",
    "tenants",
    "texts_of",
    "treasury_of",
    "venture_account",
    "venture_of",
    "ventures_at",
    "whole",
]
