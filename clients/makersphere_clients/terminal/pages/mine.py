"""*Mine*: the own numbers, venture, deals and holdings, the secret aim, and the role sheet.

Answers from the own hand. The seat's secrets stay closed until the person asks for them.
"""

from __future__ import annotations

from rich.text import Text

from makersphere_clients.terminal.page import Page, Scene, joined
from makersphere_clients.terminal.pages.now import role_sheet
from makersphere_clients.terminal.words import describe
from makersphere_clients.terminal.words.decided import decided
from makersphere_clients.terminal.words.texts import number, percent

__all__ = ["page", "purse"]


def purse(scene: Scene) -> Text:
    """Return the own numbers on one line; empty in rules without money."""
    view, words = scene.view, scene.words
    balance = view.balance(f"{view.role}:{view.you.seat}")
    if balance is None:
        return Text()
    maker, investor = view.find("maker", view.you.seat), view.find("investor", view.you.seat)
    space = view.find("space", view.you.seat)
    figures = [(words.count("ui.unit.credits", balance), number(balance))]
    if "hours" in maker or "hours" in investor:
        hours = maker.get("hours", investor.get("hours", 0))
        figures.append((words.count("ui.unit.hours", hours), number(hours)))
    if maker:
        figures.append((words("ui.unit.spirit"), number(maker["spirit"])))
    if shares := view.venture.get("shares", {}).get(str(view.you.seat)):
        figures.append((words("ui.your_share"), percent(shares)))
    if investor:
        badges = len(investor["badges"])
        figures.append((words.count("ui.unit.badges", badges), number(badges)))
    if space:
        figures.append((words.count("ui.unit.desks", space["stations"]), number(space["stations"])))
    said = [Text.assemble((value, "bold"), (f" {name}", scene.colours["ink-2"])) for name, value in figures]
    return joined(said, "  ·  ")


def page(scene: Scene, *, secrets: bool) -> Page:
    """Return the page, with the secrets or without."""
    own = [_venture(scene), _deals(scene), _holdings(scene), _decided(scene)]
    parts = [*own, _secrets(scene, shown=secrets), role_sheet(scene)]
    return Page(joined(parts, "\n\n"))


def _venture(scene: Scene) -> Text:
    venture, names = scene.view.venture, scene.names
    if not venture:
        return Text()
    till = scene.view.balance(f"venture:{venture['id']}")
    rows = [scene.title(names.venture(venture["id"])), Text(f"  {describe.of_venture(names, venture)}")]
    rows.append(Text(f"  {describe.tracks(names, venture)}"))
    if till is not None:
        rows.append(Text(f"  {scene.words('ui.venture_credits')} {number(till)}"))
    return joined([*rows, scene.meta(f"  {describe.cap_table(names, venture)}")])


def _deals(scene: Scene) -> Text:
    seat, names = scene.view.you.seat, scene.names
    own = [each for each in scene.view.all("deal") if seat in (each.get("maker"), each.get("investor"))]
    rows = []
    for each in reversed(own):
        season = scene.words("ui.season", season=scene.view.in_run(each["season"]))
        with_ = f"{names.seat(each['investor'])} \N{EN DASH} {names.venture(each['venture'])}"
        rows.append(Text(f"  {scene.words.named(with_, describe.terms(names, each))} · {season}"))
    return joined([scene.title(scene.words("ui.deals")), *rows]) if rows else Text()


def _holdings(scene: Scene) -> Text:
    seat, names = str(scene.view.you.seat), scene.names
    rows = [
        Text(f"  {percent(each['shares'][seat])} {names.venture(each['id'])} · {names.stage(each['stage'])}")
        for each in scene.view.all("venture")
        if not each.get("closed") and each.get("shares", {}).get(seat, 0) > 0 and str(each["lead"]) != seat
    ]
    return joined([scene.title(scene.words("term.shares")), *rows]) if rows else Text()


def _decided(scene: Scene) -> Text:
    found = decided(scene.view, scene.words)
    title = "ui.decided.operator" if scene.view.role == "operator" else "ui.decided"
    return joined([scene.title(scene.words(title)), *(Text(f"  {each}") for each in found)]) if found else Text()


def _secrets(scene: Scene, *, shown: bool) -> Text:
    said = [*_aims(scene), *_looks(scene)]
    if not said:
        return Text()
    if not shown:
        return scene.meta(f"▸ {scene.words('terminal.join.secrets')}")
    return joined([Text(each) for each in said])


def _aims(scene: Scene) -> list[str]:
    words, names = scene.words, scene.names
    maker, investor = (scene.view.find(kind, scene.view.you.seat) for kind in ("maker", "investor"))
    if ambition := maker.get("ambition"):
        name = words.named(words("term.ambition"), words(f"ambition.{ambition}"))
        return [words.named(name, words(f"ambition.{ambition}.text"))]
    sectors = investor.get("thesis_sectors", ())
    if len(sectors) != 2:
        return []
    first, second = (words(f"sector.{sector}") for sector in sectors)
    stage = names.stage(investor.get("thesis_stage", 0))
    return [words.named(words("term.thesis"), words("thesis.text", first=first, second=second, stage=stage))]


def _looks(scene: Scene) -> list[str]:
    """Return what the seat knows of appeal: that of its own venture, and of ventures that it paid to look at."""
    words, names, venture = scene.words, scene.names, scene.view.venture
    known = []
    if "lo" in venture:
        known.append(f"{names.venture(venture['id'])} {describe.span(venture['lo'], venture['hi'])}")
    for look in scene.view.all("look"):
        lo, hi = max(look["lo"], look["list_lo"]), min(look["hi"], look["list_hi"])
        if look["count"] or look["list_hi"] - look["list_lo"] < look["hi"] - look["lo"]:
            known.append(f"{names.venture(look['venture'])} {describe.span(lo, hi)}")
    return [words.named(words("ui.appeal_readings"), " · ".join(known))] if known else []
