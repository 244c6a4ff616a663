"""How many tokens a text is, where the model's tokenizer is not at hand. Pure.

Characters a token on the transcripts of ``samples``: Gemma 3 has 3.2 of Russian and 4.0 of English,
the multilingual vocabulary of Whisper 2.7 and 4.0; a digit is a token or less. The estimate takes
fewer than these, since a call that is larger than was thought would be cut or refused.
"""

import math
import re
from dataclasses import dataclass

_LATIN, _OTHER_LETTERS = 3.2, 1.7
"""Characters a token."""
_WORDS = re.compile(r"([A-Za-z' ]+)|([^\W\d_A-Za-z]+)|(\d)|([^\w\s])|(\s+)")
_SURE_LATIN, _SURE_OTHER = 9.0, 7.0
"""Characters a token that no tokenizer reaches on running text."""


def estimate(text: str) -> int:
    """Tokens of ``text``, rather too many than too few."""
    latin = other = single = 0
    for letters, foreign, digit, sign, _space in _WORDS.findall(text):
        latin += len(letters)
        other += len(foreign)
        single += bool(digit or sign)
    return math.ceil(latin / _LATIN + other / _OTHER_LETTERS + single)


def at_least(text: str) -> int:
    """Tokens that ``text`` has with any tokenizer; who reports fewer has not read all of it."""
    latin = sum(character.isascii() for character in text)
    return int(latin / _SURE_LATIN + (len(text) - latin) / _SURE_OTHER)


@dataclass(frozen=True)
class Counter:
    """Counts tokens: by estimate, or corrected by what the model's own tokenizer made of a text."""

    factor: float = 1.0

    def __call__(self, text: str) -> int:
        """Tokens of ``text``, rather too many than too few."""
        return math.ceil(estimate(text) * self.factor)

    @classmethod
    def measured(cls, text: str, tokens: int) -> "Counter":
        """One that knows that ``text`` is ``tokens``, with a tenth to spare for its parts."""
        return cls(1.1 * tokens / estimate(text)) if text and tokens else cls()
