import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ReportError
from corpus.read.encoding import Decoded, decode, decode_noted, meant

CHINESE = "2016年6月20日上午，联合国教科文组织大会主席来到上海师范大学。校长接待了他。"
RUSSIAN = (
    "Делегацию возглавил президент университета профессор Ян Чунхуа. Сначала гостям показали кампус: библиотеку, "
    "музей, факультет востоковедения. О подписании нового документа в сообщении не говорится."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_chinese_is_decoded_from_the_encodings_it_is_kept_in(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_russian_is_decoded_from_the_encodings_it_is_kept_in(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN


def test_western_text_in_an_old_encoding_is_decoded() -> None:
    text = "L'équipe a été reçue à l'université par la délégation française, très élégamment."
    assert decode(text.encode("cp1252")) == text


def test_a_single_broken_byte_does_not_turn_the_rest_into_another_encoding() -> None:
    text = "The talks – “cordial” – took place at the université. " * 20
    data = text.encode()
    assert decode(data[:3] + b"\xff" + data[3:]).replace("\ufffd", "") == text
    with pytest.raises(ReportError, match="damaged in"):
        decode(data + b"\xff" * 20)


def test_binary_data_is_refused() -> None:
    with pytest.raises(ReportError, match="binary"):
        decode(bytes(range(256)))


def test_a_damaged_file_with_a_byte_order_mark_is_refused() -> None:
    with pytest.raises(ReportError, match="damaged"):
        decode(codecs.BOM_UTF16_LE + b"a\x00b")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_text_survives_but_for_its_line_ends(text: str) -> None:
    assert decode(text.encode()) == text.replace("\r\n", "\n").replace("\r", "\n")


OLD = {
    "cp1252": "Dean Zoë Fréchette and Señora Nuñez came from Köln; the café “Élan” was full…",
    "cp1250": "Delegacja zwiedziła Uniwersytet w Łodzi; rektor Żak podpisał umowę o współpracy.",
    "cp1251": "Гости приехали в посёлок Ёлкино и говорили с деканом о летней школе.",
    "koi8-r": "Гости приехали в посёлок Ёлкино и говорили с деканом о летней школе.",
    "cp866": "Гости приехали в посёлок Ёлкино и говорили с деканом о летней школе.",
    "kz1048": "Қонақтар Өскемен қаласына келіп, мектеп директорымен кездесті.",
    "gb18030": "四月初，客人来到学院，与教师座谈。",
    "big5": "四月初，客人來到學院，與教師座談。",
    "mac-roman": "Dean Zoë Fréchette and Señora Nuñez came to the café.",
}


@pytest.mark.parametrize(("encoding", "text"), OLD.items())
def test_an_old_encoding_is_told_by_the_letters_it_makes_and_named_in_a_note(encoding: str, text: str) -> None:
    decoded = decode_noted(text.encode(encoding))
    assert decoded.text == text
    (note,) = decoded.notes
    assert note.startswith(f"its encoding was guessed as {encoding.removesuffix('-r')}"[:35])


def test_a_few_foreign_names_in_english_are_enough() -> None:
    filler = "The guests walked through the library and the new hall. " * 500
    for encoding, name in (("cp1252", "Zoë Fréchette"), ("gbk", "林小雨"), ("cp1251", "Пётр Ёлкин")):
        assert decode((filler + name).encode(encoding)) == filler + name


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CHINESE, RUSSIAN, "The guests came on 4 May.\n", "客人来到学院，与教师座谈。" * 3])
def test_utf16_without_its_mark_is_read_and_told(encoding: str, text: str) -> None:
    assert decode_noted(text.encode(encoding)) == Decoded(text, (f"its encoding was guessed as {encoding}",))


def test_what_is_certain_has_no_note_and_a_replaced_character_has_one() -> None:
    assert decode_noted(RUSSIAN.encode()).notes == decode_noted(RUSSIAN.encode("utf-16")).notes == ()
    assert decode_noted(RUSSIAN.encode("koi8-r"), "KOI8-R") == Decoded(RUSSIAN)
    assert decode_noted(b"\xff" + RUSSIAN.encode()).notes == ("a damaged character was replaced",)
    damaged = CHINESE.encode("gb18030") * 9 + b"\xff\n"
    assert decode_noted(damaged).notes == ("its encoding was guessed as gb18030", "a damaged character was replaced")


@pytest.mark.parametrize("declared", ["utf-8", "no-such-thing", "hex", "", "ascii", "gb2312"])
def test_a_file_that_is_wrong_about_its_encoding_is_read_all_the_same(declared: str) -> None:
    assert decode_noted("Élan – “Zoë”".encode("cp1252"), declared).text == "Élan – “Zoë”"


def test_no_way_of_writing_of_python_s_own_is_taken_for_an_encoding() -> None:
    assert decode_noted("Zoë, C:\\new".encode("cp1252"), "unicode_escape").text == "Zoë, C:\\new"


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "gbk", "utf-16", "cp1252", "idna", "unicode_escape"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str) -> None:
    with contextlib.suppress(ReportError):
        assert isinstance(decode_noted(data, declared).text, str)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Prof. Zoë Nuñez".encode() + b" et Andr\xe9.", "Prof. Zoë Nuñez et Andr\ufffd."),
        ("Señor Gil".encode() + b", caf\xe9.", "Señor Gil, caf\ufffd."),
        ("Декан Ёлкин".encode() + b" \x96 12", "Декан Ёлкин \ufffd 12"),
        ("客人来到".encode() + b" \x93A.", "客人来到 \ufffdA."),
    ],
)
def test_utf8_with_a_stray_byte_of_another_encoding_stays_utf8(data: bytes, text: str) -> None:
    assert decode_noted(data) == Decoded(text, ("a damaged character was replaced",))


def test_further_bytes_of_the_same_encoding_help_to_tell_it() -> None:
    beside = RUSSIAN.encode("koi8-r")
    assert decode_noted("Аня".encode("koi8-r"), beside=beside) == Decoded(
        "Аня", ("its encoding was guessed as koi8-r",)
    )


@pytest.mark.parametrize("label", ["gb2312", "GBK", "cp936", "euc-cn"])
def test_labels_of_old_chinese_standards_mean_the_new_one(label: str) -> None:
    assert meant(label) == "gb18030"
    assert decode_noted("朱镕龑".encode("gb18030"), label) == Decoded("朱镕龑")
