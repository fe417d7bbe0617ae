from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.prove import Proof, Prover
from corpus.acronyms import Acronyms

KILN = "Director Ada Lund opened the kiln in Ravenholm on 5 May, and twelve potters sang."
KILN_ZH = "5月5日，王小明主任参观了窑，并与十二名陶工交谈。"
KILN_RU = "Директор Иван Петров осмотрел печь 5 мая и беседовал с двенадцатью гончарами."
RECORD = f"A visit.\n\n{KILN} They sold 40 jars to guests.\n\nThe memorandum was discussed."
LANGUAGES = pytest.mark.parametrize("quote", [KILN, KILN_ZH, KILN_RU], ids=["en", "zh", "ru"])
FILLER = [f"On day {day} the keeper counted {day + 3} jars in room {day}." for day in range(20, 100)]

RELEASED = [
    ("Ada Lund opened the kiln in Ravenholm on 5 May.", KILN),
    ("Twelve potters sang when Director Ada Lund opened the kiln.", KILN),
    ("王小明主任参观了窑。", KILN_ZH),
    ("Director Wang Xiaoming visited the kiln on 5 May.", KILN_ZH),
    ("Иван Петров осмотрел печь 5 мая.", KILN_RU),
    ("Director Ivan Petrov inspected the kiln on 5 May.", KILN_RU),
]
WITHHELD = [
    ("Ada Lund opened the kiln in Ravenholm on 6 May.", KILN, "covered"),
    ("Ada Lund opened the kiln in Tomsk on 5 May.", KILN, "covered"),
    ("Thirteen potters sang for Ada Lund in Ravenholm.", KILN, "covered"),
    ("Ada Lund did not open the kiln in Ravenholm.", KILN, "no_stronger"),
    ("Rector Ada Lund opened the kiln in Ravenholm.", KILN, "same_roles"),
    ("5月5日，王小明主任与十三名陶工交谈。", KILN_ZH, "covered"),
    ("5月5日，李志强主任参观了窑。", KILN_ZH, "covered"),
    ("5月5日，王小明主任没有参观窑。", KILN_ZH, "no_stronger"),
    ("5月5日，王小明校长参观了窑。", KILN_ZH, "same_roles"),
    ("Директор Иван Петров осмотрел печь 6 июня.", KILN_RU, "covered"),
    ("Директор Олег Сидоров осмотрел печь 5 мая.", KILN_RU, "covered"),
    ("Директор Иван Петров не осмотрел печь 5 мая.", KILN_RU, "no_stronger"),
    ("Ректор Иван Петров осмотрел печь 5 мая.", KILN_RU, "same_roles"),
]


@LANGUAGES
def test_a_sentence_that_is_its_quote_passes_by_construction(quote, prover):
    assert prover.prove(quote, [quote], text=f"Before. {quote} After.") == Proof(quote=quote)
    assert prover.prove(f"  {quote.rstrip('.。')} ", ["Something else.", quote]) == Proof(quote=quote)


def test_line_breaks_and_the_last_stop_make_no_other_sentence(prover):
    assert prover.prove(KILN.replace(" the kiln ", " the\n  kiln "), [KILN]).score == 1.0


@pytest.mark.parametrize(("sentence", "quote"), RELEASED)
def test_a_true_sentence_is_released(sentence, quote, prover):
    assert prover.prove(sentence, [quote]).verdict != "withheld"


@pytest.mark.parametrize(("sentence", "quote", "check"), WITHHELD)
def test_a_false_sentence_is_withheld_for_its_fault(sentence, quote, check, prover):
    proof = prover.prove(sentence, [quote])
    assert proof.verdict == "withheld"
    assert check in proof.failed
    assert all(proof.reason(language) for language in ("en", "zh", "ru"))


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The kiln burns oak and uses sea water.", KILN),
        ("王小明主任喜欢在海里游泳。", KILN_ZH),
        ("Директор Иван Петров любит плавать в море.", KILN_RU),
    ],
)
def test_what_the_quote_does_not_speak_of_is_at_most_uncertain(sentence, quote, prover):
    proof = prover.prove(sentence, [quote])
    assert proof.verdict == "uncertain"
    assert "entailed" in proof.failed


def test_truths_rank_above_lies_and_lies_above_none(prover):
    true = [prover.prove(sentence, [quote]).score for sentence, quote in RELEASED]
    false = [prover.prove(sentence, [quote]).score for sentence, quote, _ in WITHHELD]
    assert min(true) > sum(false) / len(false)
    assert all(0 <= score <= 1 for score in true + false)


def test_a_quote_that_does_not_stand_in_its_record_is_not_located(prover):
    proof = prover.prove(KILN, [KILN, "They sold 50 jars to guests."], text=RECORD)
    assert (proof.verdict, proof.score, list(proof.failed)) == ("withheld", 0.0, ["located"])
    assert proof.failed["located"].key == "not_located"


def test_a_quote_stitched_of_two_places_is_not_located(prover):
    stitched = "Director Ada Lund opened the kiln in Ravenholm on 5 May. The memorandum was discussed."
    assert "located" in prover.prove("Ada Lund opened the kiln.", [stitched], text=RECORD).failed


def test_quotes_that_stand_in_the_record_are_located_despite_blanks_around(prover):
    assert prover.prove(KILN, [f"  {KILN}\n"], text=RECORD).verdict == "proved"


@pytest.mark.parametrize(
    ("sentence", "quotes"), [("Ada Lund sang.", []), ("Ada Lund sang.", [" ", ""]), ("  ", [KILN])]
)
def test_nothing_to_prove_or_to_prove_it_with_is_withheld(sentence, quotes, prover):
    proof = prover.prove(sentence, quotes)
    assert (proof.verdict, proof.score) == ("withheld", 0.0)
    assert proof.failed["located"].key == "no_quote"


@pytest.mark.parametrize("lie_first", [True, False])
def test_of_several_sentences_the_worst_counts(lie_first, prover):
    quote = "Ada Lund opened the kiln in Ravenholm. They sold 40 jars to guests."
    truth, lie = "Ada Lund opened the kiln in Ravenholm.", "They sold 50 jars to guests."
    both = prover.prove(f"{lie} {truth}" if lie_first else f"{truth} {lie}", [quote])
    alone = prover.prove(lie, [quote])
    assert (both.verdict, both.failed, both.score) == (alone.verdict, alone.failed, alone.score)


def test_several_true_sentences_are_released_from_several_quotes(prover):
    proof = prover.prove(
        "Ada Lund opened the kiln. They sold 40 jars.", ["Ada Lund opened the kiln.", "They sold 40 jars to guests."]
    )
    assert proof.verdict != "withheld"


@pytest.mark.parametrize("at", [0, 40, 80])
def test_long_evidence_is_searched_for_what_comes_nearest(at, prover):
    told = "Twelve boats reached Ravenholm with salt and rope."
    evidence = " ".join([*FILLER[:at], told, *FILLER[at:]])
    true = prover.prove("12 boats reached Ravenholm with salt.", [evidence])
    assert (true.verdict != "withheld", true.quote) == (True, told)
    assert prover.prove("12 boats reached Ravenholm with salt.", [" ".join(FILLER)]).verdict == "withheld"
    assert prover.prove("13 boats reached Ravenholm with salt.", [evidence]).failed["covered"].key == "number_missing"


def test_names_may_stand_in_the_words_around_the_quote(prover):
    sentence, quote = "Guests from Kenya opened the kiln.", "The guests opened the kiln."
    assert "covered" in prover.prove(sentence, [quote]).failed
    assert "covered" not in prover.prove(sentence, [quote], around="A delegation of Kenya in Ravenholm").failed


def test_acronyms_the_records_explain_are_read_in_full(embedder, prover):
    filled = Acronyms(["Guests of the Zeta Board of Lore (ZBL) came."]).filled
    sentence, quote = "The ZBL sent guests.", "The Zeta Board of Lore sent guests."
    assert "covered" not in Prover(embedder, filled).prove(sentence, [quote]).failed
    assert "covered" in prover.prove(sentence, [quote]).failed


def test_proofs_are_the_same_in_any_order_and_prover_and_from_four_threads(embedder):
    asked = [(sentence, (quote,)) for sentence, quote, *_ in [*RELEASED, *WITHHELD]]
    one = Prover(embedder)
    first = [one.prove(*pair) for pair in asked]
    assert [one.prove(*pair) for pair in reversed(asked)][::-1] == first
    fresh = Prover(embedder)
    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(lambda pair: fresh.prove(*pair), asked)) == first


@pytest.mark.parametrize("quote", ["!!!", "---", "…"])
def test_evidence_without_words_proves_nothing(quote, prover):
    assert prover.prove("Ada Lund opened the kiln.", [quote]).verdict != "proved"


@pytest.mark.parametrize("sentence", ["!!!", "…", "Yes", "да", "好"])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_sentence_that_says_nothing_is_not_proved(sentence, prover):
    assert prover.prove(sentence, [KILN]).verdict != "proved"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The guild signed the memorandum.", "Nobody says that The guild signed the memorandum."),
        ("Director Ada Lund spoke.", "Deputy Director Ada Lund spoke."),
        ("Ten potters spoke", "They said Ten potters spokesmen were absent."),
        ("行会签署了备忘录。", "没有人说行会签署了备忘录。"),
        ("гильдия подписала меморандум", "Неправда, что гильдия подписала меморандум."),
    ],
)
def test_a_part_of_a_quote_that_says_otherwise_is_not_proved(sentence, quote, prover):
    assert prover.prove(sentence, [quote]).verdict != "proved"


@pytest.mark.parametrize(
    "sentence", ["On 5 May, Ada Lund opened the kiln.", "The kiln was opened by Ada Lund on 5 May."]
)
def test_the_same_words_in_another_order_are_proved(sentence, prover):
    assert prover.prove(sentence, ["Ada Lund opened the kiln on 5 May."]).verdict == "proved"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The guild has signed the memorandum.", "It is false that the guild has signed the memorandum."),
        ("The guild has built a kiln.", "It is wrong to say that the guild has built a kiln."),
        ("行会建了新窑。", "行会建了新窑的说法是假的。"),
    ],
)
def test_what_the_quote_calls_false_is_not_proved(sentence, quote, prover):
    assert prover.prove(sentence, [quote]).verdict != "proved"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The course lasts 4 years.", "The course lasts two years; 4 teachers give it."),
        ("The guild has 12 kilns.", "The guild has 12 members and one kiln."),
    ],
)
def test_a_number_moved_to_another_thing_of_the_quote_is_not_proved(sentence, quote, prover):
    assert prover.prove(sentence, [quote]).verdict != "proved"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("President Ada Lund received the potters.", "The President received the potters on Monday."),
        ("Ректор Иван Петров открыл печь.", "Ректор открыл печь и поблагодарил гончаров."),
    ],
)
def test_a_sentence_with_an_invented_person_is_withheld(sentence, quote, prover):
    assert prover.prove(sentence, [quote]).verdict == "withheld"
