"""The overview: what its bars count and lead to."""

import re

from ingest import Agreement, Contact, Ledger, Organization, Promise
from tests.ui.standin import INDEX, cite, report_of
from ui.web.browse.overview import overview
from ui.web.browse.views import browse
from ui.web.desk import Shelf
from ui.wording import words

TEXT = (
    "We met Lyon on 3 May 2021.",
    "We met Nice on 4 May 2021.",
    "We met Turin.",
    "We signed with Lyon.",
    "Nice sent it.",
)
REPORT = report_of(" ".join(TEXT), title="South")


def met(name: str, country: str, quote: str, start: str) -> tuple[Organization, Contact]:
    cited = cite(REPORT, quote)
    return (
        Organization(name=name, country=country, citation=cited, extractor="t"),
        Contact(partner=name, degree="visited", date=start, start=start, citation=cited, extractor="t"),
    )


SHELF = Shelf(
    index=INDEX,
    ledger=Ledger(
        [
            *met("Lyon", "FR", TEXT[0], "2021-05-03"),
            *met("Nice", "FR", TEXT[1], "2021-05-04"),
            *met("Turin", "", TEXT[2], ""),
            Agreement(sides=("", "Lyon"), form="mou", state="signed", citation=cite(REPORT, TEXT[3]), extractor="t"),
            Promise(by="Nice", what=TEXT[4], state="kept", citation=cite(REPORT, TEXT[4]), extractor="t"),
        ]
    ),
    reports=(REPORT,),
)


def bars(language: str) -> dict[str, tuple[str, str, str]]:
    found = re.findall(
        r'<a href="([^"]*)"><span class="overview-name">(.*?)</span>.*?--share: ([\d.]+).*?class="number">(\d+)<',
        overview(SHELF, {}, words(language)),
    )
    return {name: (place, share, n) for place, name, share, n in found}


def test_each_bar_counts_what_it_leads_to_and_is_as_long() -> None:
    assert bars("en") == {
        "France": ("#browse/partners?country=FR", "1.000", "2"),
        "Country not stated": ("#browse/partners?country=none", "0.500", "1"),
        "signed": ("#browse/agreements?state=signed", "1.000", "1"),
        "kept": ("#browse/promises?state=kept", "1.000", "1"),
    }
    assert "法国" in bars("zh") and "Франция" in bars("ru")


def test_contacts_stand_in_the_months_that_they_were_in() -> None:
    assert re.search(r'href="#browse/visits\?year=2021&amp;when=2021-05"[^>]*>2<', overview(SHELF, {}, words("en")))


def test_records_that_tell_nothing_give_a_sentence() -> None:
    empty = Shelf(index=INDEX, ledger=Ledger([]), reports=(REPORT,))
    html = browse(empty, "#browse", words("ru"))
    assert words("ru").say("overview_none") in html and "overview-bars" not in html
