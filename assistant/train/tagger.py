"""Train the tagger: `python -m assistant.train.tagger --help`; resumes from its checkpoint."""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from assistant.train.reader import CALIBRATION
from assistant.train.records import UNKNOWN, Annotated, read_annotated, read_tagged
from ingest.embedded import PASSAGE
from ingest.model_from_wheel import unpacked_model
from ingest.network import Lower, from_embedder
from ingest.tagger.cuts import CARD
from ingest.tagger.export import WEIGHTS
from ingest.tagger.labels import DEGREES, PAIRS, SENTENCE, STATES, TAGS
from ingest.tagger.network import Tagger, means_of, untrained
from ingest.tagger.spans import WE, Layout, beside_us, continuing, near_of, spans_of, tokens_of
from ingest.weights import save_weights

BATCH_TOKENS = 6000
LEARNING_RATE, HEADS_RATE = 2.5e-4, 1.5e-3
WARM_UP = 0.06
PUBLIC_SHARE = 0.12
"""Of the sentences of public sets of names, taken in an epoch."""
MOST_TOKENS = 512
MET = DEGREES.index("planned")
BETA = 1.0
"""How much recall counts against precision where a cut is fitted."""
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
    def layout(self) -> Layout:
        """Its mentions and sentences as tokens."""
        kinds = [one.kind for one in self.one.mentions]
        return Layout(
            [(a, b, kind) for (a, b), kind in zip(self.mentions, kinds, strict=True)], self.one.us, self.sentences
        )


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
        order = sorted(range(len(some)), key=lambda at: len(tokens[at].ids))
        found: dict[int, Encoded] = {}
        for begin in range(0, len(order), 24):
            group = order[begin : begin + 24]
            width = max(len(tokens[at].ids) for at in group)
            ids, mask = torch.ones(len(group), width, dtype=torch.long), torch.zeros(len(group), width)
            for row, at in enumerate(group):
                n = len(tokens[at].ids)
                ids[row, :n], mask[row, :n] = torch.tensor(tokens[at].ids), 1
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                states = self.lower(ids, mask)
            for row, at in enumerate(group):
                n = len(tokens[at].ids)
                spans = [(a - len(PASSAGE), b - len(PASSAGE)) for a, b in tokens[at].offsets]
                found[at] = _encoded(some[at], states[row, :n].to(torch.bfloat16).clone(), spans)
        return [found[at] for at in range(len(some))]


def _encoded(one: Annotated, states: Tensor, spans: Sequence[tuple[int, int]]) -> Encoded:
    mentions = [tokens_of(spans, mention.start, mention.end) for mention in one.mentions]
    tags = torch.zeros(len(spans), dtype=torch.long)
    for (first, last), mention in zip(mentions, one.mentions, strict=True):
        for n in range(first, last):
            tags[n] = TAGS.index(f"{'B' if n == first else 'I'}-{mention.kind}")
    tags[[0, -1]] = UNKNOWN
    places = [(max(0, a), max(0, b)) for a, b in spans]
    sentences = [tokens_of(spans, *span) for span in one.text.sentences]
    return Encoded(one, states, tags, mentions, sentences, continuing(one.text.text, places))


def loss_of(tagger: Tagger, some: Sequence[Encoded]) -> Tensor:
    """All heads over one batch."""
    width = max(len(one.states) for one in some)
    states, mask = torch.zeros(len(some), width, some[0].states.shape[1]), torch.zeros(len(some), width)
    tags = torch.full((len(some), width), UNKNOWN)
    for row, one in enumerate(some):
        n = len(one.states)
        states[row, :n], mask[row, :n], tags[row, :n] = one.states.float(), 1, one.tags
    with torch.autocast("cpu", torch.bfloat16):
        x, logits = tagger(states, mask)
    x, logits = x.float(), logits.float()
    total = functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), tags.reshape(-1), ignore_index=UNKNOWN)
    annotated = [(row, one) for row, one in enumerate(some) if one.sentences]
    if not annotated:
        return total
    return (
        total
        + _degree_loss(tagger, x, annotated)
        + _sentence_loss(tagger, x, annotated)
        + _pair_loss(tagger, x, annotated)
    )


def _means(x: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
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
    scores = tagger.heads.degree(torch.cat([_means(x, spans), torch.tensor(us)], -1))
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
    scores = tagger.heads.sentence(_means(x, spans))
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


def _pair_loss(tagger: Tagger, x: Tensor, some: Sequence[tuple[int, Encoded]]) -> Tensor:
    total = x.new_zeros(())
    for name in PAIRS:
        left, right, near, joined = [], [], [], []
        for row, one in some:
            things = one.sentences if name in ("party", "who", "to") else one.mentions
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
        scores = tagger.heads.of_pairs(name, _means(x, left), _means(x, right), torch.tensor(near))
        wanted = torch.tensor(joined)
        each = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
        total = total + (each * torch.where(wanted > 0, 2.0, 1.0)).mean()
    return total


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


def train(tagger: Tagger, records: Sequence[Encoded], public: Sequence[Encoded], epochs: int, folder: Path) -> None:
    """Train in place, epochs of all records with a share of public sentences; goes on from `folder`."""
    chance = random.Random(3)
    plan: list[list[Encoded]] = []
    for epoch in range(epochs):
        size = int(len(public) * PUBLIC_SHARE)
        some = batches([*records], chance) + batches(random.Random(epoch).sample([*public], size), chance)
        chance.shuffle(some)
        plan += some
    body = [p for n, p in tagger.named_parameters() if n.startswith("layers.")]
    heads = [p for n, p in tagger.named_parameters() if not n.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": LEARNING_RATE}, {"params": heads, "lr": HEADS_RATE}], weight_decay=0.01
    )

    def pace(step: int) -> float:
        warm = max(1, int(WARM_UP * len(plan)))
        return min(1.0, (step + 1) / warm) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * step / len(plan))))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, pace)
    folder.mkdir(parents=True, exist_ok=True)
    state, first = folder / "state.pt", 0
    if state.exists():
        kept = torch.load(state)
        tagger.load_state_dict(kept["tagger"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        first = kept["step"]
    began, running = time.monotonic(), 0.0
    tagger.train()
    for step in range(first, len(plan)):
        loss = loss_of(tagger, plan[step])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        running = 0.97 * running + 0.03 * float(loss.detach()) if step > first else float(loss.detach())
        if step % 20 == 0:
            print(f"{step}/{len(plan)} loss {running:.3f} {time.monotonic() - began:.0f} s", flush=True)
        if step % 200 == 199 or step == len(plan) - 1:
            torch.save(
                {
                    "tagger": tagger.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step + 1,
                },
                state,
            )
    torch.save(tagger.state_dict(), folder / "tagger.pt")


Judgement = tuple[str, float, bool]
"""What is judged, its probability, and whether it is so."""


def through_layers(tagger: Tagger, some: Sequence[Encoded]) -> list[Encoded]:
    """Passages with what the trained layers give in place of the frozen states: heads alone are then trained fast."""
    tagger.eval()
    found = []
    for one in some:
        with torch.inference_mode():
            x, _ = tagger(one.states.float()[None], torch.ones(1, len(one.states)))
        found.append(replace(one, states=x[0].to(torch.bfloat16).clone()))
    return found


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
            odds = tagger(one.states.float()[None], torch.ones(1, len(one.states)))[1][0].float().numpy()
        rows.append((one, odds))

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
            x, logits = tagger(one.states.float()[None], torch.ones(1, len(one.states)))
            told = set(spans_of(logits[0].float().numpy(), one.continues, follows))
            tagged = {(a, b, m.kind) for (a, b), m in zip(one.mentions, one.one.mentions, strict=True) if b}
            own = [(f"tag {span[2]}", float(span in told), span in tagged) for span in told | tagged]
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

    def worth(own: Sequence[tuple[float, bool]], cut: float) -> float:
        right = sum(chance >= cut and is_so for chance, is_so in own)
        told, wanted = sum(chance >= cut for chance, _ in own), sum(is_so for _, is_so in own)
        return (1 + BETA**2) * right / max(1e-9, told + BETA**2 * wanted)

    cuts = [round(0.02 * n, 2) for n in range(5, 48)]
    return {group: max(cuts, key=partial(worth, own)) for group, own in sorted(groups.items())}


def _decision_of(name: str) -> str:
    """The kind of decision that a thing judged is one of."""
    told = name.removeprefix("told ")
    return name.removesuffix(" we") if told == name else "state" if told in STATES else told


def _judged_degrees(tagger: Tagger, x: Tensor, one: Encoded) -> Iterator[Judgement]:
    for n, degree in one.one.degree.items():
        if degree != UNKNOWN and one.mentions[n][1]:
            seen = torch.cat([_means(x, [(0, *one.mentions[n])]), torch.tensor([beside_us(one.layout, n)])], -1)
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
        scores = tagger.heads.sentence(_means(x, [(0, start, end)]))[0]
        for column, name in enumerate(SENTENCE):
            if one.one.told[n][column] != UNKNOWN:
                yield f"told {name}", float(scores[column].sigmoid()), bool(one.one.told[n][column])
        if one.one.form[n] != UNKNOWN:
            yield "form", float(int(scores[len(SENTENCE) :].argmax()) == one.one.form[n]), True


def _judged_pairs(tagger: Tagger, x: Tensor, one: Encoded) -> Iterator[Judgement]:
    for name in PAIRS:
        things, layout = one.sentences if name in ("party", "who", "to") else one.mentions, one.layout
        for a, b, is_joined in one.one.pairs[name]:
            first, second = things[a], (0, 1) if b == WE else one.mentions[b]
            if first[1] and second[1]:
                near = torch.tensor([near_of(layout, first, b)])
                score = tagger.heads.of_pairs(name, _means(x, [(0, *first)]), _means(x, [(0, *second)]), near)
                yield f"{name}{' we' if b == WE else ''}", float(score[0].sigmoid()), is_joined


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["train", "heads", "cuts"])
    parser.add_argument("--shared", type=Path, required=True, help="folder with mentions.jsonl.gz")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints")
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=8)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(5)
    encoder = Encoder()
    tagger = untrained(encoder.folder)
    annotated = read_annotated(options.offices, encoder.count)
    if options.stage == "train":
        records = encoder.encode([one for one in annotated if one.office not in CALIBRATION])
        public = encoder.encode(read_tagged(options.shared / "mentions.jsonl.gz"))
        print(f"{len(records)} passages, {len(public)} public sentences", flush=True)
        train(tagger, records, public, options.epochs, options.work / "tagger")
    elif options.stage == "heads":
        stored = torch.load(options.work / "tagger" / "tagger.pt")
        tagger.load_state_dict(
            {name: one for name, one in stored.items() if not name.startswith("heads.")}, strict=False
        )
        records = through_layers(tagger, encoder.encode([one for one in annotated if one.office not in CALIBRATION]))
        layers, tagger.layers = tagger.layers, torch.nn.ModuleList()
        tagger.tag.requires_grad_(False)
        train(tagger, records, [], options.epochs, options.work / "heads")
        tagger.layers = layers
        torch.save(tagger.state_dict(), options.work / "tagger" / "tagger.pt")
    else:
        tagger.load_state_dict(torch.load(options.work / "tagger" / "tagger.pt"))
    kept = encoder.encode([one for one in annotated if one.office in CALIBRATION])
    taught = [one for one in annotated if one.office not in CALIBRATION][::6]
    follows = np.round(fit_follows(tagger, kept, follows_of(encoder.encode(taught))), 2)
    found = judged(tagger, kept, follows)
    cuts = fit_cuts(found)
    figures = measure(found, cuts)
    for name, (precision, recall, wanted) in figures.items():
        print(f"{name}: precision {precision} recall {recall} ({wanted})")
    card = json.loads(CARD.read_text(encoding="utf-8")) if CARD.exists() else {}
    told = {"cuts": cuts, "follows": follows.tolist(), "precision_recall_lines_on_calibration_offices": figures}
    CARD.write_text(json.dumps(card | told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    save_weights({name: array.detach().float().numpy() for name, array in tagger.state_dict().items()}, WEIGHTS)


if __name__ == "__main__":
    main()
