"""Train the reader: `python -m assistant.train.reader --help`; resumes from its checkpoint."""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from assistant.reader.export import WEIGHTS
from assistant.reader.network import Upper, untrained
from assistant.train.batches import Batch, Maker, batches
from assistant.train.examples import Example, pairs, public
from assistant.train.run import run
from assistant.train.swaps import Swaps
from assistant.train.visits import Judged, examples, read_judged, read_shared
from ingest.model_from_wheel import unpacked_model
from ingest.network import from_embedder
from ingest.weights import save_weights

LEARNING_RATE, HEADS_RATE = 1.2e-4, 1e-3
PARTS = 3
SPAN_WEIGHT = 0.2
CORRECTS_WEIGHT = 0.6


def read(upper: Upper, batch: Batch) -> tuple[Tensor, Tensor]:
    """What `upper` gives for a batch, in `PARTS` of like length: less padding is computed than in one."""
    width, parts = batch.mask.shape[1], batch.mask.sum(1).argsort().chunk(PARTS)
    scores, spans = [], []
    for rows in parts:
        w = int(batch.mask[rows].sum(1).max())
        inputs = (batch.states, batch.kinds, batch.matches, batch.mask)
        score, span = upper(*(one[rows, :w] for one in inputs), batch.pool[rows, :, :w])
        scores.append(score)
        spans.append(functional.pad(span, (0, 0, 0, width - w)))
    back = torch.cat(parts).argsort()
    return torch.cat(scores)[back], torch.cat(spans)[back]


def loss_of(batch: Batch, scores: Tensor, spans: Tensor) -> Tensor:
    """Each sentence by itself, all sentences of a question against each other and none, and the span."""
    scores, correcting = scores[..., 0], scores[..., 1]
    gold = batch.gold.float()
    alone = functional.binary_cross_entropy_with_logits(scores, gold, reduction="none")
    alone = alone * batch.real * torch.where(batch.gold, 3.0, 1.0)
    total = alone.sum() / batch.owner.max().add(1) * 0.35
    flat = scores.masked_fill(~batch.real, -1e4)
    together = []
    for number in range(int(batch.owner.max()) + 1):
        of = batch.owner == number
        own, wanted = flat[of].reshape(-1), batch.gold[of].reshape(-1)
        rest = torch.logsumexp(torch.cat([own[~wanted], torch.zeros(1)]), 0)
        # every gold sentence against all that are not gold
        together.append((torch.logaddexp(own[wanted], rest) - own[wanted]).mean() if wanted.any() else rest)
    total = total + torch.stack(together).mean()
    judged = torch.tensor([one is not None for one in batch.corrects])[batch.owner][:, None] & batch.gold
    if judged.any():
        truth = torch.tensor([float(bool(one)) for one in batch.corrects])[batch.owner][:, None].expand_as(correcting)
        found = functional.binary_cross_entropy_with_logits(correcting, truth, reduction="none")
        total = total + CORRECTS_WEIGHT * (found * torch.where(truth > 0, 3.0, 1.0))[judged].mean()
    starts = []
    for one in batch.span:
        if one is not None:
            row, first, last, low, high = one
            starts.append(functional.cross_entropy(spans[row, low : high + 1, 0][None], torch.tensor([first - low])))
            starts.append(functional.cross_entropy(spans[row, low : high + 1, 1][None], torch.tensor([last - low])))
    return total + SPAN_WEIGHT * torch.stack(starts).mean() if starts else total


def train(upper: Upper, maker: Maker, plan: Sequence[Sequence[Example]], folder: Path, rate: float) -> None:
    """Train `upper` in place over batches; see `run`."""

    def loss(some: Sequence[Example]) -> Tensor:
        batch = maker.batch(some)
        return loss_of(batch, *read(upper, batch))

    run(upper, plan, loss, folder, rate=rate, heads_rate=HEADS_RATE * rate / LEARNING_RATE, floor=0.05)


def opened(threads: int) -> tuple[Maker, Upper]:
    """The maker of batches and a new network on the embedder's weights."""
    torch.set_num_threads(threads)
    torch.manual_seed(7)
    folder = unpacked_model()
    lower, _ = from_embedder(folder)
    return Maker(Tokenizer.from_file(str(folder / "tokenizer.json")), lower), untrained(folder)


PUBLIC = {
    "mlqa": 4023, "tydiqa": 1600, "cmrctrain": 1800, "drcd": 700, "koziev": 700, "qamr": 700, "qed": 600,
    "onestopqa": 600, "selqa": 400, "clapnq": 599, "cmrc2018": 300,
}  # fmt: skip
"""Examples taken of each public set: those across languages all, the rest so that no language prevails."""
MIXED = 0.1
"""Public examples among those of visits."""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["public", "visits", "mean", "pack", "measure"])
    parser.add_argument("--shared", type=Path, required=True, help="folder with reading.jsonl.gz and visits")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints and mined passages")
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0, help="another one draws other negatives")
    parser.add_argument("--rate", type=float, default=LEARNING_RATE)
    parser.add_argument("--from", dest="start", default="public", help="stage whose weights are gone on from")
    parser.add_argument("--seen", nargs="*", default=[], help="mined files of which an earlier run took all")
    parser.add_argument("--share", type=float, default=0.5, help="of these, taken again beside the swapped")
    parser.add_argument("--name", default="visits", help="folder of this run's checkpoints")
    parser.add_argument("--of", nargs="*", default=[], help="folders of the rounds whose weights are averaged")
    options = parser.parse_args()
    maker, upper = opened(options.threads)
    if options.stage == "public":
        maker.room = 0
        chosen = public(options.shared / "reading.jsonl.gz", PUBLIC, seed=11)
        train(upper, maker, batches(chosen, 11), options.work / "public", LEARNING_RATE)
        return
    if options.stage == "mean":
        (options.work / options.name).mkdir(parents=True, exist_ok=True)
        rounds = [torch.load(options.work / name / "upper.pt") for name in options.of]
        torch.save(mean_of(rounds), options.work / options.name / "upper.pt")
        return
    stored = torch.load(options.work / (options.name if options.stage != "visits" else options.start) / "upper.pt")
    upper.load_state_dict(stored)
    if options.stage == "visits":
        plan, swaps = [], Swaps(options.offices.glob("*/facts.jsonl"))
        for epoch in range(options.epochs):
            some = []
            for path in sorted(options.work.glob("mined*.jsonl")):
                fresh = examples(_taught(options), path, seed=21 + epoch + options.seed, swaps=swaps)
                some += again(fresh, options.share, options.seed) if path.stem in options.seen else fresh
            counts = {name: int(count * MIXED) for name, count in PUBLIC.items()}
            some += public(options.shared / "reading.jsonl.gz", counts, seed=31 + epoch + options.seed)
            some += pairs(options.shared / "pairs.jsonl.gz", 400, seed=41 + epoch + options.seed)
            plan += batches(some, 51 + epoch + options.seed)
        train(upper, maker, plan, options.work / options.name, options.rate)
    elif options.stage == "measure":
        measure(upper, maker, examples(_untaught(options), options.work / "mined.jsonl", seed=61))
    else:
        save_weights({name: array.detach().float().numpy() for name, array in upper.state_dict().items()}, WEIGHTS)


def mean_of(rounds: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of rounds that went on one from the other (model soups, Wortsman et al., 2022)."""
    return {name: torch.stack([one[name].float() for one in rounds]).mean(0) for name in rounds[0]}


def again(fresh: Sequence[Example], share: float, seed: int) -> list[Example]:
    """Of examples that an earlier run took: the swapped, each with the one it was made of, and a share of others."""
    paired = {at + step for at, one in enumerate(fresh) if one.source == "swapped" for step in (0, 1)}
    others = [one for at, one in enumerate(fresh) if at not in paired]
    return [fresh[at] for at in sorted(paired)] + random.Random(seed).sample(others, int(share * len(others)))


def _taught(options: argparse.Namespace) -> list[Judged]:
    own = [one for one in read_judged(options.offices) if one.office not in CALIBRATION]
    return own + read_shared(options.shared / "visits")


def _untaught(options: argparse.Namespace) -> list[Judged]:
    return [one for one in read_judged(options.offices) if one.office in CALIBRATION]


CALIBRATION = frozenset(
    {
        *("fire-hal", "phil-ser", "film-ying", "biblio-sol", "air-mond", "normal-gu"),
        *("quality-agency", "friend-cities", "railway-min"),
    }
)
"""Offices that the reader is not trained on, on which what decides over its scores is fitted."""


def measure(upper: Upper, maker: Maker, some: Sequence[Example]) -> None:
    """Print how often the best sentence is gold, and how well its score tells answerable questions from others."""
    upper.eval()
    firsts: dict[str, list[bool]] = {}
    tops: list[tuple[float, bool]] = []
    for at in range(0, len(some), 6):
        group = some[at : at + 6]
        with torch.inference_mode():
            batch = maker.batch(group)
            scores, _ = read(upper, batch)
        flat = scores[..., 0].masked_fill(~batch.real, -1e4)
        for number, one in enumerate(group):
            own, wanted = flat[batch.owner == number].reshape(-1), batch.gold[batch.owner == number].reshape(-1)
            tops.append((float(own.max()), bool(wanted.any())))
            if wanted.any():
                firsts.setdefault(one.source, []).append(bool(wanted[own.argmax()]))
    for source, hits in sorted(firsts.items()):
        print(f"{source}: {sum(hits) / len(hits):.3f} of {len(hits)}")
    hits = [hit for group in firsts.values() for hit in group]
    yes, no = [s for s, is_yes in tops if is_yes], [s for s, is_yes in tops if not is_yes]
    auc = sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / max(1, len(yes) * len(no))
    print(f"all: {sum(hits) / max(1, len(hits)):.3f}; answerable or not, area under the curve: {auc:.3f}")


if __name__ == "__main__":
    main()
