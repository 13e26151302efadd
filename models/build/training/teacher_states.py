"""What the base makes of every accented text: its vector, and the states of its words behind a middle layer and the last.

In: the base and the texts. Out: arrays in a folder, made once and then read from the disk. Nothing is learned here.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from distillation_texts import PromptedText
from encoder_network import EncoderNetwork
from tokenizer_files import PAD

BATCH, NOTED_BATCHES = 64, 50
SPREAD_SAMPLE = 20_000  # words


@dataclass(frozen=True)
class Tokens:
    """Token ids of a text and the word each belongs to; `<s>` and `</s>` count as words of their own."""

    ids: list[int]
    words: list[int]

    @property
    def word_count(self) -> int:
        return self.words[-1] + 1


@dataclass(frozen=True)
class TeacherStates:
    """Vectors float32 [texts, hidden]; states float16 [words of all texts, hidden], those of text i from starts[i] to starts[i + 1]."""

    vectors: np.ndarray
    starts: np.ndarray
    middle: np.ndarray
    last: np.ndarray

    def spreads(self, name: str) -> Tensor:
        """The standard deviation [hidden] of each channel of the states."""
        states = getattr(self, name)
        sample = np.asarray(states[:: max(1, len(states) // SPREAD_SAMPLE)], np.float32)
        return torch.from_numpy(sample.std(axis=0))


def read_tokens(tokenizer: Tokenizer, texts: list[str]) -> list[Tokens]:
    """The tokens of texts that carry their prefix."""
    made = []
    for encoding in tokenizer.encode_batch(texts):
        words = [-1 if word is None else word for word in encoding.word_ids]
        made.append(Tokens(encoding.ids, [0, *(word + 1 for word in words[1:-1]), words[-2] + 2]))
    return made


def padded(batch: list[Tokens]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids [batch, tokens], the mask of real tokens, and the shares [batch, words, tokens] that make means over words."""
    length, words = max(len(text.ids) for text in batch), max(text.word_count for text in batch)
    ids = torch.full((len(batch), length), PAD)
    belongs = torch.zeros(len(batch), words, length)
    for row, text in enumerate(batch):
        ids[row, : len(text.ids)] = torch.tensor(text.ids)
        belongs[row, text.words, range(len(text.ids))] = 1
    return ids, ids != PAD, belongs / belongs.sum(2, keepdim=True).clamp(min=1)


def unit_means(states: Tensor, mask: Tensor) -> Tensor:
    """The vectors [batch, hidden] of texts: the means of their tokens' states, at unit length."""
    return functional.normalize((states * mask[:, :, None]).sum(1), dim=1)


def teacher_states(network: EncoderNetwork, middle: int, tokenizer: Tokenizer, texts: list[PromptedText], folder: Path) -> TeacherStates:
    """The states of the texts, from the folder as far as it holds those of the same texts."""
    folder.mkdir(parents=True, exist_ok=True)
    named = hashlib.sha256(repr([middle, texts]).encode()).hexdigest()
    tokens = read_tokens(tokenizer, [text.prompt + text.text for text in texts])
    starts = np.cumsum([0, *(text.word_count for text in tokens)])
    shapes = {"vectors": (len(texts), network.sizes.hidden), **dict.fromkeys(("middle", "last"), (int(starts[-1]), network.sizes.hidden))}
    note = folder / "done.json"
    done = json.loads(note.read_text()) if note.is_file() else {}
    fresh = done.get("texts") != named
    arrays = {name: np.lib.format.open_memmap(folder / f"{name}.npy", "w+" if fresh else "r+", np.float16 if name != "vectors" else np.float32, shape)
              for name, shape in shapes.items()}
    teacher = TeacherStates(starts=starts, **arrays)
    _compute(network, middle, tokens, teacher, 0 if fresh else done["batches"],
             lambda batches: note.write_text(json.dumps({"texts": named, "batches": batches})))
    return teacher


@torch.inference_mode()
def _compute(network: EncoderNetwork, middle: int, texts: list[Tokens], teacher: TeacherStates, done: int, note: Callable[[int], object]) -> None:
    """Fill the arrays from batch `done` on, texts of like length together; `note` is told now and then how many batches are done."""
    started, starts = time.monotonic(), teacher.starts
    order = sorted(range(len(texts)), key=lambda i: len(texts[i].ids))
    batches = [order[at: at + BATCH] for at in range(0, len(order), BATCH)]
    for number, batch in list(enumerate(batches))[done:]:
        ids, mask, shares = padded([texts[i] for i in batch])
        found = network.states(ids, mask, after=(middle, network.sizes.layers))
        teacher.vectors[batch] = unit_means(found[-1].float(), mask).numpy()
        for kept, states in zip((teacher.middle, teacher.last), found):
            of_words = (shares @ states.float()).numpy()
            for row, i in enumerate(batch):
                kept[starts[i]: starts[i + 1]] = of_words[row, : starts[i + 1] - starts[i]]
        if (number + 1) % NOTED_BATCHES == 0 or number + 1 == len(batches):
            for kept in (teacher.vectors, teacher.middle, teacher.last):
                kept.flush()
            note(number + 1)
            print(f"teacher: batch {number + 1} of {len(batches)}, {starts[-1]} words, seconds {time.monotonic() - started:.0f}", flush=True)
