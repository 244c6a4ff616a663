"""By which words people say that something is done, or is not yet: tables of both languages.

Patterns meet folded text (lower case, ё as е).
"""

import re
from functools import lru_cache

from reports.writers.cues import any_of
from reports.writers.words import fold, parses, tokens, word_list

DONE_VERBS = frozenset(
    word_list(
        """
    сделать отправить выслать прислать послать переслать направить скинуть закрыть завершить
    закончить доделать дописать выполнить подписать согласовать утвердить запустить опубликовать
    выложить передать провести написать подготовить оплатить купить закупить заказать починить
    исправить поправить обновить собрать настроить внедрить выкатить выпустить оформить составить
    посчитать рассчитать проверить протестировать найти нанять забронировать созвониться позвонить
    поговорить загрузить залить установить поставить развернуть добавить убрать удалить перевести
    заполнить сдать разослать организовать связаться договориться уточнить узнать выяснить
    показать подать зарегистрировать подключить переделать перенастроить разобраться напечатать
    завести поднять уйти улететь принять нарисовать сверстать записать разобрать раздать
        """
    )
)
"""Verbs whose perfective past says that work is over, whatever the work was."""

GENERIC_VERBS = frozenset(
    word_list(
        """
    send prepare make write check call ask finish update get set give talk discuss take put bring
    share draft look review find need want try do done sent wrote will organize organise create
    complete provide ensure follow reach contact arrange schedule start begin keep let tell show
    """
    )
)
"""English words that say what is done rather than to what."""

READY_RU = any_of(
    r"готов(?:о|а|ы)?(?!\w)",
    r"сделан(?:о|а|ы)?(?!\w)",
    r"\w+(?:лен|ран|нан|тан|ван|сан|чен|щен|шен|жен|ржден)(?:о|а|ы)(?!\w)",
    r"(?:отправлен|подписан|закрыт|оплачен|запущен|согласован|утвержден|выполнен|завершен|"
    r"опубликован|исправлен|обновлен)(?:о|а|ы)?(?!\w)",
    r"(?:вопрос|задача|тикет) закрыт",
    r"с этим (?:все|всё|разобрались)",
)
"""Short participles and adjectives that say the same without a verb."""

DONE_EN = any_of(
    r"(?:done|finished|completed|shipped|sent|closed|resolved|delivered|signed|merged|deployed|"
    r"released|launched|published|submitted|fixed|ready|paid|booked|ordered|hired|uploaded|"
    r"wrapped up|taken care of|sorted(?: out)?|in place|live now|went (?:out|live)|signed off|"
    r"rolled out|handed (?:over|in)|wrote|drafted|called|spoke|talked|reviewed|checked|tested|"
    r"installed|migrated|prepared|updated|approved|set up|posted|emailed|mailed|made|got it)(?!\w)"
)

NOT_DONE_RU = any_of(
    r"(?:еще|пока|так и) (?:\w+ )?не(?:т)?(?!\w)",
    r"не (?:до конца|все|полностью|успел\w*|дошл\w+|смог\w*|получил\w*)(?!\w)",
    r"почти|частично|наполовину|вот-вот",
    r"в (?:процессе|работе)(?!\w)",
    r"осталось|остается|доделыва\w+|дописыва\w+",
    r"(?:только )?(?:начал[аи]?|приступил\w*)(?!\w)",
    r"застрял\w*|зависл\w*|задержива\w+",
    r"(?:должн\w+|обеща\w+|планир\w+|собира\w+|хотел\w*)(?!\w)",
    r"если(?!\w)|бы(?!\w)|чтобы(?!\w)|как только|(?:когда|пока) ",
    r"(?:будет|будут|надо|нужно|необходимо|пора)(?!\w)",
    r"(?:давайте|давай)(?!\w)",
    r"чернов\w+",
    r"переносим|сдвигаем|откладываем",
    r"(?:еще|пока|а) нет(?!\w)|^\W*нет(?!\w)",
)

NOT_DONE_EN = any_of(
    r"not(?!\w)|never(?!\w)|no(?=[,.!])|nobody|nothing",
    r"\w+n't(?!\w)|\w+nt(?= (?:yet|done|been|sent))",
    r"(?:almost|nearly|half|partially|partly|mostly|still|yet)(?!\w)",
    r"(?:will|'ll|going to|gonna|about to|supposed to|meant to|plan\w* to|want\w* to)(?!\w)",
    r"\w+'ll(?!\w)",
    r"(?:would|could|should|must|can|may|might|shall)(?!\w)",
    r"(?:need|needs|needed|have|has) to(?!\w)",
    r"to be(?!\w)|be (?:done|sent|ready|finished)",
    r"(?:if|once|when|until|unless|before|as soon as)(?!\w)",
    r"let'?s(?!\w)",
    r"(?:working on|in progress|halfway|stuck|blocked|waiting|started|draft of)(?!\w)",
    r"(?:hope|hopefully|maybe|perhaps)(?!\w)",
)

YES = re.compile(
    r"^\W*(?:да|ага|угу|конечно|уже|все|yes|yeah|yep|yup|sure|it is|it was|i did|we did|i have|"
    r"we have|already)(?!\w)"
)
"""A short answer that says yes to a question whether something is done."""

ASKED = re.compile(r"(?<!\w)(?:did|have|has) (?:you|we|they|he|she|it|anybody|the|\w+)(?!\w)")
"""A question in English whether something was done, by its verb."""

OTHER_CLAUSE = re.compile(
    r"[,;—–]\s*(?:а|но|зато|однако|but|while|whereas|though)\s|[;.!?]\s", re.IGNORECASE
)


@lru_cache(maxsize=20_000)
def says_done(clause: str, *, russian: bool, verbs: frozenset[str] = frozenset()) -> bool:
    """Whether a clause says that something is over; ``verbs``: lemmas that do so beside the known.

    What is denied, wished, planned or nearly so is not over.
    """
    folded = fold(clause)
    if not russian:
        return bool(DONE_EN.search(folded)) and not NOT_DONE_EN.search(folded)
    if NOT_DONE_RU.search(folded):
        return False
    return _is_ready(folded) or _has_finished(clause, verbs)


@lru_cache(maxsize=20_000)
def says_unfinished(clause: str, *, russian: bool) -> bool:
    """Whether a clause says that something is not over yet."""
    folded = fold(clause)
    if russian:
        return bool(NOT_DONE_RU.search(folded)) or _denies(folded)
    return bool(NOT_DONE_EN.search(folded))


def _is_ready(folded: str) -> bool:
    return any(not _denied(folded, found.start()) for found in READY_RU.finditer(folded))


def _has_finished(clause: str, verbs: frozenset[str]) -> bool:
    return bool(_finished_verbs(clause) & (DONE_VERBS | verbs))


@lru_cache(maxsize=20_000)
def _finished_verbs(clause: str) -> frozenset[str]:
    """Lemmas of the verbs in the perfective past that are not denied."""
    folded = fold(clause)
    return frozenset(
        fold(parse.normal_form)
        for token in tokens(clause)
        for parse in parses(token.text)
        if {"past", "perf"} <= parse.tag.grammemes and not _denied(folded, token.begin)
    )


def _denied(folded: str, begin: int) -> bool:
    """Whether «не» stands before the word that begins there, or one word further."""
    return bool(re.search(r"(?<!\w)(?:не|ни)\s+(?:\w+\s+)?$", folded[:begin]))


def _denies(folded: str) -> bool:
    return any(_denied(folded, found.start()) for found in READY_RU.finditer(folded)) or bool(
        re.search(r"(?<!\w)не (?:\w+ )?\w+л[аио]?(?!\w)", folded)
    )
