import pytest

from corpus import language_of
from tests.timing import grows_no_faster_than_its_input

QUESTIONS = {
    "en": [
        "Who is Khamidov?",
        "Where did TEC go in July?",
        "List all MoUs",
        "Indonesia provincial directors",
        "And when?",
        "What did 张民选 say?",
        "Who received Ян Чунхуа?",
        "Nazarbayev University",
        "TEC",
        "2023?",
        "",
    ],
    "zh": [
        "张民选是谁？",
        "TEC 和 Nazarbayev University 签了什么？",
        "吉布",
        "UNESCO-ICHEI 的主任",
        "哪些访问签署了协议？",
    ],
    "ru": [
        "Кто принял делегацию?",
        "Сколько студентов?",
        "Кто такой 张民选?",
        "Когда подписан меморандум",
        "КазНУ и Ланьчжоу",
        "Какие соглашения подписаны с TEC?",
        "Кто из Әл-Фараби университета участвовал во встрече в Алматы?",
        "Умаров",
    ],
    "kk": [
        "Делегацияны кім қабылдады?",
        "Делегация Алматыда болды ма?",
        "Олар не туралы сөйлесті?",
        "Елші қашан келді",
        "Ректор ким болды",
        "Меморандум жасалды ма",
    ],
    "fr": [
        "Qui a reçu la délégation à Paris ?",
    ],
    "de": [
        "Wer hat die Delegation empfangen?",
    ],
    "es": [
        "¿Quién recibió a la delegación?",
    ],
    "tr": [
        "Heyeti kim kabul etti ve ne zaman?",
    ],
    "ja": [
        "代表団を迎えたのは誰ですか",
    ],
    "ar": [
        "من استقبل الوفد؟",
    ],
    "fa": [
        "گزارش بازدید از کتابخانه رود",
    ],
    "he": [
        "מי קיבל את המשלחת?",
    ],
    "el": [
        "Ποιος υποδέχτηκε την αντιπροσωπεία του TEC;",
    ],
    "tg": [
        "Ҳайати Донишгоҳи миллии Тоҷикистон",
    ],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in QUESTIONS.items() for text in texts])
def test_the_language_of_a_short_question_is_told(code: str, text: str) -> None:
    assert language_of(text) == code


def test_the_time_to_tell_a_language_grows_with_the_text_and_no_faster() -> None:
    sentence = "Heyeti kim kabul etti ve ne zaman? "
    assert grows_no_faster_than_its_input(
        lambda copies: language_of(sentence * copies), small=5, large=100, floor=0.0005
    )
