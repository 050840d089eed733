"""A host marks a moment while the game is played, in passing, to talk about it afterwards."""

from __future__ import annotations

from typing import Final

from makersphere_rules.forms import Form
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import FreeText, HostCommand
from makersphere_server.room.model.bookmarks import MOST, Bookmark
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import VISITOR

__all__ = ["BOOKMARK"]

_LONGEST: Final = 80


def _form(live: LiveRoom) -> Form | None:
    can_mark = live.is_running and len(live.bookmarks) < MOST
    return Form(optional=frozenset({"word"})) if can_mark else None


def _bookmark(asked: Asked) -> Outcome:
    live, game = asked.live, asked.live.state.game
    word = str(asked.args.get("word", "")).strip()
    bookmark, seq = Bookmark(game.season, game.phase, live.clock.wall_ms(), word), live.seq + 1
    live.bookmarks[seq] = bookmark
    live.dirty.table = True
    asked.batch.private.update(bookmark.to_store(seq))
    return ()


BOOKMARK: Final = HostCommand(
    name="host.bookmark", form=_form, act=_bookmark, texts={"word": FreeText(_LONGEST)}, least=VISITOR
)
