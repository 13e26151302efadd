"""Pieces of statutes that have to find the article they are taken from, and its other sentences.

In: articles. Out: pieces as they are typed, and losses of their vectors. Statutes are outside copyright and nobody has asked questions
about these; a piece with a quarter of its words missing stands for one.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from answer_pools import TEMPERATURE, passage_vectors
from batches import shuffled_batches
from distillation_texts import REFERENCE, STATUTES, clean_sentences, is_prose, part_of
from encoder_network import EncoderNetwork
from questions import read_records
from typing_noise import TypingNoise

PIECES = 64  # of a batch
PIECE_WORDS, MISSING_WORDS = (8, 26), 0.25
HEADINGS, LEAST_HEADING = 0.2, 4
OTHERS_WEIGHT = 0.3
NEVER = -1e4


@dataclass(frozen=True)
class Article:
    """An article on one line, its heading, and its sentences of prose."""

    text: str
    heading: str
    sentences: list[str]


@dataclass(frozen=True)
class Piece:
    """A piece of an article by its place among them, as typed; `sentence` is the place of its sentence among all, None for a heading."""

    article: int
    sentence: int | None
    text: str


@dataclass(frozen=True)
class StatutePools:
    """Articles with vectors [articles, hidden], and of their sentences [sentences, hidden], which stand in the order of the articles."""

    articles: list[Article]
    article_vectors: Tensor
    sentence_vectors: Tensor
    first_sentences: list[int]

    def batches(self, noise: TypingNoise, seed: int) -> Iterator[list[Piece]]:
        """Batches without end, of articles with two sentences or more."""
        usable = [place for place, article in enumerate(self.articles) if len(article.sentences) > 1]
        for batch, chance in shuffled_batches(usable, PIECES, seed):
            yield [self._piece(place, noise, chance) for place in batch]

    def losses(self, vectors: Tensor, pieces: list[Piece]) -> dict[str, Tensor]:
        """Cross-entropies of finding the article among all, and one of its other sentences, for vectors [pieces, hidden]."""
        articles = functional.log_softmax(vectors @ self.article_vectors.T / TEMPERATURE, dim=1)
        scores = vectors @ self.sentence_vectors.T / TEMPERATURE
        own = torch.zeros_like(scores, dtype=torch.bool)
        for row, piece in enumerate(pieces):
            if piece.sentence is not None:
                own[row, piece.sentence] = True
        sentences = functional.log_softmax(scores.masked_fill(own, NEVER), dim=1)
        others = [torch.logsumexp(sentences[row, self._sentences_of(piece.article)], 0) for row, piece in enumerate(pieces)]
        found = articles[torch.arange(len(pieces)), [piece.article for piece in pieces]]
        return {"articles": -found.mean(), "others": -OTHERS_WEIGHT * torch.stack(others).mean()}

    def _sentences_of(self, article: int) -> slice:
        first = self.first_sentences[article]
        return slice(first, first + len(self.articles[article].sentences))

    def _piece(self, place: int, noise: TypingNoise, chance: random.Random) -> Piece:
        article = self.articles[place]
        if chance.random() < HEADINGS and len(article.heading.split()) >= LEAST_HEADING:
            return Piece(place, None, noise.written(article.heading, chance))
        number = chance.randrange(len(article.sentences))
        words = part_of(article.sentences[number].split(), PIECE_WORDS, chance).split()
        kept = [word for word in words if chance.random() >= MISSING_WORDS] or words
        return Piece(place, self.first_sentences[place] + number, noise.written(" ".join(kept), chance))

    def __str__(self) -> str:
        return f"{len(self.article_vectors)} articles, {len(self.sentence_vectors)} sentences"


def read_statute_pools(data: Path, network: EncoderNetwork, tokenizer: Tokenizer, most: int | None, kept: Path) -> StatutePools:
    """The first `most` articles (None: all) of the statutes; their vectors from the folder `kept` where they were made before."""
    records = [record for name in STATUTES for record in read_records(data / f"{name}.passages.jsonl")][:most]
    articles = [Article(" ".join(REFERENCE.sub(" ", record["text"]).split()), _heading(record),
                        [sentence for sentence in clean_sentences(record["text"]) if is_prose(sentence)]) for record in records]
    sentences, firsts = [], []
    for article in articles:
        firsts.append(len(sentences))
        sentences += article.sentences
    return StatutePools(articles, passage_vectors(network, tokenizer, [article.text for article in articles], kept / "articles.npy"),
                        passage_vectors(network, tokenizer, sentences, kept / "article-sentences.npy"), firsts)


def _heading(record: dict) -> str:
    """What stands behind the number of the article in its title, or else its first line."""
    return record["title"].split(". ")[-1] if ". " in record["title"] else record["text"].split("\n")[0].strip()
