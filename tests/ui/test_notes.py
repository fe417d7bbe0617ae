"""What was not read of a file, in the language of the page."""

import pytest

from ui.notes import note_in
from ui.wording import words

NOTES = {
    "page 3 is a picture, its text was not read": "第 3 页是图片，其文字未读取",
    "2 pictures, whose text was not read": "2 个图片，其文字未读取",
    "1 picture was not read": "1 个图片未读取",
    "comments on cells were not read": "单元格批注未读取",
    "attachment plan was not read.dwg was not read": "附件 plan was not read.dwg 未读取",
    "slides 2, 4 hold charts that were not read": "第 2, 4 张幻灯片中的图表未读取",
    "its encoding was guessed as cp1251": "编码是推断的：cp1251",
    "it tells the same as a {b}.md, so its facts are not counted again": "内容与 a {b}.md 相同，事实不重复计算",
}


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_told_in_the_language_of_the_page(note: str) -> None:
    assert note_in(note, words("zh")) == NOTES[note]
    assert note_in(note, words("en")) == note
    assert note_in(note, words("ru")) not in (note, "")


def test_a_note_of_no_known_form_stays_as_it_is() -> None:
    assert note_in("something new", words("zh")) == "something new"
