"""What was decided by nobody here: settled before, refused, only listed, or said for fun. Pure."""

import re
from itertools import pairwise

from reports.writers.numerals import numbers
from reports.writers.sentences import Sentence
from reports.writers.words import has_grammemes, tokens

_WHEN = (
    r"(?:осенью|весной|зимой|летом|давно|ранее|в прошл\w+(?: \w+)?|на прошл\w+(?: \w+)?|"
    r"в (?:январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре))"
)
_SETTLED_BEFORE = re.compile(
    rf"(?<!\w){_WHEN} (?:(?:же|мы|уже|еще) ){{0,2}}(?:решил|договор|утверд|постанов|согласова)|"
    r"(?<!\w)закреплен\w* (?:с|в|еще)(?!\w)|(?<!\w)(?:это|ее|его) не обсуждаем|"
    r"(?<!\w)(?:was|were|been) (?:\w+ )?(?:settled|decided|chosen|agreed|approved|picked) "
    r"(?:at the last|last|in the (?:spring|summer|autumn|winter)|back in|before|a (?:year|month))|"
    r"(?<!\w)not reopening|(?<!\w)(?:was|were) (?:already )?in the (?:diary|calendar|plan)(?!\w)|"
    r"(?<!\w)already have (?:their|its|our|his|her) own(?!\w)"
)
_REPORTED = re.compile(
    r"(?<!\w)it says (?:that )?(?:i|we|he|she|here)(?!\w)|(?<!\w)(?:там|тут|здесь) написано(?!\w)"
)
_NO_DAY = re.compile(r"(?<!\w)(?:как-нибудь|когда-нибудь|some ?day|some ?time or other)(?!\w)")
_OTHERWISE = re.compile(r"^\W*(?:а то|не то|иначе|otherwise|or else)(?!\w)")
_OPINION = re.compile(r"(?<!\w)(?:мое мнение|на мой взгляд|in my (?:opinion|view))(?!\w)")
_LISTED = re.compile(
    r"^\W*(?:one|two|three|four|option (?:one|two|three|[a-d])|вариант \w+|один вариант)[,:—–-]|"
    r"(?<!\w)было (?:два|три|четыре) варианта|(?<!\w)(?:two|three) (?:options|variants)(?!\w)"
)
_VOTES_FOR = re.compile(r"^\W*(?:(?:ну|а|и|но)\W+)*(?:я|мы) за (?!\W*$)")
_WANT = re.compile(
    r"^\W*(?:(?:but|so|and|а|но|the|our|наш\w?)\W+)*(?!(?:i|we|you|я|мы|ты|вы)(?!\w))\w+ "
    r"(?:want|wants|wanted|хочет|хотят|хотел\w?|просит|просят|просил\w?) "
)
_NUMBER_WORDS = 4
_LEFT_OPEN = re.compile(
    r"(?<!\w)let's (?:first )?see (?:what|if|how|whether)(?!\w)|(?<!\w)посмотрим, (?:что|как)(?!\w)"
)
MOVES_ON = re.compile(
    r"^\W*(?:(?:ну|ладно|хорошо|так|окей|ok|okay|right|anyway|well|let's)\W+)*"
    r"(?:(?:поехали|идем|едем|пошли) дальше|(?:moving|move) on)(?!\w)"
)
"""Behind «ладно» it accepts nothing."""
_REFUSES = re.compile(
    r"^\W*(?:(?:ой|ну|ох|uh|um|oh|sorry|well)\W+)*(?:нет|no)(?!\w)(?! (?:problem|objection|worr))|"
    r"(?<!\w)i(?:'d| would) rather not(?!\w)|^\W*\w+ no\W*$|"
    r"(?<!\w)i (?:can't|cannot|won't|will not)(?! (?:wait|complain|object|argue|say no))(?!\w)|"
    r"(?<!\w)не (?:могу|возьмусь|возьму|смогу)(?!\w)|(?<!\w)(?:нереально|невозможно)(?!\w)|"
    r"(?:'s| is| are) (?:out|impossible|unrealistic)(?: for me)?\W*$"
)


def settled_elsewhere(sentence: Sentence) -> bool:
    """Whether it recalls what was settled before or written elsewhere, or tells what would be."""
    text = sentence.folded
    patterns = (_SETTLED_BEFORE, _REPORTED, _OTHERWISE, _NO_DAY)
    return any(p.search(text) for p in patterns)


def only_offered(sentence: Sentence) -> bool:
    """Whether it names one way of several, votes, thinks or leaves open: somebody must accept."""
    text = sentence.folded
    return any(p.search(text) for p in (_LISTED, _VOTES_FOR, _WANT, _OPINION, _LEFT_OPEN))


def votes_for(sentence: Sentence) -> bool:
    """Whether it is one voice for one of several: «я за базу»."""
    return bool(_VOTES_FOR.search(sentence.folded))


def only_counts(sentence: Sentence, asked: Sentence | None) -> bool:
    """Whether it tells a number and no more to one who asks what would be: «А если половину?»"""
    if asked is None or not (asked.is_question and asked.cues.hypothetical.search(asked.folded)):
        return False
    short = len(sentence.text.split()) <= _NUMBER_WORDS
    return short and any(not n.ordinal for n in numbers(sentence.text))


def refuses(sentence: Sentence) -> bool:
    """Whether the speaker refuses: "I'd rather not", «не отдам», "Sundays no"."""
    if sentence.is_question:
        return False
    if _REFUSES.search(sentence.folded):
        return True
    said = tokens(sentence.text)
    return any(
        one.folded == "не" and has_grammemes(two.text, "VERB", "1per", "sing", "perf")
        for one, two in pairwise(said)
    )
