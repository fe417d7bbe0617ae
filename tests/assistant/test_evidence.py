import numpy as np
import pytest

from assistant import Question
from assistant.compose.evidence import FEATURES, gather, is_lead, paragraph_of, points_back, stems
from assistant.compose.weigh import read_weights, weigh
from corpus.report import Report
from ingest import Sentence

ASKED = "Who received the directors of the Indonesian provincial teacher centres at TEC?"


@pytest.fixture(scope="module")
def evidence(assistant):
    return assistant.evidence(Question(text=ASKED))


def test_every_sentence_in_view_has_all_features(evidence):
    assert len({item.found.row for item in evidence}) >= 10
    for item in evidence:
        assert item.features.shape == (len(FEATURES),)
        assert np.isfinite(item.features).all()
        assert (np.abs(item.features) <= 1.001).all()


def test_sentences_stand_in_their_record_and_passage(evidence):
    for item in evidence:
        sentence, passage = item.sentence, item.found.passage
        assert item.found.report.text[sentence.start : sentence.end] == sentence.text
        assert passage.start <= sentence.start and sentence.end <= passage.end


def test_features_say_what_a_sentence_holds(evidence):
    telling = next(item for item in evidence if "Zhu Xiaohu received them" in item.sentence.text)
    assert telling.feature("kind") == 1.0
    assert telling.feature("names_paragraph") > 0.6
    assert telling.feature("other_script") == 0.0
    foreign = next(item for item in evidence if item.found.report.language == "zh")
    assert foreign.feature("other_script") == 1.0
    assert foreign.feature("names_paragraph") < telling.feature("names_paragraph")


def test_probabilities_keep_the_order_and_lie_between_none_and_certain(evidence):
    found = weigh(evidence)
    assert [item.sentence for item in found] == [item.sentence for item in evidence]
    assert all(0 <= item.probability <= 1 for item in found)
    best = max(found, key=lambda item: item.probability)
    assert best.found.report.path.startswith("008-")


def test_nothing_in_view_gives_no_evidence():
    assert gather(None, np.zeros(3), (), (), np.zeros((0, 3))) == ()
    assert weigh(()) == ()


def test_the_stored_weights_fit_the_features():
    assert len(read_weights().weights) == len(FEATURES)


TEXT = "Front\n\nFirst line. Second\nline.\n\nLast paragraph."
REPORT = Report(id="a", title="Visit", text=TEXT, body=7, path="a.md", sha256="0")


def test_a_paragraph_comes_with_the_title_of_its_record():
    assert "Last paragraph." in paragraph_of(REPORT, TEXT.index("Last"))
    assert "First" not in paragraph_of(REPORT, TEXT.index("Last"))
    assert paragraph_of(REPORT, 7).startswith("Visit\nFirst line.")
    assert "Second" in paragraph_of(REPORT, 7)


def test_only_the_first_sentence_after_the_front_matter_is_the_lead():
    first = Sentence(report_id="a", start=7, end=18, text="First line.")
    second = Sentence(report_id="a", start=19, end=31, text="Second\nline.")
    assert is_lead(REPORT, first) and not is_lead(REPORT, second)


@pytest.mark.parametrize("text", ["It ranks first.", "The university ranks first.", "他介绍了上海。", "Он выступил."])
def test_a_sentence_that_opens_with_a_pronoun_points_back(text):
    assert points_back(text)


@pytest.mark.parametrize("text", ["Azoulay spoke.", "张民选介绍了上海。", "Ян Чунхуа выступил.", ""])
def test_a_sentence_that_opens_with_a_name_does_not(text):
    assert not points_back(text)


def test_stems_join_the_forms_of_a_word():
    assert stems("signing") & stems("signed")
    assert stems("") == frozenset()
