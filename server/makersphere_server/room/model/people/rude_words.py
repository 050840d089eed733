"""Whether words that somebody typed are rude, by lists of English and Chinese words.

Answers yes or no and changes nothing: what is rude is taken for the game and kept off the wall until a host lets it
be seen. English words count whole, however they are spelled ("sh1t", "f u c k"): Scunthorpe and Essex are none. Chinese
has no border between words, so a listed word counts wherever it stands but within a harmless one that is listed here
("路口交通"), and a word that most often means no harm does not count at all. Source: the lists of `glin-profanity`.
They are loaded when the first room wants them, beside the loop: a server without such a room has nothing of them.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from glin_profanity import Filter

__all__ = ["is_rude", "load_lists"]

_MEANT_WELL: Final = (  # of the lists: words of lessons, of business and of families, and numbers
    *("13点", "十三点", "激情", "成人", "祖宗", "老二", "靠背", "靠腰", "刚度", "肥西", "私服", "月经", "处女", "花柳"),
    *("幹", "爛", "性", "奶", "乳", "卵", "卵子", "屁股", "包皮", "妈妈的", "迷药", "野鸡", "白痴", "笨蛋"),
    *("domination", "escort", "intercourse", "hardcore", "hard core", "snatch", "tied up", "santorum"),
    *("jelly donut", "twinkie", "scat", "simp", "skeet", "bs", "mf", "girl on", "swinger", "topless"),
)
_HARMLESS: Final = (  # each has a listed word within it, most of them where one word ends and the next begins
    *("你妈妈", "他妈妈", "妈妈的", "他奶奶", "你娘家", "他娘家"),
    *("生日你", "节日你", "今日你", "明日你", "昨日你", "每日你", "干你的", "干你们", "干你自己", "若干你"),
    *("路口交", "窗口交", "出口交", "入口交", "港口交", "口交通", "口交流", "口交换", "口交付", "口交易"),
    *("理性交", "感性交", "个性交", "女性交", "男性交", "一次性交", "性交流", "性交易所", "性交换", "性交付"),
    *("男性爱", "女性爱", "个性爱", "性爱好", "做爱心", "做爱好", "做爱的", "叫做爱", "表情色", "心情色", "情色彩"),
    *("手机巴士", "飞机巴士", "手机八", "打飞机票", "交配合", "提交配", "成交配"),
    *("强奸雄", "后庭院", "吹箫人", "插死你", "大鸡八宝", "阴部分", "光阴部", "树阴道", "林阴道", "绿阴道", "射精准"),
    *("放荡漾", "靠母校", "靠爸妈", "依靠爸", "依靠母", "可靠母", "小鸡鸡蛋", "公鸡鸡", "鸡鸡蛋", "打炮仗"),
)
_OF_THE_HARMLESS: Final = re.compile("|".join(map(re.escape, sorted(_HARMLESS, key=len, reverse=True))))


def load_lists() -> None:
    """Have the lists loaded beside the loop, so that nobody waits for them when the first name comes."""
    threading.Thread(target=_lists, name="rude-words", daemon=True).start()


def is_rude(text: str) -> bool:
    """Return whether a text has a rude word in it."""
    return bool(_lists().is_profane(_OF_THE_HARMLESS.sub(" ", text)))


@cache
def _lists() -> Filter:
    from glin_profanity import Filter  # noqa: PLC0415  (a tenth of a second, which few servers need)

    return Filter({"languages": ["english", "chinese"], "word_boundaries": True, "ignore_words": list(_MEANT_WELL)})
