"""Action items: promises, accepted requests and charges, with who and by when. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from types import ModuleType

from reports.writers import acts_en, acts_ru
from reports.writers.cues_en import EN
from reports.writers.dates import Deadline, days, deadline
from reports.writers.findings import Finding, features
from reports.writers.matters import akin, proposal, puts_off, resolving
from reports.writers.names import called_name
from reports.writers.offers import taken_on
from reports.writers.people import People, Person
from reports.writers.same_tasks import merge, same_task
from reports.writers.sentences import Sentence, between, tidy
from reports.writers.task_context import add_later_deadline, context
from reports.writers.task_days import due_of, set_due_at_once
from reports.writers.words import content_stems, fold, has_grammemes, tokens

_REPLY_TURNS = 2
_MERGE_TURNS = 4
_SHORT_WORDS = 6
_DONE_WORDS, _FEW_WORDS = 2, 4
_ALIKE = 0.5
_ANYBODY = re.compile(
    r"(?<!\w)(?:кто-нибудь|кто-то|кто-либо|some(?:one|body)|any(?:one|body))(?!\w)"
)
NOT_YET = re.compile(
    r"^\W*(?:(?:нет|no)\W+)?(?:(?:\w+(?:ать|ять|ить|еть)(?:ся)? )?(?:пока |еще )?рано|не (?:надо|"
    r"нужно|стоит)|погоди\w*|подожди\w*|стой|no need|don't bother|hold off|not yet|"
    r"leave it|please don't|hold on|wait|стоп)(?!\w)"
)
_DO_IT = re.compile(
    r"(?<!\w)(?:tak|do|handl|own|look after|try)\w* (?:that|it|this)(?:\W*$|(?= \w+\W*$))|"
    r"(?:возьм|сдела|займ)\w+(?: это| этим)?\W*$"
)
_I_WANT = re.compile(r"(?<!\w)(?:i'd|i would) (?:like|want|prefer) ")
_LED_IN = re.compile(r"^\W*(?:then|so|well|oh|ну|тогда|ох)\W+")
_POLITE = re.compile(r"(?<!\w)(?:пожалуйста|please)(?!\w)")
_ASKING = re.compile(
    r"^(?:(?:can|could|would|will) you (?:please |kindly |also |maybe )*|please,? )|^(?:ты |"
    r"вы )?(?:не )?(?:сможешь|сможете|можешь|можете|мог(?:ла|ли)? бы)(?: ты| вы)? ",
    re.IGNORECASE,
)
_COURTESY = re.compile(r",?\s*(?:пожалуйста|please)\s*(?:,\s*|(?=[.!?]|$)|(?=\s))", re.IGNORECASE)


def find_tasks(said: Sequence[Sentence], people: People, held_on: date | None) -> list[Finding]:
    """Action items in the order in which they were first said; what was refused is left out."""
    found: list[Finding] = []
    for sentence in said:
        task = _task(sentence, said, people, held_on)
        if task is None:
            continue
        twin = next((f for f in reversed(found) if same_task(f, task)), None)
        if twin:
            merge(twin, task)
        elif _has_object(sentence, task.deadline) or len(task.sources) > 1:
            found.append(task)
    for task in found:
        add_later_deadline(task, said, held_on)
        set_due_at_once(task, held_on)
    return found


def _task(
    sentence: Sentence, said: Sequence[Sentence], people: People, held_on: date | None
) -> Finding | None:
    cues = sentence.cues
    aside = (cues.struck, cues.past, cues.joke, cues.next_meeting)
    if any(pattern.search(sentence.folded) for pattern in aside) or puts_off(sentence):
        return None
    acts = acts_en if cues is EN else acts_ru
    called = called_name(sentence.text)
    addressee = (people.named(called) or Person(called)) if called else None
    polite = addressee is not None or bool(_POLITE.search(sentence.folded))
    person = _charged_person(acts.charged(sentence.text), people, sentence)
    if person := person or _asked_of_another(sentence, said, people, acts):
        return _finding(sentence, said, person, due_of(sentence, acts, held_on), held_on)
    how = acts.asks(sentence.text, polite=polite)
    if how and not resolving(sentence).grants.search(sentence.folded):
        due = due_of(sentence, acts, held_on)
        return _request(sentence, said, people, addressee, due, how, held_on)
    if _called_off(sentence, said):
        return None
    return _own(sentence, said, people.speaking(sentence.speaker), acts, held_on)


def _own(
    sentence: Sentence,
    said: Sequence[Sentence],
    speaking: Person,
    acts: ModuleType,
    held_on: date | None,
) -> Finding | None:
    """What the speaker takes on or promises; days are looked for only where something is."""
    sources = taken_on(sentence, said, acts)
    if not sources and not acts.promises(sentence.text, dated=True):
        return None
    due = due_of(sentence, acts, held_on)
    if sources:
        first = said[sentence.index - 1]
        if due is None and first.turn == sentence.turn:
            due = deadline(first.text, held_on)
            sources = [*sources, *([first] if due and first not in sources else [])]
        return _taken(sentence, sources, speaking, due, held_on)
    if due or acts.promises(sentence.text, dated=False):
        return _finding(sentence, said, speaking, due, held_on)
    return None


def _taken(
    sentence: Sentence,
    sources: list[Sentence],
    person: Person,
    due: Deadline | None,
    held_on: date | None,
) -> Finding:
    """A task that its own speaker took on; its day may be said by who called for it."""
    named = (deadline(s.text, held_on) for s in reversed(sources))
    due = due or next(filter(None, named), None)
    own = [s for s in sources if s.index <= sentence.index]
    text = " ".join(_worded(s) for s in own if s.stems)
    marks = frozenset().union(*(features(s.body, held_on) for s in own)) - _name_features(person)
    return Finding("action_item", text, sources, sentence, person, due, marks)


def _called_off(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the next one to speak stops what was promised («вывешивать рано»)."""
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    return bool(reply and NOT_YET.search(reply.folded))


def _charged_person(names: list[str], people: People, sentence: Sentence) -> Person | None:
    folded = _I_WANT.sub("", sentence.folded)
    if sentence.is_question or sentence.cues.hypothetical.search(folded):
        return None
    return next((p for p in map(people.named, names) if p), None)


def _asked_of_another(
    sentence: Sentence, said: Sequence[Sentence], people: People, acts: ModuleType
) -> Person | None:
    """Whom "Can Tom check it?" is about, if the next to speak says yes."""
    name = acts.asked_of_another(sentence.text) if sentence.is_question else ""
    person = people.named(name) if name else None
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    return person if person and reply and _accepts(reply) else None


def _has_object(sentence: Sentence, due: Deadline | None) -> bool:
    stems = content_stems(sentence.body)
    return bool(due) or len(stems) >= 2 or bool(sentence.cues.anaphor.search(sentence.body))


def _request(
    sentence: Sentence,
    said: Sequence[Sentence],
    people: People,
    addressee: Person | None,
    due: Deadline | None,
    how: str,
    held_on: date | None,
) -> Finding | None:
    """A request as a task, if whom it was put to is known and did not refuse."""
    reply = _reply(sentence, said, addressee)
    following = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    if following is not None and _done_at_once(following, sentence):
        return None
    accepted = reply is not None and _accepts(reply)
    if not accepted and (how == "question" or _refuses(reply)):
        return None
    if addressee is None and _ANYBODY.search(sentence.folded):
        return None
    if addressee is None and sentence.cues.everyone.search(sentence.folded):
        return _finding(sentence, said, None, due, held_on) if due else None
    if addressee is None and accepted and reply:
        addressee = people.speaking(reply.speaker)
    if addressee is None:
        return None
    return _requested(sentence, said, addressee, due, reply if accepted else None, held_on)


def _done_at_once(reply: Sentence, asked: Sentence) -> bool:
    """«Телефон убери.» — «Убрал.»: what was asked for is done already."""
    if len(reply.text.split()) > _DONE_WORDS or reply.is_question or not akin(reply, asked):
        return False
    return any(has_grammemes(t.text, "VERB", "past", "perf") for t in tokens(reply.text))


def _refuses(reply: Sentence | None) -> bool:
    return bool(reply and reply.cues.refused.search(reply.folded))


def _requested(
    sentence: Sentence,
    said: Sequence[Sentence],
    addressee: Person,
    due: Deadline | None,
    reply: Sentence | None,
    held_on: date | None,
) -> Finding:
    """The task of a request; ``reply``: the answer that accepted it."""
    task = _finding(sentence, said, addressee, due, held_on)
    if _asks_for_it(sentence) and (raised := proposal(sentence, said, _MERGE_TURNS)):
        task.sources.insert(0, raised)
        task.text = f"{_worded(raised)} {task.text}"
    if reply:
        _add_reply(task, reply, held_on)
    return task


def _asks_for_it(sentence: Sentence) -> bool:
    """Whether a request only says that it be done: «возьмёшься?», "do you want to take that?"."""
    return bool(_DO_IT.search(sentence.folded))


def _add_reply(task: Finding, reply: Sentence, held_on: date | None) -> None:
    """A short answer is evidence too; right behind it may tell the day."""
    if len(reply.text.split()) > _SHORT_WORDS:
        return
    task.add([reply])
    if reply.turn == task.main.turn + 1:
        task.deadline = task.deadline or deadline(reply.text, held_on)


def _accepts(reply: Sentence) -> bool:
    acts = acts_en if reply.cues is EN else acts_ru
    dated = len(reply.text.split()) <= _FEW_WORDS and days(reply.text)
    promised = acts.promises(reply.text, dated=True) or (dated and not _refuses(reply))
    return bool(promised or reply.cues.agreed.match(_LED_IN.sub("", reply.folded)))


def _reply(
    sentence: Sentence, said: Sequence[Sentence], addressee: Person | None
) -> Sentence | None:
    for other in between(said, sentence, _REPLY_TURNS):
        right = not addressee or not addressee.speaker or other.speaker == addressee.speaker
        if other.speaker != sentence.speaker and right:
            return _behind_question(other, said) if other.is_question else other
    return None


def _behind_question(asked: Sentence, said: Sequence[Sentence]) -> Sentence:
    """What who was asked says at last: «Надо ли?» — «Надо.» — «Ну хорошо.»"""
    later = between(said, asked, _REPLY_TURNS)
    own = (s for s in later if s.speaker == asked.speaker and not s.is_question)
    return next(own, asked)


def _finding(
    sentence: Sentence,
    said: Sequence[Sentence],
    person: Person | None,
    due: Deadline | None,
    held_on: date | None,
) -> Finding:
    marks = features(sentence.body, held_on) - _name_features(person)
    sources = [*context(sentence, said, marks), sentence]
    marks = marks.union(*(features(s.body, held_on) for s in sources[:-1]))
    text = " ".join(_worded(s) for s in sources)
    if due is None and sources[0].turn == sentence.turn:
        due = deadline(sources[0].text, held_on)
    return Finding("action_item", text, sources, sentence, person, due, marks)


def _name_features(person: Person | None) -> frozenset[str]:
    return features(person.name) if person else frozenset()


def _worded(sentence: Sentence) -> str:
    """The sentence as a task: no vocative, no «please», no «could you»."""
    text = tidy(sentence.text, sentence.cues)
    name = called_name(text)
    if name and fold(text).startswith(fold(name)):
        text = text[len(name) :].lstrip(" ,!")
    text = _COURTESY.sub(
        lambda m: " " if m.end() < len(text) and text[m.end()].isalnum() else "", text
    ).strip()
    asked = _ASKING.sub("", tidy(text, sentence.cues))
    if asked != text and asked.endswith("?"):
        text = asked.rstrip("?") + "."
    return tidy(text, sentence.cues)
