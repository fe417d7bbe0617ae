"""Agreements in the fields of the EWP standard, and the views over their terms."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from assistant import compose_dossier
from corpus import UsageError
from corpus.citation import Citation
from ingest import Agreement, Fact, Ledger, Organization
from ingest.ledger.fact import Term
from ingest.ledger.term_days import months_later
from ui.cli import app
from ui.dossier import dossier_markdown
from ui.ewp import iias_get_response
from ui.rows import Asked, ledger_rows

US, THEM = "Corran University", "Velmar College"
TODAY = datetime.now(tz=UTC).date().isoformat()


def cited(quote: str) -> Citation:
    return Citation(
        report_id="r", file="r.md", title="A visit", date="2023-05-15", start=0, end=len(quote), quote=quote
    )


def agreement(
    state: str = "signed",
    *,
    sides: tuple[str, ...] = (US, THEM),
    form: str = "mou",
    start: str = "2023-05-15",
    terms: tuple[Term, ...] = (),
) -> Agreement:
    return Agreement(
        state=state, sides=sides, form=form, start=start, date="15 May 2023", terms=terms,
        citation=cited(f"{state} on 15 May 2023"), extractor="test",
    )  # fmt: skip


def term(kind: str, text: str, value: str = "", side: str = "") -> Term:
    return Term(kind=kind, text=text, value=value, side=side, citation=cited(f"It says {text}."))  # type: ignore[arg-type]


def ledger(*facts: Fact) -> Ledger:
    us = Organization(name=US, is_us=True, citation=cited(US), extractor="test")
    them = Organization(name=THEM, citation=cited(THEM), extractor="test")
    return Ledger([us, them, *facts])


OURS, THEIRS = term("signer", "Holt", "Anna Holt", US), term("signer", "Maas", "Piet Maas", THEM)
ENDS = term("until", "until then", months_later(TODAY, 5))


@pytest.mark.parametrize(
    ("facts", "lapsing"),
    [
        ([agreement(terms=(ENDS,))], 1),
        ([agreement(terms=(term("until", "later", months_later(TODAY, 7)),))], 0),
        ([agreement("wished", terms=(ENDS,))], 0),
        ([agreement(terms=(ENDS,)), agreement("ended", start="2024-01-01")], 0),
        ([agreement(terms=(ENDS,)), agreement("renewed", terms=(term("for", "x", months_later(TODAY, 60)),))], 0),
        ([agreement()], 0),
    ],
)
def test_lapsing_is_what_holds_ends_soon_and_was_neither_ended_nor_renewed(facts, lapsing):
    assert len(ledger_rows("agreements", ledger(*facts), Asked(state="lapsing")).rows) == lapsing


@pytest.mark.parametrize(
    ("terms", "count"), [((OURS,), 1), ((OURS, THEIRS), 0), ((), 0), ((term("signer", "Li", "Li Wei"),), 0)]
)
def test_one_signature_is_where_the_record_names_who_signed_for_one_side_alone(terms, count):
    assert len(ledger_rows("agreements", ledger(agreement(terms=terms)), Asked(state="one signature")).rows) == count


def test_an_agreement_with_a_partner_is_told_in_the_fields_of_the_standard():
    known = ledger(agreement(terms=(OURS, THEIRS, term("number", "17/2023"))), agreement("wished", form="contract"))
    told = iias_get_response(known, ledger_rows("agreements", known, Asked()).rows)
    assert told == {
        "iia": [
            {
                "partner": [
                    {"name": US, "signing-contact": {"contact-name": "Anna Holt"}, "signing-date": "2023-05-15",
                     "iia-code": "17/2023"},
                    {"name": THEM, "signing-contact": {"contact-name": "Piet Maas"}, "signing-date": "2023-05-15"},
                ],
                "in-effect": True,
            },
            {"partner": [{"name": US}, {"name": THEM}], "in-effect": False},
        ]
    }  # fmt: skip


def test_agreements_of_others_and_of_several_are_none_of_the_standard_and_half_a_date_is_no_signing_date():
    between = agreement(sides=(THEM, "Penmoor Academy"))
    partly = agreement(terms=(OURS,), start="2023-05")
    known = ledger(between, partly)
    [iia] = iias_get_response(known, ledger_rows("agreements", known, Asked()).rows)["iia"]
    assert iia["partner"][0] == {"name": US, "signing-contact": {"contact-name": "Anna Holt"}}


def test_without_our_own_name_no_agreement_is_told_as_ours():
    with pytest.raises(UsageError, match="rapporteur init"):
        iias_get_response(Ledger([agreement()]), [])


def test_only_agreements_can_be_told_in_the_fields_of_the_standard(tmp_path):
    done = CliRunner().invoke(app, ["ledger", "people", "--as", "ewp-iia", "--data", str(tmp_path)])
    assert done.exit_code != 0


@pytest.mark.parametrize(
    ("language", "said"), [("en", "no. 17/2023"), ("zh", "编号：17/2023"), ("ru", "номер: 17/2023")]
)
def test_a_dossier_tells_the_terms_with_their_own_quotes(language, said):
    known = ledger(agreement(terms=(term("number", "17/2023"), OURS)))
    text = dossier_markdown(compose_dossier(known, THEM, 1), language)
    assert said in text.replace("\\", "")
    assert "Anna Holt" in text and "It says Holt." in text.replace("\\", "")
