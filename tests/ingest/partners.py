"""Six records of two partners: states told twice, an office held twice, a year not stated, one body under two names."""

import json
from pathlib import Path

from ingest import SETTABLE, Contact, Fact, Organization, add_fact, build_index, open_index, strike_fact
from ingest.ledger.fact import fact_from_dict
from tests.ingest.words import WordEmbedder, write

RECORDS = {
    "a-first.md": (
        "---\ntitle: TEC delegation visits Tampere University\ndate: 2022-05-03\nplace: Tampere, Finland\n---\n\n"
        "On 3 May 2022 a delegation of the UNESCO Teacher Education Centre (TEC) visited Tampere University. "
        "Anna Virtanen, Rector of Tampere University, welcomed the delegation. "
        "Tampere University expressed its wish to sign a memorandum of understanding with TEC. "
        "The two sides discussed rural teachers. "
        "Tampere University promised to send a team of teachers to TEC in 2023.\n"
    ),
    "b-second.md": (
        "---\ntitle: Tampere University visits TEC\ndate: 2023-09-11\nplace: Shanghai, China\n---\n\n"
        "On 11 September 2023 a delegation of Tampere University visited the UNESCO Teacher Education Centre (TEC). "
        "Tampere University and TEC signed a memorandum of understanding. "
        "Pekka Laine, Rector of Tampere University, spoke.\n"
    ),
    "c-third.md": (
        "---\ntitle: A meeting with Tampere University\ndate: 2023-09-11\n---\n\n"
        "TEC received Tampere University. Anna Virtanen, Rector of Tampere University, led the delegation. "
        "TEC and Tampere University discussed a memorandum of understanding.\n"
    ),
    "d-fourth.md": (
        "---\ntitle: TEC visits the University of Gondar\ndate: 4-5 November\n---\n\n"
        "A delegation of TEC visited the University of Gondar. They saw the library.\n"
    ),
    "e-fifth.md": (
        "---\ntitle: TEC visits Gondar University\ndate: 2024-02-01\n---\n\n"
        "A delegation of TEC visited Gondar University. Abebe Bekele, Dean of Gondar University, spoke. "
        "Elena Petrova, professor of Kazan University, spoke.\n"
    ),
    "f-sixth.md": (
        "---\ntitle: Визит в Казань\ndate: 2024-03-01\n---\n\n"
        "Делегация TEC посетила Казанский университет. "
        "Елена Петрова, профессор Томского университета, выступила с докладом.\n"
    ),
}


def facts() -> list[Fact]:
    """What these records tell, as the rules before the tagger found it: what uses facts is tested on these."""
    lines = Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return [fact_from_dict(json.loads(line)) for line in lines]


def index_of_partners(place: Path) -> None:
    """An index of the records below `place`, in which a keeper has put all facts right."""
    write(place / "reports", RECORDS)
    build_index(place / "reports", data=place / "data", embedder=WordEmbedder())
    index = open_index(place / "data")
    for fact in index.facts():
        strike_fact(place / "data", fact)
    reports = {report.path: report for report in index.reports()}
    for fact in facts():
        told = {name: getattr(fact, name) for name in (*SETTABLE[fact.kind], "start")}
        told |= {"side": fact.side} if isinstance(fact, Contact) else {}
        told |= {"is_us": fact.is_us} if isinstance(fact, Organization) else {}
        quote, start = fact.citation.quote, fact.citation.start
        add_fact(place / "data", reports[fact.citation.file], fact.kind, quote, told, near=start)
    index.close()
    build_index(place / "reports", data=place / "data", embedder=WordEmbedder())
