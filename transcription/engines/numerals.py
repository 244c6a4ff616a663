"""Numbers as they are said: Whisper is kept from writing digits.

Left to itself Whisper base writes "двести" as "2сти" and "two hundred and sixty" as "260": the
protocol of a meeting should hold what was said, and the words are right more often than the digits.
"""

from collections.abc import Callable


def tokens_with_digits(decode: Callable[[list[int]], str], count: int) -> frozenset[int]:
    """Those of the first ``count`` tokens of a vocabulary whose text has a digit in it."""
    return frozenset(i for i in range(count) if any(map(str.isdigit, decode([i]))))
