"""The reader's trained layers as a network of torch, for its export and for training.

They work on the states of the embedder's lowest layers, which see question and window apart: so what those make of a
window does not depend on the question (Cao et al., 2020, arXiv 2005.00697; MacAvaney et al., 2020, arXiv 2004.14255).
Shapes: b windows, t tokens, s sentences, d dimensions.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.network import HIDDEN, LAYERS, SHARED, Layer, fill_layer, padding_bias

KINDS = 4
"""Kinds of token: question, what was said before it, header of the record, sentence."""


class Upper(nn.Module):
    """Six layers over question and window, then heads for sentences and for spans."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = nn.Embedding(KINDS, HIDDEN)
        self.match = nn.Parameter(torch.zeros(HIDDEN))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED))
        self.dense, self.score = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, 2)
        self.span = nn.Linear(HIDDEN, 2)
        nn.init.normal_(self.kinds.weight, std=0.02)

    def forward(
        self, states: Tensor, kinds: Tensor, matches: Tensor, mask: Tensor, pool: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Log-odds that each sentence answers and that it corrects a premise (b, s, 2); starts and ends (b, t, 2).

        Args:
            states: Of question and window joined, (b, t, d).
            kinds: Kind of each token, (b, t).
            matches: How rare a token is that question and window share, else 0, (b, t).
            mask: 1 for a token, 0 for padding, (b, t).
            pool: Weight of each token in the mean of each sentence, (b, s, t).
        """
        x = states + self.kinds(kinds) + matches[..., None] * self.match
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return self.score(functional.gelu(self.dense(pool.to(x.dtype) @ x))), self.span(x)


def untrained(folder: Path) -> Upper:
    """The network with the upper layers of the unpacked embedder in `folder`; its heads are new."""
    from safetensors.torch import load_file

    weights = load_file(str(folder / "model.safetensors"))
    upper = Upper()
    for number in range(SHARED, LAYERS):
        fill_layer(upper.layers[number - SHARED], weights, number)
    return upper
