"""Given names and the words that stand where a name could: tables only."""

from reports.writers.words import word_list

_SHORT_FORMS = """
Александр Саша Шура Саня Алекс; Александра Саша Саня; Алексей Леша Алеша; Анастасия Настя; Анна
Аня; Андрей Андрюша; Антон Антоша; Артем Тема; Борис Боря; Валентина Валя; Валерий Валера;
Варвара Варя; Василий Вася; Виктор Витя; Виктория Вика; Виталий Виталик; Владимир Вова Володя;
Владислав Влад; Вячеслав Слава; Галина Галя; Геннадий Гена; Георгий Гоша Жора; Григорий Гриша;
Дарья Даша; Дмитрий Дима Митя; Евгений Женя; Евгения Женя; Екатерина Катя; Елена Лена; Елизавета
Лиза; Иван Ваня; Илья Илюша; Ирина Ира; Кирилл Киря; Константин Костя; Ксения Ксюша; Лариса
Лара; Леонид Леня; Любовь Люба; Людмила Люда Мила; Максим Макс; Маргарита Рита; Мария Маша Маня;
Михаил Миша; Надежда Надя; Наталья Наташа; Наталия Наташа; Никита Ник; Николай Коля; Олег
Олежка; Ольга Оля; Павел Паша; Петр Петя; Полина Поля; Роман Рома; Светлана Света; Сергей
Сережа; Станислав Стас; Степан Степа; София Соня; Софья Соня; Тамара Тома; Татьяна Таня; Тимофей
Тима; Федор Федя; Юлия Юля; Юрий Юра; Яков Яша; Ярослав Слава Ярик; Alexander Alex Sasha;
Alexandra Alex Sandra; Andrew Andy Drew; Anthony Tony; Benjamin Ben; Catherine Cathy Kate;
Charles Charlie; Christopher Chris; Christine Chris; Daniel Dan Danny; David Dave; Deborah
Debbie; Edward Ed Eddie Ted; Elizabeth Liz Beth Lizzie; Emily Em; Frederick Fred; Gregory Greg;
James Jim Jimmy Jamie; Jennifer Jen Jenny; Jessica Jess; Jonathan Jon; Joseph Joe; Joshua Josh;
Katherine Kate Katie Kathy; Kenneth Ken; Lawrence Larry; Margaret Maggie Meg Peggy; Matthew
Matt; Michael Mike Mick; Natalie Nat; Nathan Nate; Nicholas Nick; Pamela Pam; Patricia Pat;
Patrick Pat; Peter Pete; Philip Phil; Rachel Rach; Raymond Ray; Rebecca Becky Bec; Richard Rick
Dick; Robert Rob Bob Bobby; Ronald Ron; Samantha Sam; Samuel Sam; Stephen Steve; Steven Steve;
Susan Sue; Theodore Ted Theo; Thomas Tom Tommy; Timothy Tim; Victoria Vicky; Vincent Vince;
William Bill Will
"""

FULL_FORMS: dict[str, frozenset[str]] = {}
"""Short form, folded → the names that it may stand for, folded."""
for _line in _SHORT_FORMS.split(";"):
    _full, *_short = _line.lower().split()
    for _form in _short:
        FULL_FORMS[_form] = FULL_FORMS.get(_form, frozenset()) | {_full}

_OTHER_ENGLISH_NAMES = """
aaron abigail adam adrian aisha alan albert alice alicia alison amanda amber amy ana andrea
angela ann anna anne anton arthur ashley audrey barbara barry beatrice bernard beth betty bianca
boris bradley brandon brenda brian bridget bruce bryan caleb cameron carl carla carlos carmen
caroline cecilia chloe claire clara claude clive colin connor craig cynthia daisy daria dean
denise dennis derek diana diane diego dominic donald donna dora doris dorothy douglas duncan
dylan edith edwin eileen eleanor elena eli ella ellen elliot emma eric erica erik ernest esther
ethan eugene eva evan evelyn fatima felix fiona florence frances francis frank gabriel gareth
gary george gerald gina gloria gordon graham hannah hans harold harriet harry harvey hazel
heather hector helen henry herbert howard hugh ian igor ingrid irene isaac isabel isabella ivan
ivy jack jacob jade jake jane janet janice jason jasmine javier jean jeff jeffrey jeremy jerry
jill joan joanna joel johan john jordan jorge jose joyce juan juanita judith judy julia julian
julie karen karl kathleen keith kelly kevin kim kirk klaus kurt kyle lars laura lauren lea leah
lee leo leon leonard leslie lewis liam lily linda lisa lois louis louise lucas lucia lucy luis
luke lydia lynn malcolm marcus maria marie mario mark martha martin mary mason maurice maya
megan mei melanie melissa mia miguel mila miriam mohamed mohammed molly monica muriel nadia
nancy naomi neil nina noah nora norman olga oliver olivia oscar owen paige pamela paul paula
pauline pedro penny pablo phoebe phyllis priya rafael ralph raj ravi regina renata rita roger
roland rosa rosie ross roy ruby russell ruth ryan sabrina sally sara sarah sean shane sharon
sheila shirley sidney simon sofia sonia sophia sophie stanley stella stuart sunil sven sylvia
tanya tara teresa terry tessa theresa tina todd tracy trevor ursula valerie vanessa vera
veronica victor viktor viola virginia vivian wallace walter wanda warren wayne wendy wesley
wilma yolanda yusuf yvonne zachary zoe
"""
_VERBS_TOO = frozenset({"will", "drew", "sue", "rob", "pat", "dick", "ray", "rich"})

ENGLISH_NAMES = (
    frozenset(_OTHER_ENGLISH_NAMES.split())
    | {name for pair in FULL_FORMS.items() for name in (pair[0], *pair[1]) if name.isascii()}
) - _VERBS_TOO
"""Given names in Latin letters, folded, without those that open English sentences as verbs."""

NOT_NAMES = frozenset(
    word_list(
        """
    a actually afterwards agreed again ah all alright also although always and anyhow anyway
    anyways april are as at august basically because besides but by bye can certainly chair
    clearly colleagues completely cool correct could currently december deal did do does done
    either else english even eventually everybody everyone exactly excellent except fair
    february few finally fine first folks for four friday frankly from further generally german
    goodbye good great guys had has he hello hence her here hey hi his hmm honestly hopefully
    how however i if in incidentally indeed instead is it its january july june just last lastly
    later let lets look luckily march may maybe me meanwhile monday moreover morning my
    naturally never nevertheless next nice no nobody none nope normally nothing november now
    obviously october of oh ok okay on once one only or originally otherwise our overall perfect
    perhaps please polish possibly previously probably right russian saturday second secondly
    september seriously she similarly since so some somebody someone sometimes soon sorry
    spanish still sunday sure surely team technically thank thanks that the their then there
    therefore these they third thirdly this those three thursday to today together tomorrow
    tonight too true tuesday two typically uh um unfortunately us usually very wait was we
    wednesday well were what when where whether which while who why will with wonderful wow yeah
    yep yes yesterday yet you your

    а алло ах будет будьте вам вас ваш верно вообще вот впрочем все всем вы где да давай давайте
    дальше девочки день добрый другими думаю если есть еще жаль же за завтра здравствуйте здесь
    значит и извини извините или итак их к как какой когда коллеги конечно короче которые кроме
    кто кстати ладно май марта март может можно мы на надо например начиная наш не нет никто
    ничего но ну нужно о об общем однако ой окей он она они отлично очень первое первый по
    поверьте пожалуйста пока понятно понял поняла после потом поэтому правда правильно привет
    при прошу просто ребята с свой сегодня сейчас смотри смотрите сначала спасибо стоп супер так
    также там тогда тоже только тут ты угу уже хорошо хотя че через что чтобы это я ясно
        """
    )
)
"""Words that open a sentence before a comma, or stand with a capital, and are nobody's name."""
