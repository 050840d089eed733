"""Merge patches: applying and squashing them (RFC 7396)."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makersphere_protocol.patches import apply, join, squash, stretches

keys = st.sampled_from("abc")
leaves = st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=2)
trees = st.recursive(
    st.dictionaries(keys, leaves, max_size=3),
    lambda inner: st.dictionaries(keys, leaves | inner, max_size=3),
    max_leaves=8,
)
patches = st.recursive(
    st.dictionaries(keys, leaves | st.none(), max_size=3),
    lambda inner: st.dictionaries(keys, leaves | st.none() | inner, max_size=3),
    max_leaves=8,
)


def _after(tree: dict[str, Any], *several: dict[str, Any]) -> dict[str, Any]:
    found = copy.deepcopy(tree)
    for patch in several:
        apply(found, patch)
    return found


@pytest.mark.parametrize(
    ("tree", "patch", "result"),
    [
        ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
        ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
        ('{"a":"b"}', '{"a":null}', "{}"),
        ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
        ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
        ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
        ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
        ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
        ('{"a":"foo"}', '{"b":{}}', '{"a":"foo","b":{}}'),
        ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
    ],
)
def test_the_examples_of_the_standard(tree: str, patch: str, result: str) -> None:
    """The examples of RFC 7396, appendix A, that are objects without null."""
    assert _after(json.loads(tree), json.loads(patch)) == json.loads(result)


@given(trees, st.lists(patches, max_size=5))
def test_squashed_patches_say_the_same(tree: dict[str, Any], several: list[dict[str, Any]]) -> None:
    """Whatever the patches, squashed they bring every tree to where they bring it one by one."""
    before = copy.deepcopy(several)
    squashed = squash(several)
    assert _after(tree, *squashed) == _after(tree, *several)
    assert len(squashed) <= len(several)
    assert several == before


@given(trees, st.lists(patches, max_size=5))
def test_each_squashed_patch_brings_a_tree_where_its_own_last_patch_does(
    tree: dict[str, Any], several: list[dict[str, Any]]
) -> None:
    """Between two squashed patches a tree is one that the patches, one by one, made too."""
    done, known = 0, tree
    for patch, count in stretches(several):
        done, known = done + count, _after(known, patch)
        assert known == _after(tree, *several[:done])
    assert done == len(several)


@given(trees, st.lists(patches, min_size=1, max_size=5), st.integers(0, 5))
def test_a_part_that_is_known_already_does_no_harm(
    tree: dict[str, Any], several: list[dict[str, Any]], known: int
) -> None:
    """Patches that are applied twice, in order, bring the same: a client may be sent what it has seen."""
    ahead = _after(tree, *several[:known])
    assert _after(ahead, *several[known:]) == _after(tree, *several)
    assert _after(_after(tree, *several[-1:]), *several[-1:]) == _after(tree, *several[-1:])


def test_what_a_patch_cannot_say_begins_a_new_one() -> None:
    """To take away and to build anew are two patches, else the old would shine through."""
    assert len(squash([{"a": None}, {"a": {"b": 1}}])) == 2
    assert len(squash([{"a": 1}, {"a": {"b": 1}}])) == 2
    assert squash([{"a": {"b": 1}}, {"a": {"c": None}}, {"d": 1}]) == [{"a": {"b": 1, "c": None}, "d": 1}]


def test_join_does_not_share() -> None:
    """A joined patch may be changed without changing its parts."""
    part = {"a": {"b": {"c": 1}}}
    first: dict[str, Any] = {}
    join(first, part)
    first["a"]["b"]["c"] = 2
    assert part == {"a": {"b": {"c": 1}}}
