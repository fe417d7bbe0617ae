"""Files that the page offers, asked for as a browser does."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.ui.conftest import services_at
from tests.ui.standin import GREETED, LYON, ROWS, SIGNED, answer_of
from ui.tables import told_rows
from ui.web.access.identity import People
from ui.web.ask.asking import Exchange, history
from ui.web.desk import Desk
from ui.web.downloads import MAX_TURNS, add_routes
from ui.web.improve.judged_questions import FILE as JUDGED
from ui.web.services import Services
from ui.wording import words

ANNA, BO = {"X-User": "Anna"}, {"X-User": "Bo"}


@pytest.fixture
def services(desk: Desk, tmp_path: Path) -> Services:
    people = People.by_header("X-User", proxies=["127.0.0.1"], keepers=["Anna"])
    return services_at(desk, tmp_path, people=people)


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    app = FastAPI()
    add_routes(app, services)
    with TestClient(app, client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def turns(services: Services) -> tuple[str, str]:
    """Ids of two answers that were given to Bo: one sentence, and a table."""
    talk = services.memory.start("Bo")
    answers = (answer_of("Who signed?", SIGNED), answer_of("Which agreements?", *ROWS, route="list"))
    return tuple(services.memory.keep_turn("Bo", talk, answer) for answer in answers)


def test_a_briefing_holds_the_answers_named_in_their_order_in_the_language_asked_for(
    client: TestClient, turns: tuple[str, str]
) -> None:
    one, two = turns
    made = client.get("/download/briefing.md", params={"turns": f"{two},{one}", "language": "ru"}, headers=BO)
    assert made.status_code == 200 and made.headers["content-type"].startswith("text/markdown")
    assert made.headers["content-disposition"] == 'attachment; filename="briefing.md"'
    assert made.headers["cache-control"] == "no-store"
    assert 0 < made.text.index("Which agreements?") < made.text.index("Who signed?")
    assert LYON.path in made.text and "# " in made.text
    word = client.get("/download/briefing.docx", params={"turns": one}, headers=BO)
    told = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert "Who signed?" in told and SIGNED.text in told


def test_the_table_of_an_answer_has_its_columns_sentences_quotes_and_places(
    client: TestClient, turns: tuple[str, str]
) -> None:
    made = client.get("/download/answer.csv", params={"turn": turns[1]}, headers=BO)
    assert made.content.startswith(b"\xef\xbb\xbf") and made.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert [row["partner"] for row in rows] == ["Porto", "Almaty", "Taraz"]
    assert rows[1]["sentence"] == rows[1]["quotes"] == GREETED.text
    assert rows[0]["verdict"] == "proved" and rows[0]["files"] == "lyon.md, 31-69"
    for_people = client.get("/download/answer.csv", params={"turn": turns[1], "language": "zh"}, headers=BO)
    rows = list(csv.DictReader(io.StringIO(for_people.content.decode("utf-8-sig"), newline="")))
    assert rows[1]["句子"] == rows[1]["引文"] == GREETED.text and rows[0]["出处"] == "lyon.md, 31-69"
    assert not any(name.isascii() for name in rows[0])


def test_answers_of_others_are_not_there(client: TestClient, turns: tuple[str, str]) -> None:
    for name in ("briefing.md?turns=", "briefing.docx?turns=", "answer.csv?turn="):
        assert client.get(f"/download/{name}{turns[0]}", headers=BO).status_code == 200
        for headers in (ANNA, {"X-User": "Eve"}):
            refused = client.get(f"/download/{name}{turns[0]}", headers=headers)
            assert refused.status_code == 404 and "no such file" in refused.text and SIGNED.text not in refused.text
        for turn in ("", "nothing", ",,", "' OR 1=1 --", "%00", "%ED%A0%80"):
            assert client.get(f"/download/{name}{turn}", headers=BO).status_code == 404


def test_own_answers_are_given_though_others_are_named_beside_them(
    client: TestClient, turns: tuple[str, str], services: Services
) -> None:
    foreign = services.memory.keep_turn("Eve", services.memory.start("Eve"), answer_of("Secret?", GREETED))
    made = client.get("/download/briefing.md", params={"turns": f"{foreign},{turns[0]}"}, headers=BO)
    assert made.status_code == 200 and "Secret?" not in made.text and "Who signed?" in made.text


def test_an_endless_list_of_answers_is_cut(client: TestClient, turns: tuple[str, str]) -> None:
    many = ",".join(["x"] * MAX_TURNS + [turns[0]])
    assert client.get("/download/briefing.md", params={"turns": many}, headers=BO).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/download/briefing.md", "/download/answer.csv", f"/download/{JUDGED}", "/download/people.csv", "/page/x/1.png"],
)
def test_nobody_gets_a_file_without_signing_in(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 401
    forged = TestClient(client.app, client=("192.0.2.9", 1)).get(path, headers=ANNA)
    assert forged.status_code == 401


def test_judged_questions_are_for_keepers_alone(client: TestClient, services: Services) -> None:
    assert client.get(f"/download/{JUDGED}", headers=ANNA).status_code == 404
    (services.data / JUDGED).write_text('{"question": "Who?"}\n', encoding="utf-8")
    assert client.get(f"/download/{JUDGED}", headers=ANNA).json() == {"question": "Who?"}
    assert client.get(f"/download/{JUDGED}", headers=BO).status_code == 404


def test_listings_come_from_the_index_and_unknown_names_are_404(client: TestClient, services: Services) -> None:
    listing = client.get("/download/agreements.csv", headers=BO)
    assert listing.status_code == 200 and listing.text.startswith("\ufeff")
    (services.data / "secret.csv").write_text("x", encoding="utf-8")
    for name in ("secret.csv", "page.db", "..%2fpage.db", "briefing.exe", "agreements.csv.exe", "%00"):
        assert client.get(f"/download/{name}", headers=ANNA).status_code == 404


def test_without_an_index_nothing_can_be_listed_and_no_page_shown(desk_without_index: Desk, tmp_path: Path) -> None:
    app = FastAPI()
    add_routes(app, services_at(desk_without_index, tmp_path))
    client = TestClient(app)
    assert client.get("/download/agreements.csv").status_code == 404
    assert client.get("/page/x/1.png").status_code == 404


@pytest.mark.parametrize("page", ["1", "0", "-1", "99999999999"])
def test_a_page_without_a_file_to_draw_it_from_is_404(page: str, client: TestClient) -> None:
    made = client.get(f"/page/{LYON.id}/{page}.png", params={"start": 0, "end": 5}, headers=BO)
    assert made.status_code == 404 and "cannot be shown" in made.text


@pytest.mark.parametrize("path", ["x/one.png", "x/1.png?start=a", "..%2f..%2fpage.db/1.png"])
def test_a_hostile_page_is_refused(path: str, client: TestClient) -> None:
    assert client.get(f"/page/{path}", headers=BO).status_code in (404, 422)


def test_a_date_told_by_another_day_is_saved_as_its_day_and_a_silence_is_nothing_to_lean_on() -> None:
    rows = [{"date": "two years ago", "start": "2006"}, {"date": "3 May 2023", "start": "2023-05-03"}]
    assert [one["date"] for one in told_rows(rows, words("en"))] == [["2006"], ["3 May 2023"]]
    silent = Exchange(question="What did it cost?", answer=answer_of("q", status="not_in_records"))
    asked = Exchange(question="Who signed?", answer=answer_of("q", SIGNED))
    assert [turn.role for turn in history((silent, asked))] == ["user", "user", "assistant"]
