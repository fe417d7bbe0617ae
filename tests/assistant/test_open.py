import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import AssistantConfig, Filters, Question, answer_to_dict, open_assistant
from assistant.question import MAX_QUESTION
from corpus.errors import IndexMissing, UsageError
from ingest import build_index
from tests.assistant.conftest import CORPUS

RECEIVED = Question(text="Who received the directors of the Indonesian provincial teacher centres at TEC?")
LIST = Question(text="List all visits that Zhang Minxuan made")


def test_a_plain_question_is_answered_from_its_record(assistant):
    answer = assistant.answer(RECEIVED)
    assert (answer.status, answer.route, answer.language) == ("answered", "lookup", "en")
    assert "Zhu Xiaohu received them" in answer.claims[0].text
    assert answer.citations[0].file.startswith("008-")
    assert answer.understood_as == RECEIVED.text


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("谁接待了西马塔？", "040-"),
        ("Who led the delegation of Lanzhou University to KazNU?", "036-"),
        ("Кто возглавил делегацию Университета Ланьчжоу в КазНУ?", "036-"),
    ],
)
def test_questions_are_answered_across_languages(assistant, text, file):
    answer = assistant.answer(Question(text=text))
    assert answer.status == "answered"
    assert answer.citations[0].file.startswith(file)


def test_a_list_gives_several_records(assistant):
    answer = assistant.answer(LIST)
    assert answer.route == "list"
    assert len({one.report_id for one in answer.citations}) == answer.coverage.matched > 2


def test_a_list_is_shown_while_it_is_read_and_ends_final(assistant):
    growing = list(assistant.answers(LIST))
    assert len(growing) > 1 and all(one.claims for one in growing)
    assert [one.final for one in growing] == [False] * (len(growing) - 1) + [True]


def test_the_same_question_has_the_same_answer_also_from_many_threads(assistant):
    def ask(_):
        public = answer_to_dict(assistant.answer(RECEIVED))
        return {key: public[key] for key in ("claims", "citations", "retrieved", "text")}

    with ThreadPoolExecutor(4) as threads:
        first, *others = threads.map(ask, range(4))
    assert all(other == first for other in others)


@pytest.mark.parametrize("text", ["", "  \n", "?!…"])
def test_an_empty_question_is_refused(assistant, text):
    with pytest.raises(UsageError, match="empty"):
        assistant.answer(Question(text=text))


def test_a_question_that_is_too_long_is_refused_with_both_numbers(assistant):
    with pytest.raises(UsageError, match=rf"{MAX_QUESTION + 1} characters, at most {MAX_QUESTION}"):
        assistant.answer(Question(text="a" * (MAX_QUESTION + 1)))


def test_a_report_is_read_by_its_id_and_its_text_by_its_file_with_any_suffix(assistant):
    citation = assistant.answer(RECEIVED).citations[0]
    text = assistant.report(citation.report_id).text
    assert assistant.report_text(citation.file) == text
    assert assistant.report_text(str(Path(citation.file).with_suffix(".txt"))) == text
    assert assistant.report_text("none.md") is None
    with pytest.raises(UsageError, match="not in the index"):
        assistant.report("none")


def test_without_an_index_nothing_opens(tmp_path, embedder):
    with pytest.raises(IndexMissing):
        open_assistant(AssistantConfig(data=tmp_path), embedder=embedder)


@pytest.mark.slow
def test_an_assistant_keeps_its_generation_and_knows_when_a_newer_one_is_published(tmp_path, embedder):
    folder = tmp_path / "reports"
    folder.mkdir()
    first, second = sorted((CORPUS / "reports").glob("*.md"))[5:7]
    shutil.copy(first, folder)
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    opened = open_assistant(AssistantConfig(data=tmp_path / "data"), embedder=embedder)
    try:
        assert opened.is_current() and opened.index.reports == 1
        shutil.copy(second, folder)
        build_index(folder, data=tmp_path / "data", embedder=embedder)
        assert not opened.is_current()
        answer = opened.answer(Question(text="Who led the visit?", filters=Filters(files=(first.name,))))
        assert answer.index.reports == 1 and answer.retrieved
    finally:
        opened.close()
