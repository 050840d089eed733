"""Names that nobody brings along: two words of a workshop, in either language, where a class wants no names of its own.

Answers a pair of words for somebody, the same each time for the same person, and another one where it looks like a name
that is here. Every pair of a language can be spoken, tells nothing about anybody, and looks like no other pair; a test
goes through all of them. There are 1,024 of each language, more than a room can have seats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

__all__ = ["every_pseudonym", "pseudonym"]

_FIRST: Final = {
    "en": "Amber Azure Brave Bright Calm Clever Copper Coral Crimson Curious Daring Eager Fair Gentle Golden Happy "
    "Ivory Jolly Keen Lively Lucky Merry Noble Patient Quick Quiet Silver Steady Sunny Swift Violet Witty",
    "zh": "琥珀 晴空 勇敢 明亮 安静 聪明 青铜 珊瑚 绯红 好奇 大胆 热心 公正 温和 金色 快乐 "
    "象牙 开朗 敏锐 活泼 幸运 欢喜 高雅 耐心 轻快 沉稳 银色 踏实 阳光 飞快 紫色 机灵",
}
_SECOND: Final = {
    "en": "Anvil Bobbin Brush Candle Chisel Compass Gear Hammer Kettle Kite Ladder Lantern Lathe Lens Loom Magnet "
    "Needle Paddle Pencil Pulley Ribbon Rivet Rudder Ruler Saddle Sextant Spindle Spring Thimble Trowel Wagon Wheel",
    "zh": "铁砧 线轴 画笔 烛台 刻刀 罗盘 齿轮 锤子 水壶 风筝 梯子 灯笼 车床 透镜 织机 磁铁 "
    "绣针 船桨 铅笔 滑轮 丝带 铆钉 船舵 直尺 马鞍 沙漏 纺锤 弹簧 顶针 泥刀 马车 车轮",
}
_BETWEEN: Final = {"en": " ", "zh": ""}
_STEP: Final = 397  # has no factor in common with 1,024, so that neighbours share no word


def every_pseudonym(language: str) -> Iterator[str]:
    """Yield all pairs of a language; of one that has no words, the English ones."""
    known = language if language in _FIRST else "en"
    for first in _FIRST[known].split():
        for second in _SECOND[known].split():
            yield f"{first}{_BETWEEN[known]}{second}"


def pseudonym(language: str, number: int, is_taken: Callable[[str], bool]) -> str:
    """Return somebody's pair of words.

    Args:
        language: of the room.
        number: whose; the same one gets the same pair as long as nobody else has it.
        is_taken: whether a name looks like one that is here.

    Returns:
        The pair; "" where all of them are taken.
    """
    pairs = list(every_pseudonym(language))
    found = (pairs[(number + turn * _STEP) % len(pairs)] for turn in range(len(pairs)))
    return next((pair for pair in found if not is_taken(pair)), "")
