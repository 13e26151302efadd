"""python -m unittest discover -s models/build/training: what the embedder is shown, and what it is compared with."""

import json
import random
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

import numpy as np
import torch
from tokenizers import Tokenizer

from build import COMMITTED_FOLDER
from distillation_texts import PromptedText
from embedding import PROMPTS
from four_bits import BLOCK, in_four_bits, packed
from question_evidence import bare_usage, evidence_of_pieces
from question_network import _in_four_bits
from statute_pools import PIECES, Article, StatutePools
from teacher_states import padded, read_tokens, unit_means
from texts import without_marks
from typing_noise import TypingNoise, in_telex, mistyped

SENTENCE = "Hội nghị được tổ chức ngày 7/12/2020 tại Hà Nội (76 điểm cầu)."


class TypedTexts(unittest.TestCase):
    def test_telex_writes_the_keys_of_a_word(self):
        self.assertEqual([in_telex(word) for word in ("chiếu", "được", "Đắk", "hỏi", "an")], ["chieeus", "dduwowcj", "Ddawks", "hoir", "an"])

    def test_a_mistyped_word_is_one_letter_off(self):
        self.assertEqual({mistyped("bao", random.Random(seed)) for seed in range(30)}, {"ao", "bbao", "abo", "bo", "baao", "boa"})
        self.assertEqual(mistyped("2020", random.Random(0)), "2020")

    def test_every_form_has_the_words_of_the_text(self):
        noise = TypingNoise([SENTENCE, "Hồi đó, ngày hội và người hỏi"])
        forms = {noise.written(SENTENCE, random.Random(seed)) for seed in range(200)}
        self.assertGreater(len(forms), 20)
        self.assertLessEqual({SENTENCE, without_marks(SENTENCE), SENTENCE.lower(), without_marks(SENTENCE).lower()}, forms)
        self.assertEqual({len(form.split(" ")) for form in forms}, {len(SENTENCE.split(" "))})

    def test_the_same_seed_gives_the_same_form(self):
        noise = TypingNoise([SENTENCE])
        self.assertEqual(noise.written(SENTENCE, random.Random(5)), noise.written(SENTENCE, random.Random(5)))


class Statutes(unittest.TestCase):
    SENTENCES = ["Công an xã tiếp nhận tin báo về tội phạm ở cơ sở.", "Trưởng Công an xã phân công người trực ban mỗi ngày.", "Ủy ban nhân dân bố trí nơi làm việc."]

    def pools(self) -> StatutePools:
        """Articles of two sentences each; every vector points along an axis of its own."""
        article = Article(" ".join(self.SENTENCES[:2]), "Nhiệm vụ của Công an xã", self.SENTENCES[:2])
        count = PIECES
        return StatutePools([article] * count, torch.eye(count, 384), torch.eye(2 * count, 384), list(range(0, 2 * count, 2)))

    def test_pieces_are_words_of_their_sentence_in_order(self):
        batch = next(self.pools().batches(TypingNoise([], {"untouched": 1}), 1))
        self.assertEqual(len(batch), PIECES)
        self.assertEqual({piece.article for piece in batch}, set(range(PIECES)))
        for piece in batch:
            whole = "Nhiệm vụ của Công an xã" if piece.sentence is None else self.SENTENCES[piece.sentence % 2]
            words = iter(whole.split())
            self.assertTrue(all(word in words for word in piece.text.split()), piece)

    def test_the_article_is_found_by_its_vector_and_the_own_sentence_counts_for_nothing(self):
        pools = self.pools()
        pieces = [piece for piece in next(pools.batches(TypingNoise([], {"untouched": 1}), 1)) if piece.sentence is not None][:3]
        right = torch.stack([pools.article_vectors[piece.article] for piece in pieces])
        self.assertLess(pools.losses(right, pieces)["articles"].item(), 1e-6)
        self.assertGreater(pools.losses(right.roll(1, 0), pieces)["articles"].item(), 50)
        own = torch.stack([pools.sentence_vectors[piece.sentence] for piece in pieces])
        other = torch.stack([pools.sentence_vectors[piece.sentence ^ 1] for piece in pieces])
        self.assertLess(pools.losses(other, pieces)["others"].item(), 1e-6)
        self.assertGreater(pools.losses(own, pieces)["others"].item(), 1)


class FourBits(unittest.TestCase):
    def test_what_was_in_blocks_comes_back_exactly(self):
        values = np.random.default_rng(1).integers(-8, 8, (5, 2 * BLOCK)).astype(np.int8)
        values[:, ::BLOCK] = -8
        scales = np.random.default_rng(2).random((5, 2)).astype(np.float16)
        table = values * np.repeat(scales.astype(np.float32), BLOCK, axis=1)
        again, steps = in_four_bits(table)
        np.testing.assert_array_equal(again * np.repeat(steps.astype(np.float32), BLOCK, axis=1), table)
        self.assertEqual(len(packed(again)), table.size // 2)

    def test_learning_sees_the_words_that_the_graph_will_read(self):
        table = np.random.default_rng(3).normal(size=(7, 3 * BLOCK)).astype(np.float32)
        values, scales = in_four_bits(table)
        read = values * np.repeat(scales.astype(np.float32), BLOCK, axis=1)
        np.testing.assert_allclose(_in_four_bits(torch.from_numpy(table)).numpy(), read, atol=1e-6)


class BareQuestions(unittest.TestCase):
    def test_questions_without_marks_are_told_from_others_by_their_pieces(self):
        tokenizer = Tokenizer.from_str((COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
        texts = [PromptedText(PROMPTS["query"], text) for text in (SENTENCE, "Hồi đó ai phát biểu và hỏi gì?", "Bộ trưởng là ai?")]
        scores = np.array([score for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]])
        evidence = evidence_of_pieces(tokenizer, scores, bare_usage(tokenizer, texts, 1))

        def of(question: str) -> float:
            return float(evidence[tokenizer.encode(PROMPTS["query"] + question).ids].sum())

        self.assertGreater(of("hoi nghi duoc to chuc ngay nao"), 0)
        self.assertLess(of("Hội nghị được tổ chức ngày nào?"), 0)
        self.assertLess(of("hoi nghi duoc to chuc ngày nao"), 0)
        self.assertLess(of("Which delegates voted against this resolution?"), 0)
        self.assertEqual(of("77?"), 0)


class WordsOfTokens(unittest.TestCase):
    def setUp(self):
        self.tokenizer = Tokenizer.from_str((COMMITTED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))

    def test_a_text_with_marks_and_without_has_the_same_words(self):
        written, bare = read_tokens(self.tokenizer, [f"query: {text}" for text in (SENTENCE, without_marks(SENTENCE))])
        self.assertNotEqual(len(written.ids), len(bare.ids))
        self.assertEqual(written.word_count, bare.word_count)
        self.assertEqual(written.word_count, 3 + len(SENTENCE.split()))

    def test_means_over_words_leave_out_padding(self):
        batch = read_tokens(self.tokenizer, ["query: Bao lâu?", f"passage: {SENTENCE}"])
        ids, mask, shares = padded(batch)
        self.assertEqual(mask.sum(1).tolist(), [len(text.ids) for text in batch])
        self.assertEqual(shares.sum(2)[0].round().sum().item(), batch[0].word_count)
        vectors = unit_means(torch.where(mask[:, :, None], 1.0, 9.0).expand(*ids.shape, 4), mask)
        self.assertTrue(torch.allclose(vectors, torch.full((2, 4), 0.5)))


if __name__ == "__main__":
    unittest.main()
