"""A shelf of invented records with partners met and mentioned, agreements that moved and that clash, and people."""

from datetime import date

from assistant import Citation, IndexInfo
from corpus import Report
from ingest import Fact, Ledger, Term
from ingest.ledger.fact import FACTS
from tests.ui.standin import ATTACK
from ui.web.desk import Shelf


class Records:
    """Builds facts with citations that stand verbatim in the text of their report."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.facts: list[Fact] = []

    def tell(self, path: str, quote: str, *, kind: str, **fields: object) -> None:
        """Add a fact of a kind that `quote` proves to the report at `path`."""
        said = self.texts.setdefault(path, [])
        start = sum(len(line) + 1 for line in said)
        said.append(quote)
        cited = Citation(
            report_id=path, file=path, title=f"Record {path}", date="", start=start, end=start + len(quote), quote=quote
        )
        self.facts.append(FACTS[kind](**({"citation": cited, "extractor": "test"} | fields)))  # type: ignore[arg-type]

    def number(self, path: str, text: str) -> Term:
        """A reference number that a sentence of its own tells."""
        self.tell(path, f"It bears {text}.", kind="theme", partner="Norwick University", key="other")
        return Term(kind="number", text=text, citation=self.facts.pop().citation)

    def name(self, path: str, name: str, *others: str, country: str = "", is_us: bool = False) -> None:
        """Let a report name an organization."""
        self.tell(
            path, f"{name} is named.", kind="organization", name=name, other_names=others, country=country, is_us=is_us
        )

    def shelf(self) -> Shelf:
        """All of it as the views read it."""
        reports = tuple(
            Report(id=path, title=f"Record {path}", text="\n".join(lines), path=path, sha256="0" * 64)
            for path, lines in self.texts.items()
        )
        index = IndexInfo(generation="g1", model="none", reports=len(reports), built_at=date(2026, 5, 4).isoformat())
        return Shelf(index=index, ledger=Ledger(self.facts), reports=reports)


def shelf() -> Shelf:
    """Norwick (met, signed after talks), Penmoor (clashing states, two rectors), Yunling (no year), one mentioned."""
    told = Records()
    us = "TEC"
    for path in ("a", "b", "c", "d"):
        told.name(path, us, is_us=True)
    told.name("a", "Norwick University", "Norwick", country="GB")
    told.name("b", "Penmoor Academy", country="KZ")
    told.name("c", "云岭大学", "Yunling University", country="CN")
    told.name("d", f"Far {ATTACK} Institute")
    told.tell(
        "a",
        "TEC visited Norwick University on 4 May 2021.",
        kind="contact",
        side=us,
        partner="Norwick University",
        degree="visited",
        direction="went",
        date="4 May 2021",
        start="2021-05-04",
    )
    told.tell(
        "b",
        "TEC received Penmoor Academy.",
        kind="contact",
        side=us,
        partner="Penmoor Academy",
        degree="received",
        direction="came",
        date="2022",
        start="2022",
    )
    told.tell(
        "c",
        "TEC visited 云岭大学 on 3-5 November.",
        kind="contact",
        side=us,
        partner="云岭大学",
        degree="visited",
        direction="went",
        date="3-5 November",
        start="--11-03",
    )
    for state, start in (("discussed", "2020-02-01"), ("signed", "2021-05-04")):
        told.tell(
            "a",
            f"The memorandum was {state}.",
            kind="agreement",
            sides=(us, "Norwick University"),
            form="mou",
            state=state,
            date=start,
            start=start,
            terms=(told.number("a", "17/2021"),) if state == "signed" else (),
        )
    for state in ("discussed", "signed"):
        told.tell(
            "b",
            f"An exchange was {state}.",
            kind="agreement",
            sides=(us, "Penmoor Academy"),
            form="exchange",
            state=state,
            date="2022-06-10",
            start="2022-06-10",
        )
    told.tell(
        "c",
        "云岭大学希望签署协议。",
        kind="agreement",
        sides=(us, "云岭大学"),
        form="agreement",
        state="wished",
        date="",
        start="",
        wanted_by="云岭大学",
    )
    for name, role, home, start, path in (
        ("Anna Virta", "Dean", "Norwick University", "2020-01-01", "a"),
        ("Anna Virta", "Rector", "Norwick University", "2023-01-01", "a"),
        ("Boris Klim", "Rector", "Penmoor Academy", "2022-06-10", "b"),
        ("Clara Dunn", "Rector", "Penmoor Academy", "2022-06-10", "b"),
        ("Li Wei", "Professor", "云岭大学", "--11-03", "c"),
        ("Emil Sand", "", "Norwick University", "2021-05-04", "a"),
    ):  # fmt: skip
        told.tell(
            path,
            f"{role} {name} spoke, {start}.",
            kind="person",
            person=name,
            body=home,
            role=role,
            date=start.replace("--11-03", "3 November"),
            start=start,
        )
    return told.shelf()


def empty_shelf() -> Shelf:
    """An index without a single record."""
    return Records().shelf()
