"""Persons named in a text, by the form of their names; a rule for Latin, Cyrillic and Chinese writing each."""

import re
from functools import cache, lru_cache

from assistant.names import known_keys
from corpus.lexicon import read_lexicon

_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁӘҒҚҢӨҰҮҺІ]"
_LOWER = r"[a-zß-öø-ÿā-žа-яёәғқңөұүһі'’]"
_NAME = re.compile(
    rf"(?<![\w])(?:{_UPPER}[a-zа-яh]?\.\s?)*{_UPPER}(?:{_LOWER}+|\.)(?:-{_UPPER}?{_LOWER}+)?(?:\s+(?:{_UPPER}[a-z]?\.|(?:al|bin|de|van|von|ibn)\b|{_UPPER}{_LOWER}+(?:-{_UPPER}?{_LOWER}+)?))*"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤葛"
)
_CHINESE_TITLE = r"(?:校长|教授|博士|主任|院长|部长|处长|局长|司长|书记|先生|女士|大使|总理|主席|所长|会长|专家|老师|研究员|秘书长|理事长|负责人|国务大臣)"
_CHINESE = re.compile(
    rf"{_CHINESE_TITLE}([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[\u3000-\u303f，。、（(]|[\u4e00-\u9fff])"
    rf"|([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}){_CHINESE_TITLE}"
    rf"|([\u4e00-\u9fff]{{1,6}}·[\u4e00-\u9fff]{{1,6}})"
    rf"|(?:^|[、，。和与])([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[、，和与等介绍表示说出席主持应邀])"
)


@lru_cache(maxsize=8192)
def people_in(text: str) -> tuple[str, ...]:
    """Persons named in a text, in order, without titles; a single capitalized word is none."""
    found = [name for match in _NAME.finditer(text) for name in _person(match.group())]
    found += [next(group for group in match.groups() if group) for match in _CHINESE.finditer(text)]
    return tuple(dict.fromkeys(found))


def _person(run: str) -> list[str]:
    words = run.split()
    while words and words[0].casefold().strip(".'’") in _listed("titles"):
        words.pop(0)
    name = " ".join(words)
    parts = [word for word in re.split(r"[\s.]+", name) if word]
    if len(parts) < 2 or any(word.casefold() in _listed("impersonal_words") for word in parts):
        return []
    if any(word.casefold() in _listed("function_words") for word in parts[:1]) or known_keys(name):
        return []
    return [name]


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(word for words in read_lexicon("common")[section].values() for word in words)
