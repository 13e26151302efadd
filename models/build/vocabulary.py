"""The kept pieces: the rows of the original word table that the model keeps, as a small text file."""

from pathlib import Path

KEPT_PIECES_FILE = Path(__file__).parent / "kept-pieces.txt"


def write_kept_pieces(rows: list[int], path: Path = KEPT_PIECES_FILE) -> None:
    """Write ascending original row ids, a run of neighbours as FIRST-LAST, one run a line."""
    lines = [f"{first}-{last}" if last > first else str(first) for first, last in _runs(sorted(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def read_kept_pieces(path: Path = KEPT_PIECES_FILE) -> list[int]:
    """The original row ids, ascending; a piece's place in this list is its id in the cut model."""
    rows: list[int] = []
    for line in path.read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        rows.extend(range(int(first), int(last or first) + 1))
    return rows


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
