from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, Filters, Question
from assistant.reader import Window
from assistant.reader.embedded import EmbeddedReader
from assistant.retrieve import CANDIDATES
from corpus.errors import UsageError
from corpus.language import script_of
from ingest import Embedder, build_index, open_index
from tests.ingest.words import WordEmbedder

ASKED = "Who visited the centre?"
INDONESIA = "008-indonesia-provincial-directors-visit-tec.md"


@pytest.mark.parametrize(
    ("text", "script"),
    [("They came", "latin"), ("Они пришли", "cyrillic"), ("张民选", "cjk"), ("TEC 张民选主任", "cjk"), ("", "latin")],
)
def test_the_script_of_a_text_is_that_of_most_letters(text, script):
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(languages=("ru",)), lambda report: report.language == "ru"),
        (Filters(files=(INDONESIA,)), lambda report: report.path == INDONESIA),
        (Filters(since="2024", until="2024-06"), lambda report: any(date.year == 2024 for date in report.dates)),
        (Filters(partner="哈萨克国立大学"), lambda report: "KazNU" in report.text or "КазНУ" in report.text),
    ],
)
def test_only_reports_within_the_filters_come_into_view(assistant, filters, holds):
    answer = assistant.answer(Question(text=ASKED, filters=filters))
    assert answer.retrieved
    assert all(holds(assistant.report(one.report_id)) for one in answer.retrieved)
    assert all(holds(assistant.report(one.report_id)) for one in answer.citations)


@pytest.mark.parametrize("filters", [Filters(since="2099"), Filters(place="Atlantis"), Filters(files=("none.md",))])
def test_filters_that_nothing_passes_are_named(assistant, filters):
    answer = assistant.answer(Question(text=ASKED, filters=filters))
    assert (answer.status, answer.claims, answer.retrieved, answer.coverage.reports) == ("not_in_records", (), (), 0)
    value = filters.since or filters.place or filters.files[0]
    assert value in answer.notice


def test_a_filter_without_a_word_is_refused_when_asked(assistant):
    with pytest.raises(UsageError, match="holds no word"):
        assistant.answer(Question(text=ASKED, filters=Filters(place="!!")))


@pytest.mark.parametrize("text", ["谁接待了西马塔？", "Who received Nick Gibb?", "Кто возглавил делегацию Ланьчжоу?"])
def test_the_best_ten_keep_places_for_every_other_script(assistant, text):
    scripts = [script_of(one.text) for one in assistant.answer(Question(text=text)).retrieved[:10]]
    assert len(scripts) == 10
    others = {"latin", "cyrillic", "cjk"} - {scripts[0]}
    assert all(scripts.count(script) >= 2 for script in others)


def test_passages_stand_where_they_say_and_are_not_repeated(assistant):
    found = assistant.answer(Question(text=ASKED)).retrieved
    assert len({(one.report_id, one.start) for one in found}) == len(found) >= 10
    for one in found:
        assert assistant.report(one.report_id).text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Who led the delegation of Lanzhou University to KazNU?", "036-"),
        ("Which day did Simataa come to Shanghai Normal University?", "040-"),
        ("Какая делегация из Индонезии посетила ТЕС?", "008-"),
    ],
)
def test_a_record_in_another_language_comes_into_view(assistant, text, file):
    found = assistant.answer(Question(text=text)).retrieved[:10]
    assert any(one.file.startswith(file) for one in found)


class CountingReader(EmbeddedReader):
    seen: frozenset[Window] = frozenset()

    def read(self, question, history, windows):
        self.seen |= frozenset(windows)
        return super().read(question, history, windows)


@pytest.mark.slow
def test_a_list_reads_every_passage_of_an_index_of_any_size_and_model(embedder: Embedder, tmp_path: Path):
    (tmp_path / "reports").mkdir()
    names = [f"Port {one}{other}rn" for one in "ABCDEFGHJKLMN" for other in "aeiou"] * 4
    for number, name in enumerate(names[: CANDIDATES + 9]):
        text = f"# Visit {number}\n\nWe went to {name} on {1 + number % 28} May {1990 + number % 30}.\n"
        (tmp_path / "reports" / f"{number}.md").write_text(text)
    words = WordEmbedder()
    build_index(tmp_path / "reports", data=tmp_path / "data", embedder=words)
    index = open_index(tmp_path / "data")
    # An index made with another model is searched with that one; questions are understood with the embedded one.
    reader = CountingReader(embedder)
    with closing(Assistant(index, words, reader, tmp_path / "data", shared=embedder)) as assistant:
        answer = assistant.answer(Question(text="List all ports that we went to"))
    assert answer.route == "list"
    assert len(reader.seen) == len(index.passages()) > CANDIDATES
    assert answer.coverage.reports == len(index.reports())
