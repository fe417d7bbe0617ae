"""How far an agreement has come, between whom and by whose wish, in three languages; a wish is never a signature."""

from collections.abc import Callable

import pytest

from ingest.ledger.agreements import agreement_facts, furthest_state
from ingest.ledger.fact import AGREEMENT_STATES, Fact
from ingest.ledger.reading import read
from tests.ingest.records import record

Facts = Callable[..., list[Fact]]


@pytest.fixture
def facts() -> Facts:
    """Agreements of a record with this text."""
    return lambda text, **others: list(agreement_facts(read(record(text, **others))))


PARTIES = (
    ("Norwick University", "Penmoor Academy"),
    ("云岭大学", "青岩大学"),
    ("Заречный университет", "Приморский институт"),
)
ENGLISH = [
    ("Norwick University and Penmoor Academy named a memorandum.", "mentioned"),
    ("Norwick University wishes to sign a memorandum with Penmoor Academy.", "wished"),
    ("Norwick University proposed a memorandum to Penmoor Academy.", "proposed"),
    ("Norwick University and Penmoor Academy discussed a memorandum.", "discussed"),
    ("Norwick University and Penmoor Academy agreed to sign a memorandum.", "agreed"),
    ("Norwick University and Penmoor Academy signed a memorandum.", "signed"),
    ("The memorandum between Norwick University and Penmoor Academy is in force.", "in force"),
    ("Norwick University and Penmoor Academy renewed their memorandum.", "renewed"),
    ("The memorandum between Norwick University and Penmoor Academy expired.", "ended"),
]
CHINESE = [
    ("云岭大学与青岩大学提到备忘录。", "mentioned"),
    ("云岭大学希望与青岩大学签署备忘录。", "wished"),
    ("云岭大学建议与青岩大学签署备忘录。", "proposed"),
    ("云岭大学与青岩大学讨论了备忘录。", "discussed"),
    ("云岭大学与青岩大学商定签署备忘录。", "agreed"),
    ("云岭大学与青岩大学签署了备忘录。", "signed"),
    ("云岭大学与青岩大学的备忘录已经生效。", "in force"),
    ("云岭大学与青岩大学续签了备忘录。", "renewed"),
    ("云岭大学与青岩大学的备忘录已到期。", "ended"),
]
RUSSIAN = [
    ("Заречный университет и Приморский институт упомянули меморандум.", "mentioned"),
    ("Заречный университет хотел бы подписать меморандум, и Приморский институт это знает.", "wished"),
    ("Заречный университет и Приморский институт предложили подписать меморандум.", "proposed"),
    ("Заречный университет и Приморский институт обсудили меморандум.", "discussed"),
    ("Заречный университет и Приморский институт договорились подписать меморандум.", "agreed"),
    ("Заречный университет и Приморский институт подписали меморандум.", "signed"),
    ("Заречный университет и Приморский институт знают: меморандум действует.", "in force"),
    ("Заречный университет и Приморский институт продлили меморандум.", "renewed"),
    ("Заречный университет и Приморский институт расторгли меморандум.", "ended"),
]


@pytest.mark.parametrize(("text", "state"), [*ENGLISH, *CHINESE, *RUSSIAN])
def test_every_state_is_read_in_three_languages(facts, text, state):
    (fact,) = facts(text)
    assert (fact.form, fact.state) == ("mou", state)
    assert (fact.subject, fact.object) in PARTIES
    assert fact.citation.quote == text


def test_the_examples_are_of_every_state():
    for examples in (ENGLISH, CHINESE, RUSSIAN):
        assert [state for _, state in examples] == list(AGREEMENT_STATES)


@pytest.mark.parametrize(
    "text",
    [
        "Norwick University and Penmoor Academy did not sign a memorandum.",
        "No agreement was signed by Norwick University and Penmoor Academy.",
        "Norwick University left Penmoor Academy without a memorandum.",
        "云岭大学与青岩大学未签署任何协议。",
        "云岭大学与青岩大学尚未签署备忘录。",
        "云岭大学与青岩大学没有提到协议。",
        "Заречный университет не подписал соглашение с Приморским институтом.",
    ],
)
def test_a_sentence_that_only_denies_an_agreement_gives_none(facts, text):
    assert facts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Norwick University and Penmoor Academy expressed their desire to sign an agreement.",
        "Norwick University would like to sign an agreement with Penmoor Academy.",
        "Norwick University hopes that an agreement with Penmoor Academy will be signed.",
        "Norwick University is keen for an agreement with Penmoor Academy to be signed.",
        "云岭大学愿与青岩大学签署协议。",
        "云岭大学表达了与青岩大学签署协议的意愿。",
        "云岭大学希望签署协议，青岩大学也希望签署备忘录。",
        "Заречный университет выразил желание подписать соглашение с Приморским институтом.",
        "Заречный университет надеется, что Приморский институт и он подпишут соглашение.",
    ],
)
def test_a_desire_to_sign_is_never_a_signature(facts, text):
    found = facts(text)
    assert found
    assert {fact.state for fact in found} == {"wished"}


@pytest.mark.parametrize(
    "text",
    ["云岭大学自愿与青岩大学签署协议。", "云岭大学如愿与青岩大学签署协议。"],
)
def test_a_word_that_only_holds_the_sign_for_a_wish_does_not_undo_a_signature(text):
    assert furthest_state(text) == "signed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Norwick University and Penmoor Academy signed a memorandum, and discussed a joint programme.",
            {("mou", "signed"), ("joint programme", "discussed")},
        ),
        (
            "Norwick University and Penmoor Academy discussed a dual degree and signed a memorandum.",
            {("dual degree", "discussed"), ("mou", "signed")},
        ),
        ("云岭大学与青岩大学签署了备忘录，但双学位仍在讨论。", {("mou", "signed"), ("dual degree", "discussed")}),
        (
            "Заречный университет и Приморский институт подписали меморандум, а двойной диплом обсудили.",
            {("mou", "signed"), ("dual degree", "discussed")},
        ),
    ],
)
def test_two_agreements_in_one_sentence_have_each_its_own_state(facts, text, told):
    assert {(fact.form, fact.state) for fact in facts(text)} == told


def test_two_agreements_in_one_sentence_have_each_its_own_parties(facts):
    found = facts(
        "Norwick University signed a memorandum with Penmoor Academy and would like to open a dual degree with "
        "Velmar Institute."
    )
    assert {(fact.form, fact.subject, fact.object, fact.others) for fact in found} == {
        ("mou", "Norwick University", "Penmoor Academy", ()),
        ("dual degree", "Norwick University", "Velmar Institute", ()),
    }


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Norwick University and Penmoor Academy will open a joint institute when conditions are ripe.",
         "when conditions are ripe"),
        ("Once the board approves, Norwick University and Penmoor Academy will sign an agreement.",
         "Once the board approves"),
        ("待条件成熟，云岭大学愿与青岩大学签署协议。", "待条件成熟"),
        ("Заречный университет и Приморский институт подписали бы соглашение, если позволят условия.",
         "если позволят условия"),
    ],
)  # fmt: skip
def test_a_condition_is_kept_as_written(facts, text, condition):
    (fact,) = facts(text)
    assert fact.condition == condition
    assert fact.state != "signed" or "бы" in text


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Norwick University would like to sign an agreement with Penmoor Academy.", "Norwick University"),
        ("Norwick University suggested that Penmoor Academy sign a protocol of work.", "Norwick University"),
        ("云岭大学希望与青岩大学签署协议。", "云岭大学"),
        ("Заречный университет предложил подписать соглашение, и Приморский институт ответил.", "Заречный университет"),
    ],
)
def test_who_wished_or_proposed_is_told(facts, text, speaker):
    (fact,) = facts(text)
    assert fact.speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Norwick University and Penmoor Academy hope to sign an agreement.",
        "Norwick University, Penmoor Academy and the Velmar Institute hope to sign an agreement.",
        "Norwick University and Penmoor Academy signed an agreement.",
    ],
)
def test_what_several_wish_together_or_have_signed_is_nobody_s_wish_alone(facts, text):
    (fact,) = facts(text)
    assert fact.speaker == ""


def test_parties_that_the_sentence_does_not_name_are_those_who_met(facts):
    (fact,) = facts("Norwick University visited Penmoor Academy. The two sides signed a memorandum.")
    assert (fact.subject, fact.object, fact.state) == ("Norwick University", "Penmoor Academy", "signed")
    assert fact.citation.quote.startswith("Norwick University visited")


def test_an_agreement_whose_second_party_nobody_names_gives_none(facts):
    assert facts("Norwick University opened a hall. A memorandum was signed.") == []


def test_of_several_sentences_on_one_agreement_the_furthest_state_counts(facts):
    (fact,) = facts(
        "Norwick University and Penmoor Academy discussed a memorandum. On 9 May 2023, Norwick University and Penmoor "
        "Academy signed a memorandum."
    )
    assert (fact.state, fact.start) == ("signed", "2023-05-09")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Norwick University and Penmoor Academy signed a framework agreement.", "framework agreement"),
        ("Norwick University and Penmoor Academy signed a letter of intent.", "letter of intent"),
        ("Norwick University and Penmoor Academy opened a joint laboratory.", "joint laboratory"),
        ("Norwick University and Penmoor Academy began an exchange of students.", "exchange"),
        ("云岭大学与青岩大学签署框架协议。", "framework agreement"),
        ("云岭大学与青岩大学签署意向书。", "letter of intent"),
        ("Заречный университет и Приморский институт подписали рамочное соглашение.", "framework agreement"),
    ],
)
def test_the_kind_of_an_agreement_is_told(facts, text, form):
    assert [fact.form for fact in facts(text)] == [form]


@pytest.mark.xfail(strict=True, reason="the state of a sentence's only agreement is read from all its words")
def test_signing_another_thing_is_no_signature_of_the_agreement(facts):
    found = facts("Norwick University signed the guest book of Penmoor Academy and talked about a memorandum.")
    assert {fact.state for fact in found} <= {"mentioned", "discussed"}
