"""Kinds of questions that were once answered wrongly, each asked over small records of an office in other words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant, AssistantConfig, Question, Turn, open_assistant
from ingest import Embedder, build_index

Ask = Callable[..., Answer]

RECORDS = {
    "visit-brackwater.md": (
        "---\ntitle: Visit to Brackwater Maritime Academy\ndate: 2023-04-11\n---\n\n"
        "On 11 April 2023 our harbour office visited Brackwater Maritime Academy. Deputy Head Rosa Lindgren received "
        "us. Next month both sides will sign a memorandum of understanding. The academy promised us six places in its "
        "pilots' course.\n"
    ),
    "signing-brackwater.md": (
        "---\ntitle: Agreement with Brackwater\ndate: 2023-05-20\n---\n\n"
        "On 20 May 2023 the harbour office and Brackwater Maritime Academy signed the memorandum of understanding. "
        "It runs for three years.\n"
    ),
    "visit-calder.md": (
        "---\ntitle: Visit to Calder Point College\ndate: 2023-09-02\n---\n\n"
        "On 2 September 2023 our harbour office visited Calder Point College. Deputy Head Milan Novak received us and "
        "showed the wave basin. The college offered two scholarships.\n"
    ),
    "visit-dunmere.md": (
        "---\ntitle: Visit to Dunmere Port\ndate: 2024-02-14\n---\n\n"
        "On 14 February 2024 our harbour office visited the port of Dunmere. Harbour master Ines Faro spoke about ice "
        "in the channel. No agreement was signed with Dunmere Port.\n"
    ),
    "zheng.md": (
        "---\ntitle: 临海港务局来访\ndate: 2024-06-03\nlanguage: zh\n---\n\n"
        "2024年6月3日，临海港务局代表团来访。局长郑海涛与我方会谈，双方签署了引航员培训协议。\n"
    ),
    "trad.md": (
        "---\ntitle: 澎湖海事學院來訪\ndate: 2024-07-08\nlanguage: zh\n---\n\n"
        "2024年7月8日，澎湖海事學院院長陳慧敏率團來訪，與我方簽署了學生實習備忘錄。\n"
    ),
    "ru.md": (
        "---\ntitle: Встреча в Северном институте портов\ndate: 2024-09-19\nlanguage: ru\n---\n\n"
        "19.09 2024 состоялась встреча в Северном институте портов. Директор института Вера Соколова передала нам "
        "карту течений.\n"
    ),
    "soft.md": (
        "---\ntitle: Visit to Westhaven\ndate: 2024-10-01\n---\n\n"
        "On 1 October 2024 we visited West\u00adhaven Rescue Station. Its head, Karl Ohm, lent us two boats.\n"
    ),
}


TWICE = "On 9 June 2025 Alder Library and our museum signed an agreement on loans of maps for four years.\n"

APART = {
    "one/visit.md": (
        "---\ntitle: Visit to Alder Library\ndate: 2024-03-04\n---\n\nDr Ina Roth hosted us at Alder Library.\n"
    ),
    "two/visit.md": (
        "---\ntitle: Visit to Alder Library\ndate: 2025-03-06\n---\n\nMr Otto Berg hosted us at Alder Library.\n"
    ),
    "loan.md": TWICE,
    "loan (1).md": TWICE,
    "copies/loan.md": TWICE,
    "wang-north.md": (
        "---\ntitle: Visit of Northgate Archive\ndate: 2025-01-14\n---\n\n"
        "Wang Jun, keeper of seals at Northgate Archive, came with two colleagues.\n"
    ),
    "wang-south.md": (
        "---\ntitle: Talks with Southgate Museum\ndate: 2025-02-20\n---\n\n"
        "Wang Jun, head of security of Southgate Museum, spoke about alarms.\n"
    ),
    "minutes.md": (
        "---\ntitle: Minutes of the loans board\n---\n\n"
        "1. Date: 3 April 2025, place: room 12\nThe board went through the insurance of the maps.\n\n"
        "2. Date: 17 April 2025, place: room 14\nThe board chose the first draft of the loans catalogue.\n"
    ),
    "tour.md": (
        "---\ntitle: Tour of the coast\ndate: 2025-07-01\n---\n\n"
        "On 28 June 2025 our people went to Gull House and saw the oldest tide clock. "
        "Gull House signed a letter of intent with us. Tern House signed no paper with us. "
        "Skua House signed a letter of intent with us too.\n"
    ),
    "fund.md": (
        "---\ntitle: Встреча с фондом\ndate: 2025-08-05\nlanguage: ru\n---\n\n"
        "Директор Балтийского фонда карт (БФК) Анна Ветрова встретила нас у входа. "
        "Позже директор БФК показала новый атлас.\n"
    ),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Callable[[str], Assistant]]:
    """The assistant over one of the two sets of records."""
    made: dict[str, Assistant] = {}

    def of(name: str) -> Assistant:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            for file, text in {"kinds": RECORDS, "apart": APART}[name].items():
                path = folder / "reports" / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            build_index(folder / "reports", data=folder / "data", embedder=embedder)
            made[name] = open_assistant(AssistantConfig(data=Path(folder, "data")), embedder=embedder)
        return made[name]

    yield of
    for one in made.values():
        one.close()


def asking(assistant: Assistant) -> Ask:
    def asked(text: str, *earlier: str) -> Answer:
        history = tuple(Turn(role="user", content=said) for said in earlier)
        return assistant.answer(Question(text=text, history=history))

    return asked


@pytest.fixture
def ask(opened: Callable[[str], Assistant]) -> Ask:
    return asking(opened("kinds"))


@pytest.fixture
def ask_apart(opened: Callable[[str], Assistant]) -> Ask:
    return asking(opened("apart"))


def quotes(answer: Answer) -> str:
    return " | ".join(citation.quote for citation in answer.citations)


def test_what_was_done_later_is_told_before_what_was_planned(ask: Ask):
    answer = ask("Has the memorandum with Brackwater Maritime Academy been signed?")
    assert answer.status == "answered"
    assert answer.citations[0].file == "signing-brackwater.md"


def test_a_follow_up_that_names_its_own_partner_keeps_it(ask: Ask):
    answer = ask("And who is the Deputy Head of Calder Point College?", "Who received us at Brackwater?")
    assert "Milan Novak" in quotes(answer) and "Lindgren" not in quotes(answer)


def test_a_follow_up_that_leans_is_answered_about_the_same_partner(ask: Ask):
    answer = ask("And who received us there?", "When did we visit Calder Point College?")
    assert "Milan Novak" in quotes(answer)


def test_people_of_one_services_at_two_partners_are_no_conflict(ask: Ask):
    answer = ask("Who is the Deputy Head of Brackwater Maritime Academy?")
    assert (answer.status, "Rosa Lindgren" in quotes(answer)) == ("answered", True)


def test_a_promise_without_a_form_of_words_is_found(ask: Ask):
    answer = ask("What did Brackwater Maritime Academy promise us?")
    assert "six places" in quotes(answer)


def test_a_record_that_tells_of_no_agreement_leaves_the_question_unanswered(ask: Ask):
    assert ask("Has Westhaven Rescue Station signed an agreement with us?").status == "not_in_records"


@pytest.mark.parametrize(
    "question", ["How many places did Portland Academy promise us?", "Who received us at the University of Oxford?"]
)
def test_what_is_asked_of_somebody_whom_no_record_names_is_told_of_nobody_else(question: str, ask: Ask):
    assert ask(question).status == "not_in_records"


def test_a_name_with_a_letter_wrong_is_still_that_name(ask: Ask):
    assert "Rosa Lindgren" in quotes(ask("Who received us at Brackwatter Maritime Academy?"))


def test_a_date_in_another_form_is_the_same_date(ask: Ask):
    answer = ask("Какая встреча состоялась 19 сентября 2024 года?")
    assert "ru.md" in {one.file for one in answer.citations}


def test_a_date_in_another_form_is_the_only_one_told(ask: Ask):
    answer = ask("Какая встреча состоялась 19 сентября 2024 года?")
    assert {one.file for one in answer.citations} == {"ru.md"}


def test_hidden_hyphens_and_other_characters_hide_nothing(ask: Ask):
    assert "Karl Ohm" in quotes(ask("Who is the head of Westhaven Rescue Station?"))
    assert ask("澎湖海事学院院长是谁？").citations[0].file == "trad.md"


@pytest.mark.parametrize("text", ["Hello!", "thank you so much", "谢谢！", "Привет"])
def test_a_greeting_is_answered_without_a_quote(ask: Ask, text: str):
    answer = ask(text)
    assert (answer.status, answer.claims) == ("no_question", ())
    assert "“" in answer.notice


def test_gibberish_is_said_to_be_not_understood(ask: Ask):
    assert (ask("asdf qwer zxcv").status, ask("asdf qwer zxcv").claims) == ("no_question", ())


def test_names_are_found_across_scripts(ask: Ask):
    assert "Milan Novak" in quotes(ask("Кто такой Милан Новак?"))
    assert ask("Who is Zheng Haitao?").citations[0].file == "zheng.md"


@pytest.mark.xfail(reason="two of three visits are listed")
def test_all_visits_are_listed_each_once(ask: Ask):
    answer = ask("Which ports, colleges and academies did we visit?")
    assert answer.route == "list"
    assert {"visit-brackwater.md", "visit-calder.md", "visit-dunmere.md"} <= {one.file for one in answer.citations}
    assert answer.coverage.reports == len(RECORDS)


def test_one_paper_under_three_names_is_one_row(ask_apart: Ask):
    answer = ask_apart("Which agreements on loans have we signed?")
    assert sum("Alder Library" in claim.text and "agreement" in claim.text for claim in answer.claims) == 1
    assert "loan" not in answer.notice  # its copies are not named as records that may answer too


def test_records_of_one_file_name_are_both_read(ask_apart: Ask):
    told = quotes(ask_apart("Who hosted us at Alder Library in 2024 and who in 2025?"))
    assert "Ina Roth" in told and "Otto Berg" in told


def test_namesakes_are_told_apart(ask_apart: Ask):
    both = quotes(ask_apart("Who is Wang Jun?"))
    assert "Northgate" in both and "Southgate" in both
    assert "security" in quotes(ask_apart("Which post does Wang Jun hold at Southgate Museum?"))


def test_one_of_several_meetings_in_a_record_is_found_by_its_day(ask_apart: Ask):
    assert "first draft" in quotes(ask_apart("What was decided at the meeting of 17 April 2025?"))


def test_both_parts_of_a_question_are_answered(ask_apart: Ask):
    told = quotes(ask_apart("When did we go to Gull House and what did we see there?"))
    assert "28 June" in told and "tide clock" in told


@pytest.mark.xfail(reason="the reader does not tell a negated question from a plain one")
def test_what_was_not_signed_is_not_what_was(ask_apart: Ask):
    answer = ask_apart("Which houses on the coast did not sign anything with us?")
    assert "Tern House" in quotes(answer) and "Skua House" not in quotes(answer)


def test_an_acronym_stands_for_its_name(ask_apart: Ask):
    assert "Анна Ветрова" in quotes(ask_apart("Кто директор БФК?"))
