"""The door for authors: its map is whole, and the smallest module needs nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from makersphere_rules import author
from makersphere_rules.modules import counter


def test_the_map_of_the_door_names_everything_that_it_offers() -> None:
    """Whoever reads the docstring knows each name of the door, and finds no other in its calls."""
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", author.__doc__ or ""))))
    assert set(author.__all__) - words == set()


def test_the_smallest_module_imports_the_door_alone() -> None:
    """What an author copies to begin with shows the one import that a module needs of Makersphere."""
    nodes = ast.walk(ast.parse(Path(counter.__file__).read_text("utf-8")))
    ours = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module is not None}
    assert ours - {"collections.abc"} == {"makersphere_rules.author"}
