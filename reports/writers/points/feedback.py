"""What people think of each other's work: praise, complaint, advice. Pure; by cues."""

from reports.writers.cues import any_of
from reports.writers.cues_en import EN
from reports.writers.findings import Finding
from reports.writers.points.talk import Talk
from reports.writers.sentences import Sentence

_RU = any_of(
    r"спасибо (?:тебе |вам |большое |огромное )*за (?!внимание|встречу|время|то, что пришл)",
    r"молод(?:ец|цы)|умниц\w+|хвалю|похвал\w+|горжусь|рад\w* (?:за|тво|ваш|что ты|что вы)",
    r"(?:очень |мне |нам |всем |заказчик\w* |клиент\w* )*понравил\w+|впечатлил\w*|удивил\w*",
    r"(?:ты|вы|у тебя|у вас) (?:\w+ ){0,3}(?:отлично|хорошо|здорово|круто|прекрасно|классно|"
    r"сильн\w+|слаб\w+|вырос\w*|выросл\w*|справил\w+|стал\w* (?:лучше|хуже)|получил\w+|"
    r"получается|мало|редко|часто|не хватает)",
    r"(?:отличн|хорош|сильн|слаб|классн)\w+ (?:\w+ )?(?:работ|результат|отчет|презентац|сторон|"
    r"доклад|релиз|идея|команд)\w*",
    r"обратн\w+ связ\w+|фидбек\w*|отзыв\w*|оцен(?:ка|ил|ил\w+|иваю)(?!\w)",
    r"(?:не )?(?:доволен|довольна|довольны|нравится|разочаров\w+)(?!\w)",
    r"(?:хотелось бы|хочется|мне (?:бы )?не хватает|не хватает (?:тебе|вам|мне|нам))(?!\w)",
    r"(?:попробуй|старайся|постарайся|советую|рекомендую|обрати внимание|учись|развивай\w*|"
    r"тебе (?:стоит|нужно|надо|пора)|можно было (?:бы )?(?:лучше|раньше|иначе))(?!\w)",
)
_EN = any_of(
    r"(?:well|nicely) done|(?:great|good|nice|excellent|amazing|fantastic|solid|brilliant) (?:job|"
    r"work|stuff|progress|results?|presentation|demo)",
    r"thank(?:s| you)(?: so much| very much| again)? for (?!your time|coming|joining|today|the "
    r"(?:time|call|meeting))",
    r"(?:i'm|i am|i was|we're|we are|everyone is|everybody was|the client (?:is|was)) (?:really |"
    r"very |so |quite |not |a bit |a little )*(?:happy|pleased|impressed|proud|disappointed|"
    r"concerned|worried|frustrated|unhappy|satisfied)(?! to help)",
    r"(?:my|some|positive|negative|critical) feedback|(?:i|we) (?:really |also )?"
    r"(?:appreciate|value|noticed|loved|enjoyed)(?!\w)",
    r"you (?:\w+ )?(?:did|handled|managed|improved|could|should|might want|need to work|tend to|"
    r"rarely|often|sometimes|have grown|'ve grown|were (?:great|good|late))(?!\w)",
    r"(?:could|can) (?:be|have been|do|have done) better|room for|(?:went|going|goes) (?:really |"
    r"very )?(?:well|badly|smoothly)|didn't go",
    r"(?:my|one|an?) (?:advice|suggestion|strength|weakness|area)(?!\w)|(?:i'd|i would) "
    r"(?:suggest|encourage|recommend|like (?:you|to see|more|less))",
)


def feedback(talk: Talk) -> list[Finding]:
    """Praise, complaint and advice, each with the name of whose words they are."""
    return talk.points(_judges, spoken=True)


def _judges(sentence: Sentence) -> bool:
    pattern = _EN if sentence.cues is EN else _RU
    if sentence.cues.decided.search(sentence.folded):
        return False
    return bool(pattern.search(sentence.folded))
