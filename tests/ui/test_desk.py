from dataclasses import replace
from pathlib import Path

import pytest

from assistant import IndexInfo
from corpus import IndexMissing, IndexUnusable
from ingest import Receipt
from tests.ui.standin import INDEX, StandIn
from ui.web.desk import Desk


def no_build(folder: Path, progress: object) -> Receipt:
    raise AssertionError("nothing is built here")


def generations(*names: str) -> tuple[Desk, list[StandIn], list[str]]:
    newest = [names[0]]
    opened: list[StandIn] = []

    def open_newest() -> StandIn:
        info: IndexInfo = replace(INDEX, generation=newest[-1])
        opened.append(StandIn(index=info, newest=newest))
        return opened[-1]

    return Desk(open_assistant=open_newest, build=no_build), opened, newest


def test_one_assistant_serves_until_a_newer_index_is_published() -> None:
    desk, opened, newest = generations("g1")
    for _ in range(2):
        with desk.assistant() as assistant:
            assert assistant.index.generation == "g1"
    newest.append("g2")
    with desk.assistant() as assistant:
        assert assistant.index.generation == "g2"
    assert [one.is_closed for one in opened] == [True, False]


def test_an_older_assistant_is_closed_only_when_its_last_question_is_done() -> None:
    desk, opened, newest = generations("g1")
    with desk.assistant() as slow:
        newest.append("g2")
        with desk.assistant() as quick:
            assert quick is not slow
        assert not opened[0].is_closed
    assert opened[0].is_closed


def test_when_the_newer_index_cannot_be_opened_the_error_is_told_and_the_old_one_kept() -> None:
    newest = ["g1"]
    first = StandIn(newest=newest)
    openings = iter([lambda: first])

    def open_newest() -> StandIn:
        for opening in openings:
            return opening()
        raise IndexUnusable("the index is damaged")

    desk = Desk(open_assistant=open_newest, build=no_build)
    assert desk.index() == INDEX
    newest.append("g2")
    with pytest.raises(IndexUnusable), desk.assistant():
        pass
    assert not first.is_closed


def test_no_index_is_not_an_error_for_the_page() -> None:
    def missing() -> StandIn:
        raise IndexMissing("nothing here")

    assert Desk(open_assistant=missing, build=no_build).index() is None


def test_closing_the_desk_closes_the_assistant() -> None:
    desk, opened, _ = generations("g1")
    desk.index()
    desk.close()
    assert opened[0].is_closed


def test_the_shelf_holds_what_the_newest_generation_does() -> None:
    desk, opened, newest = generations("g1")
    newest.append("g2")
    shelf = desk.shelf()
    assert shelf is not None and shelf.index.generation == "g2"
    assert shelf.reports == opened[-1].reports and shelf.ledger is opened[-1].ledger


def test_no_index_is_an_empty_shelf_and_one_that_cannot_be_opened_is_an_error() -> None:
    def missing() -> StandIn:
        raise IndexMissing("nothing here")

    def damaged() -> StandIn:
        raise IndexUnusable("the index is damaged")

    assert Desk(open_assistant=missing, build=no_build).shelf() is None
    with pytest.raises(IndexUnusable):
        Desk(open_assistant=damaged, build=no_build).shelf()
