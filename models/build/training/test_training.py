"""python -m unittest discover -s models/build/training: what the embedder is shown, and what it is compared with."""

import random
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

import torch
from tokenizers import Tokenizer

from build import COMMITTED_FOLDER
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
