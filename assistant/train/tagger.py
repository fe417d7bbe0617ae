"""Train the tagger: `python -m assistant.train.tagger --help`; resumes from its checkpoint."""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from assistant.train.annotated import UNKNOWN, Annotated
from assistant.train.batches import through_lower
from assistant.train.reader import CALIBRATION
from assistant.train.records import TOLD_KEPT, read_annotated, read_tagged, read_told
from assistant.train.renamed import pool_of, renamed
from assistant.train.run import run
from assistant.train.tagger_judged import fit_cuts, fit_follows, follows_of, judged, measure
from assistant.train.tagger_losses import OF_LATER, Encoded, later_loss, loss_of
from ingest.embedded import PASSAGE
from ingest.model_from_wheel import unpacked_model
from ingest.network import Lower, from_embedder, trained
from ingest.pieces import MOST_TOKENS
from ingest.tagger.cuts import CARD
from ingest.tagger.export import WEIGHTS
from ingest.tagger.labels import PAIRS, TAGS
from ingest.tagger.network import Tagger, untrained
from ingest.tagger.spans import continuing, tokens_of
from ingest.weights import save_weights

KEPT = CALIBRATION | {TOLD_KEPT}
BATCH_TOKENS = 6000
LEARNING_RATE, HEADS_RATE = 2.5e-4, 1.5e-3
PUBLIC_SHARE = 0.12
"""Of the sentences of public sets of names, taken in an epoch."""
RENAMINGS = 3
"""How often each passage is made anew under other names, at most once an epoch."""


class Encoder:
    """Makes tokens and frozen states of passages."""

    def __init__(self) -> None:
        folder = unpacked_model()
        self.folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self.lower: Lower = from_embedder(folder)[0]

    def count(self, text: str) -> int:
        """Tokens of a text without the special ones."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def encode(self, some: Sequence[Annotated]) -> list[Encoded]:
        """All passages encoded, in order."""
        tokens = self._tokenizer.encode_batch([PASSAGE + one.text.text for one in some])
        found: dict[int, Encoded] = {}
        for at, states in through_lower(self.lower, [one.ids for one in tokens]):
            spans = [(a - len(PASSAGE), b - len(PASSAGE)) for a, b in tokens[at].offsets]
            found[at] = _encoded(some[at], states.to(torch.bfloat16), spans)
        return [found[at] for at in range(len(some))]


def _encoded(one: Annotated, states: Tensor, spans: Sequence[tuple[int, int]]) -> Encoded:
    mentions = [tokens_of(spans, mention.start, mention.end) for mention in one.mentions]
    tags = torch.zeros(len(spans), dtype=torch.long)
    for (first, last), mention in zip(mentions, one.mentions, strict=True):
        for n in range(first, last):
            tags[n] = TAGS.index(f"{'B' if n == first else 'I'}-{mention.kind}")
    tags[[0, -1]] = UNKNOWN
    if not one.is_tagged:
        tags[tags == 0] = UNKNOWN
    places = [(max(0, a), max(0, b)) for a, b in spans]
    sentences = [tokens_of(spans, *span) for span in one.text.sentences]
    return Encoded(one, states, tags, mentions, sentences, continuing(one.text.text, places))


def batches(some: Sequence[Encoded], chance: random.Random) -> list[list[Encoded]]:
    """Passages of like length together, in random order."""
    ordered = sorted(some, key=lambda one: len(one.states) + chance.random() * 24)
    found: list[list[Encoded]] = [[]]
    for one in ordered:
        if found[-1] and len(one.states) * (len(found[-1]) + 1) > BATCH_TOKENS:
            found.append([])
        found[-1].append(one)
    chance.shuffle(found)
    return [one for one in found if one]


def load_matching(tagger: Tagger, stored: dict[str, Tensor]) -> None:
    """Take over the stored weights that have the shape of the tagger's own."""
    own = tagger.state_dict()
    tagger.load_state_dict({name: one for name, one in stored.items() if one.shape == own[name].shape}, strict=False)


def train(
    tagger: Tagger,
    records: Sequence[Sequence[Encoded]],
    public: Sequence[Encoded],
    epochs: int,
    folder: Path,
    rate: float = LEARNING_RATE,
    loss: Callable[[Tagger, Sequence[Encoded]], Tensor] = loss_of,
) -> None:
    """Train in place, epochs of all records with a share of public sentences; goes on from `folder`.

    Args:
        records: The passages as they are written and under other names; each epoch takes the next of these.
    """
    chance = random.Random(3)
    plan: list[list[Encoded]] = []
    for epoch in range(epochs):
        size = int(len(public) * PUBLIC_SHARE)
        some = batches(records[epoch % len(records)], chance) + batches(
            random.Random(epoch).sample([*public], size), chance
        )
        chance.shuffle(some)
        plan += some
    heads_rate = HEADS_RATE * rate / LEARNING_RATE
    run(tagger, plan, partial(loss, tagger), folder, rate=rate, heads_rate=heads_rate, floor=0.03)


def through_layers(tagger: Tagger, some: Sequence[Encoded]) -> list[Encoded]:
    """Passages with what the trained layers give in place of the frozen states: heads alone are then trained fast."""
    tagger.eval()
    found = []
    for one in some:
        with torch.inference_mode():
            found.append(replace(one, states=one.through(tagger)[0][0].to(torch.bfloat16)))
    return found


def train_later(tagger: Tagger, some: Sequence[Sequence[Encoded]], options: argparse.Namespace) -> None:
    """Train the heads of `labels.LATER` over what the trained layers give, and leave all else as it is."""
    layers, tagger.layers = tagger.layers, torch.nn.ModuleList()
    later = {"notice", "heads.later", *(f"heads.pair.{PAIRS.index(name)}" for name in OF_LATER)}
    for name, one in tagger.named_parameters():
        one.requires_grad_(any(name.startswith(f"{part}.") for part in later))

    def loss(tagger: Tagger, group: Sequence[Encoded]) -> Tensor:
        width = max(len(one.states) for one in group)
        x = torch.stack([functional.pad(one.states.float(), (0, 0, 0, width - len(one.states))) for one in group])
        return later_loss(tagger, x, [*enumerate(group)])

    train(tagger, some, [], options.epochs, options.work / "later", options.rate, loss)
    tagger.layers = layers


def _print(figures: dict[str, list[float]]) -> None:
    for name, (precision, recall, wanted) in figures.items():
        print(f"{name}: precision {precision} recall {recall} ({wanted})")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["train", "heads", "later", "cuts", "measure"])
    parser.add_argument("--shared", type=Path, help="folder with mentions.jsonl.gz, for train")
    parser.add_argument("--work", type=Path, help="folder of checkpoints; measure takes the packaged weights")
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument(
        "--from", dest="start", type=Path, help="weights gone on from; heads of other labels start anew"
    )
    parser.add_argument("--rate", type=float, default=LEARNING_RATE)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(5)
    encoder = Encoder()
    tagger = untrained(encoder.folder)
    if options.start:
        load_matching(tagger, torch.load(options.start))
    annotated = read_annotated(options.offices, encoder.count)
    for path in sorted(options.offices.glob("told*.jsonl")):
        annotated += read_told(path)
    if options.stage == "measure":
        tagger = trained(tagger, WEIGHTS)
        told = json.loads(CARD.read_text(encoding="utf-8"))
        found = judged(tagger, encoder.encode(annotated), np.array(told["follows"], dtype=np.float32))
        _print(measure(found, told["cuts"]))
        return
    if options.stage == "train":
        own = [one for one in annotated if one.office not in KEPT]
        sentences = read_tagged(options.shared / "mentions.jsonl.gz")
        public, pool = encoder.encode(sentences), pool_of([*own, *sentences])
        records = [encoder.encode(own)]
        for seed in range(min(RENAMINGS, options.epochs - 1)):
            chance = random.Random(seed)
            records.append(encoder.encode([renamed(one, pool, chance) for one in own]))
        print(f"{len(own)} passages, {len(public)} public sentences", flush=True)
        train(tagger, records, public, options.epochs, options.work / "tagger", options.rate)
    elif options.stage == "heads":
        stored = torch.load(options.work / "tagger" / "tagger.pt")
        tagger.load_state_dict(
            {name: one for name, one in stored.items() if not name.startswith("heads.")}, strict=False
        )
        taught = through_layers(tagger, encoder.encode([one for one in annotated if one.office not in KEPT]))
        layers, tagger.layers = tagger.layers, torch.nn.ModuleList()
        tagger.tag.requires_grad_(False)
        train(tagger, [taught], [], options.epochs, options.work / "heads")
        tagger.layers = layers
        torch.save(tagger.state_dict(), options.work / "tagger" / "tagger.pt")
    else:
        tagger.load_state_dict(torch.load(options.work / "tagger" / "tagger.pt"), strict=options.stage == "cuts")
    if options.stage == "later":
        own = [one for one in annotated if one.office not in KEPT and any(UNKNOWN not in told for told in one.later)]
        chance = random.Random(1)
        pool = pool_of(own)
        taught_as = [own, *([renamed(one, pool, chance) for one in own] for _ in range(RENAMINGS))]
        train_later(tagger, [through_layers(tagger, encoder.encode(each)) for each in taught_as], options)
        torch.save(tagger.state_dict(), options.work / "tagger" / "tagger.pt")
    kept = encoder.encode([one for one in annotated if one.office in KEPT])
    some = encoder.encode([one for one in annotated if one.office not in KEPT and one.is_tagged][::6])
    follows = np.round(fit_follows(tagger, [one for one in kept if one.one.is_tagged], follows_of(some)), 2)
    found = judged(tagger, kept, follows)
    cuts = fit_cuts(found)
    figures = measure(found, cuts)
    _print(figures)
    card = json.loads(CARD.read_text(encoding="utf-8")) if CARD.exists() else {}
    told = {"cuts": cuts, "follows": follows.tolist(), "precision_recall_lines_on_calibration_offices": figures}
    CARD.write_text(json.dumps(card | told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    save_weights({name: array.detach().float().numpy() for name, array in tagger.state_dict().items()}, WEIGHTS)


if __name__ == "__main__":
    main()
