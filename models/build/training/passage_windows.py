"""Passages as tokens and sentences, and the stretches of whole sentences that the reader is shown of them."""

import random
import re
from dataclasses import dataclass

from tokenizers import Tokenizer

SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“‘(\[]?[^\Wa-zà-ỹđ_])")


def sentences_in(line: str) -> list[str]:
    """The sentences of a text without line breaks, in order."""
    return SENTENCE_END.sub(lambda found: found.group().rstrip() + "\n", line).split("\n")


@dataclass(frozen=True)
class Passage:
    """Token ids without special ones, the characters [start, end) of each, and the first token of each sentence."""

    text: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    sentences: list[int]

    def tokens_of(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last token that overlap the characters [start, end)."""
        inside = [i for i, (left, right) in enumerate(self.offsets) if right > start and left < end and right > left]
        return (inside[0], inside[-1]) if inside else None

    def window(self, first: int, last: int, limit: int, chance: random.Random) -> tuple[int, int]:
        """Tokens [start, end) of whole sentences around the tokens first..last, grown on random sides up to the limit."""
        bounds = [*self.sentences, len(self.ids)]
        left = max(i for i, start in enumerate(bounds[:-1]) if start <= first)
        right = next(i for i, end in enumerate(bounds) if end > last)
        while bounds[right] - bounds[left] < limit:
            sides = [side for side in ("left", "right") if (left > 0 if side == "left" else right < len(bounds) - 1)]
            if not sides:
                break
            left, right = (left - 1, right) if chance.choice(sides) == "left" else (left, right + 1)
        start, end = bounds[left], bounds[right]
        if end - start > limit:
            start = max(start, min(first - chance.randrange(limit), end - limit), last + 1 - limit)
            start = max(bounds[left], min(start, first))
            end = max(min(end, start + limit), last + 1)
        return start, end


def read_passage(text: str, tokenizer: Tokenizer) -> Passage:
    """The tokens and sentences of a text."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    starts = [0, *(found.end() for found in SENTENCE_END.finditer(text))]
    sentences, at = [], 0
    for i, (left, right) in enumerate(encoding.offsets):
        if at < len(starts) and right > starts[at]:
            sentences.append(i)
            while at < len(starts) and right > starts[at]:
                at += 1
    return Passage(text, list(encoding.ids), list(encoding.offsets), sentences or [0])
