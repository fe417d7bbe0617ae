import ast
import string
from pathlib import Path

import pytest

from assistant.prove import CHECKS, Proof, Reason
from corpus.lexicon import read_lexicon

PROVE = Path(__file__).parents[3] / "assistant" / "prove"
BEFORE_LAST = CHECKS[:-1]


def reasons_in_code() -> dict[str, set[str]]:
    """Key of every reason that the code gives, with the names of the values it fills in."""
    found: dict[str, set[str]] = {}
    for path in PROVE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason"):
                continue
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            values = given.get("values")
            names = {key.value for key in values.keys} if isinstance(values, ast.Dict) else set()
            found.setdefault(given["key"].value, set()).update(names)
    return found


def test_the_code_gives_a_reason_for_each_of_the_five_checks():
    used = set(reasons_in_code())
    assert used >= {"not_located", "no_quote", "number_missing", "state_raised", "actor_wrong", "not_entailed"}


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
@pytest.mark.parametrize("key", sorted(reasons_in_code()))
def test_every_reason_has_words_in_each_language_with_nothing_left_to_fill(key, language):
    form = read_lexicon("phrases")[key][language]
    blanks = {name for _, name, _, _ in string.Formatter().parse(form) if name}
    assert blanks <= reasons_in_code()[key]
    text = Reason(key=key, values=dict.fromkeys(blanks, "Ada")).text(language)
    assert text
    assert "{" not in text


@pytest.mark.parametrize("key", sorted(reasons_in_code()))
def test_a_reason_reads_differently_in_each_language(key):
    forms = read_lexicon("phrases")[key]
    assert len({forms[language] for language in ("en", "zh", "ru")}) == 3


def test_a_reason_is_given_in_english_to_readers_of_any_other_language():
    reason = Reason(key="name_missing", values={"what": "Ada"})
    assert reason.text("kk") == reason.text("en")
    assert "Ada" in reason.text("ru")


def test_a_proof_without_failures_is_proved():
    assert Proof().verdict == "proved"
    assert Proof().reason("en") == ""
    assert Proof().checks == dict.fromkeys(CHECKS, True)


@pytest.mark.parametrize("name", BEFORE_LAST)
def test_a_sentence_that_fails_one_of_the_first_four_checks_is_withheld(name):
    proof = Proof(failed={name: Reason(key="no_quote")}, score=1.0)
    assert proof.verdict == "withheld"
    assert [check for check, passed in proof.checks.items() if not passed] == [name]


def test_a_sentence_that_fails_only_the_last_check_is_uncertain():
    last = {"entailed": Reason(key="not_entailed", values={"what": "looms"})}
    assert Proof(failed=last).verdict == "uncertain"
    assert Proof(failed={**last, "covered": Reason(key="no_quote")}).verdict == "withheld"


def test_the_reason_is_that_of_the_first_check_that_failed():
    proof = Proof(
        failed={
            "entailed": Reason(key="not_entailed", values={"what": "looms"}),
            "covered": Reason(key="number_missing", values={"what": "14"}),
        }
    )
    assert "14" in proof.reason("zh")
    assert proof.reason("zh") == Reason(key="number_missing", values={"what": "14"}).text("zh")


def test_a_verdict_cannot_be_set():
    with pytest.raises((AttributeError, TypeError)):
        Proof().verdict = "proved"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Proof(verdict="proved")  # type: ignore[call-arg]
