import unicodedata

import pytest

from corpus.plain_form import plain_form


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("West\u00adhaven Col\u200blege", "Westhaven College"),
        ("與海濱大學簽署備忘錄", "与海滨大学签署备忘录"),
        ("ＡＢＣ１２３", "ABC123"),
        (unicodedata.normalize("NFD", "Гүлнар Сәрсенова, Йозеф, José"), "Гүлнар Сәрсенова, Йозеф, José"),
        ("", ""),
    ],
)
def test_what_is_written_alike_has_one_form(written: str, plain: str):
    assert plain_form(written) == plain
    assert plain_form(plain) == plain
