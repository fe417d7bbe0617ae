"""A passage as tokens with its labels, and the losses of the tagger's heads over a batch of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from assistant.train.annotated import UNKNOWN, Annotated
from ingest.tagger.labels import DEGREES, PAIRS, SENTENCE
from ingest.tagger.network import Tagger, means_of
from ingest.tagger.spans import WE, Layout, beside_us, near_of

OF_LATER = ("by", "visit")
"""The pairs that go with `LATER`."""
RARE = 3.0
"""How much more a sentence that tells something counts than one that does not."""


@dataclass(slots=True)
class Encoded:
    """A passage as tokens: states of the frozen layers (t, d), tags (t,), and its things as (start, end) tokens."""

    one: Annotated
    states: Tensor
    tags: Tensor
    mentions: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    continues: list[bool]

    @property
    def ours(self) -> Tensor:
        """1 where a token is of one of our names, else 0, (t,)."""
        found = torch.zeros(len(self.states))
        for n in self.one.us:
            found[self.mentions[n][0] : self.mentions[n][1]] = 1
        return found

    def through(self, tagger: Tagger) -> tuple[Tensor, Tensor]:
        """What the tagger makes of it alone: states (1, t, d) and log-odds of `TAGS` (1, t, tags)."""
        x, tags, _ = tagger(self.states.float()[None], torch.ones(1, len(self.states)), self.ours[None])
        return x, tags

    @property
    def layout(self) -> Layout:
        """Its mentions and sentences as tokens."""
        kinds = [one.kind for one in self.one.mentions]
        return Layout(
            [(a, b, kind) for (a, b), kind in zip(self.mentions, kinds, strict=True)], self.one.us, self.sentences
        )


def loss_of(tagger: Tagger, some: Sequence[Encoded]) -> Tensor:
    """All heads over one batch."""
    width = max(len(one.states) for one in some)
    states, mask = torch.zeros(len(some), width, some[0].states.shape[1]), torch.zeros(len(some), width)
    us = torch.zeros(len(some), width)
    tags = torch.full((len(some), width), UNKNOWN)
    for row, one in enumerate(some):
        n = len(one.states)
        states[row, :n], mask[row, :n], tags[row, :n] = one.states.float(), 1, one.tags
        us[row, :n] = one.ours
    x, logits, _ = tagger(states, mask, us)
    total = functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), tags.reshape(-1), ignore_index=UNKNOWN)
    annotated = [(row, one) for row, one in enumerate(some) if one.sentences]
    if not annotated:
        return total
    return (
        total
        + _degree_loss(tagger, x, annotated)
        + _sentence_loss(tagger, x, annotated)
        + later_loss(tagger, x, annotated)
        + _pair_loss(tagger, x, annotated, [name for name in PAIRS if name not in OF_LATER])
    )


def later_loss(tagger: Tagger, x: Tensor, some: Sequence[tuple[int, Encoded]]) -> Tensor:
    """The heads of `LATER` over passages, each with its row of the states `x`."""
    total = _pair_loss(tagger, x, some, OF_LATER)
    spans, told = [], []
    for row, one in some:
        for span, labels in zip(one.sentences, one.one.later, strict=True):
            if span[1] and UNKNOWN not in labels:
                spans.append((row, *span))
                told.append(labels)
    if not spans:
        return total
    wanted = torch.tensor(told, dtype=torch.float32)
    each = functional.binary_cross_entropy_with_logits(later_of(tagger, x, spans), wanted, reduction="none")
    return total + (each * torch.where(wanted > 0, RARE, 1.0)).sum() / len(spans)


def later_of(tagger: Tagger, x: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """Log-odds of `LATER` of sentences as `means_in`, (n, labels)."""
    notice = tagger.notice(x)[..., 0]
    noticed = torch.stack([notice[row, a:b].softmax(-1) @ x[row, a:b].float() for row, a, b in spans])
    return tagger.heads.later(torch.cat([means_in(x, spans), noticed], -1))


def means_in(x: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """Means of the states `x` over (row, first token, one beyond the last), (n, d)."""
    rows, starts, ends = torch.tensor(spans).T
    return means_of(x, rows, starts, ends)


def _degree_loss(tagger: Tagger, x: Tensor, some: Sequence[tuple[int, Encoded]]) -> Tensor:
    spans, degrees, directions, us = [], [], [], []
    for row, one in some:
        layout = one.layout
        for n, degree in one.one.degree.items():
            if one.mentions[n][1]:
                spans.append((row, *one.mentions[n]))
                degrees.append(degree)
                us.append(beside_us(layout, n))
                directions.append(one.one.direction.get(n, UNKNOWN))
    if not spans or all(one == UNKNOWN for one in degrees):
        return x.new_zeros(())
    scores = tagger.heads.degree(torch.cat([means_in(x, spans), torch.tensor(us)], -1))
    loss = functional.cross_entropy(scores[:, : len(DEGREES)], torch.tensor(degrees), ignore_index=UNKNOWN)
    if any(one != UNKNOWN for one in directions):
        loss = loss + 0.5 * functional.cross_entropy(
            scores[:, len(DEGREES) :], torch.tensor(directions), ignore_index=UNKNOWN
        )
    return loss


def _sentence_loss(tagger: Tagger, x: Tensor, some: Sequence[tuple[int, Encoded]]) -> Tensor:
    spans, told, forms = [], [], []
    for row, one in some:
        for n, span in enumerate(one.sentences):
            if span[1]:
                spans.append((row, *span))
                told.append(one.one.told[n])
                forms.append(one.one.form[n])
    if not spans:
        return x.new_zeros(())
    scores = tagger.heads.sentence(means_in(x, spans))
    wanted = torch.tensor(told)
    known = wanted != UNKNOWN
    each = functional.binary_cross_entropy_with_logits(
        scores[:, : len(SENTENCE)], wanted.clamp(min=0).float(), reduction="none"
    )
    loss = (each * known * torch.where(wanted > 0, RARE, 1.0)).sum() / len(spans)
    if any(one != UNKNOWN for one in forms):
        loss = loss + 0.5 * functional.cross_entropy(
            scores[:, len(SENTENCE) :], torch.tensor(forms), ignore_index=UNKNOWN
        )
    return loss


def _pair_loss(tagger: Tagger, x: Tensor, some: Sequence[tuple[int, Encoded]], names: Sequence[str]) -> Tensor:
    total = x.new_zeros(())
    for name in names:
        left, right, near, joined = [], [], [], []
        for row, one in some:
            things = one.mentions if name in ("role", "body") else one.sentences
            layout = one.layout
            for a, b, is_joined in one.one.pairs[name]:
                first, second = things[a], (0, 1) if b == WE else one.mentions[b]
                if not first[1] or not second[1]:
                    continue
                left.append((row, *first))
                right.append((row, *second))
                near.append(near_of(layout, first, b))
                joined.append(float(is_joined))
        if not left:
            continue
        scores = tagger.heads.of_pairs(name, means_in(x, left), means_in(x, right), torch.tensor(near))
        wanted = torch.tensor(joined)
        each = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
        total = total + (each * torch.where(wanted > 0, 2.0, 1.0)).mean()
    return total
