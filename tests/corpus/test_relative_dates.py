import pytest

from corpus.relative_dates import relative_dates


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        ("The lease was signed in August last year.", "2025-03-05", [("August last year", "2024-08")]),
        ("The lease was signed in August of this year.", "2025-09-05", [("August of this year", "2025-08")]),
        (
            "They met yesterday and will meet again next month.",
            "2025-12-31",
            [("yesterday", "2025-12-30"), ("next month", "2026-01")],
        ),
        ("It was renewed last year.", "2025", [("last year", "2024")]),
        (
            "It was signed two years ago, not 18 months ago.",
            "2025-03-05",
            [("two years ago", "2023"), ("18 months ago", "2023-09")],
        ),
        ("It was signed a year ago.", "2025-03-05", [("a year ago", "2024")]),
        ("Договор подписан в августе прошлого года.", "2025-03-05", [("августе прошлого года", "2024-08")]),
        (
            "Встреча прошла вчера, прежняя в прошлом году.",
            "2025-03-01",
            [("вчера", "2025-02-28"), ("прошлом году", "2024")],
        ),
        ("Три года назад, в прошлом месяце", "2025-01-10", [("Три года назад", "2022"), ("прошлом месяце", "2024-12")]),
        ("双方于去年8月签署协议", "2025-03-05", [("去年8月", "2024-08")]),
        ("去年12月31日签署，上个月生效", "2025-03-05", [("去年12月31日", "2024-12-31"), ("上个月", "2025-02")]),
        ("三年前签署，昨天续签", "2025-03-05", [("三年前", "2022"), ("昨天", "2025-03-04")]),
        ("It was closed last October.", "2024-02-20", [("last October", "2023-10")]),
        ("It closed last May and opens next May.", "2024-05-02", [("last May", "2023-05"), ("next May", "2025-05")]),
        ("It closed last March and opens next July.", "2024-05", [("last March", "2024-03"), ("next July", "2024-07")]),
        ("It closed last October.", "2024", []),
        ("Он открыт в декабре позапрошлого года.", "2023-03-07", [("декабре позапрошлого года", "2021-12")]),
        ("Позавчера, 10 дней назад", "2023-03-02", [("Позавчера", "2023-02-28"), ("10 дней назад", "2023-02-20")]),
        ("前天签署，五天前起草", "2023-03-08", [("前天", "2023-03-06"), ("五天前", "2023-03-03")]),
        ("She came last and left next.", "2025-03-05", []),
        ("They met yesterday.", "2025-03", []),
        ("They met last month.", "2025", []),
        ("They met last year.", "--03-05", []),
        ("They met last year.", "", []),
    ],
)
def test_a_date_told_from_the_day_of_writing(text: str, told: str, found: list[tuple[str, str]]) -> None:
    dates = relative_dates(text, told)
    assert [(one.text, one.start) for one in dates] == found
    assert all(one.end == one.start for one in dates)
