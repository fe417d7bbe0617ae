"""People as the ledger finds them: who, in which office, of which body, and what a record does not say."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import read_report
from corpus.people import people_in
from ingest.ledger.fact import Fact
from ingest.ledger.people import people_facts
from ingest.ledger.reading import read

Facts = Callable[..., list[Fact]]


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """People of a record with this text."""

    def find(text: str, title: str = "A visit", date: str = "2022-05-03") -> list[Fact]:
        path = tmp_path / "visit.md"
        path.write_text(f"---\ntitle: {title}\ndate: '{date}'\n---\n\n{text}\n", encoding="utf-8")
        return list(people_facts(read(read_report(path, tmp_path))))

    return find


def rows(found: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.subject, fact.form, fact.object) for fact in found]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Hans Keller, Vice-Chancellor of Mount Kenya University, and Dean Grace Achieng signed.",
            [("Hans Keller", "Vice-Chancellor", "Mount Kenya University"), ("Grace Achieng", "Dean", "")],
        ),
        (
            "Elnur Karimov was appointed Director of the Ganja Teachers College in March.",
            [("Elnur Karimov", "Director", "Ganja Teachers College")],
        ),
        (
            "Professor Maria Lopez, who chairs the Department of Physics of the University of Chile, spoke.",
            [("Maria Lopez", "Professor, chairs the Department of Physics", "University of Chile")],
        ),
        (
            "Research Fellow Aysel Huseynova thanked Minister of Health Susan Wafula.",
            [("Aysel Huseynova", "Research Fellow", ""), ("Susan Wafula", "Minister of Health", "")],
        ),
        (
            "Hanoi University of Education was represented by its Rector Tran Thi Hoa.",
            [("Tran Thi Hoa", "Rector", "Hanoi University of Education")],
        ),
        (
            "Pedro Soto of Tampere University came with Ana Vega as chief expert.",
            [("Pedro Soto", "", "Tampere University"), ("Ana Vega", "chief expert", "")],
        ),
        (
            "2023年5月4日，浙江师范大学副校长林一钢率团访问南京晓庄学院。南京晓庄学院党委书记赵国乐会见了代表团。",
            [("林一钢", "副校长", "浙江师范大学"), ("赵国乐", "党委书记", "南京晓庄学院")],
        ),
        (
            "开幕式由教务处处长周文主持，法国驻华大使馆文化参赞马丁·杜邦出席。",
            [("周文", "处长", "教务处"), ("马丁·杜邦", "文化参赞", "法国驻华大使馆")],
        ),
        (
            "Riga University was shown by its Rector, Dr Janis Ozols, and by the interpreter Anna Berzina.",
            [("Janis Ozols", "Rector", "Riga University"), ("Anna Berzina", "interpreter", "")],
        ),
        (
            "They met the President of Oslo University, Prof. Mary Jones. Ann Bo (team leader) spoke.",
            [("Mary Jones", "President", "Oslo University"), ("Ann Bo", "team leader", "")],
        ),
        ("The Rector, Li Na, the Director, Wang Bo, and others spoke.", [("Li Na", "Rector", ""), ("Wang Bo", "", "")]),
        ("Директор гимназии Анна Смирнова пришла.", [("Анна Смирнова", "Директор гимназии", "")]),
        ("王立新，北京大学教育学院副院长，作了报告。", [("王立新", "副院长", "教育学院")]),
        (
            "Иван Петров, директор Института педагогики, поблагодарил проректора по науке Анну Смирнову.",
            [("Иван Петров", "директор", "Института педагогики"), ("Анну Смирнову", "проректора по науке", "")],
        ),
        (
            "Первый заместитель министра иностранных дел Казахстана Ерлан Сыдыков принял посла.",
            [("Ерлан Сыдыков", "Первый заместитель министра иностранных дел Казахстана", "")],
        ),
        (
            "Анна Смирнова из Томского государственного университета выступила с докладом.",
            [("Анна Смирнова", "", "Томского государственного университета")],
        ),
    ],
)
def test_a_person_has_the_role_and_the_body_that_stand_beside_the_name(facts, text, people):
    assert rows(facts(text)) == people


def test_everybody_in_the_list_of_a_delegation_is_of_its_body(facts):
    found = facts(
        "The Baku Institute of Education sent Deputy Directors Leyla Aliyeva and Rashad Mammadov, and Kamran Guliyev."
    )
    assert rows(found) == [
        ("Leyla Aliyeva", "Deputy Director", "Baku Institute of Education"),
        ("Rashad Mammadov", "Deputy Director", "Baku Institute of Education"),
        ("Kamran Guliyev", "", "Baku Institute of Education"),
    ]


def test_a_bare_title_is_of_the_only_body_in_view_that_has_such_an_office(facts):
    found = facts("A group from the Oslo Bureau of Statistics came to Tampere University. Rector Mari Walls spoke.")
    assert rows(found) == [("Mari Walls", "Rector", "Tampere University")]


@pytest.mark.parametrize("title", ["Rector", "Vice President"])
def test_a_bare_title_that_fits_two_bodies_is_of_none(facts, title):
    found = facts(f"Tampere University met Oslo University in Riga. {title} Mari Walls spoke.")
    assert rows(found) == [("Mari Walls", title, "")]


def test_of_two_bodies_the_one_whose_head_is_another_person_is_left_out(facts):
    found = facts("Mari Walls, Rector of Tampere University, saw Riga University. Rector Janis Ozols spoke.")
    assert rows(found)[1] == ("Janis Ozols", "Rector", "Riga University")


def test_those_who_speak_for_the_hosts_are_of_the_house_that_was_visited(facts):
    found = facts(
        "A delegation of the Lusaka College of Nursing came to Tampere University. Principal Mutinta Banda led it; "
        "with her were Joseph Phiri and Alice Zulu. Mari Walls and Aino Laine spoke for the hosts."
    )
    assert {row[0]: row[2] for row in rows(found)} == {
        "Mutinta Banda": "Lusaka College of Nursing",
        "Joseph Phiri": "Lusaka College of Nursing",
        "Alice Zulu": "Lusaka College of Nursing",
        "Mari Walls": "Tampere University",
        "Aino Laine": "Tampere University",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Rector spoke for the University, and the Minister of Education was thanked.",
        "Shanghai Normal University held a Teacher Leadership Forum on Monday.",
        "Directors of nine centres came to the Ministry.",
        "校长会见了代表团，双方签署了协议。",
        "Ректор встретил делегацию министерства.",
    ],
)
def test_an_office_without_a_name_is_no_person(facts, text):
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Borhene Chakroun, Director Li Na and others spoke.", "Borhene Chakroun"),
        ("Borhene Chakroun spoke for the Director-General of UNESCO.", "Borhene Chakroun"),
        ("Mary Jones praised the Rector of Oslo University.", "Mary Jones"),
        ("副校长蒋明军、张民选出席会议。", "张民选"),
        ("Анна Смирнова встретила ректора КазНУ.", "Анна Смирнова"),
    ],
)
def test_the_office_of_somebody_else_is_not_taken(facts, text, name):
    assert [(fact.form, fact.object) for fact in facts(text) if fact.subject == name] == [("", "")]


def test_an_office_told_of_the_next_in_the_list_is_not_taken_for_a_second_one(facts):
    found = facts(
        "Speakers were Mary Jones, Vice President of Oslo University, the Director of the Centre, and Ann Bo."
    )
    assert rows(found)[0] == ("Mary Jones", "Vice President", "Oslo University")


def test_roles_in_one_line_are_one_fact_and_roles_in_two_lines_are_two(facts):
    found = facts("Professor Mary Jones, a part-time Deputy Director, spoke. Later Dean Mary Jones spoke.")
    assert [fact.form for fact in found] == ["Professor, part-time Deputy Director", "Dean"]
    assert [fact.citation.quote for fact in found] == [
        "Professor Mary Jones, a part-time Deputy Director, spoke.",
        "Later Dean Mary Jones spoke.",
    ]


def test_offices_in_two_bodies_are_two_facts_with_one_quote(facts):
    found = facts("Mary Jones, a former President of Oslo University, was elected Director of the Riga Institute.")
    assert [(fact.form, fact.object) for fact in found] == [
        ("former President", "Oslo University"),
        ("Director", "Riga Institute"),
    ]
    assert len({fact.citation.quote for fact in found}) == 1


def test_the_line_that_gives_the_role_is_cited_with_the_date_of_the_record(facts):
    [fact] = facts("Mary Jones opened the day. Mary Jones, Rector of Oslo University, closed it.")
    assert fact.kind == "person"
    assert fact.citation.quote == "Mary Jones, Rector of Oslo University, closed it."
    assert (fact.start, fact.extractor) == ("2022-05-03", "people: title after")


def test_other_forms_of_a_name_are_kept_with_the_fullest(facts):
    found = facts("英国教育部国务大臣尼克·吉布（Nick Gibb）到访。吉布表示满意。")
    assert [(fact.subject, set(fact.others)) for fact in found] == [("尼克·吉布", {"Nick Gibb", "吉布"})]


def test_a_name_with_an_initial_is_a_form_of_the_full_one(facts):
    found = facts("Rector Viktor Orlov came. V. Orlov spoke, and so did A. Orlov.")
    assert [(fact.subject, fact.others) for fact in found] == [("Viktor Orlov", ("V. Orlov",)), ("A. Orlov", ())]


def test_people_who_share_a_family_name_are_kept_apart(facts):
    found = facts("Wang Jing and Wang Jie came. Wang Jinghua stayed.")
    assert [(fact.subject, fact.others) for fact in found] == [
        ("Wang Jing", ()),
        ("Wang Jie", ()),
        ("Wang Jinghua", ()),
    ]


def test_a_long_run_of_capitals_after_a_title_is_read_at_once(facts):
    began = time.perf_counter()
    facts("Director of " + "Alpha Beta and Gamma, Delta of the " * 15 + "Omega Wang Li spoke.")
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Research Fellow Li Tingzhou came.", ("Li Tingzhou",)),
        ("Rector of Oslo University Mari Walls came.", ("Mari Walls",)),
        ("He Wei, Sun Yao and Ли Вэй came.", ("He Wei", "Sun Yao", "Ли Вэй")),
        ("ректор Назарбаев Университета Вакар Ахмад", ("Вакар Ахмад",)),
        ("会议由处长武成主持", ("武成",)),
        ("第38届大会主席斯坦利·西马塔以非正式身份来访", ("斯坦利·西马塔",)),
        ("Country Representative in Seoul", ()),
        ("Amina bint Salim Al-Harbi and João da Costa came.", ("Amina bint Salim Al-Harbi", "João da Costa")),
        ("Ursula van der Meer, A.B. Mensah and Omar N'Diaye", ("Ursula van der Meer", "A.B. Mensah", "Omar N'Diaye")),
        ("Madam Chen Xiaolan and Mme Salma Idrissi", ("Chen Xiaolan", "Salma Idrissi")),
        ("the Tartu Guild met the Silver Lake Trust and Redhill Consulting in Port Nelson", ()),
        ("a visit to the University of Green Harbor and Brandt Motoren GmbH", ()),
        ("副校长褚文和书记欧阳明，秘书长", ("褚文", "欧阳明")),
        ("в Нижнем Новгороде представитель Комитета школ Приморья Олег Дацюк", ("Олег Дацюк",)),
    ],
)
def test_persons_are_read_closely_without_their_titles_and_verbs(text, people):
    assert people_in(text, closely=True) == people
