"""The tagger as a network of torch, for its export and for training, over the states of the embedder's lowest layers.

Shapes: b passages, t tokens, m mentions and sentences ("things") of all passages, p pairs of them, d dimensions.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.network import HIDDEN, SHARED, Layer, fill_layer, padding_bias
from ingest.tagger.labels import BESIDE_US, DEGREES, DIRECTIONS, FORMS, LATER, NEAR, PAIRS, SENTENCE, TAGS

DEPTH = 3
"""Trained layers: with the lowest ones they cost three quarters of an embedding, by themselves a quarter."""
DROPPED = 0.1
"""Share of what the lowest layers tell of a token that is hidden in training."""
WIDTH = 192
"""Of what a head makes of a thing before it decides."""


class Tagger(nn.Module):
    """Layers over a passage and the tags of its tokens; `heads` judge what was tagged."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(DEPTH))
        self.ours = nn.Parameter(torch.zeros(HIDDEN))
        self.tag = nn.Linear(HIDDEN, len(TAGS))
        self.notice = nn.Linear(HIDDEN, 1)
        self.heads = Heads()

    def forward(self, states: Tensor, mask: Tensor, us: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """States of the passage (b, t, d), log-odds of `TAGS` (b, t, tags), and how much `LATER` depends on each token,
        as logarithms (b, t).

        Args:
            states: Of the lowest layers, (b, t, d); `mask` (b, t), 0 where a token is padding.
            us: 1 where a token is of a name of who wrote the record, else 0, (b, t).
        """
        x, bias = functional.dropout(states, DROPPED, self.training) + us[..., None] * self.ours, padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x, self.tag(x), self.notice(x)[..., 0]


class Heads(nn.Module):
    """Heads over things and pairs of them: see `ingest.tagger.labels`."""

    def __init__(self) -> None:
        super().__init__()
        self.degree = _head(HIDDEN + BESIDE_US, len(DEGREES) + len(DIRECTIONS))
        self.sentence = _head(HIDDEN, len(SENTENCE) + len(FORMS))
        self.later = _head(2 * HIDDEN, len(LATER))
        self.pair = nn.ModuleList(_head(3 * HIDDEN + NEAR, 1) for _ in PAIRS)

    def forward(
        self, things: Tensor, noticed: Tensor, us: Tensor, one: Tensor, other: Tensor, near: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the heads say of things and pairs.

        Args:
            things: Means of their states, (m, d); `noticed` of sentences means weighted by how much `LATER` depends on
                each token, (m, d); `us` how they stand to who wrote the record, (m, `BESIDE_US`).
            one, other: Things of pairs, (p, d), which stand as `near` (p, `NEAR`) says.

        Returns:
            Of things ``degree``, log-odds of `DEGREES`, then `DIRECTIONS`, and ``sentence``, of `SENTENCE`, each by
            itself, then `FORMS`, and ``later``, of `LATER`, each by itself. Of pairs ``pair``, log-odds of `PAIRS`.
        """
        pairs = torch.cat([self.of_pairs(name, one, other, near)[:, None] for name in PAIRS], -1)
        later = self.later(torch.cat([things, noticed], -1))
        return self.degree(torch.cat([things, us], -1)), self.sentence(things), later, pairs

    def of_pairs(self, name: str, one: Tensor, other: Tensor, near: Tensor) -> Tensor:
        """Log-odds (p,) that two things are joined as `name`, one of `PAIRS`."""
        return self.pair[PAIRS.index(name)](torch.cat([one, other, one * other, near], -1))[:, 0]


def means_of(x: Tensor, rows: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """Mean of the states `x` (b, t, d) of tokens from `starts` to before `ends` in the passages `rows`, (m, d)."""
    sums = functional.pad(x.float().cumsum(1), (0, 0, 1, 0))
    return (sums[rows, ends] - sums[rows, starts]) / (ends - starts).clamp(min=1)[:, None]


def untrained(folder: Path) -> Tagger:
    """A tagger whose layers are those of the unpacked embedder in `folder` that follow the shared ones."""
    from safetensors.torch import load_file

    weights = load_file(str(folder / "model.safetensors"))
    tagger = Tagger()
    for number in range(DEPTH):
        fill_layer(tagger.layers[number], weights, SHARED + number)
    return tagger


def _head(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, WIDTH), nn.GELU(), nn.Dropout(0.2), nn.Linear(WIDTH, outputs))
