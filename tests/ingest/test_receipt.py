import json
from dataclasses import FrozenInstanceError

import pytest

from corpus import ReadFailure
from ingest import Receipt


def test_the_public_form_has_the_promised_fields_in_the_promised_order() -> None:
    receipt = Receipt(
        generation="g",
        added=("a.md",),
        changed=("b.md",),
        removed=("c.md",),
        unchanged=43,
        failed=(ReadFailure(path="d.pdf", reason="it is empty."),),
        reports=45,
        passages=50,
        embedded=7,
        seconds=1.23456,
    )
    assert json.dumps(receipt.to_dict()) == (
        '{"generation": "g", "added": ["a.md"], "changed": ["b.md"], "removed": ["c.md"], "unchanged": 43, '
        '"failed": [{"file": "d.pdf", "reason": "it is empty."}], "notes": [], '
        '"reports": 45, "passages": 50, "embedded": 7, '
        '"seconds": 1.235, "resting": [], "forgotten": [], "news": []}'
    )


def test_a_receipt_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Receipt(generation="g").reports = 3  # type: ignore[misc]
