import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Answer, Claim, IndexInfo, Question
from corpus import UsageError
from tests.ui.elements import Elements
from tests.ui.standin import ATTACK, INDEX, LYON, answer_of, cite
from ui.cli import app
from ui.web.improve.judged_questions import FILE
from ui.web.improve.quality import quality_view
from ui.web.improve.scorecards import (
    MEASURES,
    quality_data,
    quality_files,
    quality_points,
    quality_sentence,
    score_judged,
)
from ui.web.memory.store import Memory
from ui.web.memory.values import KeptScorecard
from ui.wording import LANGUAGES, words

EN = words("en")
SIGNED = LYON.text[31:69]
LINES = (
    {"id": "a", "question": "Who signed?", "expected": "answer", "lang": "en", "type": "lookup",
     "gold_files": ["lyon.md"], "gold_quotes": [SIGNED]},
    {"id": "b", "question": "谁唱歌？", "expected": "refuse", "lang": "zh", "type": "unanswerable"},
)  # fmt: skip


class Answers:
    """Answers what was signed, and is silent about the rest."""

    index: IndexInfo = INDEX

    def answer(self, question: Question) -> Answer:
        if "signed" in question.text:
            return answer_of(question.text, Claim(text=SIGNED, citations=(cite(LYON, SIGNED),)))
        return answer_of(question.text, status="not_in_records", route="refusal", notice="Silence.")

    def report_text(self, file: str) -> str | None:
        return LYON.text if file == LYON.path else None


class Silent(Answers):
    """Answers nothing."""

    def answer(self, question: Question) -> Answer:
        return answer_of(question.text, status="not_in_records", route="refusal", notice="Silence.")


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    (tmp_path / FILE).write_text("\n".join(json.dumps(line) for line in LINES), encoding="utf-8")
    return Memory(tmp_path)


def kept(**changes: object) -> KeptScorecard:
    means = {"n": 4.0, "right": 0.5, "falsely_refused": 0.25}
    values = {"time": "2026-05-04T08:00:00+00:00", "file": "q.jsonl", "sha256": "0", "generation": "g1",
              "overall": means, "by_language": {}, "by_type": {}}  # fmt: skip
    return KeptScorecard(**(values | changes))


def test_judged_questions_are_scored_and_kept_by_language_and_type(memory: Memory, tmp_path: Path) -> None:
    found = score_judged(Answers(), tmp_path, memory)
    assert (found.overall["right"], found.file, found.generation) == (1.0, FILE, "g1")
    assert memory.scorecards() == (found,)
    assert {name: means["right"] for name, means in found.by_type.items()} == {"lookup": 1.0, "unanswerable": 1.0}
    assert set(found.by_language) == {"en", "zh"}


def test_without_judged_questions_the_way_to_the_first_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="thumb down"):
        score_judged(Answers(), tmp_path, Memory(tmp_path))


def test_curves_are_of_one_file_the_last_measured_unless_another_is_named(memory: Memory, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text("")
    score_judged(Answers(), tmp_path, memory)
    from assistant import score

    memory.keep_scorecard(other, score((), Answers().answer, report_text=Answers().report_text), "g1")
    assert [one.file for one in quality_data(memory)] == ["other.jsonl"]
    assert [one.file for one in quality_data(memory, FILE)] == [FILE]
    assert [one.file for one in quality_data(memory, "../nowhere")] == ["other.jsonl"]
    assert quality_files(memory) == ("other.jsonl", FILE)


def test_points_hold_time_measure_group_and_value_and_none_for_what_was_not_measured() -> None:
    later = kept(time="2026-05-05T08:00:00+00:00", by_language={"ru": {"n": 1.0, "right": 1.0}})
    points = quality_points([kept(), later], EN, measures=("right", "set_f1"))
    assert [(point["time"].day, point["measure"], point["group"], point["value"]) for point in points] == [
        (4, "Right", "All", 0.5),
        (5, "Right", "All", 0.5),
    ]
    assert [point["group"] for point in quality_points([kept(), later], EN, by="language")] == ["Russian"]
    assert quality_points([], EN) == []


def test_the_sentence_tells_what_became_better_and_worse_and_that_less_silence_is_better() -> None:
    now = {"n": 4.0, "right": 0.75, "falsely_refused": 0.5}
    told = quality_sentence([kept(), kept(overall=now)], EN)
    assert "3 of 4 questions were answered rightly (75%)" in told
    assert "Better than before: Right (50% → 75%)." in told
    assert "Worse than before: Silent wrongly (25% → 50%)." in told
    assert "The questions changed" not in told
    assert "The questions changed" in quality_sentence([kept(), kept(sha256="1")], EN)
    assert "Nothing changed" in quality_sentence([kept(), kept()], EN)
    assert "Nothing has been measured" in quality_sentence([], EN)


def test_the_page_shows_every_measure_with_its_meaning_and_its_change(memory: Memory, tmp_path: Path) -> None:
    score_judged(Answers(), tmp_path, memory)
    score_judged(Silent(), tmp_path, memory)
    page = Elements(quality_view(quality_data(memory), quality_files(memory), EN))
    for part in ("Right", "−50 worse", "English", "Chinese", "look-up", "unanswerable", "Silent wrongly", "g1"):
        assert part in page.text
    assert "Less is better" in page.text and quality_sentence(quality_data(memory), EN) in page.text
    assert [one["data-do"] for one in page.named("button")] == ["score"]


def test_a_hostile_file_name_or_type_stays_text() -> None:
    hostile = kept(file=ATTACK, by_type={ATTACK: {"n": 1.0, "right": 1.0}})
    page = Elements(quality_view([hostile], [ATTACK, "q.jsonl"], EN))
    assert ATTACK in page.text and not page.named("img")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_has_a_name_and_a_meaning_in_every_language(language: str) -> None:
    full = kept(overall={"n": 1.0} | dict.fromkeys(MEASURES, 0.5), by_language={"en": {"n": 1.0, "right": 1.0}})
    page = Elements(quality_view([full, replace(full, sha256="1")], ["q.jsonl"], words(language)))
    assert len(page.named("dt")) == len(MEASURES)


def test_the_command_line_keeps_scorecards_of_judged_questions_unless_told_not_to(
    indexed: tuple[Path, Path], tmp_path: Path
) -> None:
    data = indexed[1]
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "a", "question": "Who signed?", "expected": "refuse", "type": "x"}))
    command = ["evaluate", str(file), "--json", "--data", str(data)]
    before = len(Memory(data).scorecards())
    CliRunner().invoke(app, [*command, "--no-keep"])
    assert len(Memory(data).scorecards()) == before
    missed = CliRunner().invoke(app, [*command, "--fail-under", "right=2"])
    card = json.loads(missed.stdout)
    newest = Memory(data).scorecards()[-1]
    assert missed.exit_code == 1 and len(Memory(data).scorecards()) == before + 1
    assert (newest.file, newest.overall, newest.by_type) == ("questions.jsonl", card["overall"], card["by_type"])
