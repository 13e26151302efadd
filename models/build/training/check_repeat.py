"""Check that a shortened run of train_questions.py gives the same weights twice.

    python check_repeat.py --data DIR [--marked-steps 8] [--bare-steps 16]

Exits 1 on a difference. Takes about five minutes on two cores.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def taught(data: Path, sizes: list[str]) -> dict[str, np.ndarray]:
    """What a run in a folder of its own has taught."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "questions.npz"
        arguments = ["--data", data, "--run", folder, "--out", out, *sizes]
        subprocess.run([sys.executable, HERE / "train_questions.py", *arguments], check=True)
        with np.load(out) as arrays:
            return dict(arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--marked-steps", type=int, default=8)
    parser.add_argument("--bare-steps", type=int, default=16)
    parser.add_argument("--pieces", type=int, default=300)
    parser.add_argument("--questions", type=int, default=600)
    options = parser.parse_args()
    names = ("marked_steps", "bare_steps", "pieces", "questions")
    sizes = [word for name in names for word in (f"--{name.replace('_', '-')}", str(getattr(options, name)))]
    once, again = (taught(options.data, sizes) for _ in range(2))
    different = [name for name in once if not np.array_equal(once[name], again[name])]
    print(f"{len(once)} arrays, {len(different)} differ")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
