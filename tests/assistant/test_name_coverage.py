import math

import pytest

from assistant.name_coverage import NameCoverage
from corpus.acronyms import Acronyms
from corpus.names import names_of


def same(text: str) -> str:
    return text


def test_a_text_with_all_names_holds_everything_and_one_with_none_nothing():
    coverage = NameCoverage(names_of("Did Azoulay see Kenya?"), ["Azoulay came.", "Kenya sent guests."], same)
    assert coverage.share("Azoulay saw Kenya.") == pytest.approx(1.0)
    assert coverage.share("Nobody came.") == 0.0


def test_a_name_that_few_texts_hold_counts_more():
    texts = ["Kenya sent guests.", "Kenya again.", "Azoulay came to Kenya."]
    coverage = NameCoverage(names_of("Did Azoulay see Kenya?"), texts, same)
    assert coverage.share("Azoulay came.") > coverage.share("Kenya sent guests.") > 0
    rare, common = math.log(1 + 3), math.log(1 + 3 / 3)
    assert coverage.share("Azoulay came.") == pytest.approx(rare / (rare + common))


def test_names_in_another_script_count():
    coverage = NameCoverage(names_of("Did Minxuan come?"), ["张民选主任出席"], same)
    assert coverage.share("张民选主任出席") == pytest.approx(1.0)
    assert coverage.share("胡国勇出席") == 0.0


def test_acronyms_are_filled_before_names_are_compared():
    filled = Acronyms(["the Zeta Board of Lore (ZBL)"]).filled
    asked = names_of("Who leads ZBL?")
    assert NameCoverage(asked, ["They met."], filled).share("the Zeta Board of Lore met") == pytest.approx(1.0)
    assert NameCoverage(asked, ["They met."], same).share("the Zeta Board of Lore met") == 0.0


def test_a_question_without_names_speaks_neither_for_nor_against():
    assert NameCoverage(names_of("who came?"), ["Kenya"], same).share("Kenya") == 0.5
