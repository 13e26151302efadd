"""Make the embedder's committed files from the base's weights: distil, teach questions, export, verify.

    python make_embedder.py --data DIR --run DIR [--out DIR]

About an hour on two cores. Interrupted, it goes on from the last checkpoint of the first part. Writes log.txt into the run's folder.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMMITTED_FOLDER = HERE.parent.parent / "multilingual-e5-small-vi"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of everything on the way")
    parser.add_argument("--out", type=Path, default=COMMITTED_FOLDER, help="default: the committed folder")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    weights = options.run / "taught.npz"
    parts = (
        (HERE / "train_embedder.py", "--data", options.data, "--run", options.run),
        (HERE / "train_questions.py", "--data", options.data, "--run", options.run, "--out", weights),
        (HERE.parent / "build.py", "--weights", weights, "--out", options.out),
        (HERE.parent / "verify.py", "--weights", weights, "--folder", options.out),
    )
    with (options.run / "log.txt").open("a", encoding="utf-8") as log:
        for part in parts:
            print(part[0].name, flush=True)
            subprocess.run([sys.executable, *map(str, part)], check=True, stdout=log, stderr=subprocess.STDOUT)


if __name__ == "__main__":
    main()
