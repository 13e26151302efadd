"""What the reader learns from: for every question a window of its passage that answers it, and one that does not."""

import random
from dataclasses import dataclass

from hard_negatives import Bm25, syllables
from passage_windows import Passage
from question_noise import QuestionNoise
from questions import Question
from tokenizer_files import BOS, EOS

QUESTION_TOKENS = 56
WINDOW_TOKENS = (40, 130)
LONGEST_ANSWER = 48
SWAPPED, SAME_PASSAGE = 0.12, 0.30
NEGATIVES = 12


@dataclass(frozen=True)
class Pair:
    """Token ids of a question and a window, and the first and last token of the answer; both 0 when there is none.

    `passage_from` is the first token of the window; `swapped` says that the question was changed.
    """

    ids: list[int]
    passage_from: int
    start: int
    end: int
    swapped: bool


class ExampleMaker:
    """Makes the examples of an epoch; the same seed gives the same ones."""

    def __init__(self, questions: list[Question], passages: dict[str, Passage], tokenizer):
        self._questions = questions
        self._passages = passages
        self._tokenizer = tokenizer
        self._names = list(passages)
        texts = [passages[name].text for name in self._names]
        self._noise = QuestionNoise(texts)
        self._bm25 = Bm25(texts)
        self._negatives = {question.id: self._hard_passages(question) for question in questions}

    def epoch(self, seed: int) -> list[tuple[Pair, Pair]]:
        """For every question the pair that answers it and one that does not, in random order."""
        chance = random.Random(seed)
        order = list(self._questions)
        chance.shuffle(order)
        made = (self._example(question, chance) for question in order)
        return [example for example in made if example is not None]

    def _hard_passages(self, question: Question) -> list[str]:
        best = [self._names[place] for place in self._bm25.best(question.text, NEGATIVES + 1)]
        return [name for name in best if name != question.passage and question.answer not in self._passages[name].text]

    def _example(self, question: Question, chance: random.Random) -> tuple[Pair, Pair] | None:
        passage = self._passages[question.passage]
        answer = self._answer_tokens(question, passage)
        if answer is None:
            return None
        asked = self._noise.written(question.text, chance)
        limit = chance.randint(*WINDOW_TOKENS)
        right = self._pair(asked, passage, passage.window(*answer, limit, chance), answer)
        return right, self._wrong(question, asked, passage, answer, chance)

    def _wrong(self, question: Question, asked: str, passage: Passage, answer: tuple[int, int], chance: random.Random) -> Pair:
        draw, limit = chance.random(), chance.randint(*WINDOW_TOKENS)
        if draw < SWAPPED:
            changed = self._noise.swapped(asked, passage.text, chance)
            if changed is not None:
                return self._pair(changed, passage, passage.window(*answer, limit, chance), None, swapped=True)
        elif draw < SWAPPED + SAME_PASSAGE:
            elsewhere = self._without_answer(question, passage, answer, limit, chance)
            if elsewhere is not None:
                return self._pair(asked, passage, elsewhere, None)
        names = self._negatives[question.id]
        other = self._passages[names[min(int(chance.expovariate(0.4)), len(names) - 1)] if names else chance.choice(self._names)]
        at = self._densest_token(question.text, other)
        return self._pair(asked, other, other.window(at, at, limit, chance), None)

    def _answer_tokens(self, question: Question, passage: Passage) -> tuple[int, int] | None:
        """The tokens of the answer where most rare words of the question stand nearby."""
        wanted = set(syllables(question.text))
        places, at = [], passage.text.find(question.answer)
        while at >= 0:
            around = set(syllables(passage.text[max(0, at - 150): at + len(question.answer) + 150]))
            places.append((-sum(self._bm25.idf.get(word, 0) for word in wanted & around), at))
            at = passage.text.find(question.answer, at + 1)
        start = min(places)[1]
        tokens = passage.tokens_of(start, start + len(question.answer))
        if tokens is None:
            return None
        return tokens[0], min(tokens[1], tokens[0] + LONGEST_ANSWER - 1)

    def _without_answer(self, question: Question, passage: Passage, answer: tuple[int, int], limit: int,
                        chance: random.Random) -> tuple[int, int] | None:
        """A window of the same passage before or behind the answer's sentence, unless the answer stands there too."""
        bounds = [*passage.sentences, len(passage.ids)]
        before = max(start for start in bounds if start <= answer[0])
        behind = min(end for end in bounds if end > answer[1])
        choices = [(max(0, before - limit), before)] if before >= 12 else []
        if len(passage.ids) - behind >= 12:
            choices.append((behind, min(len(passage.ids), behind + limit)))
        for start, end in chance.sample(choices, len(choices)):
            left, right = passage.offsets[start][0], passage.offsets[end - 1][1]
            if question.answer not in passage.text[left:right]:
                return start, end
        return None

    def _densest_token(self, question: str, passage: Passage) -> int:
        """A token of the sentence that has most rare words of the question."""
        wanted = set(syllables(question))
        bounds = [*passage.sentences, len(passage.ids)]

        def overlap(i: int) -> float:
            text = passage.text[passage.offsets[bounds[i]][0]: passage.offsets[bounds[i + 1] - 1][1]]
            return sum(self._bm25.idf.get(word, 0) for word in wanted & set(syllables(text)))

        return bounds[max(range(len(bounds) - 1), key=overlap)]

    def _pair(self, question: str, passage: Passage, window: tuple[int, int], answer: tuple[int, int] | None,
              swapped: bool = False) -> Pair:
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
        head = [BOS, *asked, EOS, EOS]
        start, end = window
        places = (0, 0) if answer is None else (len(head) + answer[0] - start, len(head) + answer[1] - start)
        return Pair([*head, *passage.ids[start:end], EOS], len(head), *places, swapped)
