"""Check that a shortened run of train_embedder.py gives the same weights twice, the second time interrupted half-way.

    python check_repeat.py --data DIR [--steps 16] [--pieces 60]

Exits 1 on a difference. Takes about five minutes on two cores.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

TRAINING = Path(__file__).parent / "train_embedder.py"


def run(data: Path, folder: Path, steps: int, pieces: int, questions: int, run_steps: int) -> dict[str, np.ndarray]:
    """The weights of a run up to `run_steps`, gone on with from what the folder holds."""
    sizes = ["--steps", steps, "--pieces", pieces, "--questions", questions, "--run-steps", run_steps]
    subprocess.run([sys.executable, TRAINING, "--data", data, "--run", folder, *map(str, sizes)], check=True)
    with np.load(folder / "weights.npz") as weights:
        return dict(weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=16)
    parser.add_argument("--pieces", type=int, default=300)
    parser.add_argument("--questions", type=int, default=600)
    options = parser.parse_args()
    sizes = (options.steps, options.pieces, options.questions)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        once = run(options.data, Path(first), *sizes, options.steps)
        run(options.data, Path(second), *sizes, options.steps // 2)
        again = run(options.data, Path(second), *sizes, options.steps)
    different = [name for name in once if not np.array_equal(once[name], again[name])]
    print(f"{len(once)} tensors, {len(different)} differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
