"""Passages that have many words of a question and are not the one it was asked on, by BM25 over syllables."""

import math
import re
from collections import Counter, defaultdict

import numpy as np

K1, B = 1.2, 0.75
SYLLABLE = re.compile(r"\w+")


def syllables(text: str) -> list[str]:
    """The syllables of a text in small letters."""
    return SYLLABLE.findall(text.lower())


class Bm25:
    """BM25 over a list of texts."""

    def __init__(self, texts: list[str]):
        counts = [Counter(syllables(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], np.float64)
        self._size = len(texts)
        scale = K1 * (1 - B + B * lengths / lengths.mean())
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for syllable, times in count.items():
                postings[syllable].append((place, times))
        self._postings = {}
        self.idf: dict[str, float] = {}
        for syllable, found in postings.items():
            places, times = (np.array(column) for column in zip(*found))
            self.idf[syllable] = math.log(1 + (self._size - len(found) + 0.5) / (len(found) + 0.5))
            self._postings[syllable] = places, self.idf[syllable] * times * (K1 + 1) / (times + scale[places])

    def best(self, question: str, count: int) -> list[int]:
        """The places of the best texts, best first; equal ones in their order."""
        scores = np.zeros(self._size)
        for syllable in set(syllables(question)):
            if syllable in self._postings:
                places, values = self._postings[syllable]
                scores[places] += values
        return [int(place) for place in np.argsort(-scores, kind="stable")[:count]]
