"""Teach the trained embedder which passage and which sentence answer a question, and hold everything else where it was.

    python train_questions.py --data DIR --run DIR --out FILE.npz [--steps N]

RUN is the finished run of train_embedder.py; the vectors of passages and sentences are kept there. Only questions are taught:
those vectors stay as they were at the start, and half of every step goes on with what train_embedder.py did. The same arguments
on one machine give the same weights.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

import train_embedder
from build import COMMITTED_FOLDER
from distillation_texts import read_texts_to_distil
from embedding import PROMPTS
from encoder_network import EncoderNetwork
from passage_windows import SENTENCE_END
from questions import Question, read_passages, read_questions
from teacher_states import BATCH, padded, read_tokens, teacher_states, unit_means
from train_embedder import ExampleMaker, Losses, losses, optimiser_of
from trained_weights import TrainedWeights
from typing_noise import TypingNoise

RATE, WARM_UP, LAST_RATE, CLIP = 5.0e-5, 0.05, 0.05, 1.0
FINDING_WEIGHT = 1.0
AS_WRITTEN = 0.5
QUESTIONS, MOST_TOKENS = 72, 240
TEMPERATURE = 0.02
REPORTED_STEPS = 10
SEED = 20261124


@dataclass(frozen=True)
class Pool:
    """Vectors [texts, hidden] that questions are compared with, and for every question the texts that answer it."""

    vectors: Tensor
    right: dict[str, list[int]]

    def loss(self, vectors: Tensor, asked: list[Question]) -> Tensor:
        """Cross-entropy of finding one of the right texts among all."""
        scores = functional.log_softmax(vectors @ self.vectors.T / TEMPERATURE, dim=1)
        found = [torch.logsumexp(scores[row, self.right[question.id]], 0) for row, question in enumerate(asked)]
        return -torch.stack(found).mean()


@torch.no_grad()
def vectors_of(network: EncoderNetwork, tokenizer: Tokenizer, texts: list[str], kept: Path) -> Tensor:
    """The vectors of passages as the network sees them now; from the file `kept` where they were made before."""
    if kept.is_file():
        return torch.from_numpy(np.load(kept))
    tokens = read_tokens(tokenizer, [PROMPTS["passage"] + text for text in texts])
    order = sorted(range(len(texts)), key=lambda i: len(tokens[i].ids))
    found = torch.zeros(len(texts), network.sizes.hidden)
    for at in range(0, len(order), BATCH):
        batch = order[at: at + BATCH]
        ids, mask, _ = padded([tokens[i] for i in batch])
        ids, mask = ids[:, :MOST_TOKENS], mask[:, :MOST_TOKENS]
        (states,) = network.states(ids, mask, after=(network.sizes.layers,))
        found[batch] = unit_means(states.float(), mask)
    np.save(kept, found.numpy())
    return found


def pools(network: EncoderNetwork, tokenizer: Tokenizer, texts: dict[str, str], questions: list[Question], run: Path) -> list[Pool]:
    """The passages, and the sentences of all of them."""
    names = sorted({question.passage for question in questions})
    places = {name: i for i, name in enumerate(names)}
    sentences, of_passage = [], {}
    for name in names:
        parts = SENTENCE_END.sub(lambda found: found.group().rstrip() + "\n", texts[name].replace("\n", " ")).split("\n")
        of_passage[name] = range(len(sentences), len(sentences) + len(parts))
        sentences += parts

    def answering(question: Question) -> list[int]:
        within = of_passage[question.passage]
        return [i for i in within if question.answer in sentences[i]] or list(within)

    of_passages = vectors_of(network, tokenizer, [texts[name] for name in names], run / "passages.npy")
    of_sentences = vectors_of(network, tokenizer, sentences, run / "sentences.npy")
    return [Pool(of_passages, {q.id: [places[q.passage]] for q in questions}), Pool(of_sentences, {q.id: answering(q) for q in questions})]


def question_batches(questions: list[Question], noise: TypingNoise) -> Iterator[tuple[list[Question], list[str]]]:
    """Batches without end: questions, and how they are typed."""
    for epoch in range(1_000_000):
        chance = random.Random(SEED + epoch)
        order = chance.sample(questions, len(questions))
        for at in range(0, len(order) - QUESTIONS + 1, QUESTIONS):
            batch = order[at: at + QUESTIONS]
            yield batch, [q.text if chance.random() < AS_WRITTEN else noise.written(q.text, chance) for q in batch]


def rate_at(step: int, steps: int) -> float:
    """Rises over the first steps, then falls in a line."""
    warm = max(1, round(WARM_UP * steps))
    return RATE * min((step + 1) / warm, 1 - (1 - LAST_RATE) * max(0, step - warm) / max(1, steps - warm))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of a finished run of train_embedder.py")
    parser.add_argument("--out", type=Path, required=True, help="the weights, as .npz")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--pieces", type=int, default=train_embedder.PIECES, help="as RUN was made with")
    parser.add_argument("--questions", type=int, help="as RUN was made with; default all")
    options = parser.parse_args()

    torch.manual_seed(SEED)
    torch.set_num_threads(train_embedder.THREADS)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    tokenizer = Tokenizer.from_str((COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    held_out = options.data / "viquad2_dev.queries.jsonl"
    passages = read_passages(options.data / "viquad1_train.passages.jsonl")
    files = [options.data / f"viquad1_{part}.queries.jsonl" for part in ("train", "more")]
    questions = read_questions(files, passages, held_out)[:options.questions]

    weights = TrainedWeights(options.run / "weights.npz")
    rows = list(range(len(weights.matrix("emb.word", weights.sizes.hidden))))
    network = EncoderNetwork(weights, rows, weights.sizes.layers, embeddings_trained=True)
    windows = min(train_embedder.WINDOWS, options.pieces)
    held = read_texts_to_distil(options.data, held_out, options.pieces, windows, options.questions, train_embedder.SEED)
    measure = Losses(teacher_states(network, train_embedder.MIDDLE, tokenizer, held, options.run / "teacher"))
    maker = ExampleMaker(held, tokenizer)
    compared = pools(network, tokenizer, passages, questions, options.run)
    print(f"{len(questions)} questions, {len(compared[0].vectors)} passages, {len(compared[1].vectors)} sentences", flush=True)

    optimiser, started, sums = optimiser_of(network), time.monotonic(), {}
    batches = zip(question_batches(questions, maker.noise), maker.batches())
    for step, ((asked, typed), (_, examples)) in zip(range(options.steps), batches):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, options.steps)
        tokens = read_tokens(tokenizer, [PROMPTS["query"] + text for text in typed])
        ids, mask, _ = padded(tokens)
        (states,) = network.states(ids, mask, after=(network.sizes.layers,))
        vectors = unit_means(states.float(), mask)
        parts = {"passages": compared[0].loss(vectors, asked), "sentences": compared[1].loss(vectors, asked)}
        (FINDING_WEIGHT * sum(parts.values())).backward()
        parts |= losses(network, measure, examples, step, whole=True)
        (parts["words"] + train_embedder.COSINE_WEIGHT * parts["cosine"] + train_embedder.RANKING_WEIGHT * parts["ranking"]).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        for name, value in parts.items():
            sums[name] = sums.get(name, 0) + value.item()
        if (step + 1) % REPORTED_STEPS == 0:
            means = " ".join(f"{name} {total / REPORTED_STEPS:.4f}" for name, total in sums.items())
            print(f"step {step + 1} {means} seconds {time.monotonic() - started:.0f}", flush=True)
            sums.clear()
    np.savez(options.out, **network.named_arrays())


if __name__ == "__main__":
    main()
