"""What is looked at while a rule module is played: forms, defaults, events, entities; and where each is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_cli.modules.finding import Finding
from makersphere_cli.modules.read_source import begins_of, float_lines
from makersphere_cli.modules.sources import Place, Sources
from makersphere_rules.entity import Entity
from makersphere_rules.events import CORE_ENTITIES, CORE_EVENTS, Event
from makersphere_rules.forms import Domain, Form, OneOf, Whole, Wholes, check
from makersphere_rules.kit.conformance import leaks
from makersphere_rules.ledger import Flow, Posting, Undeclared, postings_in, unknown_in
from makersphere_rules.module import Command, RuleModule
from makersphere_rules.refusals import Refusal
from makersphere_rules.state import State
from makersphere_rules.written.notation import encode_events

__all__ = ["Looked"]

_UNKNOWN: Final = {"accounts": "account_unknown", "reasons": "reason_unknown", "amount": "amount_negative"}


@attrs.define(eq=False)
class Looked:
    """What has been found of some modules that share their source.

    Attributes:
        modules: these.
        sources: their source.
        known: the kinds of entities that the scenario's modules declare.
        accounts: the sorts of account that they declare.
        reasons: the reasons of postings that they declare.
        is_alone: they bring their own world; on the table of the big game only what has words is shown.
        found: what is wrong.
        fields: the fields of forms that were offered, each with a place for it.
    """

    modules: tuple[RuleModule, ...]
    sources: Sources
    known: frozenset[type[Entity]] = frozenset()
    accounts: Mapping[str, str] = attrs.field(factory=dict)
    reasons: Mapping[str, str] = attrs.field(factory=dict)
    is_alone: bool = False
    found: dict[tuple[Any, ...], Finding] = attrs.field(factory=dict)
    fields: dict[str, Place] = attrs.field(factory=dict)
    _seen: set[str] = attrs.field(factory=set, init=False)

    def add(self, place: Place, text: str, **values: int | str) -> None:
        """Keep what is wrong, once for each place."""
        self.found.setdefault((*place, text), Finding(*place, text, values))

    def has(self, *texts: str) -> bool:
        """Return whether something of some sorts has been found."""
        return any(one.text in texts for one in self.found.values())

    # -- what a seat is offered

    def forms(self, state: State, seat: int) -> None:
        """Look at what each command of the modules takes from a seat now."""
        for module in self._playing(state):
            for command in module.commands:
                if not command.roles or state.role(seat) in command.roles:
                    self._form(command, command.form(state, seat))

    def _form(self, command: Command, form: object) -> None:
        if isinstance(form, Refusal):
            return
        if not isinstance(form, Form):
            self.add(self._of_form(command), "form_none", of=command.name, found=type(form).__name__)
            return
        for name, domain in form.fields.items():
            if name not in self.fields:
                self.fields[name] = self._of_form(command, name)
            why = _empty(domain)
            if why:
                self.add(self._of_form(command, name), "form_empty", of=command.name, argument=name, why=why)
        for bound in form.sums:
            for name in bound.fields:
                if name not in form.fields:
                    self.add(self._of_form(command), "form_sum", of=command.name, argument=name)

    def _of_form(self, command: Command, field: str = "") -> Place:
        """Return where the form of a command says a field, else where it is made."""
        made = begins_of(command, self.sources)
        for source, function in self.sources.reached(made) if field else ():
            for node in ast.walk(function):
                if isinstance(node, ast.Constant) and node.value == field:
                    return source.path, node.lineno
        return (made[0].path, made[1].lineno) if made else self._of_command(command.name)

    def can_be_filled(self, form: Form) -> bool:
        """Return whether there are arguments for a form."""
        known = all(name in form.fields for bound in form.sums for name in bound.fields)
        return known and not any(_empty(domain) for domain in form.fields.values())

    def defaults(self, state: State) -> None:
        """Look at what each module would do for each seat that says nothing."""
        for module in self._playing(state):
            commands = {command.name: command for command in module.commands}
            for seat in state.seats():
                for name, args in module.defaults(state, seat):
                    self._default(state, seat, module, name, args, commands.get(name))

    def _default(
        self, state: State, seat: int, module: RuleModule, name: str, args: Mapping[str, Any], command: Command | None
    ) -> None:
        if command is None:
            if name not in state.scenario.commands[state.game.phase]:
                self.add(self._of_default(module, name), "default_unknown", name=name)
            return
        if not command.is_sealed:
            self.add(self._of_default(module, name), "default_at_once", name=name)
            return
        form = command.form(state, seat)
        if isinstance(form, Refusal):
            place, values = self._of_default(module, name), {"name": name, "why": form.text}
            self.found.setdefault((*place, "refused"), Finding(*place, "default_refused", values, is_remark=True))
        elif self.can_be_filled(form):
            refusal = check(form, args)
            if refusal is not None:
                self._outside(self._of_default(module, name), form, name, args, refusal.field)

    def _outside(self, place: Place, form: Form, name: str, args: Mapping[str, Any], field: str) -> None:
        """Keep that a default does not fit its form; where it is too much alone, the close may bring the rest."""
        domain, value = form.fields.get(field), args.get(field)
        is_more = isinstance(domain, Whole) and type(value) is int and value > domain.hi
        values = {"name": name, "argument": field, "args": _shown(args)}
        text = "default_more" if is_more else "default_outside"
        self.found.setdefault((*place, text), Finding(*place, text, values, is_remark=is_more))

    def secrets(self, state: State) -> None:
        """Look, once for each phase of theirs, whether a secret shows to anybody else."""
        if state.game.phase not in self._seen and any(self._playing(state)):
            self._seen.add(state.game.phase)
            for sentence in leaks(state):
                self.broken(sentence)

    def _of_default(self, module: RuleModule, name: str) -> Place:
        """Return where a default is yielded: the line with the command's name in `defaults`."""
        begin = self.sources.function(type(module).defaults)
        for source, function in self.sources.reached(begin):
            for node in ast.walk(function):
                if isinstance(node, ast.Constant) and node.value == name:
                    return source.path, node.lineno
        return self.sources.place(type(module), "defaults")

    def _of_command(self, name: str) -> Place:
        return self.sources.text(name) or self.sources.place(type(self.modules[0]), "commands")

    def _playing(self, state: State) -> Iterator[RuleModule]:
        return (module for module in state.scenario.phase(state.game.phase).modules if module in self.modules)

    # -- what happens

    def event(self, event: Event, place: Place | None) -> None:
        """Look at an event of these modules before it applies."""
        declared = {one for module in self.sources.kinds(RuleModule) for one in module.events}
        if place is None and type(event) not in declared and not self.sources.has(type(event)):
            return  # of the room itself, or of another module
        if type(event) not in declared and type(event) not in CORE_EVENTS:
            self.add(place or self._emits(event), "event_undeclared", name=type(event).__name__)
        values = {field.name: getattr(event, field.name) for field in attrs.fields(type(event))}
        for name, value in values.items():
            for posting in postings_in(value):
                self._posting(posting, event, place)
            if _has_float(value):
                self.add(self._float(place or self._emits(event)), "not_whole", where=f"{type(event).__name__}.{name}")

    def _posting(self, posting: Posting, event: Event, emitted: Place | None) -> None:
        for what, said in unknown_in(posting, self.accounts, self.reasons):
            word = posting.reason if what == "amount" else said
            if what == "amount" and (posting.amount >= 0 or self.has("default_outside")):  # by which it would come
                continue
            self.add(self._posted(posting, word) or emitted or self._emits(event), _UNKNOWN[what], name=word)

    def _posted(self, posting: Posting, word: str) -> Place | None:
        """Return where a posting is made: the one that has a word in it, else any with its reason."""
        made = [(source, node) for source, node in self.sources.calls("Posting")]
        for wanted in (word, posting.reason):
            for source, node in made:
                if any(isinstance(n, ast.Constant) and _begins(n.value, wanted) for n in ast.walk(node)):
                    return source.path, node.lineno
        return self.sources.text(word)

    def entities(self, state: State, event: Event, place: Place | None) -> None:
        """Look at what an event has put on the table."""
        ours = place is not None or self.sources.has(type(event))
        for kind, keys in state.touched.items() if ours else ():
            if kind not in self.known and kind not in CORE_ENTITIES and kind is not Flow:
                where = self.sources.place(kind) if self.sources.has(kind) else place or self._emits(event)
                self.add(where, "entity_undeclared", name=kind.__name__)
            for entity in filter(None, (state.find(kind, key) for key in keys)):
                for name, value in vars(entity).items():
                    if _has_float(value):
                        values = {"where": f"{kind.__name__}.{name}"}
                        self.add(self._float(self.sources.place(type(event), "apply")), "not_whole", **values)
        state.forget_changes()

    def _emits(self, event: Event) -> Place:
        """Return where an event is emitted, else where it is written."""
        for source, node in self.sources.calls(type(event).__name__):
            return source.path, node.lineno
        return self.sources.place(type(event))

    def _float(self, near: Place) -> Place:
        """Return where a number is made that is not whole: the nearest such line to a place."""
        lines = [(source.path, line) for source, line in float_lines(self.sources)]
        here = [place for place in lines if place[0] == near[0]]
        return min(here, key=lambda place: abs(place[1] - near[1])) if here else (lines or [near])[0]

    # -- what went wrong

    def apart(self, first: Sequence[Event], second: Sequence[Event]) -> None:
        """Look whether the same seed gave the same game, where nothing has been found that would explain it."""
        if self.has("no_chance", "no_time"):
            return
        for one, two in zip(first, second, strict=False):
            if encode_events([one]) != encode_events([two]):
                ours = one if self.sources.has(type(one)) else two
                self.add(self._emits(ours), "not_the_same", name=type(one).__name__)
                return

    def raised(self, error: Exception, state: State | None) -> None:
        """Keep what a module raised, where it did."""
        place = self.sources.at(error.__traceback__)
        if isinstance(error, Undeclared) and isinstance(error.event, Event):
            self.event(error.event, place)
            return
        if place is None and self.found:
            return  # the kernel stumbled over what was found
        game = state.game if state is not None else None
        where = f"{game.phase} {game.season}" if game is not None else ""
        shown = f"{type(error).__name__}: {error}".rstrip(": ")
        self.add(place or self.sources.place(type(self.modules[0])), "hook_raised", shown=shown[:200], where=where)

    def broken(self, sentence: str) -> None:
        """Keep what the conformance kit says, at the command or kind that it names."""
        place = self.sources.place(type(self.modules[0]))
        for module in self.modules:
            for command in module.commands:
                if f" {command.name} " in f" {sentence} ".replace(",", " "):
                    made = begins_of(command, self.sources, "form" if "offered" in sentence else "decide")
                    made = made or begins_of(command, self.sources)
                    place = (made[0].path, made[1].lineno) if made else self._of_command(command.name)
            for kind in module.entities:
                if sentence.startswith(f"{kind.kind}.") and self.sources.has(kind):
                    place = self.sources.place(kind, sentence.partition(".")[2].split()[0])
        self.add(place, "kit", sentence=sentence[:300])


def _empty(domain: Domain) -> str:
    """Return the bounds of a domain that no value fills; "" where one does."""
    match domain:
        case Whole(lo, hi) if lo > hi:
            return f"{lo} > {hi}"
        case OneOf(options) if not options:
            return "[]"
        case Wholes(count, lo, hi, total) if not count * lo <= total <= count * hi:
            return f"{count} x {lo}..{hi} = {total}"
        case _:
            return ""


def _has_float(value: object) -> bool:
    match value:
        case float():
            return True
        case tuple() | list():
            return any(map(_has_float, value))
        case dict():
            return any(map(_has_float, (*value, *value.values())))
        case Posting():
            return type(value.amount) is float
        case _:
            return False


def _begins(text: object, word: str) -> bool:
    return isinstance(text, str) and text.partition(":")[0] == word


def _shown(args: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in args.items())
