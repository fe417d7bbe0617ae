import pytest

from assistant.understand import content_words

LED = ("Who led the TEC delegation to Tanzania from 19 to 24 July?", "Director Zhang Minxuan.")
SIMATAA = ("西马塔是哪一天到上海师范大学的？", "2016年6月20日上午。")
LANZHOU = ("Кто возглавил делегацию Университета Ланьчжоу в КазНУ?", "Профессор Ян Чунхуа.")


@pytest.mark.parametrize(
    ("asked", "earlier"),
    [
        ("Which teachers college did they meet there?", LED),
        ("And online?", LED),
        ("How many came?", LED),
        ("Who opened the later one?", LED),
        ("当时谁接待了他？", SIMATAA),
        ("他们在那里见了谁？", SIMATAA),
        ("Что показали там?", LANZHOU),
        ("А что им показали?", LANZHOU),
    ],
)
def test_a_follow_up_is_filled_from_the_conversation(understood, asked, earlier):
    whole = understood(asked, *earlier)
    assert whole.asked == asked
    assert whole.text.startswith(asked) and earlier[0].rstrip("?？") in whole.text
    assert whole.search_text.startswith(earlier[0]) and whole.search_text.endswith(asked)
    assert whole.names.known >= understood(earlier[0]).names.known


@pytest.mark.parametrize(
    ("asked", "earlier"),
    [
        ("Who visited Nazarbayev University in May?", LED),
        ("尼克·吉布哪天访问上海师范大学？", SIMATAA),
        ("Кто посетил КазНУ в декабре 2023 года?", LANZHOU),
        ("Who came there?", ()),
    ],
)
def test_a_question_that_stands_alone_is_left_alone(understood, asked, earlier):
    whole = understood(asked, *earlier)
    assert whole.text == whole.search_text == asked


def test_the_names_of_a_follow_up_come_from_the_last_question_that_names_something(understood):
    whole = understood("And what did he say?", *LED, "How long was it?", "Six days.")
    assert "TZ" in whole.names.known


@pytest.mark.parametrize(
    ("asked", "relation"), [("Who opened the later one?", "later"), ("And the earlier visit?", "earlier")]
)
def test_the_later_one_is_later_than_the_date_the_conversation_spoke_of(understood, asked, relation):
    whole = understood(asked, "When did the Belt and Road programme open?", "On 5 May 2023.")
    assert (whole.relation, whole.pivot) == (relation, "2023-05-05")


def test_there_is_no_later_one_where_nothing_was_dated(understood):
    assert understood("Who opened the later one?", *LED).relation == ""


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("who", ("Who came?", "谁来了？", "Кто приехал?")),
        ("how_many", ("How many experts came?", "有多少名专家？", "Сколько экспертов?")),
        ("when", ("When did they come?", "什么时候来的？", "Когда?")),
        ("where", ("Where was it held?", "在哪里举行？", "Где прошло?")),
        ("why", ("Why did they come?", "为什么来？", "Почему?")),
        ("money", ("How much did it cost?", "经费是多少？", "Сколько стоило?")),
        ("contact", ("What is the e-mail address?", "电话是多少？", "Какой телефон?")),
        ("duration", ("How long did it last?", "讲了多久？", "Сколько дней?")),
        ("countries", ("Which countries took part?", "来自哪些国家？", "Из каких стран?")),
        ("person", ("Who was the rector?", "校长是谁？", "Кто был ректором?")),
        ("yes_no", ("Was an agreement signed?", "是否签署？", "Подписали ли?")),
        ("what", ("What happened?", "请介绍这次访问。", "Что произошло?")),
    ],
)
def test_the_kind_of_thing_asked_for_is_heard_in_three_languages(understood, kind, texts):
    for text, language in zip(texts, ("en", "zh", "ru"), strict=True):
        whole = understood(text)
        assert (kind in whole.kinds, whole.language) == (True, language), text


@pytest.mark.parametrize(
    ("wants", "texts"),
    [
        ("latest", ("What is the latest visit?", "最近一次访问是哪次？", "Какой визит был последним?")),
        ("earliest", ("What is the earliest visit?", "最早的访问是哪次？", "Какой визит был самым ранним?")),
        ("comparison", ("Compare the visits of 2018 and 2019.", "比较2018年和2019年的项目。", "Сравните два визита.")),
        ("", ("Who came?", "谁来了？", "Кто приехал?")),
    ],
)
def test_latest_earliest_and_comparison_are_heard_in_three_languages(understood, wants, texts):
    assert [understood(text).wants for text in texts] == [wants] * 3


@pytest.mark.parametrize("text", ["List all visits.", "列出所有访问。", "Перечислите все визиты."])
def test_a_list_is_heard_in_three_languages(understood, text):
    assert understood(text).wants_all and not understood("Who came?").wants_all


@pytest.mark.parametrize(
    "text", ["Which agreements are not signed?", "哪些协议尚未签署？", "Какие соглашения не были подписаны?"]
)
def test_agreements_not_signed_are_all_states_but_signed(understood, text):
    states = understood(text).states
    assert "signed" not in states and {"wished", "discussed", "agreed"} <= states


def test_signed_agreements_and_no_agreements_are_told_apart(understood):
    assert understood("Which agreements were signed?").states == {"signed"}
    assert understood("Which visits took place?").states == frozenset()


def test_office_unit_act_and_year_are_taken_from_the_question(understood):
    assert understood("What did the Vice Rector say?").offices == {"vice rector"}
    whole = understood("How many experts came in 2024?")
    assert (whole.units, whole.acts, whole.years) == (("experts",), frozenset({"visit"}), (2024,))


def test_function_words_are_no_content():
    assert content_words("Who was the rector of KazNU?") == ("rector", "KazNU")
    assert content_words("") == ()


def test_the_list_of_sources_below_an_answer_is_no_part_of_what_a_follow_up_is_about(understood):
    answer = "Director Zhang Minxuan led it. [1]\n[1] Visits to Zanzibar, 3 May 2023"
    whole = understood("And when did he return?", LED[0], answer)
    assert "Director Zhang Minxuan led it" in whole.text
    assert "[1]" not in whole.text and "Zanzibar" not in whole.text
