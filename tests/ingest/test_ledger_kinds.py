"""Kinds of records that a ledger once misread, each in other words: names made one, states told too far, odd names."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.citation import locate
from corpus.dates import event_dates
from ingest.ledger.fact import Agreement, Contact, Kind, Organization, Role
from ingest.ledger.ledger import Ledger
from ingest.ledger.naming import acronym_pairs
from ingest.ledger.when import when_of
from tests.ingest.records import facts_of, reading_of, record

FIRM = {"signed", "in force", "renewed"}


def kept(*texts: str, office: Sequence[str] = ("Harbour Office",)) -> Ledger:
    return Ledger([fact for n, text in enumerate(texts) for fact in facts_of(record(text, name=f"{n}.md"), office)])


def named(*names: str) -> Ledger:
    """A ledger of records that name a body each, parted by " = " from its other forms."""
    facts = []
    for number, forms in enumerate(name.split(" = ") for name in names):
        report = record(f"{forms[0]} sang.", name=f"{number}.md")
        cited = locate(report, report.text)
        assert cited
        facts.append(Organization(name=forms[0], other_names=tuple(forms[1:]), citation=cited, extractor="by hand"))
    return Ledger(facts)


def told(text: str, kind: type[Kind]) -> list[Kind]:
    return [fact for fact in facts_of(record(text), ("Harbour Office",)) if isinstance(fact, kind)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("National Library of Latvia", "National Library of Norway"),
        ("University of Malawi", "University of Benin"),
        ("Chilean Academy of Sciences", "Kenyan Academy of Sciences"),
        ("Государственный университет Казани", "Государственный университет Томска"),
    ],
)
def test_bodies_that_differ_in_country_or_city_alone_are_two(one: str, other: str) -> None:
    ledger = named(one, other)
    assert not ledger.same(one, other)
    assert len(ledger.organizations) == 2


def test_a_ministry_of_common_words_is_each_record_s_own() -> None:
    ledger = kept(
        "We visited Chile and the Ministry of Education received us.",
        "We visited Kenya and the Ministry of Education received us.",
    )
    places = {ledger.key("Ministry of Education", fact.citation.report_id) for fact in ledger.facts(Contact)}
    assert len({fact.citation.report_id for fact in ledger.facts(Contact)}) == 2
    assert places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We visited a mill. Walter Pine, its manager, showed it.", "Ректор университета Пайнов В.С. принял нас."),
        ("Dr Li Wei, director of Nanhe College, met us.", "Professor Li Wei, dean of Donglin University, met us."),
        ("Anna Holm, head of Norrby Museum, met us.", "A. Holm, dean of Lund Academy, met us."),
    ],
)  # fmt: skip
def test_persons_are_not_one_by_sound_initial_or_family_name(one: str, other: str) -> None:
    ledger = kept(one, other)
    assert all(len({fact.citation.report_id for fact in facts}) == 1 for facts in ledger.people.values())


def test_the_paper_belongs_to_the_visit_that_signed_it() -> None:
    text = (
        "On 3 May 2024 we visited Foxmoor University. No agreement was signed.\n\n"
        "On 5 May 2024 we visited Gorsedale College. Its director, Ada Quint, signed a memorandum with us."
    )
    signed = [fact for fact in told(text, Agreement) if fact.state in FIRM]
    assert signed
    assert all("Foxmoor University" not in fact.sides for fact in signed)


def test_a_paragraph_of_another_visit_gives_a_person_and_a_paper_no_body() -> None:
    text = (
        "Visit to Larkhill Museum\n\nOn 2 May 2024 Harbour Office visited Larkhill Museum. Nothing was signed.\n\n"
        "Visit to Gorsefield Library\n\nOn 4 May 2024 Harbour Office visited Gorsefield Library. Its keeper, "
        "Dr. Helen Sayle, signed a cooperation agreement with Harbour Office for five years."
    )
    signed = [fact for fact in told(text, Agreement) if fact.state in FIRM]
    assert signed
    assert {name for fact in signed for name in fact.sides} - {"Harbour Office"} == {"Gorsefield Library"}
    assert not any("Larkhill Museum" in fact.sides for fact in signed)
    assert "Larkhill Museum" not in {fact.body for fact in told(text, Role)}


def test_a_row_of_a_table_tells_the_office_and_body_of_whoever_it_names() -> None:
    text = (
        "| Name | Position | Organization |\n| Maria Oak | director | Birch Library |\n"
        "| Ilya Kim | chief curator | Museum of Reeds |"
    )
    assert {(fact.person, fact.role, fact.body) for fact in told(text, Role)} == {
        ("Maria Oak", "director", "Birch Library"),
        ("Ilya Kim", "chief curator", "Museum of Reeds"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "We visited Halmar University. ☐ signed ☒ not signed",
        "We visited Halmar University. The memorandum, which was to be signed that day, was withdrawn.",
        "We visited Halmar University. According to a newspaper the university will sign a contract with a bank.",
        "我们访问了青湖大学。双方未能签署协议。",
        "Мы посетили Озёрный университет. Договор подписан не был.",
    ],
)
def test_what_was_not_signed_is_not_told_as_signed(text: str) -> None:
    assert not {fact.state for fact in told(text, Agreement)} & FIRM


@pytest.mark.xfail(reason="a sentence that denies one paper tells of none")
def test_a_withdrawn_or_denied_paper_does_not_hide_another() -> None:
    text = (
        "We visited Halmar University. No treaty was signed, but both sides signed a contract on pilots on 4 May 2024."
    )
    assert "signed" in {fact.state for fact in told(text, Agreement)}


def test_a_title_is_no_part_of_a_name() -> None:
    text = "Saltmoor International School Director Hina Sarp signed an agreement with Harbour Office."
    names = {fact.person for fact in told(text, Role)}
    assert "Hina Sarp" in names
    assert not any("Director" in fact.name for fact in told(text, Organization))


@pytest.mark.parametrize(
    "text", ["Action Items: call the mill. Top Ten Schools was read aloud.", "Press Release: the weather was fine."]
)
def test_headings_and_lists_are_no_persons(text: str) -> None:
    assert told(text, Role) == []


def test_the_same_names_in_any_case_and_with_their_acronym_are_one() -> None:
    names = "Velmar Institute of Technology = VIT", "the Velmar Institute for Technology"
    ledger = named(*names, "Заречный университет", "Заречного университета")
    assert ledger.same("Velmar Institute of Technology", "VIT", "", ledger.facts(Organization)[0].citation.report_id)
    assert ledger.same("Velmar Institute of Technology", "the Velmar Institute for Technology")
    assert ledger.same("Заречного университета", "Заречный университет")


def test_of_a_visit_in_a_month_and_on_a_day_of_it_the_day_is_told() -> None:
    text = "Visit to Larkhill University\n\nOn 3 May 2024 we visited Larkhill University."
    report = replace(record(text, title="Mission of May 2024"), dates=event_dates("May 2024"))
    assert [fact.start for fact in facts_of(report, ("Harbour Office",)) if fact.kind == "contact"] == ["2024-05-03"]


def test_an_acronym_in_brackets_is_that_of_the_shortest_name_that_ends_before_it() -> None:
    names = ["Halmar's Bureau of Reed Studies", "Bureau of Reed Studies"]
    for given in (names, names[::-1]):
        assert acronym_pairs(["We met Halmar's Bureau of Reed Studies (BRS)."], given) == {"BRS": names[1]}


def test_signs_that_nobody_sees_make_no_other_name() -> None:
    text = "Kirk\u00adwood Univer\u200bsity met us. Mo\u00adira Glad\u200bwell, rector of Kirkwood University, spoke."
    assert {fact.name for fact in told(text, Organization)} == {"Kirkwood University"}
    assert {fact.person for fact in told(text, Role)} == {"Moira Gladwell"}


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("In November last year we signed a contract with Halmar University.", "2022-11"),
        ("Last October we signed a contract with Halmar University.", "2022-10"),
        ("去年11月，我们与青湖大学签署了协议。", "2022-11"),
        ("В декабре позапрошлого года мы подписали договор с Озёрным университетом.", "2021-12"),
    ],
)
def test_a_month_told_from_the_day_of_the_record_has_its_year(sentence: str, day: str) -> None:
    reading = reading_of(record(sentence, date="2023-02-20"))
    assert when_of(reading, reading.lines[0]).start == day


def test_a_renewal_comes_after_the_signing_told_with_it() -> None:
    text = "The contract, signed five years ago, was renewed last month."
    reading = reading_of(record(text, date="2023-03-10"))
    assert when_of(reading, reading.lines[0]).start == "2018"
    assert when_of(reading, reading.lines[0], last=True).start == "2023-02"


def test_a_short_form_of_one_record_joins_nothing_in_another() -> None:
    ledger = named("North Harbour Board = Board = NIE", "South Harbour Board = Board = NIE")
    assert not ledger.same("North Harbour Board", "South Harbour Board")
    assert len(ledger.organizations) == 2


def roles(text: str) -> dict[str, tuple[str, str]]:
    return {fact.person: (fact.role, fact.body) for fact in told(text, Role)}


def test_what_stands_before_and_after_a_chinese_name_is_no_part_of_it() -> None:
    text = (
        "# 座谈会\n\n2024年5月20日，湖滨港务中心举行座谈会，由中心副主任沈岚教授主持。"
        "青山海事大学副校长方柔教授到会致辞，方柔副校长感谢来宾。会后沈岚教授向所有来宾致谢。"
    )
    names = set(roles(text))
    assert {"沈岚", "方柔"} <= names
    assert not names & {"任沈岚", "方柔副", "向所有"}


def test_who_leads_a_delegation_is_of_the_body_that_sent_it() -> None:
    text = (
        "On 9 June 2024 a delegation of Alder Polytechnic led by Director Irina Savchuk visited our office. "
        "New cranes were discussed."
    )
    assert roles(text)["Irina Savchuk"][1] == "Alder Polytechnic"


def test_of_several_people_in_a_row_each_has_his_own_title() -> None:
    text = (
        "With the guests came Prime Minister Rolf Hartwig, Minister for Fisheries Dana Moss and Deputy Minister Ilse "
        "Brandt. "
        "The charter was signed by Minister of Ports and Fisheries Salem Idris."
    )
    found = roles(text)
    assert {"Rolf Hartwig", "Dana Moss", "Ilse Brandt", "Salem Idris"} <= set(found)
    assert found["Dana Moss"][0].startswith("Minister") and not found["Ilse Brandt"][0].endswith("Fisheries")


def test_papers_with_three_bodies_name_each_of_them() -> None:
    text = (
        "On 4 May 2024 we signed memoranda of understanding with Alder International School, Birch Public School and "
        "Cedar Girls School."
    )
    parties = {name for fact in told(text, Agreement) if fact.state == "signed" for name in fact.parties}
    assert {"Alder International School", "Birch Public School", "Cedar Girls School"} <= parties


def test_a_thing_spoken_of_is_no_paper_beside_the_one_that_was_signed() -> None:
    text = (
        "On 7 May 2024 we visited Alder Polytechnic. The two sides discussed a joint summer course. "
        "We and Alder Polytechnic signed a memorandum of understanding on the exchange of pilots."
    )
    assert [(fact.form, fact.state) for fact in told(text, Agreement)] == [("mou", "signed")]


def test_things_by_their_letters_are_no_partners() -> None:
    text = (
        "We took part in the working group in June 2024. The group met to discuss VTS and AIS, and talks were held "
        "about ECDIS with both Kernel and Loader. Both Kernel and Loader agreed to add the features."
    )
    assert not {fact.partner for fact in told(text, Contact) if fact.degree != "mentioned"} & {"VTS", "AIS", "ECDIS"}


def test_the_head_of_a_state_is_not_of_the_body_that_signs() -> None:
    text = (
        "On 6 March 2024 we and Alder Polytechnic signed an agreement in the presence of President Ruth Amsel of "
        "Velmaria and Prime Minister Otto Lenk."
    )
    assert roles(text)["Ruth Amsel"][1] != "Alder Polytechnic"


def test_a_day_is_no_part_of_a_name_and_a_sentence_ends_where_the_language_changes() -> None:
    text = (
        "The team visited Alder Polytechnic and the University of Cedar on 23rd November. All want to work together."
        "本办公室近日访问赤杨理工学院。"
    )
    names = {fact.partner for fact in told(text, Contact)}
    assert "University of Cedar" in names and not any("November" in name for name in names)
    assert all(
        "together" not in fact.citation.quote or "访问" not in fact.citation.quote for fact in told(text, Contact)
    )


def test_a_body_is_no_second_party_by_the_short_form_of_its_name() -> None:
    text = (
        "On 3 May 2024 we visited Alder University of Sea Trade. Alder University wishes to sign an agreement with us."
    )
    assert not any(
        {"Alder University of Sea Trade", "Alder University"} <= set(one.sides) for one in told(text, Agreement)
    )
