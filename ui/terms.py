"""The terms of an agreement or a visit in words."""

from collections.abc import Iterator

from ingest import Agreement, Contact, last_day
from ui.days import days_in
from ui.wording import Words


def terms_of(fact: Agreement | Contact, said: Words) -> Iterator[str]:
    """Number, signers and time of an agreement, of a visit who invited and who paid, as far as the record tells."""
    signers = []
    for term in fact.terms:
        if term.kind == "signer":
            signers.append(f"{term.value} ({term.side})" if term.side else term.value)
        else:
            yield said.say(f"dossier_{term.kind}", text=term.value if isinstance(fact, Contact) else term.text)
    if signers:
        yield said.say("dossier_signer", names=", ".join(signers))
    if isinstance(fact, Agreement) and (day := last_day(fact)):
        yield said.say("dossier_lapses", when=days_in(day, day, said))
