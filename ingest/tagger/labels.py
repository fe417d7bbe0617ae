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
STATES = ("mentioned", "wished", "proposed", "discussed", "agreed", "signed", "in force", "renewed", "ended")
"""Of an agreement that a sentence tells of; several at once where it tells of several. The finer ones of
`fact.AGREEMENT_STATES` are not learned yet: only a keeper or a language model gives them."""
LEARNED_AS = {
    "planned": "agreed", "initialled": "agreed", "suspended": "ended", "terminated": "ended", "withdrawn": "ended",
}  # fmt: skip
"""As which state a finer one, where it is annotated, is learned and measured."""
FORMS = ("mou", "agreement", "contract", "protocol", "letter of intent", "other")
"""Of an agreement."""
SENTENCE = (*STATES, "negated", "promise")
"""What a sentence tells, each by itself."""
PAIRS = ("role", "body", "party", "who", "to")
"""What joins two things: person and title, person and body, sentence and party of its agreement, sentence and who
promises, sentence and to whom. Bodies and who promises may be ourselves."""
NEAR = 8
"""Numbers that say how two things stand to each other: `spans.near_of`."""
BESIDE_US = 6
"""Numbers that say how a body stands to who wrote the record: `spans.beside_us`."""
