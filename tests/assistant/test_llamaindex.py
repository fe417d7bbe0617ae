from llama_index.core.llms.mock import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers.no_text import NoText

from assistant.llamaindex import RapporteurQueryEngine, RapporteurRetriever

ASKED = "Who received the directors of the Indonesian provincial teacher centres at TEC?"


def test_a_llamaindex_query_engine_runs_on_our_retriever(assistant):
    engine = RetrieverQueryEngine(retriever=RapporteurRetriever(assistant), response_synthesizer=NoText(llm=MockLLM()))
    found = engine.query(ASKED)
    best = found.source_nodes[0]
    assert best.node.metadata["file"].startswith("008-")
    text = assistant.report_text(best.node.metadata["file"])
    assert text[best.node.start_char_idx : best.node.end_char_idx] == best.node.text


def test_our_query_engine_gives_the_answer_with_its_quotes_as_sources(assistant):
    answer = RapporteurQueryEngine(assistant).query(ASKED)
    assert "Zhu Xiaohu" in str(answer)
    assert answer.metadata["status"] == "answered"
    for one in answer.source_nodes:
        text = assistant.report_text(one.node.metadata["file"])
        assert text[one.node.start_char_idx : one.node.end_char_idx] == one.node.text
