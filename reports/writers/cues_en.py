"""Cues of English speech; see cues.Cues for what each stands for. Folded: lower case."""

import re

from reports.writers import deciding_en as deciding
from reports.writers.cues import Cues, any_of

_FILLER = (
    r"(?:ok|okay|so|well|and|but|then|um+|uh+|er+|hmm+|oh|ah)(?=\W)[\s,.:;!—–-]+|(?:all right|"
    r"alright|right|yes|yeah|yep|sure|good|great|fine|perfect|thanks|thank you|agreed|"
    r"no problem|of course|absolutely|now|exactly|you know|i mean|basically|actually|honestly|"
    r"look|listen|cool|excellent|got it|understood|deal|lovely|wonderful)\s*(?:[,.:;!—–-]+\s*|$)"
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|next|last|final)"
_ITEM = (
    r"(?:item|point|topic|question|thing on (?:the|our) (?:agenda|list)|agenda item|subject|"
    r"thing(?=[.,:]))"
)
EN = Cues(
    fillers=re.compile(rf"^\W*(?:{_FILLER})"),
    openers=any_of(
        r"to sum up",
        r"to summari[sz]e",
        r"to recap",
        r"in summary",
        r"so,? to (?:sum|recap|summ)",
        rf"{_ORDINAL} {_ITEM}",
        r"next meeting",
        r"(?:can|could|would|will) (?:you|we)(?=\W)",
        r"does (?:anybody|anyone)",
        r"(?:is|are) there any",
        r"any objections",
        r"(?:then )?(?:it is|it's) decided",
        r"let's (?!say)",
        r"i (?:will|suggest|propose)(?=\W)",
        r"i'll(?=\W)",
        r"please (?=\w)",
        r"thanks everyone",
        r"then we(?=\W)",
        r"so we(?:'ll|'re| are| will)?(?=\W)",
    ),
    conditional=any_of(r"if", r"when", r"unless", r"once"),
    decided=deciding.DECIDED,
    settled=deciding.SETTLED,
    lead=deciding.LEAD,
    undecided=deciding.UNDECIDED,
    proposed=deciding.PROPOSED,
    wished=deciding.WISHED,
    objected=deciding.OBJECTED,
    agreed=deciding.AGREED,
    refused=deciding.REFUSED,
    objections_asked=deciding.OBJECTIONS_ASKED,
    no_objections=deciding.NO_OBJECTIONS,
    hypothetical=any_of(
        r"if(?!\w)",
        r"would(?!\w)",
        r"wouldn't",
        r"i'd(?!\w)",
        r"might(?!\w)",
        r"maybe",
        r"perhaps",
        r"suppose",
        r"imagine",
        r"could(?! you)",
        r"hypothetically",
        r"in theory",
        r"someday|one day",
        r"wish(?!\w)",
        r"probably",
    ),
    past=any_of(
        r"last (?:time|week|month|year|meeting|quarter|sprint)",
        r"yesterday",
        r"previously",
        r"already (?:decided|agreed|approved)",
        r"back (?:then|in)",
        r"(?:used to|years? ago|weeks? ago|months? ago)",
    ),
    recap=any_of(
        r"to sum (?:up|it up)",
        r"to summari[sz]e",
        r"to recap",
        r"in summary",
        r"(?:quick |let me |let's |i'll )(?:recap|summari[sz]e|sum up)",
        r"summing up",
        r"wrapping up",
        r"to wrap up",
        r"so what (?:have we|we have)",
        r"recap\s*[:,—–-]",
    ),
    joke=any_of(
        r"(?:just |only |i'm |was )?(?:kidding|joking)",
        r"(?:a|that's a|that was a) joke",
        r"very funny",
        r"haha|ha ha|ha(?=[,!])",
        r"laughs",
        r"not seriously",
    ),
    struck=any_of(
        r"(?:not|isn't|ain't) (?:an? )?(?:action item|action|decision|task|for the minutes|"
        r"on the record)",
        r"off the record",
        r"(?:don't|do not|no need to) (?:put|write|note|minute|record)",
        r"strike (?:that|it)",
        r"scratch that|forget (?:it|that)|never mind|ignore that",
        r"not going in(?:to)? the minutes",
    ),
    postponed=any_of(
        r"postpone(?:d|s)?",
        r"(?:can |will |should |has to )?wait (?:until|till|for)",
        r"come back to (?:it|this|that)",
        r"park (?:it|this|that)",
        r"parked",
        r"(?:leave|save) (?:it|this|that) for (?:later|next|now|another)",
        r"put (?:it|this|that) on hold",
        r"on hold",
        r"defer(?:red)?",
        r"another (?:time|day|meeting)",
        r"revisit",
        r"(?:until|till) (?:next )?(?:spring|summer|autumn|fall|winter)",
    ),
    open_matter=any_of(
        r"open question",
        r"(?:still|remains) (?:open|unclear|undecided|unresolved)",
        r"no decision",
        r"to be (?:decided|determined|clarified|confirmed)",
        r"(?:need|have) to (?:find out|figure out|clarify|understand)",
        r"we(?:'ll| will)? (?:come back to|revisit)",
        r"not clear",
        r"unclear",
    ),
    unanswered=any_of(
        r"(?:i|we) (?:don't|do not|didn't) know",
        r"(?:i'm |i am )?not sure",
        r"no idea",
        r"(?:need|have) to (?:check|find out|look|ask|think|clarify)",
        r"good question",
        r"hard to say",
        r"it depends",
        r"can't say",
        r"come back to",
        r"unclear|not clear",
    ),
    topic=re.compile(
        rf"(?:^|\W)(?:(?:moving on|on|let's move on|move on|turning) to )?(?:the |"
        rf"our )?{_ORDINAL} {_ITEM}(?: (?:on (?:the|our) (?:agenda|list)|today|is|"
        rf"for today))*\W*(?P<rest>.*)$"
        r"|(?:^|\W)(?:(?:let's |we )?(?:move|moving|go|turn|turning) on(?:to)? to|"
        r"let's (?:start|begin|talk) (?:with|about)|"
        r"(?<!\bi )start(?:ing)? with|next up(?: is)?[,:]?|"
        r"now about|now,? on to|(?:let's )?(?:turn|get) to)\s+(?P<on>.+)$"
    ),
    agenda=re.compile(
        r"(?:^|\W)(?:\w+ )?(?:items|topics|points|things)(?: to (?:cover|discuss))?(?: for|"
        r" on)?(?: the| our)?(?: agenda)? ?(?:today)?(?: are)?\s*[:—–,.-]\s*(?P<list>.*)$|(?:^|"
        r"\W)(?:the|our|today's) agenda(?: for)?(?: today)?(?: is| are| has|"
        r" we have)?\W+(?P<list2>.*)$"
    ),
    next_meeting=any_of(
        r"next (?:meeting|call|session|sync|stand-?up|review)",
        r"(?:we'll|let's|we|we will) (?:meet|reconvene) (?:again|next|on|in|at)",
        r"see you (?:all )?(?:on|next|in)",
    ),
    courtesy=any_of(
        r"(?:good )?(?:morning|afternoon|evening)(?=[\s,]*(?:all|everyone|folks|team)?[.,!]|$)",
        r"hello",
        r"hi(?!\w)",
        r"thank(?:s| you)",
        r"goodbye|bye",
        r"my name is",
        r"introduce",
        r"can you hear",
        r"nice to meet",
        r"have a (?:nice|good|great)",
        r"welcome",
    ),
    anaphor=re.compile(
        r"(?:will|'ll|'d|to|can|could|would|going to) (?:you |we |i )?(?:\w+ly )?(?:\w+) (?:it|"
        r"that|"
        r"this|them|those|"
        r"these)(?!\w)|(?:take care of|handle|owns?|responsible for|look after) (?:it|that|this|"
        r"them)(?!\w)|(?:^|\W)(?:that|this|it)(?:'s| is) (?:on|for) |"
        r"(?:for|about|with|to) (?:it|this|that|them)"
        r"(?= (?:by|on|tomorrow|today|next|until)|[.,]|$)"
    ),
    everyone=any_of(r"everyone", r"everybody", r"all of you", r"folks", r"each of you"),
    refers_back=any_of(
        r"responsible",
        r"owns? (?:it|that|this)",
        r"owner(?: is|:)",
        r"takes? (?:it|that|this)",
        r"due(?= )",
        r"deadline",
    ),
)
