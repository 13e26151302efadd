"""Write the reader's model folder from trained weights: int8 ONNX, input as the encoder's, output `logits`.

    python export_reader.py --weights FILE.npz [--out DIR]
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from build import COMMITTED_FOLDER, SENTENCES_FILE, descriptors, quantise, write_json
from calibration import activation_ranges
from embedding import MODEL_FILE
from encoder_graph import encoder_model
from texts import read_texts
from trained_weights import TrainedWeights

POSITIONS = 320  # the product reads no longer pairs
READER_FOLDER = COMMITTED_FOLDER.parent / "reader-vi"
HEAD = "head.product"


def reader_model(weights: TrainedWeights, ranges: list[np.ndarray] | None = None) -> onnx.ModelProto:
    """The float32 graph; output logits float32 [batch, tokens, 2]: scores as start and as end of the answer."""
    rows = list(range(len(weights.matrix("emb.word", weights.sizes.hidden))))
    model = encoder_model(weights, rows, ranges)
    graph = model.graph
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weights.matrix("head.w", weights.sizes.hidden).T), "head.w"))
    graph.initializer.append(numpy_helper.from_array(weights.tensor("head.b"), "head.b"))
    graph.node.append(helper.make_node("MatMul", ["last_hidden_state", "head.w"], [HEAD], name=HEAD))
    graph.node.append(helper.make_node("Add", [HEAD, "head.b"], ["logits"], name="logits"))
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "tokens", 2]))
    onnx.checker.check_model(model)
    return model


def calibration_pairs() -> list[tuple[str, str]]:
    """Sentences written for this purpose: each set before the three that follow it."""
    sentences = list(read_texts(SENTENCES_FILE))
    return [(sentence, " ".join(sentences[i + 1: i + 4])) for i, sentence in enumerate(sentences[:-3])]


def export(weights: TrainedWeights, out: Path) -> None:
    """Write the folder and print how near int8 comes to float32."""
    tokenizer = Tokenizer.from_str((COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    pairs = calibration_pairs()
    ranges = activation_ranges(reader_model(weights), weights.sizes.layers, tokenizer, pairs)
    exact = reader_model(weights, ranges)
    quantise(exact, out / MODEL_FILE, exact=(HEAD,))
    rows = weights.matrix("emb.word", weights.sizes.hidden)
    config = descriptors(dataclasses.replace(weights.sizes, positions=POSITIONS), len(rows))["config.json"]
    write_json(out / "config.json", {**config, "architectures": ["BertForQuestionAnswering"]})
    difference = [scores_of(exact.SerializeToString(), tokenizer, pair) - scores_of(str(out / MODEL_FILE), tokenizer, pair)
                  for pair in pairs[:10]]
    print(json.dumps({"bytes": (out / MODEL_FILE).stat().st_size,
                      "mean difference of a score to float32": round(float(np.mean([np.abs(d).mean() for d in difference])), 3)}))


def scores_of(model: bytes | str, tokenizer: Tokenizer, pair: tuple[str, str]) -> np.ndarray:
    """Scores [tokens, 2] of one pair."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    ids = np.array([tokenizer.encode(*pair).ids], np.int64)
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    return session.run(["logits"], feeds)[0][0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=READER_FOLDER)
    options = parser.parse_args()
    export(TrainedWeights(options.weights, POSITIONS), options.out)


if __name__ == "__main__":
    main()
