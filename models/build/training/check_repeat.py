"""Check that a shortened run of train_embedder.py and train_questions.py gives the same weights twice, the second time interrupted
half-way through the first part.

    python check_repeat.py --data DIR [--steps 16] [--pieces 60]

Exits 1 on a difference. Takes about five minutes on two cores.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def distil(data: Path, folder: Path, sizes: list[str], run_steps: int) -> None:
    """The first part up to `run_steps`, gone on with from what the folder holds."""
    arguments = ["--data", data, "--run", folder, *sizes, "--run-steps", str(run_steps)]
    subprocess.run([sys.executable, HERE / "train_embedder.py", *arguments], check=True)


def taught(data: Path, folder: Path, sizes: list[str]) -> dict[str, np.ndarray]:
    """The weights of the second part."""
    out = folder / "taught.npz"
    subprocess.run([sys.executable, HERE / "train_questions.py", "--data", data, "--run", folder, "--out", out, *sizes], check=True)
    with np.load(out) as weights:
        return dict(weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=16)
    parser.add_argument("--pieces", type=int, default=300)
    parser.add_argument("--questions", type=int, default=600)
    options = parser.parse_args()
    sizes = ["--steps", str(options.steps), "--pieces", str(options.pieces), "--questions", str(options.questions)]
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        distil(options.data, Path(first), sizes, options.steps)
        once = taught(options.data, Path(first), sizes)
        distil(options.data, Path(second), sizes, options.steps // 2)
        distil(options.data, Path(second), sizes, options.steps)
        again = taught(options.data, Path(second), sizes)
    different = [name for name in once if not np.array_equal(once[name], again[name])]
    print(f"{len(once)} tensors, {len(different)} differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
