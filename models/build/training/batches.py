"""Batches for training. In: a list. Out: parts of it, in a new order every time round."""

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def shuffled_batches(things: Sequence[Thing], size: int, seed: int) -> Iterator[tuple[list[Thing], random.Random]]:
    """Batches of `size` without end, each with what its time round draws from; what is left over of one time round is left out."""
    for epoch in range(1_000_000):
        chance = random.Random(seed + epoch)
        order = chance.sample(things, len(things))
        for at in range(0, len(order) - size + 1, size):
            yield order[at: at + size], chance
