"""By which words people resolve a matter under discussion, in Russian and English; tables only.

Patterns meet folded text (lower case, ё as е).
"""

import re
from dataclasses import dataclass

from reports.writers.cues import any_of

_OPENING = (
    r"^\W*(?:(?:о|ну|а|и|вот|oh|ah|hm+|well|and|yeah|yes|да|хорошо|ладно|окей|ок|отлично|ok|okay|"
    r"all right|alright|good|great|right|fine|lovely|отсюда)\W+)*"
)


@dataclass(frozen=True)
class Resolving:
    """How a language closes a matter, besides the words that say «decided» outright."""

    concludes: re.Pattern[str]
    """Opens a conclusion from what was said: «значит», ``in that case``."""
    echoes: re.Pattern[str]
    """Names what was chosen: ``Saturday then``, ``the Kesko it is``, «четверг так четверг»."""
    tautology: re.Pattern[str]
    grants: re.Pattern[str]
    """Accepts as a whole what was proposed: ``do that``, «так и сделайте», «пускай»."""
    deliberates: re.Pattern[str]
    """Asks or says what might be done, so that an answer decides it."""
    alternatives: re.Pattern[str]
    rules: re.Pattern[str]
    """Sets a rule for the time to come: ``from now on``."""
    keeps: re.Pattern[str]
    """Says that something stays as it is."""
    adjourns: re.Pattern[str]
    """Puts a matter off; ``until`` must say till when."""
    until: re.Pattern[str]
    returns: re.Pattern[str]
    """Puts off in words that also only announce: ``we'll come back to it``."""
    out_of_time: re.Pattern[str]
    """A matter dropped for lack of time alone: nobody decided about it."""
    voted: re.Pattern[str]
    """Calls for hands or counts them."""
    carried: re.Pattern[str]
    """The outcome of a vote."""
    orders: re.Pattern[str]
    """A bare imperative, with no name called."""
    of_others: re.Pattern[str]
    """What people who are not in the room decided or do."""
    infers: re.Pattern[str]
    """A conclusion that only understands: «тогда понятно»."""
    personal: re.Pattern[str]
    """Speaks of the speaker or the listener alone."""


EN = Resolving(
    concludes=re.compile(_OPENING + r"(?:then|so|in that case|therefore)(?!\w)(?!\W*$)"),
    echoes=re.compile(
        r"\w\W+(?:then|it is|it shall be|it'll be|it will be)\W*$|"
        + _OPENING
        + r"(?:then )?(?:so )?(?:not|no) \w|(?<!\w)rather than(?!\w)"
    ),
    tautology=re.compile(r"(?<!\w)(?P<same>\w{3,}) it is(?!\w)"),
    grants=re.compile(
        r"(?:^|\W)(?:(?:then )?that(?:'s| is) (?:what we(?:'ll| will)? do|settled|decided|"
        r"agreed|it|(?:the|our) (?:rule|plan|policy|arrangement|new rule))|so be it|"
        r"(?:yes|yeah|ok|okay|right|then|let's|just) (?:please )?do (?:that|it|"
        r"so)|we(?:'ll| will)? do (?:that|it)(?: then)?|go for it|let's (?:do|try|take) "
        r"(?:that|it|this)|take it|done|deal|sold|agreed|it's a deal|everyone's (?:in|happy))"
        r"(?=\W*$|[.,!])"
    ),
    deliberates=any_of(
        r"(?:shall|should|can|could|do|don't|may|why don't) (?:we|i)(?!\w)",
        r"what if(?!\w)",
        r"(?:what|how) about",
        r"we (?:could|should|need to|have to|ought to|might|can)(?!\w)",
        r"i(?:'d| would) (?:try|start|keep|use|wait|leave|ask|move|put|make|cut|drop)(?!\w)",
        r"i(?:'d| would)? (?:just )?(?:rather|suggest|propose|recommend|say|vote|go for|prefer|"
        r"was thinking|was wondering|think)(?!\w)",
        r"(?:ought to|should) (?:be|go|have)",
        r"i want(?!\w)|would like",
        r"let's(?!\w)",
        r"there(?:'s| is) (?:the|an?|also)",
        r"(?:they|he|she|\w+) (?:also |now |even )?(?:offers?|suggests?|proposes?|asks? for|"
        r"asked for)(?!\w)",
        r"offer(?:s|ed)? (?:me|us)|(?:they|\w+)(?:'d| would) (?:give|offer)",
        r"(?:better|cheaper|easier|simpler) to",
        r"i can(?!\w)",
    ),
    alternatives=re.compile(r"\w (?:or|versus|vs) \w|two (?:options|variants|ways)"),
    rules=any_of(
        r"from now on",
        r"going forward",
        r"as of (?:today|now|next|\w+day)",
        r"(?:starting|effective) (?:in|on|from|today|now|next|\w+day)",
        r"from (?:today|tomorrow|next(?: \w+)?|\w+day|\w+uary|march|april|may|june|july|august|"
        r"\w+ember|october) (?:on(?:wards)?)",
        r"without exception",
        r"for (?:a|one|two|the next) (?:\w+ )?(?:sprint|week|month|trial)s? and (?:see|then)",
    ),
    keeps=any_of(
        r"(?:stays?|remains?|stay put)(?!\w)(?! (?:quiet|calm|tuned|here))",
        r"(?:leave|keep) (?:it|them|that|things|everything) (?:as|the way|where|alone)",
        r"keeps? (?:the|its|their) (?:old|present|current|same)",
    ),
    adjourns=any_of(
        r"(?:let's |we(?:'ll| will)? |i(?:'d| would)? )?(?:come|get|go) back to (?:it|this|that|"
        r"them|the|these|those)",
        r"(?:leave|save|park|table|postpone|defer|put off|move|push) (?:it|this|that|them|the "
        r"[\w ]{2,25})(?: off)? (?:for|until|till|to)",
        r"(?:is|are|one's|one is|stays?) (?:parked|postponed|deferred|on hold|tabled)",
        r"(?:we(?:'ll| will)|let's) (?:decide|talk about|discuss|settle|look at|revisit|think "
        r"about|pick) ",
        r"(?:can|will|has to|should) wait (?:until|till|for)",
        r"(?:wait|hold off) (?:until|till)",
    ),
    returns=any_of(r"(?:come|get|go) back to"),
    until=any_of(
        r"(?:until|till|when|after|once) \w",
        r"next (?:time|week|month|meeting|year|quarter|sprint|session)",
        r"(?:in|on|for|to) (?:\w+day|the (?:new year|autumn|spring|summer|winter|fall)|"
        r"january|february|march|april|may|june|july|august|september|october|november|"
        r"december|the \w+(?:th|st|nd|rd)|next \w+|another|later)",
        r"then(?=\W*$)",
    ),
    out_of_time=any_of(r"out of time", r"no time", r"run out", r"don't have time", r"not today's"),
    voted=any_of(
        r"(?:hands|vote|voting)(?!\w)",
        r"(?:all )?(?:those )?in favou?r",
        r"those against|any(?:one|body) against|abstentions?|opposed\?|who's (?:for|in)",
    ),
    carried=any_of(
        r"carried", r"majority", r"unanimous", r"passed", r"that's (?:everyone|everybody|\w+ to)"
    ),
    orders=re.compile(
        r"(?:^|, |; |— |– )(?:(?:right|ok|okay|fine|good|yes|yeah|then|so|well|and|just|please|"
        r"do|no|all right|alright)\W+)*(?!(?:to|in|on|at|of|for|by|from|with|about|and|but|or|"
        r"if|than|as|not|is|are|was|were|has|had|did|does|do|can|will|i|we|you|he|she|it|they|"
        r"that|this|the|all|both|like|see|know|say|tell|let|have|be|what|who|how|why|when|where|"
        r"which|because|since|while|thank|thanks|after|before|against|over|under|into|through|"
        r"half|only|even|once|during|per|plus|without|sorry|hear|listen|wait|look|excuse|"
        r"remember|imagine|suppose|mind|maybe|never|always|also|there|here|yes|no|until|till|"
        r"unless|via|around|near|off|up|out|down|across|whatever|probably|especially|inside|"
        r"besides|then|so|now|just|still|mostly|literally|really|actually|basically)\b)"
        r"(?P<verb>[a-z]{3,})(?<!ing) (?:the|it|that|them|this|those|these|him|her|both|"
        r"two|three|one|all)(?!\w)"
    ),
    of_others=re.compile(
        r"(?<!\w)(?:they|he|she|the [\w ]{3,25} (?:fund|trust|company|group), i (?:hear|gather),|"
        r"(?:my|his|her|their|your) [\w']+ [\w']+|(?:the |our )?\w+ (?:team|"
        r"people(?: (?:in|at|from) \w+)?|school|company|department|court|government|office|guys|"
        r"folks|fund|union))"
        r"(?: \w+)?(?:'ve| have| has| had|'d)? (?:just |already |all )*(?:decided|agreed|"
        r"approved|voted|went for|settled|announced|chose|switched|bought|moved)(?!\w)"
    ),
    infers=any_of(
        r"(?:that )?(?:explains|makes sense|makes two|figures)",
        r"that's (?:why|about|roughly|a|an|not|still|what|how|where|like|nothing|more|less|it)"
        r"(?! what we)",
        r"(?:i see|i know|never mind|whatever|not (?:bad|good|sure|really|yet|as such|at all|"
        r"much|quite|me|only|exactly|that|so|because|even|worth|today|now)|no (?:idea|problem|"
        r"worries|wonder|blame|one|way|doubt|longer|point|rush|need|objections?|questions?|"
        r"thanks?|really|it|i|we|that|they|he|she|but|you|this|not|hold|wait|the))(?!\w)",
        r"how (?:much|many)|what(?:'s| is)",
    ),
    personal=re.compile(
        r"(?<!\w)(?:i|i'm|i've|i'd|i'll|i was|my|me|mine|you|you're|you'll|you've|your|he|she|"
        r"he's|she's|they|they're|they've|they'd)(?!\w)"
    ),
)

RU = Resolving(
    concludes=re.compile(
        _OPENING + r"(?:тогда|значит|итак|стало быть|выходит|получается|то есть|раз так|"
        r"поэтому|все(?=,))(?!\w)"
        r"(?!\W*$)"
    ),
    echoes=re.compile(
        r"(?<!\w)(?P<same>\w{3,}) так (?P=same)(?!\w)|\w\W+(?:тогда|значит|давайте|давай)\W*$|"
        r"(?:пусть|пускай|тогда) будет \w|(?<!\w)и (?:остановимся|ограничимся)(?!\w)"
    ),
    tautology=re.compile(r"(?<!\w)(?P<same>\w{3,}) так (?P=same)(?!\w)"),
    grants=re.compile(
        r"(?:^|\W)(?:так и (?:сдела\w+|дела\w+|реш\w+|поступ\w+|запиш\w+|будет|быть|порешим)|"
        r"давайте так|пускай|пусть так|быть по сему|на том и \w+|оформля\w+|"
        r"делайте|действуйте|берите|принято|принимается|решено|заметано|по рукам|"
        r"вот это дело)(?=\W*$|[.,!])"
    ),
    deliberates=any_of(
        r"предлага(?:ю|ем|л|ла|ют)",
        r"(?:а )?(?:может|если|что если)(?!\w)",
        r"(?:надо|нужно|пора|следует|хорошо бы|неплохо бы|лучше|проще)(?!\w)",
        r"стоит(?= \w+(?:ть|ти|чь)(?:ся)?(?!\w))",
        r"бы(?!\w)",
        r"давай(?:те)?(?!\w)",
        r"(?:хочу|хотим|хотел\w*|прос(?:ит|ят|им|или|ил|ила))(?!\w)",
        r"(?:можно|можем|могу)(?!\w)",
        r"(?:по мне|по-моему|мне кажется|я за|мы за)(?!\w)",
    ),
    alternatives=re.compile(r"(?<!\w)(?:или|либо)(?!\w)|(?<!\w)два варианта"),
    rules=any_of(
        r"с (?:сегодняшнего|завтрашнего|этого) дня",
        r"с (?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|\w+ числ)\w*",
        r"(?:впредь|отныне|в дальнейшем|теперь всегда|без исключений)",
        r"со следующ\w+ (?:недел|месяц|год|раз)\w*",
    ),
    keeps=any_of(
        r"оста(?:е|ю)тся(?!\w)(?! (?:вопрос|открыт|понять|\w+ть(?!\w)|только))",
        r"оставля(?:ем|ю) (?:как|все|так)",
        r"по-прежнему",
    ),
    adjourns=any_of(
        r"отлож(?:им|или|ено)|откладыва(?:ем|ется|ются)|переносим (?:вопрос|это)",
        r"верн(?:е|ё)мся|возвращаемся",
        r"(?:обсудим|решим|поговорим|посмотрим|подумаем|разбер(?:е|ё)мся|займ(?:е|ё)мся)(?!\w)",
        r"пока не (?:трога|обсужда|реша|дела)\w+",
        r"оставим (?:это |вопрос )?(?:до|на)",
    ),
    returns=any_of(r"верн(?:е|ё)мся|возвращаемся"),
    until=any_of(
        r"(?:до|после|через|к) (?!этого|этому|нас|чего|нему|ней|делу|теме|сути|сведени)\w",
        r"(?:на|в|во) (?:январ|феврал|март|апрел|ма[йея](?!\w)|июн|июл|август|сентябр|октябр|"
        r"ноябр|декабр|понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|следующ|осен|"
        r"весн|лет|зим)\w*",
        r"(?:весной|летом|осенью|зимой|потом|позже|отдельно|в другой раз)(?!\w)",
        r"когда \w",
    ),
    out_of_time=any_of(
        r"времени (?:нет|не|уже|мало)", r"не успе(?:ваем|ли|ем)", r"нет времени", r"время вышло"
    ),
    voted=any_of(
        r"кто за(?!\w)|кто против|против\?|воздержал\w*",
        r"голосу(?:ем|ют)|поднимите|рук[иу](?!\w)|ставлю на голосование",
    ),
    carried=any_of(
        r"большинств\w+",
        r"единогласно",
        r"принято(?!\w)",
        r"приня(?:ли|т|та)(?=\W*$)",
        r"голосов за",
    ),
    orders=re.compile(r"(?!)"),
    of_others=re.compile(
        r"(?<!\w)(?:они|он|она|у (?:них|него|нее|себя|соседей)|вон (?:на|в|у|там)|соседи|"
        r"конкуренты|продюсеры|суд|министерство|заказчик|подрядчик|начальство)(?!\w)[^.?!,]{0,30}"
        r"(?<!\w)(?:реши|постан|утверди|выбра|переш|постави|договори|разреши|отказал|хотят|"
        r"собира|теперь|приняли|закры|купи)\w*"
    ),
    infers=any_of(
        r"понятно",
        r"ясно(?!\w)",
        r"(?:вот )?(?:почему|отчего|откуда|зачем)(?!\w)",
        r"это (?:не|еще|же|вообще|уже|хорошо|плохо|нормально)(?!\w)",
        r"сколько(?!\w)",
        r"(?:вроде|видимо|похоже|наверн\w+|кажется)(?!\w)",
    ),
    personal=re.compile(
        r"(?<!\w)(?:я|ты|вы|мне|меня|тебя|тебе|твой|твоя|твое|вас|вам|он|она|они|у него|у нее|"
        r"у них|им|ему|ей)(?!\w)"
    ),
)
