import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ReportError
from corpus.read.encoding import decode

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
