"""Kinds of questions that were once answered wrongly, each asked over small records of an office in other words."""

from collections.abc import Callable, Iterator
from contextlib import closing
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


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "reports").mkdir()
    for name, text in RECORDS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    build_index(folder / "reports", data=folder / "data", embedder=embedder)
    with closing(open_assistant(AssistantConfig(data=Path(folder, "data")), embedder=embedder)) as opened:
        yield opened


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    def asked(text: str, *earlier: str) -> Answer:
        history = tuple(Turn(role="user", content=said) for said in earlier)
        return assistant.answer(Question(text=text, history=history))

    return asked


def quotes(answer: Answer) -> str:
    return " | ".join(citation.quote for citation in answer.citations)


@pytest.mark.xfail(reason="told first, but as the correction of a premise")
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


@pytest.mark.xfail(reason="read rightly, refused by the cut")
def test_people_of_one_office_at_two_partners_are_no_conflict(ask: Ask):
    answer = ask("Who is the Deputy Head of Brackwater Maritime Academy?")
    assert (answer.status, "Rosa Lindgren" in quotes(answer)) == ("answered", True)


def test_a_promise_without_a_form_of_words_is_found(ask: Ask):
    answer = ask("What did Brackwater Maritime Academy promise us?")
    assert "six places" in quotes(answer)


def test_a_record_that_tells_of_no_agreement_leaves_the_question_unanswered(ask: Ask):
    assert ask("Has Westhaven Rescue Station signed an agreement with us?").status == "not_in_records"


def test_a_date_in_another_form_is_the_same_date(ask: Ask):
    answer = ask("Какая встреча состоялась 19 сентября 2024 года?")
    assert answer.citations and answer.citations[0].file == "ru.md"


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
