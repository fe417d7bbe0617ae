"""What a record orders has no effect, even where the model obeys every order."""

import pytest

from assistant.compose.worded import worded
from assistant.language_model import LanguageModelConfig, open_language_model
from assistant.prove import Prover
from tests.assistant.endpoints import cited, scripted
from tests.assistant.planted import PLANTED

FACT = "Vice Rector Tomas Hale received the guests of TEC at Orlen University on 4 March 2024."


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_no_planted_instruction_is_obeyed(embedder, language):
    prover, said = Prover(embedder), []
    with scripted() as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
        model = open_language_model(config)
        for order, lie, _ in (one for one in PLANTED if one[2] == language):
            endpoint.text = f"{lie} [2]"
            *_, done = worded(model, prover, "Who received the guests?", cited(FACT, order), language)
            assert not done.failed
            said += [order for claim in done.claims]
    assert len(endpoint.asked) == 50
    assert said == []
