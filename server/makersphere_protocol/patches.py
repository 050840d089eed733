"""JSON Merge Patches (RFC 7396) on table and hand, which hold no `null`.

Answers what a tree is after a patch, and which single patch stands for several. Used by the server for
whoever has missed something, and by every client for every update.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["apply", "join", "squash", "stretches"]

Tree = dict[str, Any]


def apply(tree: Tree, patch: Mapping[str, Any]) -> None:
    """Change `tree` by a patch, in place."""
    for key, value in patch.items():
        if value is None:
            tree.pop(key, None)
        elif isinstance(value, dict):
            old = tree.get(key)
            if not isinstance(old, dict):
                old = tree[key] = {}
            apply(old, value)
        else:
            tree[key] = value


def squash(patches: Iterable[Tree]) -> list[Tree]:
    """Return as few patches as say the same as `patches` one after another.

    One is enough unless a later patch builds anew what an earlier one took away or made a plain value:
    a merge patch cannot say "instead of what stood there", so a new patch begins.
    """
    return [patch for patch, _ in stretches(patches) if patch]


def stretches(patches: Iterable[Tree]) -> list[tuple[Tree, int]]:
    """Return the patches of `squash`, each with how many of `patches`, one behind another, it stands for."""
    squashed: list[tuple[Tree, int]] = []
    for patch in patches:
        if squashed and _fits(squashed[-1][0], patch):
            so_far, count = squashed[-1]
            join(so_far, patch)
            squashed[-1] = (so_far, count + 1)
        else:
            squashed.append((_copy(patch), 1))
    return squashed


def join(first: Tree, second: Mapping[str, Any]) -> None:
    """Add to the patch `first` what `second` says after it, in place."""
    for key, value in second.items():
        old = first.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            join(old, value)
        else:
            first[key] = _copy(value) if isinstance(value, dict) else value


def _fits(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    for key, value in second.items():
        if isinstance(value, dict) and key in first:
            old = first[key]
            if not isinstance(old, dict) or not _fits(old, value):
                return False
    return True


def _copy(tree: Mapping[str, Any]) -> Tree:
    return {key: _copy(value) if isinstance(value, dict) else value for key, value in tree.items()}
