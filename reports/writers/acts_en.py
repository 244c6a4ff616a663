"""Tasks in English speech: who promises, who is asked, who is charged.

Pure; by cues.
"""

import re
from functools import lru_cache

from reports.writers.names import is_given_name
from reports.writers.words import PAST_FORMS, fold, word_list

_TALK = (
    r"(?:say|tell(?= you| me| us|\W*$)|be|"
    r"have(?! (?:an? (?:go|look|word|chat|try)|(?:it|that|this|them|[\w ]{3,25}) (?:out|ready|done|"
    r"in|up|sent|fixed|finished|over))(?!\w))|start|begin|admit|"
    r"pass|repeat|add(?! (?:it|that|this|them|[\w ]{3,25}) (?:to|in|into)(?!\w))|mention|"
    r"explain(?! (?:it|that|this|them) to)|"
    r"ask(?= (?:you|me|a question|something|one|if|whether|why|what|how|that|about)|\W*$)|"
    r"answer|stop|wait|see|think|hope|bet|remind(?= you| us| me| every|\W*$)|continue|"
    r"go(?! and )|come|need|want|know|try(?! (?:to|and) \w)|move on|"
    r"let(?! (?:them|him|her|[\w ]{3,25}) know)|"
    r"give you|leave|take a(?! look)|hand over|join|hear|(?:speak|talk)(?! (?:to|with) (?!you))|"
    r"introduce|share my|jump|wrap|keep it|"
    r"keep this|skip|miss|never|not|just say|drink|eat|die|believe|imagine|walk|describe|play|"
    r"guess|vote|agree|like|love|prefer|stand|sit|get back)"
)
_SOFT = (
    r"(?:(?:also|then|just|definitely|certainly|personally|gladly|happily|probably|still|now|"
    r"first|quickly|of course|both|all) )*"
)
_WILL = re.compile(
    rf"(?<!\w)(?P<who>i|we) ?(?:will|'ll|shall|am going to|'m going to|are going to|"
    rf"'re going to) {_SOFT}(?!{_TALK}(?!\w)|take \w+ as )(?P<verb>[a-z]+)"
)
_CAN = re.compile(
    rf"(?<!\w)(?P<who>i|we) can {_SOFT}(?!{_TALK}(?!\w)|do \w+days?(?!\w)|"
    rf"\w+ with )(?P<verb>[a-z]+)"
)
_NOW = re.compile(
    rf"(?:^\W*|(?<!\w)(?:then|so|and|but) )(?P<who>i) "
    rf"(?!{_TALK}(?!\w)|(?:am|do|would|could|should|can|will|might|must|may|"
    rf"just|really|also|"
    rf"still|always|usually|often|don|never|suppose|assume|reckon|suggest|propose|move|second|"
    rf"understand|remember|mean|wonder|doubt|wish|expect|feel|prefer|promise|see)(?!\w))"
    rf"(?P<verb>[a-z]+)"
)
""" "Then I start on Monday": a day ahead makes the present tense a promise."""
_WILL_TALK = re.compile(
    rf"(?<!\w)(?P<who>i|we) ?(?:will|'ll|shall|am going to|'m going to) {_SOFT}(?!not |never |"
    rf"be |have |see(?! to)|hear|know|find out|talk |meet )(?P<verb>[a-z]+)"
)
_DOING = (
    r"(?:send|writ|book|call|ring|finish|deliver|prepar|bring|collect|order|print|buy|post|fix|"
    r"test|check|present|submit|fil|draft|updat|start|do|handl|organi[sz]|arrang|pick|email|"
    r"publish|clean|mov|run|visit|ship|sign|pay)ing"
)
_TAKES = re.compile(
    r"(?<!\w)(?:i(?:'ll| will| can)? take (?:care of|on|over|(?:that|this|it)(?! back| as| that| "
    r"there| we| you| he| she| they| the | nobody| every| all| is))|"
    r"leave (?:it|that|those|them|"
    r"this) (?:to|with) me|i(?:'m| am) on it|(?:that|this|it)(?:'s| is) (?:on me|my job)|"
    r"put me down (?:for|as)|give me (?:until|till) \w|"
    r"i(?:'m| am) (?:doing|taking|handling) (?:that|those|it|this|these)(?! back| as| for granted)|"
    r"i(?:'ll| will) (?:own|handle|"
    r"look after|see to|do) (?:it|that|this)|i(?:'ll| will) get (?:it|that|this|"
    r"[\w ]{2,25}) (?:done|ready|to you|over to|back to)|count on me|i(?:'ll|"
    r" will) get back to you|i commit to|(?:i(?:'ll| will)|you(?:'ll| will)) have (?:it|that|this|"
    r"them|[\w ]{2,40}) (?:ready|done|finished|fixed|sorted|for you|in place|by))"
)
_BE_THERE = re.compile(
    r"(?<!\w)(?P<who>i)(?:'ll| will) be (?:on (?:standby|call|hand|duty|site)|"
    r"(?:there|at [\w ]{3,25}?|in [\w ]{3,25}?) to \w+)(?!\w)"
)
""" "I'll be on standby", "I'll be at the station to meet them": where somebody will be, for it."""
_DATED = re.compile(
    rf"(?<!\w)(?P<who>i)(?:'m| am|'ll be| will be) (?:then |also |just )?{_DOING}(?!\w)|"
    r"(?<!\w)(?P<there>i)(?:'ll| will) be (?:there|at (?:the|your)|in the)(?!\w)|"
    r"(?<!\w)(?:it|they|that)(?:'ll| will) be (?:with you|on your desk|in your inbox|done|ready|"
    r"finished|sorted)(?!\w)|"
    r"(?:^|\W)(?:then|so) i start(?!\w)"
)
"""What is a promise where a day is said: "I'm sending it tomorrow"."""
_INVITES = re.compile(
    r"^\W*(?:call|ring|write|come|drop by|shout|ping|ask|give me a (?:shout|ring|"
    r"call))(?: \w+){0,3}"
    r"(?:,| and) (?:and )?i(?:'ll| will) "
)
""" "Ring me and I'll help": what is offered to whoever likes."""
_WEAK_WILL = re.compile(
    r"(?<!\w)(?P<who>we|i|let me) (?:get back to|check|look into|send|deliver|finish|present)(?!\w)"
)
_IF = re.compile(r"(?<!\w)(?:if|unless)(?!\w)")
_CONSENT = re.compile(r"(?<!\w)(?:objects?|objections?|agrees?|fine|ok|okay|happy)(?!\w)")
_CONDITION = re.compile(r"(?<!\w)(?:would|i'd|might|maybe|perhaps|could|wish|when)(?!\w)")
_QUESTION = re.compile(
    rf"(?<!\w)(?:can|could|would|will) you (?:please |also |maybe |kindly )*(?!{_TALK}(?!\w)|"
    rf"mind (?:if|me)|confirm|see|hear)(?:mind |be able to )?(?P<verb>[a-z]+)|"
    rf"(?<!\w)(?:are you|would you be|you'd be) (?:able|ok|okay|happy|free|willing) to "
    rf"(?!{_TALK}(?!\w))|(?<!\w)do you think you (?:could|can) (?!{_TALK}(?!\w))|"
    rf"(?<!\w)(?:can|could|may) i (?:ask|get|trouble|bother) you to (?!{_TALK}(?!\w))|"
    r"(?<!\w)(?:can|could|shall) i leave (?:it|that|this|the [\w ]{2,25}) (?:with|to) you|"
    r"(?<!\w)(?:grateful|good|great|appreciate it|lovely|helpful) if you(?:'d| could| would|) \w+|"
    rf"(?<!\w)any chance you (?:could|can) (?!{_TALK}(?!\w))|"
    rf"(?<!\w)do you (?:want|fancy|feel like|mind) (?:to )?(?!{_TALK}(?!\w))(?:tak|look|do|writ|"
    rf"mak|check|try|ask|call|own|handl)\w*"
)
_NO_VERB = word_list(
    """
    a an the this that these those my your our his her its their i you he she it we they who what
    when where why how which and but or so if as at by for from in of off on to up with is are was
    were am be been do does did has have had can could will would shall should may might must not
    no yes any some all both only just still also too very much more most here there then now
    thanks thank please good great nice fine ok okay right sorry well yeah nothing something
    """
)
_ANY_VERB_FIRST = re.compile(
    rf"^\W*(?!(?:{'|'.join(_NO_VERB)})(?!\w)|\w+'|{_TALK}(?!\w))[a-z]{{3,}} \w"
)
_ORDER = re.compile(
    rf"(?<!\w)please (?:also |just )?(?!{_TALK}(?!\w)|introduce|note|no|not|go ahead|welcome|don't|"
    rf"do not|excuse|forgive|hold on|bear)(?P<verb>[a-z]+)|"
    r"(?<!\w)i(?:'d| would)? (?:need|want|like|ask|expect) you to |(?<!\w)you(?:'ll|"
    r" will) (?:need|have) to |"
    r"(?<!\w)you(?: will|'ll|"
    r"'d better| had better|"
    r" need to| have to| should| must) (?!be |have |see |know |like |need |find )|"
    r"(?<!\w)make sure (?:you|that|to|it|we)|(?<!\w)don't forget to |"
    r"(?<!\w)your (?:action(?: item)?|(?:job|task|part) (?:is|will be|then is)) |"
    r"(?<!\w)i(?:'m| am) (?:counting|relying) on you"
)
_VERB_FIRST = re.compile(
    r"^\W*(?:and |so |then )?(?:send|write|check|prepare|fix|call|update|book|order|draft|"
    r"review|contact|ask|find|make|get|set|arrange|organi[sz]e|schedule|share|collect|test|"
    r"measure|talk to|speak to|look into|finish|deliver|add|remove|create|build|confirm|email|"
    r"hire|buy|print|file|follow up|clean|move|put|upload|invite|circulate|publish|run|"
    r"double-check|investigate|compare|estimate|calculate|sign|take)(?!\w)"
)
_YOU_ARE_ON = re.compile(
    r"(?<!\w)you(?:'re| are) (?:on (?:the|that|it|this)|down for|in charge of|"
    r"responsible for)(?!\w)|"
    r"(?<!\w)(?:i|we)(?:'ll| will)? need (?:the|that|this|your) [\w ]+ (?:by|before|on) \w"
)
""" "Tom, you're on the invoices", "I need the draft by Thursday, Mark"."""
_TAG = re.compile(r",? (?:won't|will|can|could|would|don't|aren't|can't) you\W*$")
_YOU_ARE_DOING = re.compile(
    r"(?<!\w)you(?:'re| are) (?!saying|asking|talking|thinking|kidding|joking|looking|wondering|"
    r"being|going|getting|missing|hoping|feeling|having)\w+ing \w"
)
_YOU_DO = re.compile(
    rf"^\W*(?:and |so |then )?you (?:{_SOFT})(?!{_TALK}(?!\w)|are |were |have |had |did |do |can |"
    rf"could |would |might |may |said |got |wanted |always |never |look |sound |seem )[a-z]+ \w"
)
""" "Ines, you check the references". """
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
_CHARGES = tuple(
    re.compile(p.replace("NAME", rf"(?P<name>{_NAME})"))
    for p in (
        rf"\bNAME,? (?:will|'ll|shall|is going to|has to|needs to|must|is to|agreed to|"
        rf"is supposed to|can) {_SOFT}(?!{_TALK}\b)[a-z]+",
        r"\bNAME (?:is|will be) (?:responsible|accountable|in charge|on the hook|on that|on it)",
        r"\bNAME (?:owns|takes|handles|takes care of|looks after|leads)\b",
        r"\b(?:assigned?|goes|falls|over|hand(?:ed|s)? (?:it|this|that)?|up|down|leave (?:it|"
        r"that|this)) to NAME",
        r"\b(?:action(?: item)?|task|job|one) (?:for|on|is for|goes to) NAME",
        r"\b(?:owner|responsible|assignee)(?: is)?\s*[:,—–-]?\s*NAME",
        r"\b(?:[Ll]et's get|[Gg]et|I'll get|[Ll]et's have|[Ll]et|[Ww]e need|I need|I want|"
        r"I'd like|[Hh]ave|"
        r"[Aa]sk(?:ing)?) NAME (?:to )?[a-z]+",
        r"\b(?:[Tt]hat|[Tt]his|[Ii]t)(?:'s| is) (?:on|for|with) NAME",
        r"\bNAME(?:'s| is) (?:handling|organi[sz]ing|down for|doing (?:the|that|it)|"
        r"taking (?:the|that|care))\b",
        rf"\bNAME(?:'s| is) {_DOING} [\w ]+\b(?:by|until|before|on)\b",
        r"\b(?:is|'s) NAME's (?:job|task|responsibility)\b",
        r"^NAME to [a-z]+",
        r"^NAME (?!was|is|has|had|says|said|thinks)[a-z]+(?:es|s) [\w ]+\b(?:by|until|before|on)\b",
    )
)


@lru_cache(maxsize=20_000)
def promises(text: str, *, dated: bool) -> str:
    """``i`` or ``we`` if the speaker promises to do something, else nothing.

    ``dated``: a day is said, so that a weaker promise («we will …») is one.
    """
    folded = fold(text)
    if folded.rstrip().endswith("?"):
        return ""
    if _TAKES.search(folded) or _will_be_there(folded):
        return "i"
    if _INVITES.search(folded):
        return ""
    for pattern in (_WILL, _WILL_TALK, _CAN, _NOW) if dated else (_WILL,):
        for match in pattern.finditer(folded):
            if pattern is _NOW and _past(match["verb"]):
                continue
            if not _under_condition(folded[: match.end()]) and (match["who"] == "i" or dated):
                return match["who"]
    return _promises_by_a_day(folded) if dated else ""


def _promises_by_a_day(folded: str) -> str:
    """What is a promise only because a day is said: "I'm sending it", "we check"."""
    said = _DATED.search(folded)
    if said and not _under_condition(folded[: said.end()]):
        return "i"
    weak = _WEAK_WILL.search(folded)
    return ("we" if weak["who"] == "we" else "i") if weak else ""


def _will_be_there(folded: str) -> bool:
    return bool(_BE_THERE.search(folded)) and not _IF.search(folded)


def _past(verb: str) -> bool:
    return verb in PAST_FORMS or (verb.endswith("ed") and verb not in ("need", "proceed", "feed"))


def _under_condition(before: str) -> bool:
    """Whether "if" stands before, or "would" and the like in the same clause.

    "If nobody objects" is no condition.
    """
    if _IF.search(before) and not _CONSENT.search(before):
        return True
    return bool(_CONDITION.search(re.split(r"[,;:]", before)[-1]))


def asks(text: str, *, polite: bool) -> str:
    """``order`` or ``question`` if the listener is asked to do something, else nothing.

    ``polite``: somebody is called by name, so that a verb behind the name is a request.
    """
    folded = fold(text)
    if _QUESTION.search(folded):
        return "question"
    folded = _TAG.sub("", folded)
    if _ORDER.search(folded) and not folded.rstrip().endswith("?"):
        return "order"
    if polite and _YOU_ARE_ON.search(folded) and not folded.rstrip().endswith("?"):
        return "order"
    if "please" in folded and _VERB_FIRST.search(folded):
        return "order"
    called = folded.split(",", 1)
    if polite and len(called) == 2 and _VERB_FIRST.search(called[1]):
        return "order"
    if (
        polite
        and len(called) == 2
        and (_YOU_DO.search(called[1]) or _YOU_ARE_DOING.search(called[1]))
    ):
        return "order"
    named = is_given_name(text.split(",", 1)[0].split(" ")[-1])
    if polite and named and len(called) == 2 and _ANY_VERB_FIRST.search(called[1]):
        return "question"
    return ""


_ASKED_OF = re.compile(
    rf"^\W*(?:(?:and|so|but) )?(?:[Cc]an|[Cc]ould|[Ww]ill|"
    rf"[Ww]ould) (?P<name>{_NAME}) (?!{_TALK}\b|hear\b|see\b)[a-z]+"
)


def asked_of_another(text: str) -> str:
    """The name in "Can Tom check it?", "" if nobody is asked for."""
    match = _ASKED_OF.search(text)
    return match["name"] if match else ""


def charged(text: str) -> list[str]:
    """Names that the text may charge with a task ("Tom will …"), likeliest first."""
    return [m["name"] for pattern in _CHARGES for m in pattern.finditer(text)]
