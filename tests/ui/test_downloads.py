"""Downloads: the rows a view shows as CSV that Excel reads, the header alone for none, dossiers of known partners."""

import csv
import io

import docx
import pytest

from tests.ui.browsing import empty_shelf, shelf
from tests.ui.standin import ATTACK
from ui.listings import COLUMNS
from ui.web.desk import Shelf
from ui.web.downloads import download


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def rows(held: Shelf, name: str, **query: str) -> list[dict[str, str]]:
    made = download(name, query, held)
    assert made and made[1].startswith("text/csv") and made[2] == name
    assert made[0].startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(made[0].decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("listing", COLUMNS)
def test_an_empty_listing_has_its_header_and_a_full_one_the_same_columns(held: Shelf, listing: str) -> None:
    made = download(f"{listing}.csv", {}, empty_shelf())
    assert made and tuple(made[0].decode("utf-8-sig").strip().split(",")) == COLUMNS[listing]
    assert all(tuple(row) == COLUMNS[listing] for row in rows(held, f"{listing}.csv"))


def test_agreements_are_those_of_the_view(held: Shelf) -> None:
    assert len(rows(held, "agreements.csv")) == 5
    (one,) = rows(held, "agreements.csv", state="signed", partner="norwick")
    assert one["parties"] == "TEC; Norwick University" and one["quote"] == "The memorandum was signed."
    assert [row["state"] for row in rows(held, "agreements.csv", partner="Yunling University")] == ["wished"]


def test_what_the_page_gives_to_read_is_in_its_language_and_without_what_only_programs_use(held: Shelf) -> None:
    (one,) = rows(held, "agreements.csv", state="signed", partner="norwick", language="ru")
    assert one["Состояние"] == "подписано" and one["Цитата"] == "The memorandum was signed."
    assert not {"start_offset", "key", "checks", "start"} & set(one)
    assert rows(held, "agreements.csv", partner=ATTACK, language="zh") == []


def test_partners_and_people_are_those_of_the_view(held: Shelf) -> None:
    assert [row["name"] for row in rows(held, "partners.csv", search="云岭")] == ["Yunling University"]
    assert len(rows(held, "partners.csv", mentioned="yes")) == 4
    told = rows(held, "people.csv", as_of="2021", search="norwick")
    assert [(row["name"], row["role"]) for row in told] == [("Anna Virta", "Dean")]


def test_contacts_go_by_partner_in_any_form_and_degree(held: Shelf) -> None:
    assert len(rows(held, "contacts.csv")) == 3
    assert [row["organization"] for row in rows(held, "contacts.csv", partner="Norwick")] == ["Norwick University"]
    assert rows(held, "contacts.csv", state="no such degree") == rows(held, "contacts.csv", partner=ATTACK) == []


def test_a_dossier_comes_as_markdown_and_word_in_the_language_asked_for(held: Shelf) -> None:
    made = download("dossier.md", {"name": "norwick", "language": "ru"}, held)
    assert made and made[0].decode().startswith("# Досье: Norwick University") and made[2] == "dossier.md"
    word = download("dossier.docx", {"name": "云岭大学", "language": "zh"}, held)
    assert word and "Yunling University" in docx.Document(io.BytesIO(word[0])).paragraphs[0].text


@pytest.mark.parametrize("name", ["dossier.pdf", "dossier.md", "agreements.txt", "secrets.csv", "../people.csv", ""])
def test_what_is_no_file_or_whose_partner_nobody_names_is_none(held: Shelf, name: str) -> None:
    assert download(name, {"name": "Nobody", "language": "xx"}, held) is None
