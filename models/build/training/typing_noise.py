"""Vietnamese as it is typed: without marks, with some of them, in small letters, with Telex keys left over, mistyped, or with marks
wrongly put back.

In: a text and a source of chance. Out: the text with the same words, separated by the same spaces; only their letters change.
"""

import random
import re
import unicodedata
from collections import Counter, defaultdict

from texts import without_marks

WORD = re.compile(r"\w+")
TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
SHAPES = {"\u0302": None, "\u0306": "w", "\u031b": "w"}  # a circumflex doubles its letter
FORMS = {"untouched": 0.20, "folded": 0.28, "folded and small": 0.20, "folded and mistyped": 0.05, "half folded": 0.08,
         "small": 0.05, "Telex": 0.03, "mistyped": 0.02, "misread": 0.09}
BARE_FORMS = {"folded": 0.50, "folded and small": 0.38, "folded and mistyped": 0.12}
HALF, TELEX_WORDS, MISTYPED_WORDS, MISREAD_WORDS, MOST_FORMS = 0.5, 0.3, 0.12, 0.15, 4


class TypingNoise:
    """Changes texts; `texts` show which syllables are alike without marks, `shares` how often each form is taken."""

    def __init__(self, texts: list[str], shares: dict[str, float] = FORMS):
        self._shares = shares
        forms: dict[str, Counter] = defaultdict(Counter)
        for text in texts:
            for word in WORD.findall(text.lower()):
                forms[without_marks(word)][word] += 1
        self._alike = {bare: [word for word, _ in count.most_common(MOST_FORMS)] for bare, count in forms.items() if len(count) > 1}

    def written(self, text: str, chance: random.Random) -> str:
        """The text in one of the forms, drawn by their shares."""
        (form,) = chance.choices(list(self._shares), list(self._shares.values()))
        if form.startswith("folded"):
            bare = without_marks(text).lower() if form.endswith("small") else without_marks(text)
            return _in_words(bare, MISTYPED_WORDS, mistyped, chance) if form.endswith("mistyped") else bare
        if form == "half folded":
            return _in_words(text, HALF, lambda word, _: without_marks(word), chance)
        if form == "small":
            return text.lower()
        if form == "Telex":
            return _in_words(text, TELEX_WORDS, lambda word, _: in_telex(word), chance)
        if form == "mistyped":
            return _in_words(text, MISTYPED_WORDS, mistyped, chance)
        if form == "misread":
            return _in_words(text, MISREAD_WORDS, self._misread, chance)
        return text

    def _misread(self, word: str, chance: random.Random) -> str:
        others = self._alike.get(without_marks(word.lower()))
        if others is None:
            return word
        other = chance.choice(others)
        return other.capitalize() if word[0].isupper() else other


def in_telex(word: str) -> str:
    """The keys that type a word in Telex: `chiếu` is `chieeus`, `được` is `dduwowcj`."""
    keys, tone = [], ""
    for character in word:
        if character in "đĐ":
            keys.append(character.translate(str.maketrans("đĐ", "dD")) + "d")
            continue
        base, *marks = unicodedata.normalize("NFD", character)
        keys.append(base)
        for mark in marks:
            tone = TONES.get(mark, tone)
            if mark in SHAPES:
                keys.append(SHAPES[mark] or base.lower())
    return "".join(keys) + tone


def mistyped(word: str, chance: random.Random) -> str:
    """A word with one letter left out, doubled or exchanged with the next."""
    if len(word) < 3 or not word.isalpha():
        return word
    at = chance.randrange(len(word) - 1)
    letter, following = word[at], word[at + 1]
    return word[:at] + chance.choice([following, letter + letter + following, following + letter]) + word[at + 2:]


def _in_words(text: str, share: float, change, chance: random.Random) -> str:
    return WORD.sub(lambda found: change(found.group(), chance) if chance.random() < share else found.group(), text)
