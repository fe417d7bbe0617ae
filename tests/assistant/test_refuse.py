import pytest

from assistant import Question
from assistant.premises import denied, miscounted
from assistant.refuse import silence

OPENING = {"en": "The records do not say", "zh": "记录", "ru": "В записях"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is Dr. Saltanat Jakubayeva's e-mail address?", "en"),
        ("西马塔的电子邮箱是什么？", "zh"),
        ("Какой номер телефона у международного отдела Astana International University?", "ru"),
        ("How much did the trip to Tanzania cost?", "en"),
        ("上海市教委为2018年研修项目提供了多少经费？", "zh"),
        ("Сколько стоит создание IT-технопарка в КазНУ?", "ru"),
        ("Who came to TEC in 2007?", "en"),
        ("2007年谁访问了教师教育中心？", "zh"),
        ("Кто приехал в КазНУ в 2007 году?", "ru"),
        ("What did Barack Obama say at TEC?", "en"),
        ("Когда Генрих Мюллер посетил КазНУ?", "ru"),
    ],
)
def test_what_no_record_states_is_refused_in_the_language_of_the_question(assistant, text, language):
    answer = assistant.answer(Question(text=text))
    assert (answer.status, answer.route, answer.language) == ("not_in_records", "refusal", language)
    assert answer.notice.startswith(OPENING[language])
    assert str(answer.coverage.reports) in answer.notice


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("What did Barack Obama say at TEC?", "Obama"),
        ("Когда Генрих Мюллер посетил КазНУ?", "Мюллер"),
        ("Who came to TEC in 2007?", "2007"),
        ("2007年谁访问了教师教育中心？", "2007"),
    ],
)
def test_a_refusal_says_what_is_missing(assistant, text, missing):
    assert missing in assistant.answer(Question(text=text)).notice


def test_a_refusal_shows_at_most_the_nearest_sentence_as_a_quote(assistant):
    answer = assistant.answer(Question(text="What is Dr. Saltanat Jakubayeva's e-mail address?"))
    assert len(answer.claims) == 1 and "Jakubayeva" in answer.claims[0].text
    assert "nearest" in answer.notice


@pytest.mark.parametrize(
    ("text", "opening", "stated"),
    [
        (
            "Who signed the memorandum between East Kazakhstan University and Ili Pedagogical University?",
            "The records do not say that this was signed.",
            "it had not been signed",
        ),
        (
            "Какой документ подписали КазНУ и Университет Ланьчжоу?",
            "В записях не говорится, что это было подписано.",
            "О подписании нового документа в сообщении не говорится.",
        ),
    ],
)
def test_a_signature_taken_for_granted_is_denied_with_what_the_record_says(assistant, text, opening, stated):
    answer = assistant.answer(Question(text=text))
    assert answer.status == "false_premise"
    assert answer.notice.startswith(opening)
    assert stated in answer.claims[0].text


def test_nothing_found_is_silence(understood):
    assert silence(understood("Who came?"), ()).why == "weak"


def test_a_weak_sentence_is_no_answer_and_a_good_one_is(understood, record, weighed):
    asked = understood("What did the guests see?")
    report = record("The guests saw a school.")
    assert silence(asked, weighed(report, 0.01)).why == "weak"
    assert silence(asked, weighed(report, 0.99)) is None


@pytest.mark.parametrize(
    ("text", "sentence", "why"),
    [
        ("What was the e-mail address?", "The guests saw a school.", "kind"),
        ("How much did it cost?", "The guests saw a school.", "kind"),
        ("How many teachers came?", "The guests saw 3 schools.", "unit"),
        ("Which song was heard?", "The guests saw a school.", "thing"),
        ("Who was the rector?", "The vice rector is Azoulay Audrey.", "kind"),
    ],
)
def test_a_sentence_that_lacks_what_is_asked_for_is_no_answer(understood, record, weighed, text, sentence, why):
    found = silence(understood(text), weighed(record(sentence), 0.99))
    assert found and found.why == why


def test_a_record_of_another_year_is_no_answer(understood, record, weighed):
    asked = understood("What did the guests see in 2007?")
    found = silence(asked, weighed(record("The guests saw a school."), 0.99, time=0.0))
    assert (found.why, found.missing) == ("time", ("2007",))


def test_a_name_that_the_record_lacks_is_named(understood, record, weighed):
    asked = understood("What did Obama see?")
    found = silence(asked, weighed(record("The guests saw a school."), 0.99, names_paragraph=0.0))
    assert (found.why, found.missing) == ("names", ("Obama",))


@pytest.mark.parametrize(
    ("text", "sentence", "is_denied"),
    [
        ("What did they sign?", "They hope to sign an agreement.", True),
        ("What did they sign?", "They signed an agreement.", False),
        ("What did they sign?", "They saw a school.", False),
        ("Did they sign an agreement?", "They hope to sign an agreement.", False),
        ("What did they see?", "They hope to sign an agreement.", False),
        ("Which agreements were signed?", "They hope to sign an agreement.", False),
    ],
)
def test_only_a_signature_taken_for_granted_can_be_denied(understood, record, weighed, text, sentence, is_denied):
    assert bool(denied(understood(text), weighed(record(sentence), 0.9))) is is_denied


def test_one_record_of_the_signature_is_enough(understood, record, weighed):
    evidence = weighed(record("They hope to sign an agreement."), 0.9)
    evidence += weighed(record("They signed the agreement.", name="b.md"), 0.1)
    assert denied(understood("What did they sign?"), evidence) == ()


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("What did the 35 experts see?", True),
        ("What did the 22 experts see?", False),
        ("What did the experts see?", False),
        ("What did the experts see in 2024?", False),
    ],
)
def test_a_number_taken_for_granted_is_checked_against_the_record(understood, record, weighed, text, is_wrong):
    chosen = weighed(record("22 experts saw a school."), 0.9)
    assert miscounted(understood(text), chosen) is is_wrong
