"""What the encoder does otherwise with questions than with passages: gains and biases of its norms, and words written without marks.

In: the .npz file that training/train_questions.py wrote. Out: arrays for the graph. Passages are read with the base's weights alone.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

MARKED, BARE = "marked", "bare"
NORM_PARTS = "wb"


def norm_parts(layers: int) -> list[str]:
    """The names of the gain and the bias of every norm of an encoder, in the order the norms are met."""
    norms = ["emb.ln", *(f"l{layer}.{norm}" for layer in range(layers) for norm in ("aln", "oln"))]
    return [f"{norm}.{part}" for norm in norms for part in NORM_PARTS]


@dataclass(frozen=True)
class QuestionReading:
    """`prefix` are the token ids every question begins with. `norms` holds for questions with marks and for bare ones the gain and bias
    [hidden] of every norm, by `NAME.w`, `NAME.b`. Bare questions take the words `pieces` (ids, ascending) from `words`
    [pieces, hidden]. `evidence` [vocabulary] says how much a piece speaks for a bare Vietnamese question: a question is bare when
    the sum over its tokens is above 0.
    """

    prefix: list[int]
    norms: dict[str, dict[str, np.ndarray]]
    pieces: np.ndarray
    words: np.ndarray
    evidence: np.ndarray


def read_question_reading(path: Path) -> QuestionReading:
    """The arrays of a finished training."""
    with np.load(path) as arrays:
        norms = {form: {name.removeprefix(f"{form}/"): arrays[name] for name in arrays.files if name.startswith(f"{form}/")}
                 for form in (MARKED, BARE)}
        return QuestionReading(arrays["prefix"].tolist(), norms, arrays["pieces"], arrays["words"], arrays["evidence"])
