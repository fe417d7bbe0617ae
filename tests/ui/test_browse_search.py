from corpus import Report
from tests.ui.standin import report_of
from ui.web.search import MARGIN, Found, fold, search

LYON = report_of("The rector came to Lyon. École normale was visited on Monday.\nThey left.", title="Visit to Lyon")
ALMATY = report_of("Ректор посетил Университет Абая. Он уехал.", title="Визит в Алматы", path="b")
SHANGHAI = report_of("代表团访问上海。双方签署协议！随后返回。", title="上海之行", path="c")
ALL = (LYON, ALMATY, SHANGHAI)


def only(wanted: str, *reports: Report) -> Found:
    (found,) = search(reports or ALL, wanted)
    return found


def sentence(found: Found) -> str:
    return found.report.text[found.start : found.end]


def words_of(found: Found) -> list[str]:
    return [found.report.text[start:end] for start, end in found.spans]


def test_case_and_accents_do_not_matter_and_offsets_are_those_of_the_text() -> None:
    found = only("ecole MONDAY")
    assert sentence(found) == "École normale was visited on Monday."
    assert words_of(found) == ["École", "Monday"]


def test_russian_and_chinese_are_searched_by_the_same_rule() -> None:
    assert sentence(only("университет")) == "Ректор посетил Университет Абая."
    assert sentence(only("签署")) == "双方签署协议！" and words_of(only("签署")) == ["签署"]


def test_all_words_must_stand_in_title_or_text_and_phrases_as_they_are() -> None:
    assert not list(search(ALL, "rector ректор"))
    assert only("visit rector").title_spans == ((0, 5),)
    assert only('"came to Lyon"').spans and not list(search(ALL, '"Lyon came"'))


def test_an_initial_ends_no_sentence() -> None:
    found = only("president", report_of("Its president A. Silva spoke. They left."))
    assert sentence(found) == "Its president A. Silva spoke."


def test_words_that_only_the_title_holds_show_no_sentence() -> None:
    found = only("Алматы")
    assert found.spans == () and found.title_spans


def test_the_front_matter_is_not_searched_and_a_blank_search_finds_nothing() -> None:
    text = "---\nsecret: yes\n---\nThey met."
    report = Report(id="r", title="T", text=text, body=text.index("They"), path="r", sha256="0")
    assert not list(search((report,), "secret")) and not list(search(ALL, '  "" '))


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    found = only("needle", report_of("word " * 200 + "needle " + "word " * 200))
    assert "needle" in sentence(found) and len(sentence(found)) <= 2 * MARGIN
    assert sentence(found).startswith("word ") and sentence(found).endswith(" word")


def test_signs_of_patterns_are_plain_signs_and_folding_keeps_the_length() -> None:
    assert not list(search(ALL, ".*"))
    assert words_of(only("(5%)", report_of("A share (5%) was given."))) == ["(5%)"]
    odd = "Straße ﬁne ЁЛКА İstanbul 👩‍🏫 Å"
    assert len(fold(odd)) == len(odd) and fold("ЁЛКА Å") == "елка a"
