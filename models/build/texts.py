"""Reading texts, and Vietnamese without its marks."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TEXT_FIELDS = ("title", "text", "question")


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a file: the title, text and question fields of a .jsonl file, else its non-empty lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if path.suffix == ".jsonl":
                record = json.loads(line)
                yield from (record[field] for field in TEXT_FIELDS if record.get(field))
            elif line.strip():
                yield line.strip()


def without_marks(text: str) -> str:
    """The text as typed without Vietnamese marks: no tone, no diacritic, d for đ."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
