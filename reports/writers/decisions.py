"""Decisions: what was settled, in the words that settled it. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from reports.writers.answers import accepted
from reports.writers.conclusions import (
    LOOK_BACK_TURNS,
    accepted_before,
    concludes_a_talk,
    proposal_before,
    put_by_another,
    put_to_vote,
    settles,
    spoken_of,
    taken_up_shortly,
)
from reports.writers.dates import days
from reports.writers.declarations import tells_of_more
from reports.writers.findings import Finding, features, overlap, same_matter
from reports.writers.matters import LEANS, akin, before, chair, proposal, resolving
from reports.writers.names import called_name, is_given_name
from reports.writers.numerals import numbers
from reports.writers.resolutions import opening_of, opposed, resolution
from reports.writers.sentences import Sentence, between, tidy
from reports.writers.words import content_stems, fold

_AKIN = 0.3
_THIN = 2  # features
_SHORT_TURN_WORDS = 4
_PERSONAL = re.compile(r"(?<!\w)(?:i|i'm|i've|i'd|i'll|my|я|мне|мой)(?!\w)")
_CONCEDES = re.compile(
    r"(?<!\w)(?:but|но) (?:ok|okay|fine|well|all right|alright|ладно|хорошо|пусть)\W*$"
)
_VOCATIVE = re.compile(r",\s*[A-ZА-ЯЁ]\w+(?: [A-ZА-ЯЁ]\w+)?\s*(?:,|(?=[.!]*$))")
_APPROVES = re.compile(
    r"(?<!\w)(?:утвержда(?:ем|ю)|выбираем|принимаем|одобря(?:ем|ю)|(?:we|i) (?:approve|adopt|"
    r"choose|pick)|"
    r"(?:is|are) (?:hereby )?(?:accepted|approved|adopted)|принима(?:ет|ют)ся|согласован[аоы]?|"
    r"(?:утвержден|одобрен|отклонен|принят)[аоы]?)(?!\w)"
)
_BREAK = re.compile(r"(?<!\w)(?:перерыв|перекур|(?:coffee|lunch|short|quick|a) break)")
_REJECTED = re.compile(
    r"(?<!\w)(?:отклон|не прош|rejected|defeated|lost(?!\w)|falls(?!\w)|fails(?!\w)|withdrawn)"
)
"""An outcome without which a proposal would be told as decided."""
_CONSENT = re.compile(r"(?:agreed|договорились|согласовано)\s*,")


def find_decisions(
    said: Sequence[Sentence], tasks: Sequence[Finding], held_on: date | None
) -> list[Finding]:
    """Decisions in the order in which they were first said; a summing-up adds evidence to them."""
    charged = {max(s.index for s in task.sources) for task in tasks}
    of_tasks = charged | {task.main.index for task in tasks}
    recaps = [list(_recap(s, said, charged)) for s in said if s.cues.recap.search(s.folded)]
    recapped = {sentence.index for recap in recaps for sentence in recap}
    led_by = chair(said)
    found: list[Finding] = []
    for sentence in said:
        if sentence.index in charged | recapped or _says_nothing_firm(sentence):
            continue
        target = (
            _decided(sentence, said, charged)
            or accepted_before(sentence, said)
            or taken_up_shortly(sentence, said)
        )
        if target is None and (resolved := _resolved(sentence, said, led_by, of_tasks)):
            own = frozenset() if _consents(sentence) else features(sentence.text, held_on)
            _put(found, resolved, opening_of(resolved, said, led_by), held_on, own)
            continue
        firm = settles(sentence, said, held_on) or concludes_a_talk(sentence, said, held_on)
        if target is None and firm and not opposed(sentence, said):
            target = _with_what_it_leans_on(sentence, said)
        if target:
            _put(found, target, opening_of(target, said, led_by), held_on)
    for recap in recaps:
        _put_recap(found, recap, held_on)
    return sorted(found, key=lambda f: f.main.index)


def _resolved(
    sentence: Sentence, said: Sequence[Sentence], led_by: str, of_tasks: set[int]
) -> list[Sentence] | None:
    """What ``sentence`` resolves, unless that is a task, whose day it may only repeat."""
    found = resolution(sentence, said, led_by)
    return None if found and any(s.index in of_tasks for s in found[-2:-1]) else found


def _consents(sentence: Sentence) -> bool:
    """Whether a sentence says no more than yes."""
    match = sentence.cues.agreed.match(sentence.folded)
    return bool(match) and match.end() == len(sentence.folded)  # type: ignore[union-attr]


def _with_what_it_leans_on(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence]:
    """«Вот её и поставим» with what the one before said of it."""
    thin = len(features(sentence.body)) <= _THIN and LEANS.search(sentence.folded)
    earlier = before(sentence, said, 1) if thin else ()
    told = next((s for s in earlier if s.turn < sentence.turn and len(s.stems) > 1), None)
    return [told, sentence] if told else [sentence]


def _says_nothing_firm(sentence: Sentence) -> bool:
    cues, text = sentence.cues, sentence.folded
    return bool(
        sentence.is_question
        or cues.undecided.search(text)
        or cues.past.search(text)
        or cues.struck.search(text)
        or cues.recap.search(text)
        or _BREAK.search(text)
        or (cues.next_meeting.search(text) and not tells_of_more(sentence))
    )


def _decided(
    sentence: Sentence, said: Sequence[Sentence], charged: set[int]
) -> list[Sentence] | None:
    """The sentences of a decision that ``sentence`` announces or is."""
    match = sentence.cues.decided.search(sentence.folded)
    if not match or _hypothetical_before(sentence, match.end()):
        return None
    if resolving(sentence).of_others.search(sentence.folded):
        return None
    if _says_what(sentence) and not _only_consents(sentence, match.start()):
        leans = match.start() == 0 and LEANS.search(sentence.folded)
        raised = proposal(sentence, said, 2) if leans else _agreed_to(sentence, said)
        return [raised, sentence] if raised else [sentence]
    if put := put_to_vote(sentence, said):
        return [put, sentence]
    if _consents(sentence) and (granted := accepted(sentence, said, sentence.speaker)):
        return granted
    following = said[sentence.index + 1] if sentence.index + 1 < len(said) else sentence
    announces = not _says_what(sentence) and following.turn == sentence.turn
    if announces and following != sentence and _can_follow(following, charged):
        return [sentence, following]
    return _resting_on(sentence, said)


def _resting_on(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence] | None:
    """What was proposed, asked or spoken of, with the sentence that says little but «decided»."""
    approves = _APPROVES.search(sentence.folded)
    proposed = proposal_before(sentence, said) or put_by_another(sentence, said)
    if proposed is None and sentence.stems and not approves:
        proposed = spoken_of(sentence, said)
    if proposed is None and approves and len(sentence.stems) > 1:
        return [sentence]
    return [proposed, sentence] if proposed else None


def _agreed_to(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """«Тогда остаёмся с прежним.» — «Да, берём у прежнего»: what a decision says yes to."""
    match = sentence.cues.agreed.match(sentence.folded)
    if match is None or not match.group().rstrip().endswith((",", ".", "!")):
        return None
    turn = (s for s in before(sentence, said, 1) if s.turn < sentence.turn)
    return next((s for s in turn if len(s.stems) > 1 and akin(s, sentence)), None)


def _only_consents(sentence: Sentence, at: int) -> bool:
    """Whether «agreed, …» only accepts what was said and goes on with a reason."""
    text, exact = sentence.folded, days(sentence.text) or numbers(sentence.text)
    return bool(
        _CONSENT.match(text[at:])
        and not re.search(r"\w{3}", text[:at])
        and not exact
        and not sentence.cues.settled.search(text)
    )


def _says_what(sentence: Sentence) -> bool:
    """Whether a sentence says more than that something was decided."""
    body = fold(_VOCATIVE.sub(",", sentence.text)) if _VOCATIVE.search(sentence.text) else ""
    rest = sentence.cues.decided.sub(" ", body or sentence.body)
    return len(content_stems(rest)) + len(numbers(rest)) >= 2


def _hypothetical_before(sentence: Sentence, at: int) -> bool:
    clause = re.split(r"[,;:—–]", sentence.folded[:at])[-1]
    return bool(sentence.cues.hypothetical.search(clause))


def _can_follow(sentence: Sentence, charged: set[int]) -> bool:
    """Whether a sentence can be the decision that «agreed» before it announced."""
    cues = sentence.cues
    return (
        sentence.index not in charged
        and not sentence.is_question
        and not called_name(sentence.text)
        and not cues.topic.search(sentence.folded)
        and not cues.courtesy.search(sentence.folded)
        and not cues.hypothetical.search(sentence.folded)
        and not cues.next_meeting.search(sentence.folded)
        and not _CONCEDES.search(sentence.folded)
        and not _PERSONAL.search(sentence.folded)
        and len(sentence.stems) + len(numbers(sentence.text)) >= 2
    )


def _put(
    found: list[Finding],
    target: list[Sentence],
    opening: list[Sentence],
    held_on: date | None,
    own: frozenset[str] = frozenset(),
) -> None:
    """A decision, or more evidence for one that is known.

    ``opening``: what opened its matter; ``own``: what a sentence tells that resolves a matter, so
    that it is a known one if its own words are.
    """
    worded = {s.index: _worded(s) for s in target}
    main = next((s for s in target if worded[s.index]), target[0])
    told = [tidy(s.text, s.cues) for s in opening]
    text = " ".join([*told, *filter(None, worded.values())])
    text = text if any(worded.values()) else " ".join([*told, tidy(main.text, main.cues)])
    marks = features(" ".join(filter(None, worded.values())) or main.text, held_on)
    for known in found:
        near = target[0].turn - known.main.turn <= LOOK_BACK_TURNS
        rests = any(known.rests_on(s) for s in (target[-1:] if own else target))
        if rests or (near and _tells_the_same(known.features, marks, own)):
            if target[-1].cues.decided.search(target[-1].folded) and not known.rests_on(target[-1]):
                known.text, known.main = text, main
            known.add(target)
            known.features |= marks
            return
    found.append(Finding("decision", text, [*opening, *target], main, features=marks))


def _tells_the_same(known: frozenset[str], marks: frozenset[str], own: frozenset[str]) -> bool:
    return same_matter(known, own) if own else _same(known, marks)


def _same(known: frozenset[str], marks: frozenset[str]) -> bool:
    """Whether a decision close behind another is the same: akin, and no other figure or day."""
    exact = [{m for m in side if m[0] in "@="} for side in (known, marks)]
    other = all(exact) and not exact[0] & exact[1]
    return same_matter(known, marks) or (not other and overlap(known, marks) >= _AKIN)


def _worded(sentence: Sentence) -> str:
    """The sentence without the words that only announce a decision; nothing if it has no others."""
    text = tidy(sentence.text, sentence.cues)
    match = sentence.cues.lead.match(fold(text))
    if match:
        return tidy(text[match.end() :], sentence.cues)
    cues = sentence.cues
    consents = cues.no_objections.search(sentence.folded) or cues.agreed.match(sentence.body)
    if _REJECTED.search(sentence.folded) or (
        len(sentence.stems) > 1 and _APPROVES.search(fold(text))
    ):
        return text
    bare = not consents and not cues.decided.search(sentence.folded) and features(sentence.body)
    return text if bare or _says_what(sentence) else ""


def _recap(recap: Sentence, said: Sequence[Sentence], charged: set[int]) -> Iterator[Sentence]:
    """Points of a summing-up, as far as the one who sums up goes on."""
    if len(features(recap.body)) > 2:
        yield recap
    for other in between(said, recap, 2):
        cues = other.cues
        if other.speaker != recap.speaker:
            if len(other.text.split()) > _SHORT_TURN_WORDS:
                return
            continue
        if cues.next_meeting.search(other.folded) or cues.courtesy.search(other.folded):
            return
        if other.index not in charged and not other.is_question and not _left_open(other):
            yield other


def _left_open(sentence: Sentence) -> bool:
    cues = sentence.cues
    skipped = (cues.refers_back, cues.postponed, cues.undecided)
    return any(pattern.search(sentence.folded) for pattern in skipped)


def _put_recap(found: list[Finding], points: list[Sentence], held_on: date | None) -> None:
    """Evidence for what is known; else a decision, if the summing-up is one of decisions."""
    left = []
    for point in points:
        marks = features(point.cues.recap.sub(" ", point.body), held_on)
        known = next((f for f in found if marks and same_matter(f.features, marks)), None)
        if known:
            known.add([point])
        elif len(marks) >= 2 and not is_given_name(point.text.split()[0]):
            left.append((point, marks))
    recalled = len(left) < len(points)
    for point, marks in left:
        cues = point.cues
        firm = cues.settled.search(point.folded) or cues.decided.search(point.folded)
        if firm or (recalled and len(marks) >= 3):
            text = tidy(point.text, cues)
            found.append(Finding("decision", text, [point], point, features=marks))
