import pytest

from corpus.states import strongest_state

WORDED = {
    "wished": [
        "They expressed a desire to sign a memorandum.",
        "The two sides hope to sign an agreement.",
        "双方希望签署备忘录。",
        "Стороны хотели бы подписать соглашение.",
    ],
    "proposed": [
        "They proposed to sign a framework agreement.",
        "校方建议签署协议。",
        "Стороны предложили подписать соглашение.",
    ],
    "discussed": [
        "They discussed a memorandum of understanding.",
        "双方讨论了合作协议。",
        "Стороны обсудили подписание меморандума.",
    ],
    "agreed": [
        "A framework agreement was to be signed at a later date.",
        "The agreement was to sign at a later date.",
        "The parties agreed to sign an agreement.",
        "An agreement will be signed in May.",
        "双方将签署协议。",
        "Стороны договорились подписать меморандум.",
        "Меморандум будет подписан позже.",
    ],
    "signed": [
        "They signed a memorandum.",
        "A memorandum was signed.",
        "双方签署了协议。",
        "Стороны подписали меморандум.",
        "Соглашение подписано.",
    ],
    "not_signed": [
        "The page does not say that an agreement was signed.",
        "On the agreement, the page does not say that one was signed.",
        "No agreement was signed.",
        "A memorandum has not been signed.",
        "双方尚未签署协议。",
        "Соглашение не было подписано.",
        "О подписании нового документа в сообщении не говорится.",
    ],
}


@pytest.mark.parametrize(("state", "text"), [(state, text) for state, texts in WORDED.items() for text in texts])
def test_the_state_of_an_agreement_is_the_weakest_its_words_allow(state, text):
    assert strongest_state(text) == state


@pytest.mark.parametrize("text", ["", "They met at noon.", "他们参观了校园。", "Гости осмотрели кампус."])
def test_a_text_on_no_agreement_has_no_state(text):
    assert strongest_state(text) is None
