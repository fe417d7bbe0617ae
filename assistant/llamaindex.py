"""The door the other way: our retrieval and our answers as LlamaIndex components, for its applications and evaluators.

Nothing of LlamaIndex's own citing is used: a node's offsets are those of our passages, and the text of an answer is
made of verbatim claims.
"""

from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks.base import CallbackManager
from llama_index.core.prompts.mixin import PromptDictType, PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.answer import Retrieved
from assistant.compose.answers import retrieved_from
from assistant.question import Question
from assistant.render import answer_text, answer_to_dict
from assistant.steps import Assistant
from corpus.citation import Citation


class RapporteurRetriever(BaseRetriever):
    """The passages in view of a question, best first, as nodes with their report's file, title and offsets."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        super().__init__(callback_manager=CallbackManager())

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._assistant.search(Question(text=query_bundle.query_str))
        return [NodeWithScore(node=_node(retrieved_from(one), one.passage.text), score=one.score) for one in found]


class RapporteurQueryEngine(BaseQueryEngine):
    """Our assistant as a query engine: the answer's text, its quotes as source nodes, all else in the metadata."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        super().__init__(callback_manager=CallbackManager())

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.answer(Question(text=query_bundle.query_str))
        nodes = [NodeWithScore(node=_node(citation, citation.quote)) for citation in answer.citations]
        return Response(response=answer_text(answer), source_nodes=nodes, metadata=answer_to_dict(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompts(self) -> PromptDictType:
        return {}

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _update_prompts(self, prompts: PromptDictType) -> None:
        """There are no prompts: nothing of an answer is written by a model."""


def _node(one: Retrieved | Citation, text: str) -> TextNode:
    metadata: dict[str, Any] = {"file": one.file, "title": one.title}
    return TextNode(
        id_=f"{one.report_id}@{one.start}-{one.end}",
        text=text,
        start_char_idx=one.start,
        end_char_idx=one.end,
        metadata=metadata,
    )
