"""The words by which Russian and English name days: tables only."""

MONTHS: dict[str, int] = {
    name: number
    for names in (
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
} | {"sept": 9, "jan": 1, "feb": 2, "aug": 8, "oct": 10, "nov": 11, "dec": 12}

AMBIGUOUS_MONTHS = frozenset({"may", "march"})
"""Also verbs: months only when written with a capital or beside a day."""

WEEKDAYS: dict[str, int] = {
    name: number
    for names in (
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}

MILIEU = frozenset({"среде", "средой", "средах"})
"""Forms of «среда» that mean surroundings unless «к» stands before."""

NEARBY: dict[str, int] = {
    "сегодня": 0,
    "завтра": 1,
    "послезавтра": 2,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "eod": 0,
}
"""Words for a day as the number of days from now."""

PARTS_OF_TODAY: dict[tuple[str, ...], int] = {
    ("this", "morning"): 0,
    ("this", "afternoon"): 0,
    ("this", "evening"): 0,
    ("close", "of", "business"): 0,
    ("after", "lunch"): 0,
    ("после", "обеда"): 0,
    ("ближе", "к", "вечеру"): 0,
    ("вечером",): 0,
    ("с", "утра"): 1,
    ("lunch",): -1,
    ("lunchtime",): -1,
    ("noon",): -1,
    ("midday",): -1,
    ("tonight",): -1,
    ("обеда",): -1,
    ("обеду",): -1,
    ("полудня",): -1,
    ("полудню",): -1,
    ("вечера",): -1,
    ("вечеру",): -1,
    ("ночи",): -1,
    ("утру",): -1,
}
"""Parts of a day as days from the meeting's; -1: today, and only behind a deadline's word."""

DAY_ADJECTIVES = {"сегодняшний": 0, "завтрашний": 1, "послезавтрашний": 2}
PARTS_OF_DAY = frozenset({"день", "утро", "обед", "вечер", "полдень", "ночь"})

HOLIDAYS: dict[tuple[str, ...], tuple[int, int]] = {
    ("christmas",): (25, 12),
    ("new", "year"): (31, 12),
    ("новый", "год"): (31, 12),
}
"""Feasts of a fixed day, with the day and month by which what is due then is done."""

IN_DAYS = {
    "недельный": 7,
    "двухнедельный": 14,
    "двухдневный": 2,
    "трехдневный": 3,
    "пятидневный": 5,
    "десятидневный": 10,
}
"""«В трёхдневный срок»: the days that it gives."""

NAMES_A_DAY = (
    MONTHS.keys()
    | WEEKDAYS.keys()
    | NEARBY.keys()
    | {part[-1] for part in PARTS_OF_TODAY}
    | DAY_ADJECTIVES.keys()
    | IN_DAYS.keys()
    | {feast[0] for feast in HOLIDAYS if len(feast) == 1}
    | {"weekend", "выходные", "выходных", "выходным"}
)
"""Words, one of which stands where a day is named without a number or a length of time."""

NEXT = frozenset({"следующий", "next"})
THIS = frozenset({"этот", "ближайший", "текущий", "this", "coming"})
PAST = frozenset({"прошлый", "last", "previous", "минувший"})

PERIODS: dict[str, str] = {
    "день": "day",
    "неделя": "week",
    "месяц": "month",
    "квартал": "quarter",
    "год": "year",
    "недельку": "week",
    "сутки": "day",
    "полгода": "half",
    "час": "hour",
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "quarter": "quarter",
    "year": "year",
    "fortnight": "fortnight",
    "hours": "hour",
}

AFTER = frozenset({"через", "течение", "in", "within"})
"""Words before a length of time that make it a day: ``через две недели``, ``in three days``."""
END = frozenset({"конец", "end"})
MIDDLE = frozenset({"середина", "middle", "mid"})
BEGIN = frozenset({"начало", "beginning", "start"})
EARLY = frozenset({"early"})
LAST = frozenset({"last", "последний"})
COUPLE = frozenset({"couple", "пара"})
WORKING = frozenset({"working", "business", "рабочий", "календарный"})
NOW = frozenset({"now", "today"})
WEEKEND = frozenset({"weekend", "выходные", "выходных", "выходным"})
"""Forms that name Saturday and Sunday and not a day off."""
OF = frozenset({"of", "the"})

DEADLINE = (
    r"(?:(?:не )?(?:позднее|позже)|до|ко?|срок(?:ом)?(?: до)?|дедлайн|крайний срок|by|until|"
    r"till|before|(?:no|not) later than|due(?: on| by)?|deadline(?: is)?)"
)
"""What stands before a day by which something must be done."""
MOMENT = r"(?:в|во|на|через|в течение|on|at|for|in|within|this|next|over)"
"""What stands before a day on which something happens."""
START = (
    r"(?:не (?:раньше|ранее)|not (?:before|earlier than)|no (?:sooner|earlier) than|со?|от|"
    r"начиная с|после|from|since|starting|after)"
)
"""What stands before a day from which something runs: never a deadline."""
