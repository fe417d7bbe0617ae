"""The embedder as two networks of torch, for its export and for training: lower layers, and the top over their states.

Shapes: b texts, t tokens, d dimensions (`HIDDEN`).
"""

from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.embedder import TOKEN_LAYER
from ingest.weights import unpack

_Network = TypeVar("_Network", bound=nn.Module)
HIDDEN, HEADS, FEED_FORWARD = 384, 12, 1536
LAYERS, SHARED = 12, 6
"""Layers of the embedder, and how many of them make the states that the reader shares with it."""


class Layer(nn.Module):
    """One layer of the encoder, as in BERT (post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.inner, self.outer = nn.Linear(HIDDEN, FEED_FORWARD), nn.Linear(FEED_FORWARD, HIDDEN)
        self.norm, self.last_norm = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` (b, t, d); `bias` (b, 1, 1, t), a large negative number where a token is padding."""
        b, t = x.shape[0], x.shape[1]
        q, k, v = (part(x).view(b, t, HEADS, HIDDEN // HEADS).transpose(1, 2) for part in (self.q, self.k, self.v))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm(x + self.o(mixed.transpose(1, 2).reshape(b, t, HIDDEN)))
        return self.last_norm(x + self.outer(functional.gelu(self.inner(x))))


class Lower(nn.Module):
    """Embeddings and the lowest `SHARED` layers of the embedder; frozen."""

    def __init__(self, vocabulary: int, positions: int) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(vocabulary, HIDDEN), nn.Embedding(positions, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(SHARED))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`ids`, `mask` (b, t) to states (b, t, d)."""
        return self.of_words(self.word(ids), mask)

    def of_words(self, words: Tensor, mask: Tensor) -> Tensor:
        """Vectors of words (b, t, d) and `mask` (b, t) to states (b, t, d)."""
        places = torch.arange(words.shape[1], device=words.device)
        x = self.norm(words + self.position(places)[None] + self.kind)
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x


class LowerOfWords(nn.Module):
    """`Lower` after its table of words, which is exported as an array of its own."""

    def __init__(self, lower: Lower) -> None:
        super().__init__()
        self.lower = lower

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """As `Lower.of_words`."""
        return self.lower.of_words(words, mask)


class Top(nn.Module):
    """The other layers of the embedder and the mean that makes a vector of a text; frozen."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED))

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`states` (b, t, d) of `Lower`, `mask` (b, t) to unit vectors (b, d) and the states of layer `TOKEN_LAYER`."""
        x = middle = states
        bias = padding_bias(mask)
        for number, layer in enumerate(self.layers, SHARED + 1):
            x = layer(x, bias)
            if number == TOKEN_LAYER:
                middle = x
        weights = mask[:, :, None].to(x.dtype)
        return functional.normalize((x * weights).sum(1) / weights.sum(1), dim=-1), middle


def padding_bias(mask: Tensor) -> Tensor:
    """`mask` (b, t), 1 for a token and 0 for padding, to what is added to scores of attention, (b, 1, 1, t)."""
    return (1.0 - mask[:, None, None, :].float()) * -1e4


_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "last_norm": "output.LayerNorm",
}


def from_embedder(folder: Path) -> tuple[Lower, Top]:
    """Both parts, frozen, with the weights of the unpacked embedder in `folder`.

    Raises:
        OSError: The weights cannot be read; `safetensors.SafetensorError` and `KeyError` where they are damaged.
    """
    from safetensors.torch import load_file

    weights = load_file(str(folder / "model.safetensors"))
    lower = Lower(*(weights[f"embeddings.{name}_embeddings.weight"].shape[0] for name in ("word", "position")))
    with torch.no_grad():
        lower.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
        lower.position.weight.copy_(weights["embeddings.position_embeddings.weight"])
        lower.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        lower.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        lower.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
    top = Top()
    for number in range(LAYERS):
        fill_layer(lower.layers[number] if number < SHARED else top.layers[number - SHARED], weights, number)
    return lower.eval().requires_grad_(False), top.eval().requires_grad_(False)


def trained(network: _Network, path: Path) -> _Network:
    """A network of the package with its weights; errors as `unpack`."""
    network.load_state_dict({name: torch.from_numpy(array) for name, array in unpack(path).items()})
    network.eval()
    return network


def fill_layer(layer: Any, weights: dict[str, Tensor], number: int) -> None:
    """Copy the weights of layer `number`, from 0, of the embedder into `layer`."""
    for own, name in _PARTS.items():
        part = getattr(layer, own)
        with torch.no_grad():
            part.weight.copy_(weights[f"encoder.layer.{number}.{name}.weight"])
            part.bias.copy_(weights[f"encoder.layer.{number}.{name}.bias"])
