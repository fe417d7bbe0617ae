"""The dossier: every statement with its quotes, what is unknown said, in Markdown and Word, in three languages."""

import io
import re
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from assistant import Dossier, compose_dossier
from corpus import read_report
from ingest import Fact, Ledger, build_index
from tests.ingest import partners
from tests.ingest.partners import RECORDS
from tests.ingest.records import facts_of
from tests.ingest.words import WordEmbedder, write
from ui.cli import app
from ui.dossier import dossier_docx, dossier_markdown, dossier_sections
from ui.footnotes import read_footnotes
from ui.noted import Noted, footnotes_in
from ui.wording import LANGUAGES, words


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return partners.facts()


@pytest.fixture(scope="module")
def tampere(facts: list[Fact]) -> Dossier:
    return compose_dossier(Ledger(facts), "Tampere University", len(RECORDS))


@pytest.fixture(scope="module")
def gondar(facts: list[Fact]) -> Dossier:
    merged = Ledger(facts, [("University of Gondar", "Gondar University")])
    return compose_dossier(merged, merged.key("Gondar University"), len(RECORDS))


def test_contacts_and_agreements_stand_in_order_of_time_and_the_latest_state_is_told(tampere: Dossier) -> None:
    assert [fact.start for fact in tampere.contacts] == ["2022-05-03", "2023-09-11", "2023-09-11"]
    (line,) = tampere.agreements
    assert line.current is not None and line.current.state == "signed"
    assert [fact.state for fact in line.told] == ["wished", "discussed"]


def test_people_are_given_with_the_latest_date_of_each_role(tampere: Dossier) -> None:
    held = {name: [(fact.role, fact.start) for fact in facts] for name, facts in tampere.people.items()}
    assert held == {"Anna Virtanen": [("Rector", "2023-09-11")], "Pekka Laine": [("Rector", "2023-09-11")]}


def test_an_office_held_twice_and_a_state_told_in_two_ways_are_conflicts(tampere: Dossier) -> None:
    told = {conflict.kind: conflict.facts for conflict in tampere.conflicts}
    assert {fact.summary for fact in told["office"]} == {"Anna Virtanen", "Pekka Laine"}
    assert {fact.reached for fact in told["state"]} == {"signed", "discussed"}


def test_an_office_that_passes_on_is_no_conflict(facts: list[Fact]) -> None:
    before = [fact for fact in facts if not fact.citation.file.startswith("c-")]
    dossier = compose_dossier(Ledger(before), "Tampere University", 5)
    assert dossier.conflicts == () and len(dossier.people) == 2


def test_a_promise_is_open_and_the_theme_is_there(tampere: Dossier) -> None:
    assert [fact.by for fact in tampere.promises] == ["Tampere University"]
    assert set(tampere.themes) == {"rural_teachers"}


def test_what_the_records_do_not_say_is_said(gondar: Dossier) -> None:
    gaps = {gap.kind: gap.facts for gap in gondar.gaps}
    assert set(gaps) == {"no_year", "no_agreement", "no_theme", "no_promise"}
    assert [fact.citation.file for fact in gaps["no_year"]] == ["d-fourth.md"]
    assert "4-5 November, year not stated" in dossier_markdown(gondar)


def test_a_merge_brings_both_names_contacts_under_one(gondar: Dossier) -> None:
    assert [fact.citation.file for fact in gondar.contacts] == ["e-fifth.md", "d-fourth.md"]
    assert len(gondar.names) == 1


@pytest.mark.xfail(reason="the tagger reads the discussed paper of these short records as signed")
def test_an_order_that_undated_facts_leave_open_gives_no_latest_state(tmp_path: Path) -> None:
    records = {
        "one.md": "---\ntitle: Signing\ndate: 2022-05-03\n---\n\nTampere University and TEC signed a memorandum.\n",
        "two.md": "---\ntitle: Talks\n---\n\nTampere University and TEC discussed a memorandum of understanding.\n",
    }
    folder = write(tmp_path, records)
    told = [fact for name in records for fact in facts_of(read_report(folder / name, folder))]
    dossier = compose_dossier(Ledger(told), "Tampere University", 2)
    assert [line.current for line in dossier.agreements] == [None]
    assert "state_unclear" in {gap.kind for gap in dossier.gaps}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_footnote_is_used_and_resolves_to_a_verbatim_quote(tampere: Dossier, language: str) -> None:
    text = dossier_markdown(tampere, language)
    quotes = dict(re.findall(r"^\[\^(\d+)\]: “(.*)” — .*\((?:\S+\.md), \d+\-\d+\)$", text, re.M))
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert list(dict.fromkeys(used)) == list(quotes) == [str(n) for n in range(1, len(quotes) + 1)]
    assert all(
        any(re.sub(r"\\(.)", r"\1", quote) in record for record in RECORDS.values()) for quote in quotes.values()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_but_an_absence_carries_a_quote(tampere: Dossier, gondar: Dossier, language: str) -> None:
    said = words(language)
    absent = {said.say(f"dossier_no_{what}") for what in ("contact", "person", "agreement", "theme", "promise")}
    for dossier in (tampere, gondar):
        for section in dossier_sections(dossier, said):
            assert all(statement.citations or statement.text in absent for statement in section.statements)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_file_opens_again_with_the_same_quotes(tampere: Dossier, language: str) -> None:
    written = dossier_docx(tampere, language)
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(written)).paragraphs]
    assert lines[0] == words(language).say("dossier_title", name="Tampere University")
    in_markdown = [note for note in footnotes_in(dossier_markdown(tampere, language)) if note.text]
    assert [Noted(n=n, text=text) for n, text in read_footnotes(written)] == in_markdown
    assert len(in_markdown) > 5


def test_footnotes_in_russian_and_chinese_have_no_english_month(gondar: Dossier) -> None:
    assert "4–5 ноября, год не указан" in dossier_markdown(gondar, "ru")
    assert "November" not in re.sub(r"“.*?”", "", dossier_markdown(gondar, "zh").partition("[^1]: ")[2])


def test_a_word_file_takes_characters_that_xml_does_not(tmp_path: Path) -> None:
    head = "---\ntitle: A\x0bvisit\ndate: 2022-05-03\n---\n\n"
    record = f"{head}TEC visited\x0c the museum of Tampere University. TEC visited Tampere University.\n"
    folder = write(tmp_path, {"one.txt": record})
    dossier = compose_dossier(Ledger(facts_of(read_report(folder / "one.txt", folder))), "Tampere University", 1)
    assert docx.Document(io.BytesIO(dossier_docx(dossier))).paragraphs


def test_the_command_prints_markdown_writes_word_and_names_the_nearest_partner(tmp_path: Path) -> None:
    write(tmp_path / "reports", RECORDS)
    data = tmp_path / "data"
    build_index(tmp_path / "reports", data=data, embedder=WordEmbedder())
    ask = ["dossier", "tampere university", "--data", str(data)]
    printed = CliRunner().invoke(app, [*ask, "--language", "ru"])
    assert printed.exit_code == 0 and printed.stdout.startswith("# Досье: Tampere University\n")
    written = CliRunner().invoke(app, [*ask, "--docx", str(tmp_path / "tampere.docx")])
    assert written.exit_code == 0 and written.stdout == ""
    assert docx.Document(str(tmp_path / "tampere.docx")).core_properties.title == "Dossier: Tampere University"
    unknown = CliRunner().invoke(app, ["dossier", "Tampre University", "--data", str(data)])
    assert unknown.exit_code == 2 and "Tampere University" in unknown.stderr
    nowhere = CliRunner().invoke(app, [*ask, "--docx", str(tmp_path / "no" / "folder.docx")])
    assert nowhere.exit_code == 2 and "cannot be written" in nowhere.stderr
