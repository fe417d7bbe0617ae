"""A training run: a network over a plan of batches, in single precision, with checkpoints from which it goes on."""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

WARM_UP = 0.06
"""Share of the steps in which the rate rises."""
CHECKPOINT_SECONDS = 240.0
_T = TypeVar("_T")


def run(
    network: nn.Module,
    plan: Sequence[Sequence[_T]],
    loss_of: Callable[[Sequence[_T]], Tensor],
    folder: Path,
    *,
    rate: float,
    heads_rate: float,
    floor: float,
) -> None:
    """Train `network` in place, a step a batch of `plan`; its weights are then in `folder`, named after its class.

    Goes on from ``state.pt`` there, where an earlier run of the same plan was stopped.

    Args:
        loss_of: The loss of `network` on one batch.
        rate: Of the weights of its ``layers``; `heads_rate` of all others.
        floor: Share of the rates that is left at the end.
    """
    name = type(network).__name__.lower()
    of: dict[bool, list[Tensor]] = {True: [], False: []}
    for part, weights in network.named_parameters():
        of[part.startswith("layers.")].append(weights)
    optimizer = torch.optim.AdamW(
        [{"params": of[True], "lr": rate}, {"params": of[False], "lr": heads_rate}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, len(plan), floor))
    folder.mkdir(parents=True, exist_ok=True)
    resumed: dict[str, Any] = {name: network, "optimizer": optimizer, "schedule": schedule}
    state, first = folder / "state.pt", 0
    if state.exists():
        kept = torch.load(state)
        for key, one in resumed.items():
            one.load_state_dict(kept[key])
        first = kept["step"]
    began = saved = time.monotonic()
    running, seen = 0.0, 0
    network.train()
    for step in range(first, len(plan)):
        loss = loss_of(plan[step])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen += len(plan[step])
        running = 0.97 * running + 0.03 * float(loss.detach()) if step > first else float(loss.detach())
        if step % 20 == 0:
            spent = time.monotonic() - began
            print(f"{step}/{len(plan)} loss {running:.3f} {seen / spent:.1f} examples/s {spent:.0f} s", flush=True)
        if time.monotonic() - saved > CHECKPOINT_SECONDS or step == len(plan) - 1:
            saved = time.monotonic()
            torch.save({key: one.state_dict() for key, one in resumed.items()} | {"step": step + 1}, state)
    torch.save(network.state_dict(), folder / f"{name}.pt")


def _pace(step: int, steps: int, floor: float) -> float:
    """Share of the rate at a step: a line up over `WARM_UP` of all, then half a cosine down to `floor`."""
    warm = max(1, int(WARM_UP * steps))
    return min(1.0, (step + 1) / warm) * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * step / steps)))
