import math

import pytest
from assistant.telling import Telling

from corpus.acronyms import Acronyms
from corpus.names import names_of


def same(text: str) -> str:
    return text


def test_a_text_with_all_names_holds_everything_and_one_with_none_nothing():
    telling = Telling(names_of("Did Azoulay see Kenya?"), ["Azoulay came.", "Kenya sent guests."], same)
    assert telling.share("Azoulay saw Kenya.") == pytest.approx(1.0)
    assert telling.share("Nobody came.") == 0.0


def test_a_name_that_few_texts_hold_counts_more():
    texts = ["Kenya sent guests.", "Kenya again.", "Azoulay came to Kenya."]
    telling = Telling(names_of("Did Azoulay see Kenya?"), texts, same)
    assert telling.share("Azoulay came.") > telling.share("Kenya sent guests.") > 0
    rare, common = math.log(1 + 3), math.log(1 + 3 / 3)
    assert telling.share("Azoulay came.") == pytest.approx(rare / (rare + common))


def test_names_in_another_script_count():
    telling = Telling(names_of("Did Minxuan come?"), ["张民选主任出席"], same)
    assert telling.share("张民选主任出席") == pytest.approx(1.0)
    assert telling.share("胡国勇出席") == 0.0


def test_acronyms_are_filled_before_names_are_compared():
    filled = Acronyms(["the Zeta Board of Lore (ZBL)"]).filled
    asked = names_of("Who leads ZBL?")
    assert Telling(asked, ["They met."], filled).share("the Zeta Board of Lore met") == pytest.approx(1.0)
    assert Telling(asked, ["They met."], same).share("the Zeta Board of Lore met") == 0.0


def test_a_question_without_names_speaks_neither_for_nor_against():
    assert Telling(names_of("who came?"), ["Kenya"], same).share("Kenya") == 0.5
