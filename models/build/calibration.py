"""The ranges of activations over calibration sentences."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from encoder_graph import activation_name


def activation_ranges(model: onnx.ModelProto, layers: int, tokenizer: Tokenizer, texts: list[tuple[str, ...]]) -> list[np.ndarray]:
    """For each layer the greatest magnitudes [feed_forward] behind the GELU over all tokens of the texts or pairs of texts."""
    names = [activation_name(layer) for layer in range(layers)]
    probed = onnx.ModelProto()
    probed.CopyFrom(model)
    probed.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(probed.SerializeToString(), providers=["CPUExecutionProvider"])

    ranges: list[np.ndarray] = []
    for text in texts:
        ids = np.array([tokenizer.encode(*text).ids], np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found = [np.abs(values[0]).max(axis=0) for values in session.run(names, feeds)]
        ranges = [np.maximum(old, new) for old, new in zip(ranges, found)] if ranges else found
    return ranges
