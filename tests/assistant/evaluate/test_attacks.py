import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from assistant.evaluate import AttackCard, attack_scorecard, attack_table, read_attacks
from assistant.evaluate.attacks import MEASURES, measured
from assistant.prove import Checked, Pair, Proof, Reason, open_checker
from corpus import UsageError
from ingest import Embedder

ROOT = Path(__file__).parents[3]
FAILED = {"proved": (), "uncertain": ("entailed",), "withheld": ("covered", "entailed")}


def checked(label: bool | None, verdict: str, score: float, *, kind: str = "", file: str = "001-a.md") -> Checked:
    proof = Proof(failed={name: Reason(key="no_quote") for name in FAILED[verdict]}, score=score)
    return Checked(pair=Pair(id="1", sentence="s", quotes=("q",), file=file, is_true=label, kind=kind), proof=proof)


CARD = AttackCard(
    rows=(
        checked(True, "proved", 0.9, kind="paraphrase"),
        checked(True, "withheld", 0.3, kind="paraphrase", file="003-b.md"),
        checked(False, "uncertain", 0.4, kind="status", file="003-b.md"),
        checked(False, "proved", 0.6, kind="number", file=""),
        checked(False, "proved", 0.2, kind="fused"),
        checked(None, "uncertain", 0.0),
    )
)


def test_shares_are_of_all_of_the_true_and_of_the_false_pairs() -> None:
    found = measured(CARD.rows)
    assert found == pytest.approx(
        {
            "n": 6, "released": 5 / 6, "proved": 3 / 6, "withheld": 1 / 6, "score": 2.4 / 6,
            "auc": 4 / 6, "released_true": 1 / 2, "proved_true": 1 / 2, "released_false": 1, "proved_false": 2 / 3,
            "grave_proved": 1,
        }
    )  # fmt: skip
    assert list(found) == list(MEASURES)


def test_a_measure_that_applies_to_no_pair_is_absent() -> None:
    assert measured([]) == {"n": 0}
    assert set(measured(CARD.rows[:2])) == {
        "n", "released", "proved", "withheld", "score", "released_true", "proved_true"
    }  # fmt: skip
    assert set(measured(CARD.rows[-1:])) == {"n", "released", "proved", "withheld", "score"}


def test_pairs_are_grouped_by_kind_and_by_whether_fitting_may_have_seen_their_record() -> None:
    sizes = {name: found["n"] for name, found in CARD.groups().items()}
    assert sizes == {
        "all": 6, "held": 2, "rest": 3, "free text": 1, "fused": 1, "number": 1, "paraphrase": 2, "status": 1
    }  # fmt: skip
    assert AttackCard().groups() == {"all": {"n": 0}}


def test_bounds_hold_from_below_and_for_what_should_be_rare_from_above() -> None:
    assert CARD.check({"released_true": 0.5, "proved_false": 0.7, "grave_proved": 1, "held:grave_proved": 0}) == []
    assert CARD.check({"released_true": 0.9}) == ["released_true is 0.500, below 0.9"]
    assert CARD.check({"free text:grave_proved": 0}) == ["free text:grave_proved is 1.000, above 0"]
    assert CARD.check({"status:auc": 0.5}) == ["status:auc could not be measured: no pair of the file asks for it"]
    for unknown in ("right", "nowhere:auc"):
        with pytest.raises(UsageError, match=unknown):
            CARD.check({unknown: 1})


def test_the_card_is_plain_json_with_every_pair() -> None:
    card = json.loads(json.dumps(CARD.to_dict()))
    assert set(card) == {"overall", "by_part", "by_kind", "rows"}
    assert [row["verdict"] for row in card["rows"]] == [row.proof.verdict for row in CARD.rows]
    assert (card["rows"][2]["label"], card["rows"][2]["kind"], card["rows"][2]["file"]) == (False, "status", "003-b.md")


def test_the_table_shows_a_kind_as_written() -> None:
    page = io.StringIO()
    odd = AttackCard(rows=(checked(False, "proved", 0.5, kind="[red]odd[/]"),))
    Console(file=page, width=160).print(attack_table(odd))
    assert "[red]odd[/]" in page.getvalue()


def test_a_folder_is_read_file_by_file_and_ids_say_from_which(tmp_path: Path) -> None:
    for name, sentence in (("b", "two"), ("a", "one")):
        line = json.dumps({"sentence": sentence, "quotes": ["q"], "label": "false"})
        (tmp_path / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")
    assert [(pair.id, pair.sentence) for pair in read_attacks(tmp_path)] == [("a:1", "one"), ("b:1", "two")]
    assert [pair.id for pair in read_attacks(tmp_path / "b.jsonl")] == ["b:1"]
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(UsageError, match=place.name):
            read_attacks(place)


def test_pairs_over_the_sample_reports_are_checked_in_order(sample_index_data: Path, embedder: Embedder) -> None:
    pairs = read_attacks(ROOT / "tests" / "attacks" / "by_hand_1.jsonl")[::12]
    told: list[tuple[int, int]] = []
    card = attack_scorecard(
        pairs, open_checker(sample_index_data, embedder=embedder), progress=lambda *done: told.append(done)
    )
    assert [row.pair for row in card.rows] == list(pairs)
    assert told == [(number, len(pairs)) for number in range(1, len(pairs) + 1)]
    assert card.groups()["all"]["auc"] > 0.5


@pytest.mark.parametrize("is_indexed", [True, False])
def test_an_index_without_the_records_is_named_with_its_cure(
    is_indexed: bool, sample_index_data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    checker = open_checker(sample_index_data if is_indexed else tmp_path, embedder=embedder)
    with pytest.raises(UsageError, match=r"lacks 1 of .*unknown\.md.*rapporteur index FOLDER"):
        attack_scorecard([Pair(id="1", sentence="s", file="unknown.md")], checker)
    free = [Pair(id="1", sentence="Nobody came.", quotes=("Nobody came.",))]
    assert attack_scorecard(free, checker).groups()["all"]["proved"] == 1


def test_the_pairs_of_the_repository_are_judged_and_their_records_there() -> None:
    pairs = read_attacks(ROOT / "tests" / "attacks")
    files = {path.name for path in (ROOT / "corpus" / "reports").iterdir()}
    assert {pair.file for pair in pairs if pair.file} <= files
    assert all(pair.is_true is not None and pair.kind for pair in pairs)
    assert sum(bool(pair.file) for pair in pairs) >= 400
