"""What people did, what they will do, what keeps them from it; by grammar and cues. Pure."""

import re

from reports.writers.cues import any_of
from reports.writers.cues_en import EN
from reports.writers.findings import Finding
from reports.writers.points.talk import Talk
from reports.writers.sentences import Sentence
from reports.writers.words import Token, parses, tokens

_CLAUSES = re.compile(r"[,;:.!]\s+|\s+(?:and|but|и|но|а)\s+")
_RU_SELF = frozenset("я мы".split())
_RU_OTHER = frozenset("он она они оно ты вы кто никто все это что который".split())
_RU_OF_TALK = frozenset(
    "сказать говорить спросить подумать услышать понять забыть решить договориться обещать "
    "хотеть захотеть мочь смочь суметь успеть быть стать видеть знать начать остаться показаться "
    "понравиться пропустить прослушать пошутить повторить напомнить согласиться объяснить ответить "
    "опоздать устать заметить представить перебить извинить надеяться посмотреть увидеть".split()
)
_RU_WILL = any_of(
    r"(?:я |мы )?(?:сегодня |завтра |дальше |теперь |потом |ещё |еще )*(?:планирую|планируем|"
    r"собираюсь|собираемся|намерен\w*|займусь|займемся|беру|берусь|продолжу|продолжаю|продолжим|"
    r"продолжаем|доделываю|заканчиваю|делаю|делаем|работаю|работаем|занимаюсь|пишу|готовлю|"
    r"готовим|приступаю|приступим|начинаю|начинаем)(?!\w)",
    r"(?:буду|будем) (?:\w+ ){0,2}\w+(?:ть|ться|чь)(?!\w)",
    r"(?:в планах|план(?:ы)? (?:на|такой|такие))(?!\w)",
)
_EN_VERB = (
    r"(?!(?:need|feed|indeed|speed|agreed)(?!\w))(?!(?:want|need|like|hope|ask|seem|call|agree|mention|talk|wonder|decid|look|suppos|tri|"
    r"plann|expect)(?:e?d))(?:\w{2,}ed|did|got|made|wrote|sent|built|found|ran|set|put|began|"
    r"spent|took|met|gave|dealt|shipped|cut|rewrote|rebuilt|done|written|taken|given|shown|drawn|"
    r"paid|bought|sold|taught|held|caught|brought)"
)
_EN_SOFT = r"(?:also |already |just |finally |mostly |now |then |at last |fully |both )*"
_EN_DONE = any_of(
    rf"(?:i|we)(?:'ve| have|) {_EN_SOFT}{_EN_VERB}(?!\w)",
    rf"(?:yesterday|this morning|last week|on \w+day)(?:,| )+(?:(?:i|we) )?{_EN_SOFT}{_EN_VERB}",
    rf"^(?:\w+ )?{_EN_VERB} (?:the|a|an|all|my|our|some|up|out|\d)",
    r"(?:is|are|have been|has been|got) (?:now |all |finally |already )*(?:done|finished|"
    r"completed|merged|deployed|released|shipped|delivered|closed|live|in production)(?!\w)",
)
_EN_WILL = any_of(
    r"(?:i|we)(?:'ll| will| am going to|'m going to|'re going to| are going to| plan to|"
    r"'m planning to| am planning to| intend to| aim to| want to (?=finish|start|get|do)) ?"
    r"(?!be able|see(?!\w)|say|tell|ask|admit|move on|start with|go first|let|leave it)\w+",
    r"(?:today|tomorrow|next|this (?:week|afternoon)|then),? (?:i|we)(?:'m| am|'re| are|'ll|"
    r" will| plan| want| start| begin| continue| work)?(?!\w)",
    r"(?:i|we)(?:'m| am|'re| are) (?:still |now |also |currently |just )*(?:working on|finishing|"
    r"starting|continuing|wrapping up|picking up|taking|writing|preparing|testing|moving on to)",
    r"(?:my|our|the) (?:plan|next step|focus|goal)(?: \w+){0,3} (?:is|are)(?!\w)",
)
_NONE_RU = re.compile(
    r"(?<!\w)(?:блокер\w* (?:у меня )?нет|нет (?:никаких )?(?:блокер|проблем|вопрос)\w*|"
    r"без (?:блокер|проблем)\w*|(?:проблем|препятстви\w+) (?:у меня )?нет|ничего не (?:мешает|"
    r"блокирует|держит)|никто не (?:мешает|блокирует|держит)|не проблема)(?!\w)"
)
_NONE_EN = re.compile(
    r"(?<!\w)(?:no (?:\w+ )?(?:blockers?|problems?|issues?)|nothing (?:is )?(?:block|stop|hold)\w*|"
    r"not blocked|without (?:any )?(?:problems?|issues?)|not a problem|isn't a problem)(?!\w)"
)
_STUCK_RU = any_of(
    r"блок(?:ер|ир)\w*|заблокирован\w*|мешает|мешают|тормозит|тормозят|задерживает\w*",
    r"(?:пока |так и |никак |еще )*не (?:могу|можем|успел\w*|успева\w+|получается|получилось|"
    r"работает|работают|запускается|собирается|хватает|дают|дали|отвеча\w+|прислал\w*|пришл\w+|"
    r"удалось|удается|понимаю)(?!\w)",
    r"(?:жду|ждем|ожидаю|ожидаем|дожидаюсь)(?!\w)",
    r"(?:застрял\w*|завис\w*|упирае\w+|уперл\w+|сломал\w*|отвалил\w*)(?!\w)",
    r"(?:падает|падают|упал\w*)(?!\w)(?! (?:с|на|до|в) )",
    r"(?:нет|без) (?:доступ\w*|ответ\w*|данных|прав|времени|ресурс\w*|макет\w*|оборудовани\w*)",
    r"(?:проблем\w+|трудност\w+|сложност\w+|беда)"
    r"(?= (?:с|со|в|у|одна|такая|есть|возник)(?!\w)|\W*$)",
    r"завис(?:ит|им) от|(?:беспокоит|волнует|переживаю|тревожит|напрягает)(?!\w)",
    r"(?:тяжело|сложно|трудно) (?:\w+ )?\w+(?:ть|ться|чь|ти)(?!\w)|не хватило",
    r"(?:устал|устала|устали|выгора\w+|выгорел\w*|перегруз\w+|зашива\w+)(?!\w)",
)
_STUCK_EN = any_of(
    r"block(?:ed|er|ers|ing|s)(?!\w)|stuck(?!\w)|held up|holding (?:me|us) (?:up|back)",
    r"(?:still )?(?:waiting|wait) (?:for|on)(?!\w)",
    r"(?:i|we) (?:can't|cannot|couldn't|could not|can not|haven't been able|didn't manage|"
    r"am unable|are unable)(?! (?:wait|hear|see you|agree more|complain))",
    r"(?:the |a |an |one |my |our |only |big |biggest )(?:issue|problem|obstacle|bottleneck|"
    r"difficulty|challenge)(?= (?:is|was|with|for|at|in|here)(?!\w)|\W*$)",
    r"(?:depends?|depending) on|(?:no|don't have|without|lack(?:ing)?) (?:any )?(?:access|answer|"
    r"time|data|permission|capacity|reply|response)",
    r"(?:is|are|keeps?|kept|was|were) (?:still )?(?:broken|failing|crashing|down(?! to)|flaky|"
    r"missing|delayed|overloaded)",
    r"(?:was|is|are|been|it's|that's) (?:very |really |quite |so |too |pretty )*(?:rough|hard|"
    r"tough|difficult|stressful|exhausting|painful)(?!\w)|"
    r"(?:i'm|i am|feel) (?:\w+ )?(?:tired|exhausted|overloaded|overworked|burn(?:ed|t|ing) out)",
    r"(?:slow(?:s|ing)? (?:me|us) down|struggl\w+|worr(?:ied|ies|ying)|concerned about)",
)


def done(talk: Talk) -> list[Finding]:
    """What a speaker says that they have done."""
    return talk.points(_says_done, spoken=True)


def plans(talk: Talk) -> list[Finding]:
    """What a speaker says that they are going to do or are doing; what all decided is no plan."""
    decided = _decided(talk)
    return talk.points(lambda s: s.index not in decided and _says_plan(s), spoken=True)


def blockers(talk: Talk) -> list[Finding]:
    """What keeps a speaker from going on, worries them, or is waited for."""
    decided = _decided(talk)

    def blocked(sentence: Sentence) -> bool:
        put_off = sentence.cues.postponed.search(sentence.folded)
        return sentence.index not in decided and not put_off and _says_blocked(sentence)

    return talk.points(blocked, spoken=True)


def _decided(talk: Talk) -> set[int]:
    return {s.index for f in talk.weighty if f.kind == "decision" for s in f.sources}


def _says_done(sentence: Sentence) -> bool:
    if sentence.cues.hypothetical.search(sentence.folded) or _tells_of_talk(sentence):
        return False
    if sentence.cues is EN:
        return bool(_EN_DONE.search(sentence.body)) and not _says_blocked(sentence)
    return any(_clause_done(clause) for clause in _CLAUSES.split(sentence.body))


def _tells_of_talk(sentence: Sentence) -> bool:
    """Whether it is the talk that is told of: what was agreed, what comes next, a greeting."""
    cues, text = sentence.cues, sentence.folded
    told = (cues.decided, cues.next_meeting, cues.postponed, cues.courtesy, cues.topic)
    return any(pattern.search(text) for pattern in told)


def _clause_done(clause: str) -> bool:
    """A perfective verb in the past, said by oneself of oneself, that no «не» stands before."""
    words = tokens(clause)
    for place, word in enumerate(words):
        if not _verb(word, ("past", "perf")):
            continue
        before = words[:place]
        if (before and before[-1].folded in ("не", "бы")) or _is_other(before, word):
            continue
        if place + 1 < len(words) and words[place + 1].folded == "бы":
            continue
        return True
    return False


def _is_other(before: list[Token], verb: Token) -> bool:
    """Whether a word before the verb names another who acts, and not «я» or «мы»."""
    folded = [word.folded for word in before]
    if any(word in _RU_SELF for word in folded):
        return False
    if any(word in _RU_OTHER for word in folded):
        return True
    plural = any("plur" in parse.tag for parse in parses(verb.text)[:1])
    return any(_nominative(word, plural) for word in before)


def _nominative(word: Token, plural: bool) -> bool:
    """Whether a word's likeliest reading is a noun that can be the subject of such a verb."""
    for parse in parses(word.text)[:1]:
        tag = parse.tag
        return "NOUN" in tag and "nomn" in tag and ("plur" in tag) == plural
    return False


def _says_plan(sentence: Sentence) -> bool:
    cues, text = sentence.cues, sentence.folded
    if cues.hypothetical.search(text) or _tells_of_talk(sentence):
        return False
    if cues is EN:
        return bool(_EN_WILL.search(sentence.body))
    if _RU_WILL.search(text):
        return True
    return any(_clause_plans(clause) for clause in _CLAUSES.split(sentence.body))


def _clause_plans(clause: str) -> bool:
    """A verb of the first person in the future, that no «не» stands before."""
    words = tokens(clause)
    return any(
        _verb(word, ("futr", "1per")) and not (place and words[place - 1].folded == "не")
        for place, word in enumerate(words)
    )


def _verb(word: Token, wanted: tuple[str, str]) -> bool:
    """Whether a word's likeliest reading is a verb of that form, and not one of talking."""
    for parse in parses(word.text)[:1]:
        tag = parse.tag
        if "VERB" in tag and all(grammeme in tag for grammeme in wanted):
            return parse.normal_form.replace("ё", "е") not in _RU_OF_TALK
    return False


def _says_blocked(sentence: Sentence) -> bool:
    none, stuck = (_NONE_EN, _STUCK_EN) if sentence.cues is EN else (_NONE_RU, _STUCK_RU)
    text = sentence.folded
    return bool(stuck.search(text)) and not none.search(text)
