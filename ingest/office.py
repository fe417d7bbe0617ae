"""Who "we" are: the names of the office that wrote the records, a setting kept beside the indexes."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpus import IndexUnusable, UsageError
from ingest.ledger.fact import Contact, Fact
from ingest.ledger.ledger import Ledger

FILE = "office.json"
"""Its name in the data folder."""
MOST_NAMES, MOST_LETTERS = 20, 200


def read_office(data: Path) -> tuple[str, ...]:
    """The names that the office goes by, the main one first; empty where nobody has told them.

    Raises:
        IndexUnusable: The file is damaged.
    """
    path = data / FILE
    try:
        names = json.loads(path.read_text(encoding="utf-8"))["names"]
        return tuple(str(name) for name in names)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{path}: cannot be read ({error}). Run: rapporteur init NAME") from error


def save_office(data: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Remember the names; the next run reads the facts anew by them, and nothing else. Returns what was kept.

    Raises:
        UsageError: There is no name among them, or one is too long or cannot be shown.
    """
    kept = tuple(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))
    if not kept or len(kept) > MOST_NAMES:
        raise UsageError(f"Give the office 1 to {MOST_NAMES} names, the main one first. Nothing was changed.")
    for name in kept:
        if len(name) > MOST_LETTERS or not name.isprintable():
            raise UsageError(f"“{name[:40]}” is no name: longer than {MOST_LETTERS} characters, or it cannot be shown.")
    data.mkdir(parents=True, exist_ok=True)
    new = data / f"{FILE}.new"
    new.write_text(json.dumps({"names": kept}, ensure_ascii=False) + "\n", encoding="utf-8")
    new.replace(data / FILE)
    return kept


def proposed_office(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The names of the body that most records name without meeting it, which is likely who wrote them; or empty."""
    ledger = Ledger(facts)
    met = {
        (ledger.key(fact.partner, fact.citation.report_id), fact.citation.report_id) for fact in ledger.facts(Contact)
    }
    named = Counter(
        name
        for name, own in ledger.organizations.items()
        for report in {fact.citation.report_id for fact in own}
        if (name, report) not in met
    )
    best = named.most_common(1)
    return ledger.forms(best[0][0])[:MOST_NAMES] if best and best[0][1] > 1 else ()
