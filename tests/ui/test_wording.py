"""The words of the page: whole in every language, each of them used, and no others on the page."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from assistant.answer import Status
from ingest import Ledger
from tests.ui.standin import INDEX
from ui.web.desk import Shelf
from ui.web.keep.fact_form import fact_fields
from ui.wording import LANGUAGES, preferred, words

ROOT = Path(__file__).parents[2]
MAKERS = {"tag": slice(1, None), "join": slice(None), "go": slice(1)}
"""Which arguments of these functions become text that people read."""
READ = ("aria_label", "title", "alt", "placeholder", "data_said")
"""Attributes that people read or hear."""


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    english, other = words("en").entries, words(language).entries
    assert set(english) == set(other)
    for key, text in english.items():
        if isinstance(text, str):
            assert names(text) == names(other[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stands_in_two_lists(language: str) -> None:
    files = (ROOT / "ui").rglob(f"words/{language}.toml")
    keys = [key for file in files for key in tomllib.loads(file.read_text(encoding="utf-8"))]
    assert len(keys) == len(set(keys)) == len(words(language).entries)


@pytest.mark.parametrize("status", get_args(Status))
def test_every_status_of_an_answer_has_a_name(status: str) -> None:
    assert all(words(language).say(status) for language in LANGUAGES)


def test_counts_follow_the_plural_rules_of_the_language() -> None:
    assert [words("ru").count("reports", n) for n in (1, 3, 5, 21)] == ["1 отчёт", "3 отчёта", "5 отчётов", "21 отчёт"]
    assert words("en").count("reports", 1) == "1 report"
    assert words("zh").count("reports", 2) == "2 份报告"


def test_the_language_is_chosen_from_what_the_browser_asks_for() -> None:
    assert preferred("ru-RU,ru;q=0.9,en;q=0.8") == "ru"
    assert preferred("kk,zh-CN;q=0.8") == "zh"
    assert preferred("fr") == "en"
    assert preferred("") == "en"


def test_a_moment_that_is_none_stays_as_it_was() -> None:
    assert words("en").moment("yesterday") == "yesterday"
    assert "2026" in words("zh").moment("2026-05-04T08:00:00+00:00")


def code_of(*packages: str) -> Iterator[ast.AST]:
    for package in packages:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file.relative_to(ROOT))))


def text_of(value: ast.AST) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


@cache
def whole_texts(*packages: str) -> set[str]:
    """Texts in code, those that are parts of an f-string apart."""
    code = list(code_of(*packages))
    parts = {id(part) for one in code if isinstance(one, ast.JoinedStr) for part in one.values}
    return {text for one in code if id(one) not in parts and (text := text_of(one))}


@cache
def made_keys() -> list[re.Pattern[str]]:
    """Keys that code puts together, such as ``f"route_{name}"``; what is filled in is a group."""
    made = [list(map(text_of, one.values)) for one in code_of("ui") if isinstance(one, ast.JoinedStr)]
    return [
        re.compile("".join(part or "(.+)" for part in parts))
        for parts in made
        if re.fullmatch("[a-z]*_[a-z_]*", "".join(parts))
    ]


def unsaid(keys: set[str]) -> set[str]:
    """Keys that no code can say: as they stand, put together, or after a beginning such as ``"quality_type_"``."""
    beginnings = tuple(text for text in whole_texts("ui") if re.fullmatch("[a-z_]+_", text))
    # What fills a made key is the name of a kind, a state or a measure, which may come from any package.
    names = {re.sub("[^a-z0-9]+", "_", text) for text in whole_texts("corpus", "ingest", "assistant", "ui")}
    said = {key for key in keys if key in names or key.startswith(beginnings)}
    for pattern in made_keys() * 2:  # twice, as a made key may be filled with another one
        said |= {key for key in keys if (made := pattern.fullmatch(key)) and set(made.groups()) <= names | said}
    return keys - said


def test_no_words_are_kept_that_nothing_says() -> None:
    assert unsaid(set(words("en").entries)) == set()


def test_words_that_nothing_says_would_be_seen() -> None:
    assert unsaid({"searching", "route_list", "route_detour", "nobody_says"}) == {"route_detour", "nobody_says"}


def parts_of(value: ast.expr) -> Iterator[str]:
    """Texts that a value is made of, those of calls within it apart, since they are looked at by themselves."""
    if isinstance(value, ast.Constant):
        yield text_of(value)
    elif not isinstance(value, ast.Call | ast.Compare | ast.Subscript):
        for inner in ast.iter_child_nodes(value):
            if isinstance(inner, ast.expr):
                yield from parts_of(inner)


def plain_texts(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    is_code = name == "tag" and text_of(call.args[0]) in ("code", "script")
    children = [] if is_code or name not in MAKERS else call.args[MAKERS[name]]
    attributes = [one.value for one in call.keywords if one.arg in READ]
    for value in (*children, *attributes):
        yield from parts_of(value)


def test_the_page_says_nothing_that_the_words_files_do_not() -> None:
    calls = (one for one in code_of("ui/web") if isinstance(one, ast.Call))
    told = {text for call in calls for text in plain_texts(call)}
    assert {text for text in told if re.search(r"[^\W\d_]", text)} <= {words("en").say("title")}


def test_a_text_of_the_code_on_the_page_would_be_seen() -> None:
    call = ast.parse("""tag("p", f"{n} found" if n else ("none", say("key")), aria_label="why", class_="soft")""")
    found = {text for one in ast.walk(call) if isinstance(one, ast.Call) for text in plain_texts(one)}
    assert found == {" found", "none", "why"}


def test_a_person_and_a_body_are_named_by_their_own_words_in_chinese() -> None:
    shelf = Shelf(index=INDEX, ledger=Ledger(()), reports=())
    person, body = ("".join(fact_fields(shelf, kind, {}, words("zh"))) for kind in ("person", "organization"))
    assert "<span>姓名</span>" in person and "<span>名称</span>" not in person
    assert "<span>名称</span>" in body
