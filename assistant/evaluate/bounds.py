"""Bounds on measures: what a scorecard must reach for a build to stay green."""

from collections.abc import Collection, Mapping

from corpus.errors import UsageError


def missed(
    bounds: Mapping[str, float],
    groups: Mapping[str, Mapping[str, float]],
    *,
    measures: Collection[str],
    less_is_better: Collection[str],
    asked: str,
) -> list[str]:
    """What misses its bound, one sentence each: empty when all is well.

    Args:
        bounds: By measure, or by group and measure as in ``group:measure``; the least value that is good enough, or
            for `less_is_better` the greatest. A measure that the group does not have misses its bound.
        groups: Values by group and measure; a bound that names no group is one on the group ``all``.
        measures: Names of all measures, in the order to list them.
        less_is_better: Those of which less is better.
        asked: What would have to ask for a measure, as "question".

    Raises:
        UsageError: There is no such measure or group.
    """
    misses = []
    for name, bound in bounds.items():
        group, _, measure = name.rpartition(":")
        if measure not in measures:
            raise UsageError(f"{name}: no such measure. There are: {', '.join(measures)}.")
        if group and group not in groups:
            raise UsageError(f"{name}: no such group of {asked}s. There are: {', '.join(groups)}.")
        value = groups[group or "all"].get(measure)
        if value is None:
            misses.append(f"{name} could not be measured: no {asked} of the file asks for it")
        elif measure in less_is_better and value > bound:
            misses.append(f"{name} is {value:.3f}, above {bound:g}")
        elif measure not in less_is_better and value < bound:
            misses.append(f"{name} is {value:.3f}, below {bound:g}")
    return misses
