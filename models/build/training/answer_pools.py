"""The passages and the sentences that questions have to find: their vectors as the base makes them, and which of them answer.

In: passages and questions. Out: losses of vectors of questions. The vectors do not move while questions are learned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from embedding import PROMPTS
from encoder_network import EncoderNetwork
from passage_windows import sentences_in
from questions import Question
from teacher_states import BATCH, padded, read_tokens, unit_means

MOST_TOKENS = 240
TEMPERATURE = 0.01  # that of the base's own training


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


@dataclass(frozen=True)
class AnswerPools:
    """Whole passages, and the sentences of all of them."""

    passages: Pool
    sentences: Pool

    def losses(self, vectors: Tensor, asked: list[Question]) -> dict[str, Tensor]:
        """The loss of each pool for vectors [questions, hidden]."""
        return {"passages": self.passages.loss(vectors, asked), "sentences": self.sentences.loss(vectors, asked)}

    def __str__(self) -> str:
        return f"{len(self.passages.vectors)} passages, {len(self.sentences.vectors)} sentences"


def read_answer_pools(network: EncoderNetwork, tokenizer: Tokenizer, texts: dict[str, str], questions: list[Question], kept: Path) -> AnswerPools:
    """The pools of the passages asked about; their vectors from the folder `kept` where they were made before."""
    names = sorted({question.passage for question in questions})
    places = {name: i for i, name in enumerate(names)}
    sentences, of_passage = [], {}
    for name in names:
        parts = sentences_in(texts[name].replace("\n", " "))
        of_passage[name] = range(len(sentences), len(sentences) + len(parts))
        sentences += parts

    def answering(question: Question) -> Iterable[int]:
        within = of_passage[question.passage]
        return [i for i in within if question.answer in sentences[i]] or list(within)

    of_passages = passage_vectors(network, tokenizer, [texts[name] for name in names], kept / "passages.npy")
    of_sentences = passage_vectors(network, tokenizer, sentences, kept / "sentences.npy")
    return AnswerPools(Pool(of_passages, {q.id: [places[q.passage]] for q in questions}),
                       Pool(of_sentences, {q.id: list(answering(q)) for q in questions}))


@torch.no_grad()
def passage_vectors(network: EncoderNetwork, tokenizer: Tokenizer, texts: list[str], kept: Path) -> Tensor:
    """Vectors [texts, hidden] of passages as the network makes them; from the file `kept` where they were made before."""
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
