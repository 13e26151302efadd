"""Check that the committed model folder is what a rebuild makes.

    python verify.py [--questions FILE.npz] [--folder DIR]

Rebuilds into a temporary folder and compares: every text file must be identical, and each sentence of
sentences.txt, under each prefix, must get a vector of cosine 0.999 or more. Exits 1 otherwise.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from build import COMMITTED_FOLDER, SENTENCES_FILE, build
from embedding import MODEL_FILE, PROMPTS, cosines, load_folder
from texts import read_texts

LEAST_COSINE = 0.999


def differences(committed: Path, rebuilt: Path) -> list[str]:
    """What differs between two model folders, in words; empty if they agree."""
    names = sorted(_files(committed) | _files(rebuilt))
    different = [f"{name} differs" for name in names
                 if name != MODEL_FILE and _bytes(committed / name) != _bytes(rebuilt / name)]
    return different or _vector_differences(committed, rebuilt)


def _vector_differences(committed: Path, rebuilt: Path) -> list[str]:
    texts = list(read_texts(SENTENCES_FILE))
    different = []
    embedders = load_folder(committed), load_folder(rebuilt)
    for prefix in PROMPTS.values():
        values = cosines(*(embedder.embed(texts, prefix) for embedder in embedders))
        print(f"{len(texts)} sentences with {prefix!r}: least cosine {values.min():.6f}")
        different += [f"{prefix}{text}: cosine {value:.6f}"
                      for text, value in zip(texts, values) if not value >= LEAST_COSINE]
    return different


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=COMMITTED_FOLDER, help="the model folder to check")
    parser.add_argument("--questions", type=Path, help="what it was taught; default nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rebuilt = Path(folder)
        build(rebuilt, options.questions)
        found = differences(options.folder, rebuilt)
        same_graph = _bytes(options.folder / MODEL_FILE) == _bytes(rebuilt / MODEL_FILE)
    print(f"{MODEL_FILE}: {'identical' if same_graph else 'other bytes'}")
    for line in found:
        print(line, file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
