"""How the heads of the tagger do on passages, and the cuts and the table of tags that are fitted on them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.train.annotated import UNKNOWN
from assistant.train.tagger_losses import Encoded, later_of, means_in
from ingest.tagger.labels import DEGREES, LATER, OUTCOMES, PAIRS, SENTENCE, STATES, TAGS, VISIT_TERMS
from ingest.tagger.network import Tagger
from ingest.tagger.spans import WE, beside_us, near_of, spans_of

MET = DEGREES.index("planned")
BETA, BETA_LATER = 1.0, 0.5
"""How much recall counts against precision where a cut is fitted; of `LATER` less, since who reads that a promise was
kept no longer asks for it."""
Judgement = tuple[str, float, bool]
"""What is judged, its probability, and whether it is so."""


def follows_of(some: Sequence[Encoded]) -> NDArray[np.float32]:
    """How likelier than by chance a tag (row) is followed by another (column) in passages, as logarithms."""
    counts = np.ones((len(TAGS), len(TAGS)))
    for one in some:
        tags = [tag for tag in one.tags.tolist() if tag != UNKNOWN]
        for before, after in pairwise(tags):
            counts[before, after] += 1
    shares = counts / counts.sum(1, keepdims=True)
    return np.asarray(np.log(shares / (counts.sum(0) / counts.sum())), dtype=np.float32)


def fit_follows(tagger: Tagger, some: Sequence[Encoded], table: NDArray[np.float32]) -> NDArray[np.float32]:
    """The table at the weight of a few by which most mentions are tagged rightly (F1)."""
    tagger.eval()
    rows = []
    for one in some:
        with torch.inference_mode():
            rows.append((one, one.through(tagger)[1][0].numpy()))

    def worth(weight: float) -> float:
        right = told = wanted = 0
        for one, odds in rows:
            found = set(spans_of(odds, one.continues, weight * table))
            own = {(a, b, m.kind) for (a, b), m in zip(one.mentions, one.one.mentions, strict=True) if b}
            right, told, wanted = right + len(found & own), told + len(found), wanted + len(own)
        print(f"weight {weight}: mentions F1 {2 * right / (told + wanted):.3f}")
        return right / (told + wanted)

    return max((0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0), key=worth) * table


def judged(
    tagger: Tagger, some: Sequence[Encoded], follows: NDArray[np.float32]
) -> dict[str, list[tuple[float, bool]]]:
    """Probability and truth of all that the heads judge, by name: mentions as tagged, the rest on given mentions."""
    tagger.eval()
    found: dict[str, list[tuple[float, bool]]] = {}
    for one in some:
        with torch.inference_mode():
            x, logits = one.through(tagger)
            told = set(spans_of(logits[0].numpy(), one.continues, follows))
            tagged = {(a, b, m.kind) for (a, b), m in zip(one.mentions, one.one.mentions, strict=True) if b}
            spans = told | tagged if one.one.is_tagged else ()
            own = [(f"tag {span[2]}", float(span in told), span in tagged) for span in spans]
            if one.sentences:
                own += [*_judged_degrees(tagger, x, one), *_judged_sentences(tagger, x, one)]
                own += _judged_pairs(tagger, x, one)
        for name, chance, is_so in own:
            found.setdefault(name, []).append((chance, is_so))
    return found


def measure(found: dict[str, list[tuple[float, bool]]], cuts: Mapping[str, float]) -> dict[str, list[float]]:
    """Precision and recall of each thing judged, at its cut, else at one half."""
    scores = {}
    for name, own in sorted(found.items()):
        cut = cuts.get(_decision_of(name), 0.5)
        right = sum(chance >= cut and is_so for chance, is_so in own)
        told, wanted = sum(chance >= cut for chance, _ in own), sum(is_so for _, is_so in own)
        scores[name] = [round(right / max(told, 1), 3), round(right / max(wanted, 1), 3), wanted]
    return scores


def fit_cuts(found: dict[str, list[tuple[float, bool]]]) -> dict[str, float]:
    """For each kind of decision the probability from which it is taken: the best F, precision counting more."""
    groups: dict[str, list[tuple[float, bool]]] = {}
    for name, own in found.items():
        group = _decision_of(name)
        if not group.startswith("tag ") and group not in ("degree", "form"):
            groups.setdefault(group, []).extend(own)

    def worth(group: str, cut: float) -> float:
        own, weight = groups[group], (BETA_LATER if group in ("outcome", *VISIT_TERMS) else BETA) ** 2
        right = sum(chance >= cut and is_so for chance, is_so in own)
        told, wanted = sum(chance >= cut for chance, _ in own), sum(is_so for _, is_so in own)
        return (1 + weight) * right / max(1e-9, told + weight * wanted)

    cuts = [round(0.02 * n, 2) for n in range(5, 48)]
    return {group: max(cuts, key=partial(worth, group)) for group in sorted(groups)}


def _decision_of(name: str) -> str:
    """The kind of decision that a thing judged is one of."""
    told = name.removeprefix("told ")
    group = next((group for group, names in (("state", STATES), ("outcome", OUTCOMES)) if told in names), told)
    return name.removesuffix(" we") if told == name else group


def _judged_degrees(tagger: Tagger, x: Tensor, one: Encoded) -> Iterator[Judgement]:
    for n, degree in one.one.degree.items():
        if degree != UNKNOWN and one.mentions[n][1]:
            seen = torch.cat([means_in(x, [(0, *one.mentions[n])]), torch.tensor([beside_us(one.layout, n)])], -1)
            chances = tagger.heads.degree(seen)[0, : len(DEGREES)].softmax(-1)
            met = float(chances[MET:].sum())
            yield "met", met, degree >= MET
            if degree < MET:
                yield "mentioned", float(chances[1]), degree == 1
            else:
                yield "degree", float(int(chances[MET:].argmax()) + MET == degree), True


def _judged_sentences(tagger: Tagger, x: Tensor, one: Encoded) -> Iterator[Judgement]:
    for n, (start, end) in enumerate(one.sentences):
        if not end:
            continue
        scores = tagger.heads.sentence(means_in(x, [(0, start, end)]))[0]
        later = later_of(tagger, x, [(0, start, end)])[0]
        for column, name in enumerate(LATER):
            if one.one.later[n][column] != UNKNOWN:
                yield f"told {name}", float(later[column].sigmoid()), bool(one.one.later[n][column])
        for column, name in enumerate(SENTENCE):
            if one.one.told[n][column] != UNKNOWN:
                yield f"told {name}", float(scores[column].sigmoid()), bool(one.one.told[n][column])
        if one.one.form[n] != UNKNOWN:
            yield "form", float(int(scores[len(SENTENCE) :].argmax()) == one.one.form[n]), True


def _judged_pairs(tagger: Tagger, x: Tensor, one: Encoded) -> Iterator[Judgement]:
    for name in PAIRS:
        things, layout = one.mentions if name in ("role", "body") else one.sentences, one.layout
        for a, b, is_joined in one.one.pairs[name]:
            first, second = things[a], (0, 1) if b == WE else one.mentions[b]
            if first[1] and second[1]:
                near = torch.tensor([near_of(layout, first, b)])
                score = tagger.heads.of_pairs(name, means_in(x, [(0, *first)]), means_in(x, [(0, *second)]), near)
                yield f"{name}{' we' if b == WE else ''}", float(score[0].sigmoid()), is_joined
