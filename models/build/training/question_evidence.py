"""How a question without marks is told from one with marks and from one in another language: by its pieces.

In: texts as they are typed without marks. Out: how often each piece is used there, and how much it speaks for such a question.
"""

import random

import numpy as np
from tokenizers import Tokenizer

from distillation_texts import PromptedText
from embedding import PROMPTS
from tokenizer_files import SPACE_MARK
from typing_noise import BARE_FORMS, TypingNoise

MARGIN, MOST, UNUSED, MARK = 0.5, 6.0, -1.0, -1000.0


def bare_usage(tokenizer: Tokenizer, texts: list[PromptedText], seed: int) -> np.ndarray:
    """How often each piece [vocabulary] is used when the texts are typed twice without marks."""
    noise, chance = TypingNoise([text.text for text in texts], BARE_FORMS), random.Random(seed)
    typed = [text.prompt + noise.written(text.text, chance) for text in texts * 2]
    usage = np.zeros(tokenizer.get_vocab_size(), np.int64)
    for encoding in tokenizer.encode_batch(typed):
        np.add.at(usage, encoding.ids, 1)
    return usage


def evidence_of_pieces(tokenizer: Tokenizer, scores: np.ndarray, usage: np.ndarray) -> np.ndarray:
    """Float32 [vocabulary], to be summed over the tokens of a question: how much likelier a piece is among texts without marks than in
    the many languages of the base, whose log probabilities `scores` are, as a log ratio within +-6 less a margin; at most -1 for pieces
    that such texts do not use, -1000 for letters beyond ASCII, 0 without letters."""
    likelier = np.clip(np.log((usage + 0.5) / usage.sum()) - scores - MARGIN, -MOST, MOST)
    likelier[usage == 0] = np.minimum(likelier[usage == 0], UNUSED)
    evidence = np.zeros(len(usage), np.float32)
    silent = {*tokenizer.encode(PROMPTS["query"]).ids, *tokenizer.encode("").ids}
    for piece, i in tokenizer.get_vocab(with_added_tokens=True).items():
        letters = [character for character in piece.removeprefix(SPACE_MARK) if character.isalpha()]
        if letters and i not in silent and not piece.startswith("<"):
            evidence[i] = MARK if any(not letter.isascii() for letter in letters) else likelier[i]
    return evidence
