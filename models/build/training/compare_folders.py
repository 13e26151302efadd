"""Print dense retrieval figures of model folders side by side, on the questions of a split.

    python compare_folders.py --data DIR --folders DIR DIR... [--names SET...] [--split tune] [--questions N]

In: folders of quantised models, and question sets NAME.queries.jsonl with NAME.passages.jsonl (a set NAME_dev may share those of NAME).
Out: recall@1 and @5 as written and without marks. Marks are not put back here: the product does that before it embeds.
"""

import argparse
import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the shared parts of the model build

from build import COMMITTED_FOLDER
from embedding import PROMPTS, Embedder, load_folder
from measure_retrieval import recall
from questions import read_records
from texts import without_marks

SPLITS = {"tune": (0, 1, 2), "report": (3, 4), "vault": (5,)}
FORMS = {"as written": str, "without marks": without_marks}


def split_of(name: str) -> str:
    """The split of a question id."""
    return next(split for split, rests in SPLITS.items() if hashlib.sha256(name.encode()).digest()[0] % 6 in rests)


def read_set(data: Path, name: str, split: str, most: int) -> tuple[dict[str, str], list[dict]]:
    """The passages of a set by id, and its answerable questions of a split, those of least sha256 of their id first."""
    passages = data / f"{name}.passages.jsonl"
    if not passages.is_file():
        passages = data / f"{name.removesuffix('_dev')}.passages.jsonl"
    questions = [record for record in read_records(data / f"{name}.queries.jsonl")
                 if record.get("answerable", True) and split_of(record["id"]) == split]
    questions.sort(key=lambda question: hashlib.sha256(question["id"].encode()).hexdigest())
    return {record["id"]: record["text"] for record in read_records(passages)}, questions[:most]


def figures(embedder: Embedder, passages: dict[str, str], questions: list[dict]) -> dict[str, tuple[float, float]]:
    """Recall@1 and @5 by form."""
    places = {name: place for place, name in enumerate(passages)}
    gold = [{places[name] for name in (*question["passage_ids"], *question.get("twin_ids", []))} for question in questions]
    pool = embedder.embed(list(passages.values()), PROMPTS["passage"]).T
    found = {}
    for form, change in FORMS.items():
        scores = embedder.embed([change(question["question"]) for question in questions], PROMPTS["query"]) @ pool
        found[form] = recall(scores, gold, 1), recall(scores, gold, 5)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folders", type=Path, nargs="+", default=[COMMITTED_FOLDER])
    parser.add_argument("--names", nargs="+", default=["viquad1_dev", "uit_wiki", "alqac_dev"])
    parser.add_argument("--split", choices=SPLITS, default="tune")
    parser.add_argument("--questions", type=int, default=400, help="most questions of a set")
    options = parser.parse_args()
    for name in options.names:
        passages, questions = read_set(options.data, name, options.split, options.questions)
        for folder in options.folders:
            parts = [f"{form} {first:.1%} @5 {fifth:.1%}"
                     for form, (first, fifth) in figures(load_folder(folder), passages, questions).items()]
            print(f"{name} {options.split} {len(questions)} questions {len(passages)} passages, {folder.name}: {', '.join(parts)}", flush=True)


if __name__ == "__main__":
    main()
