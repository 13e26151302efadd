"""Four-bit blocks as the base's weights come in: a scale and 32 values from -8 to 7."""

import numpy as np

BLOCK = 32


def in_four_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values int8 [rows, columns] from -8 to 7 and scales float16 [rows, columns / 32]. Exact for a table that was in such blocks."""
    blocks = table.reshape(len(table), -1, BLOCK)
    greatest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)
    scales = (greatest / -8).astype(np.float16)
    scales[scales == 0] = 1
    values = np.clip(np.round(blocks / scales.astype(np.float32)), -8, 7)
    return values.astype(np.int8).reshape(table.shape), scales[..., 0]


def packed(values: np.ndarray) -> bytes:
    """Two values a byte, the first in the low half, as ONNX stores INT4."""
    halves = values.astype(np.uint8) & 15
    return (halves[:, 0::2] | halves[:, 1::2] << 4).tobytes()
