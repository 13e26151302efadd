"""Train the reader: which words of a passage answer a question, and whether any do.

    python train_reader.py --data DIR --embedder FILE.npz --out FILE.npz [--steps N] [--held-out FILE]

DIR holds viquad1_train.passages.jsonl and viquad1_{train,more}.queries.jsonl; FILE.npz is what train_embedder.py wrote: its
lowest layers read Vietnamese without marks. The same arguments on one machine give the same weights; fewer --run-steps stop
the same run earlier.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

import numpy as np
import torch
import torch.distributed
import torch.multiprocessing
from torch import Tensor
from torch.nn import functional

from build import COMMITTED_FOLDER
from passage_windows import read_passage
from questions import read_passages, read_questions
from reader_examples import ExampleMaker, Pair
from reader_network import ReaderNetwork
from tokenizer_files import PAD
from tokenizers import Tokenizer
from trained_weights import TrainedWeights

LAYERS, FROZEN_LAYERS = 8, 2
BATCH_TOKENS = 2048
SORTED_TOGETHER = 384
RATE, WARM_UP, WEIGHT_DECAY, CLIP = 1.5e-4, 0.05, 0.01, 1.0
RANKING_WEIGHT = 0.5
WORKERS = 2
REPORTED_STEPS, SAVED_STEPS = 25, 100
SEED = 20261122


def batches(maker: ExampleMaker):
    """Batches of examples without end, examples of like length together, each with the number of its epoch."""
    for epoch in range(1_000_000):
        examples = maker.epoch(SEED + epoch)
        chance = torch.Generator().manual_seed(SEED + epoch)
        for at in range(0, len(examples), SORTED_TOGETHER):
            part = sorted(examples[at: at + SORTED_TOGETHER], key=longest)
            made, batch = [], []
            for example in part:
                if batch and longest(example) * 2 * (len(batch) + 1) > BATCH_TOKENS:
                    made.append(batch)
                    batch = []
                batch.append(example)
            made.append(batch)
            for i in torch.randperm(len(made), generator=chance).tolist():
                yield epoch, made[i]


def longest(example: tuple[Pair, Pair]) -> int:
    return max(len(pair.ids) for pair in example)


def tensors(pairs: list[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask of real tokens, and mask of the tokens that may begin or end an answer (the null place among them)."""
    length = max(len(pair.ids) for pair in pairs)
    ids = torch.full((len(pairs), length), PAD)
    allowed = torch.zeros((len(pairs), length), dtype=torch.bool)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        allowed[row, pair.passage_from: len(pair.ids) - 1] = True
        allowed[row, 0] = True
    return ids, ids != PAD, allowed


def losses(network: ReaderNetwork, pairs: list[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Loss of the spans, loss of the ranking of a question's two windows, and the share of windows ranked right."""
    ids, mask, allowed = tensors(pairs)
    scores = network(ids, mask).masked_fill(~allowed[:, :, None], -1e4)
    targets = torch.tensor([[pair.start, pair.end] for pair in pairs])
    span = functional.cross_entropy(scores, targets)
    answerable = (torch.logsumexp(scores[:, 1:], 1) - scores[:, 0]).sum(1).view(-1, 2)
    compared = answerable[torch.tensor([not pair.swapped for pair in pairs[1::2]])]
    ranking = functional.cross_entropy(compared, torch.zeros(len(compared), dtype=torch.long)) if len(compared) else span * 0
    return span, ranking, (answerable[:, 0] > answerable[:, 1]).float().mean()


def rate_at(step: int, steps: int) -> float:
    """Rises over the first steps, then falls in a line to a twentieth."""
    warm = max(1, round(WARM_UP * steps))
    return RATE * min((step + 1) / warm, 1 - 0.95 * max(0, step - warm) / max(1, steps - warm))


def train(worker: int, maker: ExampleMaker, network: ReaderNetwork, options: argparse.Namespace, meeting: str) -> None:
    """Train for the first `run_steps` of a run of `steps`, writing the weights now and then and at the end.

    Every worker is a process on one core; it takes its share of each batch, and the slopes are averaged.
    """
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    torch.distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=worker, world_size=WORKERS)
    matrices = [value for name, value in network.named_parameters() if value.requires_grad and value.dim() > 1]
    vectors = [value for name, value in network.named_parameters() if value.requires_grad and value.dim() == 1]
    optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}],
                                  lr=RATE, betas=(0.9, 0.98), eps=1e-6, fused=True)
    started, sums, seen = time.monotonic(), torch.zeros(3), 0
    for step, (epoch, batch) in zip(range(options.run_steps or options.steps), batches(maker)):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, options.steps)
        pairs = [pair for example in batch[worker::WORKERS] or batch for pair in example]
        span, ranking, right = losses(network, pairs)
        (span + RANKING_WEIGHT * ranking).backward()
        average_slopes([*matrices, *vectors])
        torch.nn.utils.clip_grad_norm_([*matrices, *vectors], CLIP)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        sums += torch.tensor([span.item(), ranking.item(), right.item()])
        seen += 2 * len(batch)
        if (step + 1) % REPORTED_STEPS == 0 and worker == 0:
            print(f"step {step + 1} epoch {epoch} pairs {seen} span {sums[0] / REPORTED_STEPS:.3f} "
                  f"ranking {sums[1] / REPORTED_STEPS:.3f} right {sums[2] / REPORTED_STEPS:.3f} "
                  f"seconds {time.monotonic() - started:.0f}", flush=True)
            sums.zero_()
        if (step + 1) % SAVED_STEPS == 0 and worker == 0:
            np.savez(options.out, **network.named_arrays())
    if worker == 0:
        np.savez(options.out, **network.named_arrays())


def average_slopes(parameters: list[Tensor]) -> None:
    """Replace every slope by its mean over the workers."""
    together = torch.cat([parameter.grad.reshape(-1) for parameter in parameters])
    torch.distributed.all_reduce(together)
    together /= WORKERS
    parts = together.split([parameter.numel() for parameter in parameters])
    for parameter, part in zip(parameters, parts):
        parameter.grad.copy_(part.view_as(parameter))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--embedder", type=Path, required=True, help="the trained weights of the embedder, from which it starts")
    parser.add_argument("--out", type=Path, required=True, help="the weights, as .npz")
    parser.add_argument("--held-out", type=Path, help="questions on whose passages nothing may be learned")
    parser.add_argument("--steps", type=int, default=1400, help="steps the learning rate is planned for")
    parser.add_argument("--run-steps", type=int, help="stop after these; default all")
    parser.add_argument("--layers", type=int, default=LAYERS)
    options = parser.parse_args()

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    content = (COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8")
    tokenizer = Tokenizer.from_str(content)
    tokenizer.no_truncation()
    texts = read_passages(options.data / "viquad1_train.passages.jsonl")
    files = [options.data / f"viquad1_{part}.queries.jsonl" for part in ("train", "more")]
    questions = read_questions(files, texts, options.held_out)
    used = {question.passage for question in questions}
    passages = {name: read_passage(text, tokenizer) for name, text in texts.items() if name in used}
    print(f"{len(questions)} questions, {len(passages)} passages", flush=True)
    maker = ExampleMaker(questions, passages, tokenizer)
    network = ReaderNetwork(TrainedWeights(options.embedder), options.layers, FROZEN_LAYERS)
    with tempfile.TemporaryDirectory() as folder:
        arguments = (maker, network, options, f"{folder}/meeting")
        torch.multiprocessing.start_processes(train, arguments, nprocs=WORKERS, start_method="fork")


if __name__ == "__main__":
    main()
