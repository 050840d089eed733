"""What a tuning found as one page that needs nothing else."""

from __future__ import annotations

from html import escape

from makersphere_cli.reports import tune_words as words
from makersphere_cli.reports.html_page import document, table
from makersphere_cli.reports.svg_pictures import Bar, Dot, intervals, trade
from makersphere_playtest.plans.tuning import Tuned
from makersphere_playtest.plans.tuning_aims import Aim

__all__ = ["page"]


def page(found: Tuned) -> str:
    """Return the page of a tuning: what moving more values brings, the settings, and each target in all of them."""
    front = [one.values for one in found.checked]
    tried = [Dot(len(one.values), one.miss) for one in found.tried if one.values not in front]
    line = [Dot(len(one.values), one.miss, is_marked=True) for one in found.checked]
    picture = trade(words.tell("trade"), words.tell("trade_x"), words.tell("trade_y"), tried, line)
    heads, *rows = words.settings(found)
    named, *measured = words.targets(found)
    body = f"""<p>{escape(words.best(found))}</p>
<p class="soft">{escape(words.head(found))}</p>
<div class="pictures">
<figure><h2>{escape(words.tell("trade"))}</h2>{picture}<p class="soft">{escape(words.tell("trade_foot"))}</p></figure>
{"".join(_figure(found, aim) for aim in found.task.aims)}
</div>
{table(words.tell("settings"), heads, rows)}
{table(words.tell("targets"), ["", *named[1:]], measured)}"""
    return document(words.title(found), body)


def _figure(found: Tuned, aim: Aim) -> str:
    """Return one target in every setting, between the bounds that are wanted."""
    bars = [
        Bar(
            words.tell("setting", n=number) if number else words.tell("no_values"),
            f"{one.measured[aim.name].mean:.1f} {words.told(found, aim, one.measured[aim.name])}",
            one.measured[aim.name],
        )
        for number, one in enumerate(found.checked)
        if aim.name in one.measured
    ]
    if not bars:
        return ""
    name = words.tell("measure", name=words.measure(aim.name), lo=f"{aim.lo:g}", hi=f"{aim.hi:g}")
    return f"<figure><h2>{escape(name)}</h2>{intervals(name, bars, aim.lo, aim.hi)}</figure>"
