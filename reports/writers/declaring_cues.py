"""By which words a decision is told from its own form, in Russian and English; tables only.

Patterns meet folded text (lower case, ё as е).
"""

import re

from reports.writers.words import word_list

_OPENING = (
    r"^\W*(?:(?:ну|а|и|но|вот|так|тогда|значит|все|хорошо|ладно|да|нет|поэтому|ok|okay|so|then|and|"
    r"but|well|right|fine|good|no|yes|yeah|all right|alright|in that case)\W+)*"
)
CONDITION_EN = re.compile(
    _OPENING
    + r"(?:(?:if|unless|in case|should) (?P<first>[^,;—–]+)(?:[,;]|\s[—–-])\s*(?P<then>.+)|"
    r"(?P<course>(?:we|let's)[^,;]+?),? (?:unless|provided|as long as) (?P<last>.+))$"
)
CONDITION_RU = re.compile(
    _OPENING + r"(?:если (?P<first>[^,;—–]+)(?:[,;]|\s[—–-])\s*(?P<then>.+)|"
    r"(?P<course>[^,;]+?),? (?:при условии,? что|только если) (?P<last>.+))$"
)
UNREAL = re.compile(
    r"(?<!\w)(?:would|could|might|should we|were to|'d|had|бы|б|могли|может|можно|возможно|"
    r"наверн\w+|maybe|perhaps|probably)(?!\w)|\w'd(?!\w)"
)
WE_OF_CONDITION = re.compile(
    r"^(?:then )?(?:we|i|you)(?!\w)(?! (?:don't|do not|aren't|haven't|can't|hear|get))"
)
OF_MEANS = re.compile(
    r"(?<!\w)(?:деньг|денег|врем|возможност|сил(?:ы|а)(?!\w)|желани|повез|получится|money|time|"
    r"budget|"
    r"luck|anything left|cash|чудо|miracle)"
)
"""A condition of money, time or luck: a wish rather than a plan."""
OUTCOMES = frozenset(
    word_list(
        """
    lose get save need end have pay miss fail win gain run risk face earn owe
    потерять терять получить получать сэкономить экономить опоздать опаздывать успеть успевать
    заплатить платить остаться оставаться уложиться укладываться попасть попадать рисковать
    выиграть проиграть прогореть
        """
    )
)
"""Verbs of what comes of something: no course is taken by them."""
BANS = re.compile(
    _OPENING
    + r"(?:(?:no (?!one|body|idea|problem|need|doubt|way|point|wonder|reason|chance|change|matter|"
    r"objection|question|more than|longer|sign|time|money|rush|hurry|news|answer|comment)"
    r"(?:more )?[a-z]+(?: [a-z]+){0,4}? (?:until|till|before|after|without|unless|during|from now|"
    r"on|in|at)"
    r"(?!\w)|(?:nobody|no one|"
    r"no-one) (?:[a-z]+s)(?<!is)(?<!was)(?<!has)(?<!knows)(?<!cares)(?<!likes)"
    r"(?<!wants)(?<!needs)(?<!does) [\w' ]*(?:until|till|before|after|without|unless|"
    r"from now)(?!\w)))"
    r"|(?<!\w)никак(?:их|ого|ой) (?!проблем|вопрос|возраж|претенз|смысл|сомнен|новост|шанс)\w+"
    r"(?=.*(?<!\w)(?:пока|до|без|после|больше|с|в|на)(?!\w)|\W*$)(?<!без)"
    r"|(?<!\w)(?:никто|ничего|никого|никуда|ни один)(?: \w+){0,4}? не "
    r"(?!было|будет|знает|может|хочет|имеет|значит|понял)\w+(?:ет|ит|ем|им|ют|ят)(?!\w)"
    r"(?=.*(?<!\w)(?:пока|до|без|после|больше)(?!\w))"
    r"|(?<!\w)(?:пока|до|без) [^.!?]*(?<!\w)(?:никак(?:их|ого|ой) \w+|"
    r"(?:никто|ничего|никого|никуда) (?:\w+ )?не \w+(?:ет|ит|ем|им|ют|ят)(?!\w))"
)
"""Bans for a time or on a condition: «пока не починят, никаких подъёмов»."""
ALLOTS = re.compile(
    r"(?<!\w)(?:it|that|this|he|she|they|one|\w+)(?:'s|'re| is| are) (?:yours|mine|hers|his|theirs)"
    r"(?=\W*$|[,.;])|(?<!\w)goe?s? (?:to|with) (?!\w*ing(?!\w)|bed|work|school|the (?:next|bottom|"
    r"wall))"
    r"\w+|(?<=\w )(?<!не )(?:твоя|твой|твое|твои|ваша|ваш|ваше|ваши|за тобой|за вами)(?=\W*$|"
    r"[,.;])|"
    r"(?<!\w)(?:that|it)(?:'s| is) up to \w+|(?<!\w)\w+ decides(?!\w)|"
    r"(?<!\w)(?:leave|left) (?:it|that|this) (?:up )?to (?!me)\w+|на усмотрение|"
    r"пусть (?:\w+ ){1,2}реша(?:ет|ют)|(?<!\w)you(?:'ll| will)? get (?:the|one|two|three|\d|an?|"
    r"your)(?!\w)|"
    r"(?<!\w)(?:they|he|she) (?:will |'ll )?gets? (?:the|an?|one|two|three|\d)(?!\w)|"
    r"(?<!\w)(?:you|they|she|he) can have (?:the|one|two|three|\d|an?|it|that)(?!\w)|"
    r"(?<!\w)(?:доста(?:е|ну)тся|отда(?:ем|дим)|передаем|передадим|уходит|идет) "
)
MOVES = re.compile(
    r"(?<!\w)(?:move|go|shift|switche?|change)s? (?:back |over |up )?(?:to|into|ahead)(?!\w)|"
    r"(?<!\w)(?:is|are|'s|'re) (?:now |then |therefore )?(?:off|out|on hold|cancelled|canceled|"
    r"dropped|scrapped|moved|postponed|approved|closed)(?=\W*$|[,.;]| (?:to|until|till|for|on|"
    r"this|the|"
    r"as)(?!\w))|(?<!\w)(?<!stay )(?<!stays )(?<!remain )(?<!remains )(?:stay|remain|go|come|"
    r"start|begin|end|open|close)s?(?! open)(?: up| out| down)? "
    r"(?:on|in|at|from|as|until|till|ahead)(?!\w)|"
    r"(?<!\w)(?:отменя|перенос|сдвига|закрыва|открыва|продлева|снима|исключа|отклоня|вычеркива|"
    r"назнача|начина|провод|остав|сохраня|прекраща|приостанавлива|замора?жива|отпада)"
    r"(?:ется|ются|ится|ятся|ет|ют)(?!\w)|"
    r"(?<!\w)(?:отменен|перенесен|закрыт|снят|назначен|продлен|исключен|отклонен|приостановлен)"
    r"(?:а|о|ы)?(?!\w)"
)
"""What becomes of a thing that was under discussion."""
OF_MEETING = re.compile(r"(?<!\w)(?:заседани|собрани|совещани|встреч|meeting|session|hearing)")
LIMITS = re.compile(
    _OPENING
    + r"(?:(?:let's )?(?:make|call|say) (?:it |that )?|we (?:cap|limit|set|keep|fix) (?:it|that|"
    r"them) (?:at|to) |"
    r"(?:not |no )(?:more|less|fewer|later|earlier|longer) than |at (?:most|least) |"
    r"(?:a )?max(?:imum)? |"
    r"(?:и )?не (?:больше|более|дороже|дольше|позже|раньше|менее|меньше|выше|ниже) |максимум |"
    r"минимум |(?:пусть|ставим|пишем|берем|закладываем|кладем|ограничимся) )"
)
"""An amount that is set: "make it ten", «не больше пятидесяти»."""
SUITS = re.compile(
    r"(?<!\w)(?:works?(?: for (?:me|us|you|everyone|everybody))?|suits?(?: (?:me|us|you))?|"
    r"is (?:fine|good|ok|okay|perfect)|"
    r"(?:fine|good|ok|okay) (?:for|by|with) (?:me|us|you)|подход(?:ит|ят)|подойдет|удобно|"
    r"(?:вам|тебе|всем|вас|мне|нам|нас) (?:удобно|подходит|подойдет|устроит|устраивает)|"
    r"устраивает|устроит|годится|нормально|ставь(?:те)?|записывай(?:те)?|бронируй(?:те)?)(?!\w)"
)
WHEN = re.compile(
    r"(?<!\w)(?:when|what (?:time|day|date)|which (?:day|date|week)|when's|how soon|когда|"
    r"во сколько|в какой день|какого числа|в котором часу|на какое число|на когда)(?!\w)"
)
CARRIED_OVER = re.compile(
    r"(?<!\w)(?:goes?|moves?|moved|postponed?|deferred|held over|carried over|put off|"
    r"перен(?:осим|есем|осится)|вынос(?:им|ится)|отклады?ва(?:ем|ется)|отложим)(?!\w)"
    r"[^.?!]{0,40}?(?:to|until|till|for|на) (?:the |our )?(?:next|следующ\w+) "
    r"(?:meeting|session|call|заседани|собрани|совещани|встреч|планерк|созвон)"
)
AS_IT_IS = re.compile(
    r"(?<!\w)(?:(?:остав\w+|остает\w*|будет|пусть|храним) (?:все )?(?:так |все )?как (?:есть|было|"
    r"раньше|прежде)|"
    r"(?:leave|keep|stays?|remains?) (?:it |that |this |them |things |everything )?(?:all )?"
    r"(?:as (?:it is|is|it was|they are|before|now)|the way|unchanged|alone)|"
    r"(?:ничего не|не) (?:меняем|трогаем)|we (?:don't|won't) (?:change|touch) (?:it|anything|"
    r"that))(?!\w)"
)
