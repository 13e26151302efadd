"""Embedding texts with a model folder, as the product does: prefix, tokens, mean pooling, unit length."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

MODEL_FILE = "onnx/model_quantized.onnx"
PROMPTS = {"query": "query: ", "passage": "passage: "}


class Embedder:
    """A model on one thread and its tokenizer."""

    def __init__(self, model: Path | bytes, tokenizer: Tokenizer):
        """`model` is the path of an ONNX file or its bytes."""
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        source = model if isinstance(model, bytes) else str(model)
        self._session = onnxruntime.InferenceSession(source, settings, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizer

    def embed(self, texts: list[str], prefix: str = "") -> np.ndarray:
        """Unit vectors float32 [len(texts), hidden] of prefix + text, each text run on its own."""
        return np.stack([self._embed_one(prefix + text) for text in texts])

    def _embed_one(self, text: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(["last_hidden_state"], feeds)
        pooled = states[0].mean(axis=0)
        return pooled / np.linalg.norm(pooled)


def load_tokenizer(content: dict, truncate: bool = True) -> Tokenizer:
    """The tokenizer of a tokenizer.json content, without its length limit if `truncate` is false."""
    tokenizer = Tokenizer.from_str(json.dumps(content))
    if not truncate:
        tokenizer.no_truncation()
    return tokenizer


def load_folder(folder: Path) -> Embedder:
    """The embedder of a model folder."""
    content = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    return Embedder(folder / MODEL_FILE, load_tokenizer(content))


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The cosine [n] of each row of two arrays of unit vectors [n, hidden]."""
    return (left * right).sum(axis=1)
