"""Fourth check. Every kind has pairs that pass and pairs that do not, in each language and across."""

import pytest

from assistant.prove.roles import misattributed
from corpus.offices import offices_of
from corpus.same_person import same_person

INVITES = "Ada Lund invited Marta Okello."
INVITED = "Marta Okello was invited by Ada Lund."
PROPOSES = "Ada Lund proposed a new kiln; Jonas Brandt thanked the potters."
PROPOSES_ZH = "李志强主任提出建新窑，王小明主任感谢陶工。"
PROPOSES_RU = "Олег Сидоров предложил новую печь; Иван Петров поблагодарил гончаров."
POTTERS, POTTERS_ZH, POTTERS_RU = "12 potters saw the fair.", "12名陶工参观了展会。", "12 гончаров осмотрели ярмарку."

RIGHT = [
    ("Director Ada Lund spoke.", "Ada Lund, director of the kiln, spoke."),
    ("The director spoke.", "Director Ada Lund spoke."),
    ("Jonas Brandt, who heads the guild, spoke.", "Jonas Brandt, head of the guild, spoke."),
    ("王小明主任讲话。", "王小明主任讲话，大家鼓掌。"),
    ("Director Wang Xiaoming spoke.", "王小明主任讲话。"),
    ("Ректор Иван Петров выступил.", "Выступил ректор Иван Петров."),
    ("Rector Ivan Petrov spoke.", "Выступил ректор Иван Петров."),
    (INVITED, INVITES),
    ("Ada Lund said the kiln was cold.", "Ada Lund said the kiln was cold, and Marta Okello left."),
    ("Ada Lund proposed a new kiln.", PROPOSES),
    ("李志强主任邀请了王小明主任。", "李志强主任邀请了王小明主任。"),
    ("李志强主任邀请了王小明主任。", "王小明主任由李志强主任邀请。"),
    ("李志强主任提出建新窑。", PROPOSES_ZH),
    ("Li Zhiqiang proposed a new kiln.", PROPOSES_ZH),
    ("Олег Сидоров пригласил Ивана Петрова.", "Олег Сидоров пригласил Ивана Петрова."),
    ("Олег Сидоров предложил новую печь.", PROPOSES_RU),
    (INVITES, "Ада Лунд пригласила Марту Окелло."),
    ("Kenya was invited to the fair by Ghana.", "Ghana invited Kenya to the fair."),
    (POTTERS, "The fair was seen by 12 potters."),
    (POTTERS, POTTERS_ZH),
    ("12名陶工来了。", POTTERS_ZH),
    ("12 гончаров приехали.", POTTERS_RU),
    ("", "Ada Lund spoke."),
]
OFFICES = [
    ("Rector Ada Lund spoke.", "Ada Lund, director of the kiln, spoke."),
    ("Director Ada Lund spoke.", "Deputy Director Ada Lund spoke."),
    ("Director Jonas Brandt spoke.", "Director Ada Lund and Jonas Brandt spoke."),
    ("王小明主任讲话。", "王小明副主任讲话。"),
    ("王小明校长讲话。", "王小明主任讲话。"),
    ("Deputy Director Wang Xiaoming spoke.", "王小明主任讲话。"),
    ("Ректор Иван Петров выступил.", "Выступил проректор Иван Петров."),
    ("Директор Иван Петров выступил.", "Выступил ректор Иван Петров."),
    ("Rector Ivan Petrov spoke.", "Выступил проректор Иван Петров."),
]
ACTORS = [
    ("Marta Okello invited Ada Lund.", INVITES),
    ("Ada Lund was invited by Marta Okello.", INVITES),
    ("Marta Okello said the kiln was cold.", "Ada Lund said the kiln was cold, and Marta Okello left."),
    ("Jonas Brandt proposed a new kiln.", PROPOSES),
    ("王小明主任邀请了李志强主任。", "李志强主任邀请了王小明主任。"),
    ("王小明主任提出建新窑。", PROPOSES_ZH),
    ("Wang Xiaoming proposed a new kiln.", PROPOSES_ZH),
    ("Иван Петров пригласил Олега Сидорова.", "Олег Сидоров пригласил Ивана Петрова."),
    ("Иван Петров предложил новую печь.", PROPOSES_RU),
    ("Marta Okello invited Ada Lund.", "Ада Лунд пригласила Марту Окелло."),
    ("Kenya invited Ghana to the fair.", "Ghana invited Kenya to the fair."),
]
COUNTS = [
    ("12 days passed at the fair.", POTTERS),
    ("会议持续12天。", POTTERS_ZH),
    ("行会有12座桥。", "展会为期12天。"),
    ("Прошло 12 дней.", POTTERS_RU),
]


def found(claim, source, aligned):
    reason = misattributed(claim, source, aligned(claim, source))
    return reason.key if reason else None


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_a_sentence_that_gives_everybody_their_own_passes(claim, source, aligned):
    assert found(claim, source, aligned) is None


@pytest.mark.parametrize(("claim", "source"), OFFICES)
def test_an_office_given_to_somebody_who_does_not_hold_it_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "office_wrong"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The rector spoke.", "The director spoke."),
        ("校长讲话。", "部长讲话。"),
        ("Ректор выступил.", "Выступил министр."),
    ],
)
def test_an_office_that_the_source_does_not_speak_of_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "office_unsaid"


@pytest.mark.parametrize(("claim", "source"), ACTORS)
def test_a_deed_given_to_another_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "actor_wrong"


@pytest.mark.parametrize(("claim", "source"), COUNTS)
def test_a_number_that_counts_another_thing_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "counts_other"


@pytest.mark.parametrize(
    ("claim", "source"),
    [(INVITES, INVITED), ("Ada Lund received Marta Okello.", "Marta Okello was received by Ada Lund in the hall.")],
)
def test_a_passive_source_told_in_the_active_passes(claim, source, aligned):
    assert found(claim, source, aligned) is None


MOVED = [
    ("The course lasts 4 years.", "The course lasts two years; 4 teachers give it."),
    ("The guild has 12 kilns.", "The guild has 12 members and one kiln."),
]
MOVED_UNSEEN = [("12 kilns were seen by potters.", POTTERS), ("У гильдии 12 мостов.", "Ярмарка длилась 12 дней.")]


@pytest.mark.parametrize(("claim", "source"), MOVED)
def test_a_number_moved_to_a_neighboring_thing_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "counts_other"


@pytest.mark.xfail(
    reason="a number is found beside the right word if that word stands within 60 letters",
    strict=True,
    raises=AssertionError,
)
@pytest.mark.parametrize(("claim", "source"), MOVED_UNSEEN)
def test_a_number_moved_within_sight_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "counts_other"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Lund", "Lund"), ("Wang Xiaoming", "王小明"), ("Oleg Sidorov", "Олег Сидоров"), ("A. Lund", "Ada Lund")],
)
def test_forms_of_one_name_are_one_person(one, other):
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Lund", "Ada Okello"), ("Wang Xiaoming", "李志强"), ("Oleg Sidorov", "Иван Петров")]
)
def test_names_that_differ_in_a_part_are_not(one, other):
    assert not same_person(one, other)


@pytest.mark.parametrize(
    ("text", "person", "office"),
    [
        ("Deputy Director Ada Lund spoke.", "Ada Lund", "vice director"),
        ("Ada Lund, rector of the guild school, spoke.", "Ada Lund", "rector"),
        ("副主任王小明讲话。", "王小明", "vice director"),
        ("Выступил ректор Иван Петров.", "Иван Петров", "rector"),
    ],
)
def test_the_office_beside_a_name_is_read(text, person, office):
    assert office in offices_of(text)[person]


def test_the_office_of_a_deputy_named_before_it_in_chinese_is_read():
    assert "vice director" in offices_of("王小明副主任讲话。").get("王小明", ())
