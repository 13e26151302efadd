"""Questions with answers and the passages they were asked on, from UIT-ViQuAD files of JSON Lines."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """A question, its answer as written in the passage, and the id of that passage."""

    id: str
    text: str
    answer: str
    passage: str


def read_records(path: Path) -> list[dict]:
    """The records of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_passages(path: Path) -> dict[str, str]:
    """The texts of passages by id."""
    return {record["id"]: record["text"] for record in read_records(path)}


def read_questions(paths: list[Path], passages: dict[str, str], held_out: Path | None) -> list[Question]:
    """The questions whose answer stands in their passage, without those on passages that `held_out` asks about."""
    reserved = {passage for record in read_records(held_out) for passage in record["passage_ids"]} if held_out else set()
    questions = []
    for record in (record for path in paths for record in read_records(path)):
        (passage,) = record["passage_ids"][:1]
        answer = next((answer for answer in record["answers"] if answer and answer in passages[passage]), None)
        if answer is not None and passage not in reserved:
            questions.append(Question(record["id"], record["question"], answer, passage))
    return questions
