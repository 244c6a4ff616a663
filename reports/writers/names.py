"""Who is who, as heard: names that people give themselves or are called by, with the evidence.

Pure. Nothing is renamed here: the names serve as assignees in minutes, and as suggestions.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from reports.writers.base import Evidence, Segment
from reports.writers.given_names import ENGLISH_NAMES, FULL_FORMS, NOT_NAMES
from reports.writers.words import CYRILLIC, fold, has_grammemes, lemmas, parses, tokens

_CAPITAL = r"[A-ZА-ЯЁ][\w'’-]+"
_FULL_NAME = rf"({_CAPITAL}(?:\s+(?:van|von|de|der)\b)?(?:\s+{_CAPITAL}){{0,2}})"
_SELF = re.compile(
    r"(?:\b(?i:меня зовут|мо[её] имя|my name is|my name's|i am|i'm|i’m)\s+"
    rf"|\b[Яя]\s+[—–-]?\s*|(?:^|[,.!]\s+)(?:[Ээ]то|[Tt]his is)\s+){_FULL_NAME}"
)
_ROLL = re.compile(
    rf"^(?:(?i:hi|hello|привет|всем привет|добрый день)\W+)?{_FULL_NAME}\s*[,—–-]\s*(.+)$"
)
_CALLED_FIRST = re.compile(
    rf"^(?:(?i:а|и|ну|так|хорошо|ok|okay|so|and|thanks|thank you)\W+)?{_FULL_NAME}\s*[,!]"
)
_CALLED_LAST = re.compile(rf",\s+{_FULL_NAME}\s*[?.!]$")
_CALLED_AMID = re.compile(rf"^[\w ]+,\s+{_FULL_NAME},\s+(?i:(?P<then>[\w'-]+))(?!\w*,)")
_ASKED = frozenset({"can", "could", "would", "will", "please", "you", "ты", "вы", "можешь"})
_THANKED = re.compile(rf"^(?i:thanks|thank you|спасибо)\W+{_FULL_NAME}\s*[.!]")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_INVITED = re.compile(
    r"представ(?:имся|ьтесь|ляемся|иться)|introduc|go around|round the table", re.IGNORECASE
)
_ROLL_CALL_SECONDS = 120.0
_PLACEHOLDER = re.compile(
    r"^\W*(?:speaker|spk|voice|participant|guest|спикер|говорящий|голос|участник|гость|"
    r"s)?[\W_]*(?:[a-zа-я]|\d*)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HeardName:
    """A name with the words that tell it."""

    name: str
    evidence: Evidence


@dataclass(frozen=True)
class _Turn:
    speaker: str
    segments: tuple[Segment, ...]

    def sentences(self) -> list[tuple[Segment, str]]:
        return [(s, m.group().strip()) for s in self.segments for m in _SENTENCE.finditer(s.text)]


def is_placeholder(name: str, key: str = "") -> bool:
    """Whether ``name`` is one that nobody gave, such as ``Speaker 1`` or the speaker's key."""
    return name == key or bool(_PLACEHOLDER.match(name))


def is_given_name(word: str) -> bool:
    """Whether a capitalised word is a given name: by the Russian dictionary or an English list."""
    folded = fold(word).removesuffix("'s")
    if not word[:1].isupper() or folded in NOT_NAMES:
        return False
    return has_grammemes(word, "Name") or folded in ENGLISH_NAMES


def same_first_name(one: str, other: str) -> bool:
    """Whether two words may name one person: another case, or a short form (Маша, Мария)."""
    return bool(_name_forms(one) & _name_forms(other))


def _name_forms(word: str) -> set[str]:
    if CYRILLIC.search(word):
        named = {fold(p.normal_form) for p in parses(word) if {"Name", "Surn"} & p.tag.grammemes}
        forms = named or set(lemmas(word))
    else:
        forms = {fold(word).removesuffix("'s")}
    return forms | {full for form in forms for full in FULL_FORMS.get(form, ())}


def heard_names(
    segments: Sequence[Segment], participants: Iterable[str] = ()
) -> dict[str, HeardName]:
    """Speakers' names as heard: key → name.

    A speaker's own words decide («меня зовут …», "I'm …", a name and a role in the round of
    introductions); else the given name by which others turned to whoever spoke next. A participant
    of that given name, if there is just one, lends the full name. A voice that gives several names
    has none: it is several people's.
    """
    turns = _turns(segments)
    introduced = _introduced(turns)
    heard = {key: names[0] for key, names in introduced.items() if len(names) == 1}
    mixed = {key for key, names in introduced.items() if len(names) > 1}
    heard |= {k: h for k, h in _called(turns, heard).items() if k not in mixed}
    listed = list(participants)
    return {key: HeardName(_full(h.name, listed), h.evidence) for key, h in heard.items()}


def _turns(segments: Sequence[Segment]) -> list[_Turn]:
    spoken = groupby(segments, key=lambda s: s.speaker)
    return [_Turn(speaker, tuple(their)) for speaker, their in spoken]


def _introduced(turns: list[_Turn]) -> dict[str, list[HeardName]]:
    """Every name that a speaker gives as their own; several mean that voices were taken for one."""
    heard: dict[str, list[HeardName]] = {}
    seen: set[str] = set()
    roll_call_until = -1.0
    for turn in turns:
        for place, (segment, text) in enumerate(turn.sentences()):
            if _INVITED.search(text):
                roll_call_until = segment.end + _ROLL_CALL_SECONDS
            roll_call = segment.start <= roll_call_until
            first = place == 0 and turn.speaker not in seen
            name = _own_name(text, first, roll_call)
            known = heard.setdefault(turn.speaker, [])
            if name and not _among(name, [h.name.split()[0] for h in known]):
                evidence = Evidence(segment.id, segment.start, segment.end, text)
                known.append(HeardName(name, evidence))
        seen.add(turn.speaker)
    return heard


def _own_name(text: str, first_words: bool, roll_call: bool) -> str:
    """The name that a speaker gives as their own in a sentence, or nothing."""
    match = _SELF.search(text)
    if match and (name := _person(match.group(1))):
        explicit = not fold(match.group()).lstrip(" ,.!").startswith(("я ", "это", "this"))
        if explicit or " " in name or is_given_name(name) or roll_call:
            return name
    if not (first_words or roll_call) or not (match := _ROLL.match(text)):
        return ""
    name, rest = _person(match.group(1)), match.group(2)
    short = len(tokens(rest.split(",")[0])) <= 5 and not text.endswith("?")
    lone = roll_call and first_words
    return name if name and short and (lone or " " in name) else ""


def _person(name: str) -> str:
    """``name`` as far as it can be one: cut before a word that is nobody's name."""
    kept: list[str] = []
    for word in name.split():
        if fold(word) in NOT_NAMES:
            break
        kept.append(word)
    if kept and CYRILLIC.search(kept[0]) and not any(is_given_name(w) for w in kept):
        return ""
    return " ".join(kept)


@lru_cache(maxsize=20_000)
def called_name(sentence: str) -> str:
    """The name by which a sentence turns to somebody («Алексей, проверь …»), or nothing."""
    for pattern in (_CALLED_FIRST, _CALLED_LAST):
        if match := pattern.search(sentence):
            name = _person(match.group(1))
            if name and (CYRILLIC.search(name) or not fold(name).endswith("ly")):
                return name
    match = _CALLED_AMID.search(sentence)
    if match and is_given_name(match.group(1).split()[0]) and _asks_of(match["then"]):
        return _person(match.group(1))
    return ""


def _asks_of(word: str) -> bool:
    """Whether a word behind a name turns to the one who bears it: an imperative, «ты», ``can``."""
    return fold(word) in _ASKED or has_grammemes(word, "VERB", "impr")


def _called(turns: list[_Turn], known: dict[str, HeardName]) -> dict[str, HeardName]:
    """Names of speakers who never gave one, by votes: called by it, then spoke."""
    votes: Counter[tuple[str, str]] = Counter()
    told: dict[tuple[str, str], HeardName] = {}
    taken = [h.name.split()[0] for h in known.values()]
    for speaker, name, segment, text in _calls(turns):
        if speaker in known or _among(name, taken):
            continue
        key = speaker, name.split()[0]
        votes[key] += 2 if is_given_name(key[1]) else 1
        if key not in told or len(name) > len(told[key].name):
            told[key] = HeardName(name, Evidence(segment.id, segment.start, segment.end, text))
    heard: dict[str, HeardName] = {}
    for (speaker, name), count in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        if count >= 2 and speaker not in heard and not _among(name, taken):
            heard[speaker] = told[speaker, name]
            taken.append(name)
    return heard


def _calls(turns: list[_Turn]) -> Iterator[tuple[str, str, Segment, str]]:
    """Whoever is called speaks next; whoever is thanked spoke before: speaker, name and words."""
    for turn, following in pairwise(turns):
        for segment, text in turn.sentences()[-3:]:
            if name := called_name(text):
                yield following.speaker, name, segment, text
        for segment, text in following.sentences()[:1]:
            if (match := _THANKED.match(text)) and (name := _person(match.group(1))):
                yield turn.speaker, name, segment, text


def _among(name: str, others: list[str]) -> bool:
    return any(same_first_name(name.split()[0], other) for other in others)


def _full(name: str, participants: list[str]) -> str:
    matching = [p for p in participants if p and same_first_name(name.split()[0], p.split()[0])]
    return matching[0] if len(matching) == 1 and " " not in name else name
