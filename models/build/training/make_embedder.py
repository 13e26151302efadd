"""Make the embedder's committed files from the base's weights: teach questions, export, verify.

    python make_embedder.py --data DIR --run DIR [--out DIR]

About half an hour on two cores. Writes log.txt into the run's folder.
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
    taught = options.run / "questions.npz"
    parts = (
        (HERE / "train_questions.py", "--data", options.data, "--run", options.run, "--out", taught),
        (HERE.parent / "build.py", "--questions", taught, "--out", options.out),
        (HERE.parent / "verify.py", "--questions", taught, "--folder", options.out),
    )
    with (options.run / "log.txt").open("a", encoding="utf-8") as log:
        for part in parts:
            print(part[0].name, flush=True)
            subprocess.run([sys.executable, *map(str, part)], check=True, stdout=log, stderr=subprocess.STDOUT)


if __name__ == "__main__":
    main()
