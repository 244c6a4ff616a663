"""How English speech proposes, decides, agrees and refuses; ``cues.Cues`` tells what each is."""

import re

from reports.writers.cues import any_of

_ACT = (
    r"(?:go(?:ing)? (?:ahead )?with|use|using|take|taking|keep|keeping|move|moving|do|doing|set|"
    r"setting|pick|choose|stick(?:ing)? (?:to|with)|ship|shipping|launch|launching|release|"
    r"releasing|drop|dropping|cut|hire|hiring|buy|buying|increase|reduce|raise|raising|start|"
    r"starting|stay(?:ing)? with|switch(?:ing)? to|postpone|postponing|push|pushing|sign|"
    r"signing|adopt|open|close|order|book|extend|renew|spend|approve|make|"
    r"offer|accept|cancel|change|add|remove|appoint|invest in|sell|leave)"
)

DECIDED = any_of(
    r"(?:it is|it's|that is|that's|we have|we've|we) (?:\w+ )?(?:decided|agreed|settled|"
    r"approved|resolved)",
    r"decided",
    r"agreed(?!\w)",
    r"(?:the|our|final|my) decision(?: is|:|\s*[:—–-])",
    r"(?:we|i) (?:approve|agree to|agree that|adopt)(?!\w)",
    r"approved",
    r"unanimous(?:ly)?",
    r"(?:motion|amendment|proposal|resolution|recommendation) (?:is |was )?(?:carried|passed|"
    r"passes|carries|approved|adopted|falls|fails|lost|defeated|rejected|withdrawn)",
    r"(?:committee|board|council|meeting|group|panel) (?:hereby )?(?:resolves|agrees|decides|"
    r"approves|accepts|adopts|rejects|declines|appoints)",
    r"(?:is|are) (?:hereby )?(?:carried|adopted|referred to|appointed|elected)",
    r"(?:we|let's|we'll|we will|we're|"
    r"we are)(?: going to)? (?:all )?(?:just )?(?:go(?:ing)? (?:ahead )?with|"
    r"stick(?:ing)? (?:to|with)|settle on|opt for)",
    r"(?:we|let's) (?:choose|pick)(?!\w)",
    r"settled(?!\w)",
    r"resolved(?: that|:)",
    r"for the (?:record|minutes)(?=\W)",
    r"(?:note|write|put) (?:that|this|it) down as (?:a )?decision",
    r"(?<=\w )(?<!what )(?<!as )(?<!so )(?<!that )it is(?=[.!,]|$)",
    r"^done(?=[.!,])",
    r"done deal|it's a deal|we have a deal",
    r"that's final|signed off",
    r"i (?:hereby )?(?:approve|authori[sz]e|forbid)(?!\w)",
    r"(?:so |then |ok |okay )?the plan (?:then )?is(?= |:|,)(?! to (?:see|ask|check|find))",
    r"here's (?:what|how) we(?:'ll|'re| will| are)?(?: going to)? (?:do|go|work|run)",
    r"(?:you have|gets?|has|you've got) (?:the|my|our) (?:green light|go-ahead|approval|"
    r"blessing)",
    r"we(?:'ve| have)? (?:landed|settled) on",
    r"i(?:'ve| have) decided",
)
SETTLED = any_of(
    rf"(?:we|we'll|we will|we're|we are|we're going to|we are going to|let's|"
    rf"let us) (?:\w+ly )?{_ACT}(?!\w)",
    r"(?:so |then )?it (?:has to|must|will) be (?:the |a )?\w",
    rf"(?:we won't|we will not|we're not going to|we are not going to|let's not) {_ACT}(?!\w)",
)
LEAD = re.compile(
    r"^(?:[\w ]{0,14}\W+)?(?:so |then )?(?:(?:it is|it's|that is|that's|we have|we've|"
    r"we)(?: now| all)? )?(?:decided|agreed|settled|approved|resolved|(?:the |our |"
    r"final )*decision(?: is)?|for the record|for the minutes)(?: then)?\s*(?:[:,.—–-]+|"
    r"that)\s*(?=\w)"
)
UNDECIDED = any_of(
    r"(?:not|haven't|hasn't|didn't|don't|never|nothing|isn't|wasn't) (?:yet |been |really |"
    r"all |have |we )*(?:decided?|agreed?|settled?|approved?|resolved?)",
    r"no decision",
    r"(?:decision|agreement)[^.?!]{0,30}(?:postponed|deferred|pending|later)",
    r"undecided",
    r"if (?:we|it)[^.?!]{0,20}(?:agreed|decided|approved)",
    r"(?:to be|yet to be|needs to be|must be|should be|get(?:s)?) (?:decided|agreed|"
    r"approved|settled)",
)
PROPOSED = any_of(
    r"i (?:would |'d )?(?:suggest|propose|recommend|vote for|move that)",
    r"(?:put|putting) (?:it|this|that) to (?:the|a) vote",
    r"i(?: would|'d) (?:like to|rather|move|go|prefer|say)",
    r"let's(?! (?:not )?be(?!\w))",
    r"how about",
    r"what (?:if|about)",
    r"(?:maybe|perhaps) we",
    r"(?:can|could|shall|should) we",
    r"we (?:could|should|might)",
    r"my (?:suggestion|proposal)",
    r"so it (?:has to|must|will) be",
    r"then ",
)
WISHED = any_of(
    r"i (?:would |'d )?(?:like|love|prefer|suggest|propose|recommend|vote for)",
    r"(?:we|i|they) (?:wanted|want|hoped|hope|planned|meant|asked for) ",
    r"i(?:'d| would) (?:also )?(?!be the)",
    r"(?:was|were|had been|is|are) (?:originally )?(?:planned|scheduled|proposed|suggested)",
    r"(?:was|were|been|i'm|am) (?:just )?(?:thinking|hoping|wondering|planning)",
    r"(?:there (?:is|was|has been)|i have) (?:a|an|one|another) (?:proposal|suggestion|idea)",
    r"(?:how|what) about",
    r"what if|why (?:don't|not)",
    r"(?:we|you|they|one) (?:could|might)(?!\w)",
    r"(?:maybe|perhaps)(?!\w)",
    r"(?:an|the|one|another) option",
    r"options?\s*:",
)
OBJECTED = any_of(
    r"too (?:few|little|much|many|late|early|soon|expensive|risky|long|short|big|small)",
    r"(?:is|are|be|sounds) (?:risky|expensive|a disaster|a bad idea|out)(?!\w)",
    r"(?:i|we) (?:don't|do not|didn't) (?:want|like|need|think)",
    r"(?:nobody|no one) (?:will|would|wants)",
    r"is a lot(?!\w)",
)
AGREED = re.compile(
    r"^\W*(?:(?:ok|okay|yes|yeah|yep|sure|fine|good|great|perfect|agreed|deal|done|will do|"
    r"i will|i'll do (?:it|that)|all right|alright|of course|absolutely|no problem|"
    r"sounds good|sounds fine|that works|works for me|fine by me|happy to|no objections?|"
    r"makes sense|approved|certainly|i can|i can do (?:it|that)|on it|let's do (?:it|that)|"
    r"(?:i'm |we're |that's )?(?:happy|fine|ok|okay|good) with (?:that|it|this|me|us)|"
    r"same here|me too|i'm in favou?r|in favou?r|that seems fair|seconded|suits me|"
    r"(?:that (?:would|'d) be |that's |sounds )?(?:a )?(?:great|lovely|good|"
    r"perfect|fine)(?: idea)?(?=[.!,]|$)|i like (?:it|that)|"
    r"you'll (?:get|have) it|"
    r"let's do (?:it|that)|works for (?:me|us)|"
    r"i agree|consider it done|i'd be (?:glad|happy|delighted|honou?red)(?: to)?|i'd love to|"
    r"happily|with pleasure|can do|exactly|precisely|by all means|you bet|"
    r"sure thing|quite right|"
    r"(?:that's |it's |that is |sounds )?(?:sensible|reasonable|only fair|fair enough)|"
    r"(?:i'd|i(?:'ll| will)) go along with (?:that|it)|"
    r"i can live with (?:that|it)|(?:i've )?no problem with (?:that|it)|"
    r"right|got it|accepted|so be it|understood|gladly)(?![\w'])\W*)+"
)
REFUSED = any_of(
    r"^no(?!\w)(?! (?:problem|objection|worries))",
    r"i (?:can't|cannot|can not|won't|will not|don't think|am not|would not|wouldn't|refuse|"
    r"couldn't)",
    r"i'm not(?! (?:against|opposed|going to (?:cry|complain|argue|fight|object)))",
    r"we (?:can't|cannot|won't|will not|do not|don't)",
    r"not (?:possible|going to happen|promised|now|this time|yet)",
    r"no way|out of the question|rather not|i'd rather not|impossible|never mind|"
    r"absolutely not|nobody will",
)
OBJECTIONS_ASKED = any_of(
    r"(?:does )?(?:anybody|anyone) (?:object|against|disagree|opposed)",
    r"(?:any|are there any) objections?",
    r"all in favou?r",
    r"(?:everyone|everybody|all) (?:agree|agreed|ok|okay|happy)\W*\?",
    r"agreed\?",
    r"is that (?:ok|okay|agreed|fine)",
    r"does (?:that|this|it) (?:work|suit|sound)",
    r"(?:can|shall) we agree",
    r"are we (?:all )?(?:agreed|ok|okay|good|happy)",
)
NO_OBJECTIONS = any_of(
    r"no objections?",
    r"nobody (?:objects|against)",
    r"none (?:here|from me)",
    r"all in favou?r(?!\?)",
    r"unanimous",
)
