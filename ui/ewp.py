"""Agreements in the fields of the Erasmus Without Paper standard, as its IIA "get" response names them.

Followed is version 7 of the Interinstitutional Agreements API (``endpoints/get-response.xsd``, ``stable-v7``): twice
``partner``, our own first, with ``iia-code``, ``signing-contact`` and ``signing-date``, and ``in-effect``. What records
do not tell is left out, though the schema asks for it: ``hei-id``, ``iia-id``, ``cooperation-conditions``,
``iia-hash``. In place of ``hei-id`` stands ``name``, as the Institutions API calls it. The standard has no start or
end date of an agreement.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from corpus import UsageError
from ingest import MADE, Ledger

Row = Mapping[str, Any]


def iias_get_response(ledger: Ledger, rows: Iterable[Row]) -> dict[str, list[dict[str, Any]]]:
    """The agreements between us and one other, one entry for each form and partner, in order of their first row.

    Args:
        rows: Rows of the agreements, as `ui.rows.ledger_rows` gives them; none gives an empty list.

    Raises:
        UsageError: Nobody has said who "we" are, so that no partner is our own.
    """
    if not any(map(ledger.is_us, ledger.organizations)):
        raise UsageError("No record names the office that the agreements are of. Say who we are: rapporteur init NAME")
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        ours, others = _sides(ledger, row["parties"])
        if ours and len(others) == 1:
            found.setdefault((ours, others[0], row["form"]), []).append(row)
    return {"iia": [_iia((ours, other), own) for (ours, other, _), own in found.items()]}


def _sides(ledger: Ledger, parties: list[str]) -> tuple[str, list[str]]:
    ours = next((name for name in parties if ledger.is_us(name)), "")
    return ours, [name for name in parties if not ledger.is_us(name)]


def _iia(sides: tuple[str, str], rows: list[Row]) -> dict[str, Any]:
    partners = [_partner(name, rows) for name in sides]
    if number := next((row["number"] for row in rows if row["number"]), ""):
        partners[0]["iia-code"] = number
    return {"partner": partners, "in-effect": any(row["state"] in MADE for row in rows)}


def _partner(name: str, rows: list[Row]) -> dict[str, Any]:
    """One side; its first signing counts, on a whole day (``xs:date``) only."""
    found: dict[str, Any] = {"name": name}
    for row in rows:
        signer = next((one["name"] for one in row["signed_by"] if one["side"] == name), "")
        if signer:
            found["signing-contact"] = {"contact-name": signer}
            if row["state"] == "signed" and len(row["start"]) == len("2024-05-03") and row["start"][:4].isdigit():
                found["signing-date"] = row["start"]
            break
    return found
