from datetime import date

from ingest import Fact, Ledger, Organization, Promise, Role
from tests.ui.standin import INDEX, cite, report_of
from ui.listings import OURS, made_rows
from ui.web.browse.promises import promises
from ui.web.desk import Shelf
from ui.wording import words

EN = words("en")
REPORT = report_of(
    "Lyon will send the plan. We send the list by 3 May 2021. Nice will come next year. The office heard it.",
    title="Old",
)
US = Organization(name="The office", is_us=True, citation=cite(REPORT, "The office heard it."), extractor="t")


def promise(quote: str, who: str, *to: str, start: str = "", due: str = "") -> Fact:
    return Promise(by=who, what=quote, to=to, state="open", date=due, start=start,
                citation=cite(REPORT, quote), extractor="t")  # fmt: skip


NEXT = str(date.today().year + 1)
SHELF = Shelf(
    index=INDEX,
    ledger=Ledger(
        [
            US,
            promise("Lyon will send the plan.", "Lyon", "The office"),
            promise("We send the list by 3 May 2021.", "The office", "Lyon", start="2021-05-03", due="3 May 2021"),
            promise("Nice will come next year.", "", start=NEXT, due="next year"),
        ]
    ),
    reports=(REPORT,),
)


def test_promises_stand_by_the_day_they_are_due_and_the_head_counts_them() -> None:
    html = promises(SHELF, {}, EN)
    assert "open 3 · overdue 1 · ours 1" in html
    assert html.index("We send the list") < html.index("Nice will come") < html.index("Lyon will send")
    assert "3 May 2021" in html and "not told" in html and "download/promises.csv" in html


def test_those_overdue_and_our_own_are_chosen_and_nothing_is_said_where_none_fits() -> None:
    assert "We send the list" in promises(SHELF, {"state": "overdue"}, EN)
    assert "Lyon will send" not in promises(SHELF, {"state": "ours"}, EN)
    assert "No promise fits" in promises(SHELF, {"state": "kept"}, EN)


def test_what_a_person_promises_is_the_word_of_his_body_and_his_to_keep() -> None:
    role = Role(person="Anna Berg", role="Director", body="The office", citation=US.citation, extractor="t")
    ledger = Ledger([US, role, promise("We send the list by 3 May 2021.", "Anna Berg", "Lyon")])
    (row,) = made_rows("promises", ledger)
    assert (row.fields["who"], row.fields["responsible"]) == ("The office", "Anna Berg")
    assert OURS in row.also
    assert "The office; Anna Berg" in promises(Shelf(index=INDEX, ledger=ledger, reports=(REPORT,)), {}, EN)
