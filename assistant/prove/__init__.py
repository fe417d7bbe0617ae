"""The proof: a citation exists only where its quote stands in the report, and a sentence only where five checks let it."""

from assistant.prove.locate import locate
from assistant.prove.pairs import Pair, each_pair, read_pairs
from assistant.prove.proof import CHECKS, Proof, Reason, Verdict
from assistant.prove.prover import Prover

__all__ = ["CHECKS", "Pair", "Proof", "Prover", "Reason", "Verdict", "each_pair", "locate", "read_pairs"]
