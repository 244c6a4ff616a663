"""What was said and taken back: jokes, and what is not for the minutes. Pure."""

import re
from collections.abc import Sequence

from reports.writers.findings import Finding
from reports.writers.sentences import Sentence

_COMMENT = re.compile(r"very funny|очень смешно|ха-ха|ha ?ha")
"""What one says to another's joke."""
_SHORT_WORDS = 8
_REACH_TURNS = 2
_OWN_JOKE_SENTENCES = 3


def standing(found: Sequence[Finding], said: Sequence[Sentence]) -> list[Finding]:
    """``found`` without what a later sentence takes back («шучу», "not an action item")."""
    takers = [s for s in said if s.cues.struck.search(s.folded) or s.cues.joke.search(s.folded)]
    return [f for f in found if not any(takes_back(taker, _last(f)) for taker in takers)]


def _last(finding: Finding) -> Sentence:
    return max(finding.sources, key=lambda s: s.index)


def takes_back(taker: Sentence, last: Sentence) -> bool:
    """Whether ``taker``, a joke owned up to or a striking out, is about ``last``.

    It is if it stands close behind and is short or of the same words.
    """
    distance = taker.turn - last.turn
    if taker.index < last.index or not 0 <= distance <= _REACH_TURNS or _decides(taker):
        return False
    if _COMMENT.search(taker.folded):
        return distance == 1 and taker.speaker != last.speaker
    akin = bool(taker.stems & last.stems)
    if taker.index == last.index:
        return bool(taker.cues.joke.search(taker.folded))
    if taker.cues.joke.search(taker.folded) and taker.speaker == last.speaker:
        return taker.index - last.index <= _OWN_JOKE_SENTENCES
    own = taker.speaker == last.speaker and distance == 0
    near = distance <= 1 and (own or taker.speaker != last.speaker)
    return akin or (
        near and taker.index - last.index <= 2 and len(taker.text.split()) <= _SHORT_WORDS
    )


def _decides(sentence: Sentence) -> bool:
    cues = sentence.cues
    return bool(cues.decided.search(sentence.folded)) and not cues.struck.search(sentence.folded)
