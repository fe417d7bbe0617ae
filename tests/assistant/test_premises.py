import pytest

from assistant.premises import corrected, misdated, misplaced, unmet

SIGNED_IN_MAY = "In May the University of Ouro signed an agreement with TEC."


def test_a_signature_in_another_month_is_corrected_with_the_month_on_record(understood, record, weighed):
    asked = understood("On what day in March 2024 did the University of Ouro sign the agreement?")
    evidence = weighed(record(SIGNED_IN_MAY), 0.9)
    assert [item.sentence.text for item in misdated(asked, evidence)] == [SIGNED_IN_MAY]
    key, told = corrected(asked, evidence, evidence)
    assert key == "premise" and told[0].sentence.text == SIGNED_IN_MAY


@pytest.mark.parametrize(
    "text",
    [
        "On what day in May 2024 did the University of Ouro sign the agreement?",
        "When did the University of Ouro sign the agreement?",
        "What did they see in March 2024?",
    ],
)
def test_a_month_that_agrees_or_is_not_asked_about_needs_no_correction(understood, record, weighed, text):
    assert misdated(understood(text), weighed(record(SIGNED_IN_MAY), 0.9)) == ()


def test_somebody_who_is_only_mentioned_was_not_met(understood, record, weighed):
    text = "Rector Ada Brunel praised the project of her office with Professor Tomas Hale."
    asked = understood("What did Tomas Hale tell the delegation when they met him?")
    assert [item.sentence.text for item in unmet(asked, weighed(record(text), 0.4))] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Professor Tomas Hale told the delegation about the project.",
        "Ada Brunel listened. Tomas Hale spoke about the project.",
    ],
)
def test_somebody_who_acts_in_any_record_may_be_asked_about(understood, record, weighed, text):
    asked = understood("What did Tomas Hale tell the delegation when they met him?")
    assert unmet(asked, weighed(record(text), *[0.4] * text.count("."))) == ()


@pytest.mark.parametrize(
    ("text", "sentence", "is_elsewhere"),
    [
        ("In which Kazakh city is the Ouro Centre?", "The Ouro Centre lies in Uzbekistan.", True),
        ("In which Uzbek city is the Ouro Centre?", "The Ouro Centre lies in Uzbekistan.", False),
        ("In which city is the Ouro Centre?", "The Ouro Centre lies in Uzbekistan.", False),
        ("Who leads the Kazakh part of the Ouro Centre?", "The Ouro Centre lies in Uzbekistan.", False),
    ],
)
def test_a_thing_that_lies_in_another_country_is_misplaced(understood, record, weighed, text, sentence, is_elsewhere):
    assert misplaced(understood(text), weighed(record(sentence), 0.9)) is is_elsewhere
