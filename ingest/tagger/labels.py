"""What the tagger tells: the kinds of mention, and the labels of each head, in the order of their columns."""

from ingest.ledger import fact

KINDS = ("body", "person", "title", "place")
"""Of a mention."""
TAGS = ("O", *(f"{begin}-{kind}" for kind in KINDS for begin in "BI"))
"""Of a token: outside, or the first or a later one of a mention."""
DEGREES = ("none", *fact.DEGREES)
"""Of a body: how near we came to it, from the farthest; none for one told of for another reason, as our own."""
DIRECTIONS = ("", "came", "went")
"""Of a contact: who travelled."""
STATES = fact.AGREEMENT_STATES
"""Of an agreement that a sentence tells of; several at once where it tells of several."""
FORMS = ("mou", "agreement", "contract", "protocol", "letter of intent", "other")
"""Of an agreement."""
OUTCOMES = fact.OUTCOMES
"""Of something promised before."""
VISIT_TERMS = fact.VISIT_TERMS
"""Of a visit."""
SENTENCE = (*STATES, "negated", "promise")
"""What a sentence tells, each by itself."""
LATER = (*OUTCOMES, *VISIT_TERMS)
"""What it tells besides, by a head that was trained later on fewer records."""
PAIRS = ("role", "body", "party", "who", "to", "by", "visit")
"""What joins two things: person and title, person and body, sentence and party of its agreement, sentence and who
promises or wants an agreement, sentence and to whom; of `LATER` sentence and who had promised, invites or pays,
sentence and whose visit it is. Bodies and who promises may be ourselves."""
NEAR = 8
"""Numbers that say how two things stand to each other: `spans.near_of`."""
BESIDE_US = 6
"""Numbers that say how a body stands to who wrote the record: `spans.beside_us`."""
