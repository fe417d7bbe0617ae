"""The keepers' desk: facts struck, edited, added; names made one or kept apart; who did it when; all taken back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import UsageError
from ingest import Ledger, Proposal, fact_key, merged_pairs
from ingest.ledger.fact import FACTS
from tests.ui.browsing import shelf
from tests.ui.conftest import services_at
from tests.ui.elements import Elements
from tests.ui.standin import StandIn
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.desk import Desk
from ui.web.keep.doing import Doing
from ui.web.keep.fact_desk import fact_desk
from ui.web.keep.said_views import names_view, said_view
from ui.web.keep.written import FILE, UPDATE, pending, write_down, written
from ui.web.services import Services
from ui.wording import LANGUAGES, words

ANNA = Visitor(name="Anna", role="keeper")
QUOTE = "TEC visited Norwick University on 4 May 2021."


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Services over invented records whose ledger knows the merges of the data folder."""
    told = shelf()
    facts = [fact for kind in FACTS.values() for fact in told.ledger.facts(kind)]

    def opened() -> StandIn:
        return StandIn(ledger=Ledger(facts, merged_pairs(tmp_path)), reports=told.reports)

    desk = Desk(open_assistant=opened, build=lambda folder, progress: None)  # type: ignore[arg-type,return-value]
    yield services_at(desk, tmp_path)
    desk.close()


@pytest.fixture
def doing(services: Services) -> Doing:
    return Doing(services)


def desk_of(doing: Doing, services: Services, report_id: str = "a", **query: str) -> str:
    held = services.desk.shelf()
    assert held is not None
    report = next(one for one in held.reports if one.id == report_id)
    return fact_desk(held, report, doing.ledger.facts(held, report), query, words())


def contact(services: Services) -> str:
    held = services.desk.shelf()
    assert held is not None
    return next(fact_key(fact) for fact in held.ledger.of_report("a") if fact.kind == "contact")


def test_a_fact_is_struck_with_who_and_when_and_taken_back(doing: Doing, services: Services) -> None:
    key = contact(services)
    assert doing.do({"do": "strike", "id": "a", "fact": key}, ANNA) == "strike"
    (said,) = doing.ledger.said()
    assert (said.deed, said.by, said.fact.citation.quote) == ("strike", "Anna", QUOTE)
    shown = desk_of(doing, services)
    assert "Struck: Anna" in shown and f'data-fact="{key}"' in shown and "<s>" in shown
    doing.do({"do": "unsay", "id": "a", "fact": key}, ANNA)
    assert doing.ledger.said() == () and "<s>" not in desk_of(doing, services)


def test_a_fact_that_may_be_misread_is_confirmed_and_is_a_keepers_word_then(tmp_path: Path) -> None:
    told = shelf()
    facts = [replace(fact, chances=(0.4, 0.5)) for fact in told.ledger.of_report("a") if fact.kind == "contact"]
    desk = Desk(
        open_assistant=lambda: StandIn(ledger=Ledger(facts), reports=told.reports),  # type: ignore[arg-type,return-value]
        build=lambda folder, progress: None,  # type: ignore[arg-type,return-value]
    )
    services = services_at(desk, tmp_path)
    doing, key = Doing(services), contact(services)
    (confirm,) = [one for one in Elements(desk_of(doing, services)).named("button") if one.get("data-do") == "edit"]
    assert confirm["data-fact"] == key and confirm["aria-label"].startswith("This is right: ")
    assert "unsure" in desk_of(doing, services)
    doing.do({"do": "edit", "id": "a", "fact": key}, ANNA)
    shown = desk_of(doing, services)
    assert "Confirmed or edited: Anna" in shown and "unsure" not in shown and "This is right" not in shown
    (said,) = doing.ledger.said()
    assert replace(said.fact, extractor=facts[0].extractor, checks=facts[0].checks, chances=(0.4, 0.5)) == facts[0]
    desk.close()


def test_a_fact_is_edited_twice_and_each_edit_taken_back(doing: Doing, services: Services) -> None:
    key = contact(services)
    doing.do(
        {"do": "edit", "id": "a", "fact": key, "degree": "talks", "date": "May 2021", "people": "Li Wei; Bo"}, ANNA
    )
    held = services.desk.shelf()
    assert held is not None
    standing, _ = doing.ledger.facts(held, held.reports[0])
    edited = next(one for one in standing if one.said)
    assert (edited.fact.degree, edited.fact.start, edited.fact.people) == ("talks", "2021-05", ("Li Wei", "Bo"))
    second = fact_key(edited.fact)
    doing.do({"do": "edit", "id": "a", "fact": second, "degree": "online"}, ANNA)
    assert words().entries["heads"]["partner"] in desk_of(doing, services)
    states = [one.fact.reached for one in doing.ledger.facts(held, held.reports[0])[0] if one.fact.kind == "contact"]
    assert states == ["online"]
    doing.do({"do": "unsay", "id": "a", "fact": second}, ANNA)
    doing.do({"do": "unsay", "id": "a", "fact": key}, ANNA)
    assert doing.ledger.facts(held, held.reports[0])[0] == tuple(
        one for one in doing.ledger.facts(held, held.reports[0])[0] if not one.said
    )


def test_a_fact_is_added_by_its_sentence_which_is_lit(doing: Doing, services: Services) -> None:
    held = services.desk.shelf()
    assert held is not None
    start = held.reports[0].text.index(QUOTE)
    at = f"{start}-{start + len(QUOTE)}"
    shown = desk_of(doing, services, add="person", at=at)
    assert "<mark" in shown and 'data-do="add_fact"' in shown
    doing.do({"do": "add_fact", "id": "a", "kind": "person", "at": at, "person": "Maya Reed", "role": "Host"}, ANNA)
    (said,) = doing.ledger.said()
    assert (said.deed, said.fact.summary, said.fact.citation.quote) == ("add", "Maya Reed", QUOTE)
    assert "Maya Reed" in desk_of(doing, services)


def test_what_counts_later_waits_until_the_records_are_built_again(tmp_path: Path) -> None:
    for deed in ("strike", "merge", "add", "discard"):
        write_down(tmp_path, deed, "a.md", "")
    with (tmp_path / FILE).open("a", encoding="utf-8") as log:
        log.write('{"at": "yesterday", "by": "", "deed": "strike", "on": "a.md"}\n')
    assert pending(tmp_path, "2020-01-01T00:00:00+00:00") == 2
    assert pending(tmp_path, "2120-01-01T00:00:00+00:00") == 0
    write_down(tmp_path, UPDATE, "", "")  # found nothing to change, or went before a return to an older index
    assert pending(tmp_path, "2020-01-01T00:00:00+00:00") == 0


@pytest.mark.parametrize(
    "told",
    [
        {"do": "add_fact", "kind": "person", "at": "0-9999", "person": "x"},
        {"do": "add_fact", "kind": "person", "at": "0-5", "person": " "},
        {"do": "add_fact", "kind": "song", "at": "0-5", "person": "x"},
        {"do": "strike", "fact": "none"},
        {"do": "unsay", "fact": "none"},
        {"do": "forget", "names": "[]"},
    ],
)
def test_what_cannot_be_done_is_refused_and_not_written_down(
    doing: Doing, told: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(UsageError):
        doing.do({"id": "a", **told}, ANNA)
    assert written(tmp_path) == () and doing.ledger.said() == ()


def test_names_are_made_one_at_once_refused_and_decided_anew(doing: Doing, services: Services) -> None:
    names = {"one": "Norwick University", "other": "Penmoor Academy"}
    doing.do({"do": "merge", **names}, ANNA)
    held = services.desk.shelf()
    assert held is not None and held.ledger.same(*names.values())
    doing.do({"do": "unmerge", **names}, LOCAL)
    doing.do({"do": "refuse", **names}, ANNA)
    held = services.desk.shelf()
    assert held is not None and not held.ledger.same(*names.values())
    refused, merged = doing.ledger.declared()
    assert (refused.is_one, refused.made_by, merged.made_by, merged.undone_at > "") == (False, "Anna", "Anna", True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_stand_side_by_side_with_quotes_and_what_was_decided_with_who(
    doing: Doing, services: Services, language: str
) -> None:
    doing.do({"do": "refuse", "one": "Norwick University", "other": "Penmoor Academy"}, ANNA)
    held = services.desk.shelf()
    assert held is not None
    pair = Proposal(kind="organization", one="Norwick University", other="Penmoor Academy", reason="sound")
    shown = names_view(held, [pair], doing.ledger.declared(), {}, words(language))
    assert shown.count("<blockquote") >= 2 and "Anna" in shown
    told = {(one.get("data-do"), one.get("data-one")) for one in Elements(shown).named("button")}
    assert {("merge", pair.one), ("refuse", pair.one), ("unmerge", pair.one)} <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_corrections_and_deeds_are_listed_with_who_and_when(
    doing: Doing, services: Services, tmp_path: Path, language: str
) -> None:
    doing.do({"do": "strike", "id": "a", "fact": contact(services)}, ANNA)
    with (tmp_path / FILE).open("a") as log:
        log.write("no line of ours\n")
    shown = said_view(services.desk.shelf(), doing.ledger.said(), written(tmp_path), {}, words(language))
    assert shown.count("Anna") == 2 and words(language).say("keep_did_strike") in shown
    assert words(language).say("keep_resting") not in shown
    gone = said_view(None, doing.ledger.said(), (), {}, words(language))
    assert words(language).say("keep_resting") in gone
