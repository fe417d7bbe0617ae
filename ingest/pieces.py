"""The embedded model's tokens, ready at once: of its 250 000 pieces only those are loaded that a text can hold.

Loading the whole tokenizer takes some .6 s of processor, most of a short answer. A unigram tokenizer looks only at
pieces that are parts of its text, so those alone cut the text exactly as all do. Which they are is told by hashes of
all parts of its words: a hash that two strings share adds a piece too many, which changes nothing.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

TOKENIZER, PIECES = "tokenizer.json", "pieces.npz"
MANY = 100_000
"""Characters after which the whole tokenizer is worth its loading."""
MOST_TOKENS = 512
_BLANK = "\u2581"
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tokens:
    """Tokens of one text, the special ones at both ends included.

    Attributes:
        ids: Their numbers in the vocabulary, shape (n,).
        spans: Where each stands in the text, code points, shape (n, 2); (0, 0) for special ones.
    """

    ids: NDArray[np.int64]
    spans: NDArray[np.int64]


class PieceTokenizer:
    """Cuts texts as the tokenizer of the embedded model does; safe to use from several threads.

    Args:
        folder: Where `TOKENIZER` and `PIECES` are.

    Raises:
        ModelUnavailable: They are damaged; so may any method, as the whole tokenizer is read when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = 0
        self._whole: Any = None
        self._lock = threading.Lock()
        try:
            with np.load(folder / PIECES) as stored:
                self._stored = {name: stored[name] for name in stored.files}
            settings = json.loads(self._stored["settings"].tobytes())
            self._unknown = int(settings["model"]["unk_id"])
            # Pieces always there: those of roles, and the least likely one, by which unknown characters are weighed.
            roles = [role["ids"] for role in settings["post_processor"]["special_tokens"].values()]
            self._always = np.array([self._unknown, self._stored["scores"].argmin(), *np.concatenate(roles)])
            self._settings = settings
            self._normalizer = self._tokenizer_of(self._always).normalizer
        except Exception as error:  # numpy and zipfile have many errors, tokenizers no class of its own
            raise self._damaged(PIECES, error) from error

    def encode(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokens of each text, in order, at most `MOST_TOKENS` of each."""
        self._seen += sum(map(len, texts))
        if self._whole is not None or self._seen > MANY:
            return [_tokens(one) for one in self.whole.encode_batch(list(texts))]
        numbers = self._within(texts)
        tokenizer = self._tokenizer_of(numbers)
        tokenizer.enable_truncation(MOST_TOKENS)
        return [_tokens(one, numbers) for one in tokenizer.encode_batch(list(texts))]

    def count(self, text: str) -> int:
        """Number of tokens of a text of any length, without the special ones."""
        encoded = self.whole.encode(text, add_special_tokens=False)
        # Truncation keeps what it cuts off.
        return len(encoded.ids) + sum(len(rest.ids) for rest in encoded.overflowing)

    @property
    def whole(self) -> Any:
        """The tokenizer with all pieces, of the library `tokenizers`."""
        with self._lock:
            if self._whole is None:
                from tokenizers import Tokenizer

                try:
                    tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
                except Exception as error:  # tokenizers knows no other class than this one
                    raise self._damaged(TOKENIZER, error) from error
                tokenizer.enable_truncation(MOST_TOKENS)
                self._whole = tokenizer
            return self._whole

    def _within(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Numbers of the pieces that may be parts of the texts, sorted; those always needed among them."""
        plain = _BLANK.join(["", *(self._normalizer.normalize_str(text).replace(" ", _BLANK) for text in texts), ""])
        hashes = self._stored["hashes"]
        found = [self._always]
        for wanted in _parts(plain, int(self._stored["longest"])):
            low = np.searchsorted(hashes, wanted)
            high = np.searchsorted(hashes, wanted, side="right")
            for width in range(int((high - low).max(initial=0))):
                found.append(self._stored["numbers"][(low + width)[low + width < high]])
        return np.unique(np.concatenate(found)).astype(np.int64)

    def _tokenizer_of(self, numbers: NDArray[Any]) -> Any:
        """A tokenizer of the pieces of these numbers; its own numbers are their places in `numbers`, sorted."""
        from tokenizers import Tokenizer

        chosen = sorted(set(numbers.tolist()))
        offsets, letters, scores = (self._stored[name] for name in ("offsets", "letters", "scores"))
        places = {number: place for place, number in enumerate(chosen)}
        vocabulary = [
            (letters[offsets[number] : offsets[number + 1]].tobytes().decode("utf-8"), float(scores[number]))
            for number in chosen
        ]
        processor = json.loads(json.dumps(self._settings["post_processor"]))
        for role in processor["special_tokens"].values():
            role["ids"] = [places[number] for number in role["ids"]]
        model = {**self._settings["model"], "unk_id": places[self._unknown], "vocab": vocabulary}
        return Tokenizer.from_str(json.dumps({**self._settings, "model": model, "post_processor": processor}))

    def _damaged(self, name: str, error: Exception) -> ModelUnavailable:
        return ModelUnavailable(
            f"{self._folder / name}: the words of the embedding model cannot be loaded ({error}). "
            f"Remove {self._folder} and run again: it is made anew."
        )


def write_pieces(tokenizer: Path, target: Path) -> None:
    """Write the pieces of a ``tokenizer.json`` so that a few of them are found without reading all."""
    settings = json.loads(tokenizer.read_text(encoding="utf-8"))
    vocabulary = settings["model"].pop("vocab")
    pieces = [piece for piece, _ in vocabulary]
    hashes = np.array([_hash(piece) for piece in pieces], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    encoded = [piece.encode("utf-8") for piece in pieces]
    np.savez(
        target,
        hashes=hashes[order],
        numbers=order.astype(np.int32),
        scores=np.array([score for _, score in vocabulary]),
        offsets=np.cumsum([0, *map(len, encoded)]).astype(np.int32),
        letters=np.frombuffer(b"".join(encoded), dtype=np.uint8),
        longest=np.array(max(map(len, pieces))),
        settings=np.frombuffer(json.dumps(settings).encode("utf-8"), dtype=np.uint8),
    )


def _hash(piece: str) -> int:
    value = 0
    for letter in piece:
        value = (value * int(_FACTOR) + ord(letter)) % (1 << 64)
    return value


def _parts(text: str, longest: int) -> list[NDArray[np.uint64]]:
    """Hashes of the parts of the words of a text, each once, an array a length; a word begins with `_BLANK`."""
    letters = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), dtype="<u4").astype(np.uint64)
    begins = np.flatnonzero(letters == ord(_BLANK))
    places = np.arange(len(letters))
    ends = np.append(begins, len(letters))[np.searchsorted(begins, places, side="right")]
    hashes = np.zeros(len(letters), dtype=np.uint64)
    found = []
    for length in range(1, longest + 1):
        inside = places + length <= ends
        places, hashes, ends = places[inside], hashes[inside], ends[inside]
        hashes = hashes * _FACTOR + letters[places + length - 1]
        found.append(np.unique(hashes))
    return found


def _tokens(encoding: Any, numbers: NDArray[np.int64] | None = None) -> Tokens:
    ids = np.array(encoding.ids, dtype=np.int64)
    spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    return Tokens(ids=ids if numbers is None else numbers[ids], spans=spans)
