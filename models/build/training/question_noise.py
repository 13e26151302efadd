"""Questions as they reach the reader: mostly well written, some in small letters, without marks, or with marks wrongly put back;
and questions whose name or number was exchanged, which their passage no longer answers."""

import random
import re
from collections import Counter, defaultdict

from texts import without_marks

LOWER, FOLDED, MISREAD = 0.10, 0.08, 0.14
MISREAD_SYLLABLES = 0.12
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
NAME = re.compile(r"(?<=\s)(?:[^\W\d_a-zà-ỹđ]\w*)(?:\s(?:[^\W\d_a-zà-ỹđ]\w*))*")
OPPOSITES = [("đầu tiên", "cuối cùng"), ("lớn nhất", "nhỏ nhất"), ("cao nhất", "thấp nhất"), ("trước", "sau"), ("tăng", "giảm"),
             ("bắt đầu", "kết thúc"), ("khai mạc", "bế mạc"), ("thành lập", "giải thể"), ("sinh", "mất"), ("nhiều nhất", "ít nhất"),
             ("phía bắc", "phía nam"), ("phía đông", "phía tây"), ("thắng", "thua"), ("xuất khẩu", "nhập khẩu"), ("mua", "bán"),
             ("đồng ý", "từ chối"), ("ủng hộ", "phản đối"), ("chủ tịch", "bộ trưởng"), ("vua", "hoàng hậu"), ("mẹ", "cha"),
             ("vợ", "con"), ("có thể", "không thể"), ("được", "không được"), ("dài nhất", "ngắn nhất"), ("tốt nhất", "xấu nhất")]


class QuestionNoise:
    """Changes questions; `texts` show which syllables are alike without marks, and which names and numbers there are."""

    def __init__(self, texts: list[str]):
        forms: dict[str, Counter] = defaultdict(Counter)
        for text in texts:
            for word in WORD.findall(text.lower()):
                forms[without_marks(word)][word] += 1
        self._forms = {bare: [word for word, _ in count.most_common(4)] for bare, count in forms.items() if len(count) > 1}
        self._alike = {"name": Counter(), "number": Counter()}
        for text in texts:
            self._alike["name"].update(NAME.findall(text))
            self._alike["number"].update(NUMBER.findall(text))
        self._pools = {kind: [text for text, count in found.items() if count >= 2] for kind, found in self._alike.items()}

    def written(self, question: str, chance: random.Random) -> str:
        """The question, or a form of it that people type or a restorer of marks makes."""
        draw = chance.random()
        if draw < LOWER:
            return question.lower()
        if draw < LOWER + FOLDED:
            return without_marks(question)
        if draw < LOWER + FOLDED + MISREAD:
            return WORD.sub(lambda found: self._misread(found.group(), chance), question)
        return question

    def _misread(self, word: str, chance: random.Random) -> str:
        others = self._forms.get(without_marks(word.lower()))
        if others is None or chance.random() >= MISREAD_SYLLABLES:
            return word
        other = chance.choice(others)
        return other.capitalize() if word[0].isupper() else other

    def swapped(self, question: str, passage: str, chance: random.Random) -> str | None:
        """The question with one name, number or word of degree or role exchanged; None when it has none to exchange."""
        changes = list(self._changes(question, passage, chance))
        return chance.choice(changes) if changes else None

    def _changes(self, question: str, passage: str, chance: random.Random):
        """Names and numbers come from the same passage half of the time: those are the confusing ones."""
        for kind, pattern in (("name", NAME), ("number", NUMBER)):
            near = sorted(set(pattern.findall(passage)))
            for found in pattern.finditer(question):
                pool = near if chance.random() < 0.5 else self._pools[kind]
                others = [text for text in (chance.choice(pool) for _ in range(3) if pool) if text != found.group()]
                if others:
                    yield question[: found.start()] + others[0] + question[found.end():]
        for pair in OPPOSITES:
            for word, other in (pair, pair[::-1]):
                found = re.search(rf"(?<!\w){word}(?!\w)", question, re.IGNORECASE)
                if found:
                    yield question[: found.start()] + other + question[found.end():]
