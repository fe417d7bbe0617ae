"""A thousand invented visit records in three languages, made from templates; the same seed gives the same records."""

import hashlib
import random
from collections.abc import Callable

from corpus.dates import event_dates
from corpus.names import known_forms
from corpus.report import Report

SEED = 7
US = known_forms("tec")
_OURS = {
    "en": next(form for form in US if form.isascii() and " " in form),
    "zh": next(form for form in US if "\u4e00" <= form[0] <= "\u9fff"),
    "ru": next(form for form in US if form.startswith("Центр подготовки")),
}
_STEMS = (
    "Norwick Penmoor Velmar Harwick Orlow Brightwater Marsh Fernhill Ashcombe Tolland Wexmere Saltby Dunmere Kelby "
    "Larkton Moorgate Elsdon Farrow Granby Hexley Iverton Jesmor Kirkwell Lowick Medford Nethby Oakham Pelton"
).split()
_SORTS = ("University", "Teachers' College", "Institute of Education", "Academy", "University of Arts", "Foundation")
_GIVEN = "Anna Paul Clara Omar Lina Hugo Marta Pavel Irena Tomas Edith Karim Sofia Bruno Helga Amir Wanda Felix".split()
_FAMILY = "Berg Stone Vogel Hale Sorin Lund Petrak Amari Castell Dorn Egger Falk Grimm Holt Ilves Jansky Kovar".split()
_HAN_STEMS = "云岭 青岩 海州 林川 白石 松河 枫桥 竹山 柳江 梅溪 桐城 槐阳 杉原 桂湖 兰坪 莲塘".split()
_HAN_SORTS = ("大学", "师范学院", "教育研究院", "职业学院")
_HAN_PEOPLE = "赵明 钱立 孙浩 李安 周宁 吴越 郑楠 王岚 冯雪 陈默".split()
_RU_STEMS = "Заречн Приморск Озёрн Северск Лесн Горн Степн Речн Полевск Южн".split()
_RU_PEOPLE = ("Иван Соколов", "Пётр Лесков", "Олег Зимин", "Юрий Крылов", "Павел Громов", "Лев Орлов")
_TOPICS = (
    "rural schools", "digital textbooks", "early childhood education", "mathematics teaching", "school leadership",
    "teacher training", "STEM classes", "artificial intelligence in lessons", "special education", "student exchange",
)  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()

_ENGLISH = (
    "{us} visited {a} on {day} {month} {year}. {p}, Rector of {a}, received the guests and spoke about {topic}. The "
    "University showed its library and two laboratories. The two sides signed a memorandum of understanding.",
    "A delegation of {a} led by Vice Rector {p} came to {us} in {month} {year}. {q} of {b} travelled with them. They "
    "saw a lesson on {topic} and met teachers of the district. {a} would like to sign an agreement with {us}.",
    "{us} held talks with {a} online. {p} presented {topic} at {a}. {q} asked about courses for {n} teachers. Both "
    "sides discussed a joint programme and an exchange of students once the ministry agrees.",
    "The forum on {topic} gathered {n} teachers. {a}, {b} and {us} took part. {p} of {a} gave a lecture. {q}, Dean of "
    "the Faculty of Physics of {b}, thanked the hosts. {us} promised to send two lecturers to {b} next year.",
    "{us} received {a} and {b}. {p}, President of {a}, proposed a framework agreement. {q} said that {b} plans to open "
    "a joint laboratory. No agreement was signed. The guests visited a school and a museum.",
    "{a} renewed its agreement with {us} in {year}. The ceremony was held on {day} {month}. {p} signed for {a}. {q}, "
    "Deputy Director, recalled the first visit and the {n} students who have studied {topic} since.",
    "The memorandum between {us} and {a} expired in {year}. {p} wrote that {a} wishes to renew it. {b} was named as a "
    "further partner. The course on {topic} goes on with {n} students.",
    "{us} went to {b} after a stop at {a}. {p} greeted the group at {a}. {q}, Head of the International Office, spoke "
    "of {topic}. {b} and {us} agreed to sign a letter of intent. The agreement is to be signed in {month}.",
    "{p} of {a} came to {us} for {n} days. He taught {topic} and visited {b}. A dual degree was talked over. {q} hopes "
    "for a second visit. The programme closed with a concert by students.",
    "The training on {topic} opened at {us} on {day} {month} {year} with {n} participants from {a} and {b}. {p} "
    "chaired the opening. {q} spoke for the participants. Lectures, school visits and group work filled two weeks. The "
    "organizers will publish the results.",
)  # fmt: skip
_CHINESE = (
    "{year}年{mon}月{day}日，{us}代表团访问{a}。{a}校长{p}会见了代表团。双方讨论了教师培训与人工智能。{a}与{us}签署了合作备忘录。",
    "{a}代表团访问{us}。校长{p}介绍了{b}的情况。{us}愿与{a}签署框架协议。双方商定明年举办研讨会，{n}名教师将参加。",
    "{us}与{a}举行线上会谈。{p}校长表示，{a}希望开展学生交流。双方尚未签署协议。该校还介绍了农村教师项目。",
)
_RUSSIAN = (
    "{day} {rumonth} {year} года делегация {agen} посетила {us}. Ректор {p} рассказал о подготовке учителей. Стороны "
    "подписали меморандум о сотрудничестве. В программе приняли участие {n} педагогов.",
    "{us} принял {acc}. Ректор {p} предложил заключить соглашение. Стороны обсудили обмен студентами. {a} планирует "
    "открыть совместную лабораторию, если позволят условия.",
    "{us} провел семинар, в котором участвовал {a}. Выступил {p}. Соглашение не подписано. Следующая встреча пройдет "
    "онлайн в следующем году.",
)
_RU_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


def thousand(count: int = 1000) -> tuple[Report, ...]:
    """`count` records: seven of ten English, two Chinese, one Russian, every template in turn."""
    draw = random.Random(SEED)
    makers: tuple[Callable[[random.Random, int], tuple[str, str, str]], ...] = (
        *[_english] * 7, *[_chinese] * 2, _russian
    )  # fmt: skip
    return tuple(_report(number, *makers[number % 10](draw, number // 10)) for number in range(count))


def _report(number: int, language: str, title: str, text: str) -> Report:
    path = f"{number:04}.md"
    digest = hashlib.sha256(path.encode()).hexdigest()
    year = 2010 + number % 16
    dates = event_dates(f"{year}-{1 + number % 12:02}-{1 + number % 28:02}") if number % 5 else ()
    return Report(
        id=digest[:12], title=title, text=text, language=language, dates=dates, path=path, sha256=digest
    )  # fmt: skip


def _english(draw: random.Random, turn: int) -> tuple[str, str, str]:
    a, b = (f"{draw.choice(_STEMS)} {draw.choice(_SORTS)}" for _ in "ab")
    p, q = (f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}" for _ in "pq")
    parts = _numbers(draw) | {"a": a, "b": b, "p": p, "q": q, "topic": draw.choice(_TOPICS), "us": _OURS["en"]}
    first, second = draw.sample(_ENGLISH, 2)
    return "en", f"{a} and {parts['topic']}", f"{first.format(**parts)}\n\n{second.format(**parts)}"


def _chinese(draw: random.Random, turn: int) -> tuple[str, str, str]:
    a, b = (draw.choice(_HAN_STEMS) + draw.choice(_HAN_SORTS) for _ in "ab")
    parts = _numbers(draw) | {"a": a, "b": b, "p": draw.choice(_HAN_PEOPLE), "us": _OURS["zh"]}
    return "zh", f"{a}来访", _CHINESE[turn % len(_CHINESE)].format(**parts)


def _russian(draw: random.Random, turn: int) -> tuple[str, str, str]:
    stem = draw.choice(_RU_STEMS)
    ending, genitive = ("ий", "ого") if stem.endswith("ск") else ("ый", "ого")
    parts = _numbers(draw) | {
        "a": f"{stem}{ending} университет", "acc": f"{stem}{ending} университет",
        "agen": f"{stem}{genitive} университета", "p": draw.choice(_RU_PEOPLE), "us": _OURS["ru"],
    }  # fmt: skip
    return "ru", "Визит делегации", _RUSSIAN[turn % len(_RUSSIAN)].format(**parts)


def _numbers(draw: random.Random) -> dict[str, str]:
    month = draw.randrange(12)
    return {
        "day": str(draw.randint(1, 28)), "month": _MONTHS[month], "mon": str(month + 1), "rumonth": _RU_MONTHS[month],
        "year": str(draw.randint(2010, 2025)), "n": str(draw.randint(12, 90)),
    }  # fmt: skip
