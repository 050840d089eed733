"""Forms that come over the wire read the same as the rules' own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makersphere_bots import legal
from makersphere_bots.random_moves import fill
from makersphere_bots.random_stream import Stream
from makersphere_rules.forms import Domain, Flag, Form, Many, OneOf, Sum, Whole, Wholes, check
from makersphere_server.room.shown.form_schemas import legal_tree

_WORDS = ("none", "technology", "network", "business")


def _wholes() -> st.SearchStrategy[Whole]:
    return st.tuples(st.integers(-5, 30), st.integers(0, 40)).map(lambda pair: Whole(pair[0], sum(pair)))


def _options() -> st.SearchStrategy[tuple[int | str, ...]]:
    numbers = st.lists(st.integers(1, 40), min_size=1, max_size=8, unique=True).map(tuple)
    return numbers | st.just(_WORDS)


def _parts() -> st.SearchStrategy[Wholes]:
    return st.tuples(st.integers(1, 5), st.integers(0, 3), st.integers(0, 9), st.integers(0, 100)).map(
        lambda n: Wholes(n[0], n[1], n[1] + n[2], n[0] * n[1] + n[3] * n[0] * n[2] // 100)
    )


def _domains() -> st.SearchStrategy[Domain]:
    return st.one_of(
        _wholes(),
        _options().map(OneOf),
        st.tuples(_options(), st.integers(0, 5)).map(lambda pair: Many(*pair)),
        _parts(),
        st.just(Flag()),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form that can be filled: domains of all sorts, and a sum over its whole numbers."""
    fields: dict[str, Domain] = {f"field_{n}": draw(_domains()) for n in range(draw(st.integers(0, 4)))}
    optional = frozenset(name for name in fields if draw(st.booleans()))
    hours = [f"hours_{n}" for n in range(draw(st.integers(0, 3)))]
    fields |= {name: Whole(0, draw(st.integers(0, 10))) for name in hours}
    most = sum(domain.hi for name, domain in fields.items() if name in hours and isinstance(domain, Whole))
    sums = (Sum(tuple(hours), *sorted(draw(st.tuples(*[st.integers(0, most)] * 2)))),) if hours else ()
    return Form(fields, sums, optional)


@given(forms(), st.integers(0, 10_000))
def test_a_form_is_filled_within_its_bounds(form: Form, number: int) -> None:
    """What `fill` draws passes the rules' own check of the form."""
    args = fill(form, Stream(str(number)))
    assert args is not None
    assert check(form, args) is None


@given(forms(), st.integers(0, 10_000))
def test_a_form_from_the_wire_is_filled_as_the_one_in_memory(form: Form, number: int) -> None:
    """After JSON and back, in whatever order the keys come, the same stream draws the same arguments."""
    read = json.loads(json.dumps(legal_tree({"do": form}), sort_keys=True))
    rebuilt = legal.forms_from_schema(read["legal"], read.get("choices"))["do"]
    assert rebuilt.optional == form.optional
    assert rebuilt.fields.keys() == form.fields.keys()
    assert fill(rebuilt, Stream(str(number))) == fill(form, Stream(str(number)))


def test_shared_choices_are_looked_up() -> None:
    """A list that stands once in `choices` is found by reference, also as the items of a list."""
    form = Form({"one": OneOf((3, 5), "ventures"), "many": Many((3, 5), 2, "ventures"), "all": Wholes(2, 0, 9, 9)})
    tree = legal_tree({"do": form})
    assert tree["choices"] == {"ventures": {"enum": [3, 5]}}
    assert legal.forms_from_schema(tree["legal"], tree["choices"])["do"].fields == {
        "one": legal.OneOf((3, 5)),
        "many": legal.Many((3, 5), 2),
        "all": legal.Wholes(2, 0, 9, 9),
    }


def test_an_empty_domain_cannot_be_filled() -> None:
    """A form with nothing to choose from, or a sum out of reach, gives no arguments."""
    stream = Stream("empty")
    assert fill(Form({"venture": OneOf(())}), stream) is None
    assert fill(Form({"hours": Whole(3, 2)}), stream) is None
    assert fill(Form({"parts": Wholes(2, 0, 3, 7)}), stream) is None
    assert fill(Form({"a": Whole(0, 1), "b": Whole(0, 1)}, (Sum(("a", "b"), 3, 5),)), stream) is None


def test_a_schema_of_no_known_sort_is_refused() -> None:
    """A number with a fraction is none of the five sorts."""
    with pytest.raises(ValueError, match="unknown sort"):
        legal.forms_from_schema({"do": {"properties": {"x": {"type": "number"}}}})
