"""Tasks in Russian speech: who promises, who is asked, who is charged.

Pure; by grammar and cues.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from reports.writers.cues import any_of
from reports.writers.dates import days
from reports.writers.verbs_ru import STATES, TALK, TELLS
from reports.writers.words import Token, fold, has_grammemes, parses, tokens

_ABSENT = any_of(r"(?:ей|ему|им|у него|у нее|у них|его|ее|их)(?!\w)")

_TAKES = any_of(
    r"(?:я )?(?:беру|возьму|забираю|заберу)(?: \w+){0,3} на себя",
    r"(?:это )?за мной(?!\w)",
    r"на мне(?!\w)",
    r"(?:я|сам|сама) (?:и |этим |этим и )?займусь",
    r"с меня(?= \w)",
    r"я (?:за это )?отвечу за",
)
_GIVE_ME = any_of(r"дай(?:те)? (?:мне )?(?:время |срок )?до (?:\w+ )?\w+(?<!ть)\W*$")
_AWAY = any_of(
    r"буд(?:у|ем) (?:\w+ ){0,2}(?:в отпуск|на больничн|занят|свобод|дома|поздно|недоступ|в отъезд|"
    r"в командировк|не |на даче|за городом|отсутств|болеть|ждать)"
)
_WILL_BE = re.compile(r"(?<!\w)будет(?: готов\w*| сделан\w*| у (?:вас|тебя))?\W*$")
_HABIT = any_of(r"(?:кажд\w+|всегда|обычно|уже|регулярно|по \w+(?:ам|ям))(?!\w)")
_INVITES = re.compile(
    r"^\W*(?:звони|пиши|обращай|приходи|заходи|приезжай|"
    r"спрашивай)\w*(?: \w+){0,2}, (?:и )?я (?!\w+ть)"
)
"""«Звоните, я помогу»: what is offered to whoever likes."""
_ASKS = any_of(
    r"мне бы(?= \w)(?! хот)",
    r"(?:твоя|ваша) (?:задача|часть)(?= \w|\W+\w)",
    r"(?:по)?прош[уи](?:м)?(?: \w+){0,2} \w+(?:ть|ти|чь)(?:ся)?(?!\w)",
    r"(?:попросил\w* бы|хотел\w* бы попросить|надо попросить|нужно попросить)",
    r"(?:с тебя|с вас|за тобой|за вами|на тебе|на вас)(?=,? \w|\W*$)",
    r"(?:тебе|вам) (?:надо|нужно|необходимо|следует|предстоит|поручаем|поручаю)",
    r"(?:надо|нужно|хочу|важно),? чтобы (?:ты|вы)",
    r"жд[уе]м? от (?:тебя|вас)",
    r"(?:возьми|возьмите|возьмешь|возьмете) на себя",
    r"не забудь(?:те)?(?= \w)",
)
_YOU_THEN = any_of(
    r"(?:ты|вы)(?= (?:\w+ )?(?:тогда|завтра|сегодня|пока|теперь)(?!\w))", r"тогда (?:ты|вы)(?!\w)"
)
_CAN = any_of(
    r"(?:ты |вы )?(?:не )?(?:сможешь|сможете|можешь|можете|мог(?:ла|ли)? бы|возьмешься|"
    r"возьметесь)(?!\w)"
)
_CHARGED = (
    r"(?:отвечает|ответственн\w+(?: (?:за [\w ]{2,25}?))?(?: будет)?|исполнитель|исполняет|"
    r"делает|возьмет|займется)\s*[:—–-]?\s*NAME",
    r"(?:поруч(?:аем|аю|им|ить)|поручено)\s+(?:[\w ]{0,20} )?NAME",
    r"(?:по)?прош[уи]м? NAME\s+(?:[\w ]{0,20})\w+(?:ть|ти|чь)",
    r"задач\w+ (?:на|для|у)?\s*NAME",
    r"(?:это|все это|остается) (?:на|за|для|у) NAME",
    r"NAME\s*(?:,|[—–-])?\s*(?:надо|нужно|необходимо|следует|предстоит|должн\w+)\s",
    r"(?:надо|нужно|важно),? чтобы NAME",
    r"(?:пусть|попросим) NAME\s",
    r"(?:с|за|на) NAME\s*[—–:-]?\s+\w+",
    r"\w (?:на) NAME(?=\W*(?:$|[,.;]))",
    r"жд[уе]м? от NAME",
)
_NAME = r"[A-ZА-ЯЁ][\w-]+(?: [A-ZА-ЯЁ][\w-]+)?"
_CHARGES = tuple(
    re.compile(rf"(?<!\w){p}".replace("NAME", rf"(?P<name>{_NAME})")) for p in _CHARGED
)
_ONE_NAME = re.compile(_NAME)
_REACH = 60  # characters
_IF = any_of(r"если(?!\w)")
_CONSENT = any_of(r"возражени", r"не против", r"не возража", r"согласн")
_IF_YOU_LIKE = re.compile(r"^\W*(?:а |ну )?(?:хотите|хочешь|хошь)(?!\w)")
"""«Хотите, я сделаю»: an offer and no promise yet."""
_LEADS = any_of(
    r"попрошу (?:вас|всех|тишин|вниман|слов|коллег|начать|перейти|не )",
    r"(?:дам|даю|дадим) (?:слово|знать|ему|ей|вам|тебе)",
)
"""Promises that only lead the talk."""
_I_WOULD = any_of(r"(?:я|мы) бы(?!\w)")
_UNREAL = any_of(r"(?:когда|бы|чтобы|может быть|наверное|вряд ли|а то|иначе)(?!\w)")
_CLAUSE = re.compile(r"[^,;:—–.!?]+")


@lru_cache(maxsize=20_000)
def promises(text: str, *, dated: bool) -> str:
    """``i`` or ``we`` if the speaker promises to do something, else nothing.

    ``dated``: a day is said, so that a weaker promise («покажу в среду», «мы сделаем») is one.
    """
    folded = fold(text)
    asks_back = folded.rstrip().endswith("?")
    if _TAKES.search(folded) and not asks_back:
        return "i"
    if asks_back or _offers_or_leads(text):
        return ""
    words = tokens(text)
    if len(words) == 1 and has_grammemes(words[0].text, "VERB", "1per", "sing", "futr"):
        return "" if only_talk(words[0]) and not dated else "i"
    return _verb_promises(text, words) or (_promises_by_a_day(text, words) if dated else "")


def _offers_or_leads(text: str) -> bool:
    """«Хотите, я сделаю», «звоните, я помогу»; «попрошу тишины»; what follows an order."""
    folded = fold(text)
    led = any(p.search(folded) for p in (_IF_YOU_LIKE, _LEADS, _INVITES))
    return led or _ordered_first(text)


def _verb_promises(text: str, words: list[Token]) -> str:
    """``i`` where a verb of the speaker in the future does more than lead the talk."""
    folded = fold(text)
    for token in _standing_verbs(folded, words):
        told = _tells(token) and _ABSENT.search(folded)
        if _promise_verb(token, "sing") and (told or not only_talk(token)):
            return "i"
    return ""


def _standing_verbs(folded: str, words: list[Token]) -> Iterator[Token]:
    """Words that are neither denied nor under a condition, nor tell of being away."""
    away = _AWAY.search(folded)
    for place, token in enumerate(words):
        idle = away and token.folded in ("буду", "будем")
        if not (idle or _denied(words, place) or _under_condition(folded, token)):
            yield token


def _promises_by_a_day(text: str, words: list[Token]) -> str:
    """What is a promise only because a day is said: «покажу в среду», «завтра отправляю»."""
    folded = fold(text)
    standing = list(_standing_verbs(folded, words))
    if any(_promise_verb(token, "sing") for token in standing):
        return "i"
    if _I_WOULD.search(folded):
        return ""
    if _GIVE_ME.search(folded) or _WILL_BE.search(folded):
        return "i"
    now = not _HABIT.search(folded) and any(_acts_now(token) for token in standing)
    if now and days(text):
        return "i"
    ours = (t for t in standing if _promise_verb(t, "plur") and not only_talk(t))
    return "we" if any(ours) else ""


def asks(text: str, *, polite: bool) -> str:
    """``order`` or ``question`` if the listener is asked to do something, else nothing.

    ``polite``: somebody is called by name or «пожалуйста» is said; without it an imperative is no
    request, for its forms are those of other verbs («пришли»).
    """
    folded = fold(text)
    words = tokens(text)
    asked = folded.rstrip().endswith("?") and not _IF.search(folded)
    if asked and any(_you_will(t) for t in words):
        return "question"
    if _CAN.search(folded) and any(
        has_grammemes(t.text, "INFN") and not only_talk(t) for t in words
    ):
        return "question"
    if _ASKS.search(folded) and not folded.rstrip().endswith("?"):
        return "order"
    if polite and _you_act(folded, words):
        return "order"
    if not polite:
        return "order" if _ordered_first(text) else ""
    for place, token in enumerate(words):
        if not _denied(words, place) and _orders(token):
            return "order"
    return ""


def charged(text: str) -> list[str]:
    """Names that the text may charge with a task («за наём отвечает Алексей»), likeliest first."""
    found = [m["name"] for pattern in _CHARGES for m in _found(pattern, text)]
    for match in _names(text):
        following = tokens(text[match.end() : match.end() + _REACH])[:4]
        will = any(_tag(t, "3per", "sing", "futr", "perf") and not only_talk(t) for t in following)
        if will or _is_to(match.group(), following) or _acts_before(text, match):
            found.append(match.group())
    return found


def _names(text: str) -> Iterator[re.Match[str]]:
    """Words written as names; a capital that only begins the sentence is none."""
    for match in re.finditer(_NAME, text):
        first, *rest = match.group().split()
        begins = match.start() == 0 and rest and not has_grammemes(first, "Name")
        yield _ONE_NAME.search(text, match.start() + len(first)) or match if begins else match


def _acts_before(text: str, match: re.Match[str]) -> bool:
    """«Приказ подготовит Нина»: a verb in the future with the name as its subject behind it."""
    before = tokens(text[: match.start()])[-1:]
    acts = bool(before) and _tag(before[0], "3per", "sing", "futr", "perf")
    subject = has_grammemes(match.group().split()[0], "Name", "nomn")
    return acts and subject and not only_talk(before[0])


def _is_to(name: str, following: list[Token]) -> bool:
    """«Сергею Котову подготовить договор»: a dative with an infinitive right behind."""
    charged_one = has_grammemes(name.split()[0], "Name", "datv")
    return charged_one and any(_tag(t, "INFN") and not only_talk(t) for t in following[:2])


def _found(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    lowered_first = text[:1].lower() + text[1:]
    return [*pattern.finditer(text), *pattern.finditer(lowered_first)]


def _tag(token: Token, *wanted: str) -> bool:
    return _tagged(token.text, *wanted)


@lru_cache(maxsize=200_000)
def _tagged(word: str, *wanted: str) -> bool:
    found = parses(word)
    return bool(found) and any(all(g in p.tag for g in wanted) and p.score >= 0.3 for p in found)


def _promise_verb(token: Token, number: str) -> bool:
    return _tag(token, "VERB", "1per", number, "futr")


def _ordered_first(text: str) -> bool:
    """«Заявку напишите, я подпишу»: whether an order stands before what the speaker will do."""
    first, comma, rest = text.partition(", ")
    if not comma or not fold(rest).startswith(("я ", "а я ", "и я ")):
        return False
    words = tokens(first)
    plain = [t for t in words if t.folded.endswith(("ите", "йте", "ьте"))]
    return any(_orders(t) for t in plain) and not any(t.folded == "не" for t in words)


def _acts_now(token: Token) -> bool:
    """«Завтра отправляю»: the present tense of something that one does."""
    if not _tag(token, "VERB", "1per", "sing", "pres") or only_talk(token):
        return False
    return not any(fold(p.normal_form) in STATES for p in parses(token.text))


def _you_act(folded: str, words: list[Token]) -> bool:
    """«Дима, ты тогда готовишь договор»: the present tense as an order."""
    if not _YOU_THEN.search(folded) or folded.rstrip().endswith("?"):
        return False
    return any(_tag(t, "VERB", "2per", "pres") and not only_talk(t) for t in words)


def _orders(token: Token) -> bool:
    return _tag(token, "VERB", "impr", "excl") and not only_talk(token)


def _you_will(token: Token) -> bool:
    """«Выписку напишешь?», «договоритесь с лучевой?»"""
    return _tag(token, "VERB", "2per", "futr", "perf") and not only_talk(token)


def _tells(token: Token) -> bool:
    return any(fold(p.normal_form) in TELLS for p in parses(token.text))


def only_talk(token: Token) -> bool:
    """Whether a verb only leads a talk («расскажите») or speaks of oneself."""
    found = parses(token.text)
    return bool(found) and all(
        fold(p.normal_form) in TALK for p in found if "VERB" in p.tag or "INFN" in p.tag
    )


def _denied(words: list[Token], place: int) -> bool:
    return any(t.folded in ("не", "ни") for t in words[max(0, place - 1) : place])


def _under_condition(folded: str, token: Token) -> bool:
    """Whether the verb is under «если» or, in its own clause, «когда» or «бы».

    «Если возражений нет» is no condition.
    """
    before = folded[: token.begin]
    if _IF.search(before) and not _CONSENT.search(before):
        return True
    for clause in _CLAUSE.finditer(folded):
        if clause.start() <= token.begin < clause.end():
            return bool(_UNREAL.search(clause.group()))
    return False


def asked_of_another(text: str) -> str:
    """The name in «Тимур проверит?», "" if nobody is asked for."""
    return next(iter(charged(text.rstrip("? "))), "")
