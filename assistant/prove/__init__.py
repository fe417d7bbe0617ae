"""The proof: a citation exists only where its quote stands in the report, a sentence only where five checks let it."""

from assistant.prove.check import Checked, Checker, open_checker
from assistant.prove.pairs import Pair, each_pair, pair_of, read_pairs
from assistant.prove.proof import CHECKS, Proof, Reason, Verdict
from assistant.prove.prover import Prover

__all__ = [
    "CHECKS",
    "Checked",
    "Checker",
    "Pair",
    "Proof",
    "Prover",
    "Reason",
    "Verdict",
    "each_pair",
    "open_checker",
    "pair_of",
    "read_pairs",
]
