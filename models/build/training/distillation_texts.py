"""The texts the embedder is taught on: questions, and pieces of sentences of statutes and of Wikipedia, each as query or passage.

In: the data folder and the questions whose passages must stay unseen. Out: texts with their prefix, in a fixed order.
"""

import hashlib
import random
import re
from dataclasses import dataclass
from pathlib import Path

from embedding import PROMPTS
from passage_windows import sentences_in
from questions import read_records

STATUTES = ("legal_police", "alqac")
WIKIPEDIA = "viquad1_train"
QUESTION_FILES = ("viquad1_train", "viquad1_more")
PIECE_WORDS, WINDOW_WORDS = (6, 22), (40, 90)
LEAST_WORDS, LEAST_LETTERS = 5, 0.7
AS_QUERY = 0.7
REFERENCE = re.compile(r"\((?:Điều|Khoản)[^()]*(?:\([^()]*\)[^()]*)*\)|_{2,}")


@dataclass(frozen=True)
class PromptedText:
    """A text and the prefix that says whether it is a query or a passage."""

    prompt: str
    text: str


def read_texts_to_distil(data: Path, held_out: Path, pieces: int, windows: int, questions: int | None, seed: int) -> list[PromptedText]:
    """The first `questions` (None: all), and from each kind of source `pieces` pieces of at most 22 words and `windows` longer
    passages; shuffled."""
    reserved = {passage for record in read_records(held_out) for passage in record["passage_ids"]}
    chance = random.Random(seed)
    found = [PromptedText(PROMPTS["query"], record["question"].strip()) for name in QUESTION_FILES
             for record in read_records(data / f"{name}.queries.jsonl") if not reserved & set(record["passage_ids"])][:questions]
    for names in (STATUTES, (WIKIPEDIA,)):
        records = [record for name in names for record in read_records(data / f"{name}.passages.jsonl") if record["id"] not in reserved]
        chance.shuffle(records)
        found += _pieces(records, pieces, chance)
        found += _windows(records, windows, chance)
    return sorted(set(found), key=lambda it: hashlib.sha256(f"{seed} {it.prompt}{it.text}".encode()).digest())


def _pieces(records: list[dict], count: int, chance: random.Random) -> list[PromptedText]:
    """Headings and parts of sentences, in turn from every record, seven in ten as queries."""
    sentences = [[record["title"].split(". ")[-1], *clean_sentences(record["text"])] for record in records]
    made: dict[PromptedText, None] = {}
    for place in range(max(map(len, sentences))):
        for written in sentences:
            if place < len(written) and len(made) < count and is_prose(written[place]):
                prompt = PROMPTS["query" if chance.random() < AS_QUERY else "passage"]
                made[PromptedText(prompt, part_of(written[place].split(), PIECE_WORDS, chance))] = None
    return list(made)


def _windows(records: list[dict], count: int, chance: random.Random) -> list[PromptedText]:
    texts = (REFERENCE.sub(" ", record["text"]).split() for record in records)
    long = [words for words in texts if len(words) >= WINDOW_WORDS[0]][:count]
    return [PromptedText(PROMPTS["passage"], part_of(words, WINDOW_WORDS, chance)) for words in long]


def clean_sentences(text: str) -> list[str]:
    """The sentences of a text without references to other articles."""
    clean = REFERENCE.sub(" ", text)
    return [" ".join(part.split()) for line in clean.split("\n") for part in sentences_in(line)]


def is_prose(sentence: str) -> bool:
    """Whether a sentence is no heading, number or line of dots."""
    letters = sum(character.isalpha() or character == " " for character in sentence)
    return len(sentence.split()) >= LEAST_WORDS and not sentence[-1].isdigit() and letters >= LEAST_LETTERS * len(sentence)


def part_of(words: list[str], sizes: tuple[int, int], chance: random.Random) -> str:
    """A run of neighbouring words, of a length drawn from `sizes`; the whole when it is shorter."""
    size = min(len(words), chance.randint(*sizes))
    start = chance.randint(0, len(words) - size)
    return " ".join(words[start: start + size])
