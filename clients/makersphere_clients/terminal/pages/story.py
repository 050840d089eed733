"""The log: what happened, newest first, in sentences. And the rules of the phase, in words that are at hand.

Answers from the lines that the room has told and from the texts; no rule is known here.
"""

from __future__ import annotations

from rich.text import Text

from makersphere_clients.terminal.page import Page, Scene, joined

__all__ = ["log", "rules"]

_PHASES = ("policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap")


def log(scene: Scene) -> Page:
    """Return what happened."""
    said = [Text(f"▪ {sentence}") for sentence in scene.said()]
    return Page(joined(said) if said else scene.meta(scene.words("ui.console.quiet")))


def rules(scene: Scene) -> Page:
    """Return how a season goes, the rules that this room plays the phase by, and what can be done now."""
    words, view = scene.words, scene.view
    phases = []
    for phase in _PHASES:
        mark = "▸" if phase == view.phase else " "
        style = "bold" if phase == view.phase else ""
        phases.append(Text(f"{mark} {words.named(words(f'phase.{phase}'), words(f'ui.rules.{phase}'))}", style=style))
    modules = [Text(words(f"ui.rule.{name}")) for name in view.modules(view.phase) if words.has(f"ui.rule.{name}")]
    commands = [
        Text.assemble((words.named(words.command(name), ""), "bold"), words.command_help(name))
        for name in view.legal
        if words.command_help(name)
    ]
    now = joined([scene.title(words("ui.rules.now")), *modules, *commands]) if modules or commands else Text()
    season = joined([scene.title(words("ui.rules.season")), *phases]) if words.has(f"ui.rules.{view.phase}") else Text()
    return Page(joined([now, season], "\n\n"))
