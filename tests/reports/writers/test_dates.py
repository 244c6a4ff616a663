from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.writers.dates import day_of_talk, days, deadline
from reports.writers.words import word_list
from tests.reports.writers.talk import MONDAY

GENITIVE = word_list(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
ENGLISH = word_list(
    "January February March April May June July August September October November December"
)


@pytest.mark.parametrize(
    ("text", "said", "due"),
    [
        ("пришлю отчёт до пятницы, двадцатого марта", "до пятницы, двадцатого марта", (3, 20)),
        ("сделаю к четвергу", "к четвергу", (3, 19)),
        ("завтра пришлю", "завтра", (3, 17)),
        ("покажу на следующей неделе", "на следующей неделе", (3, 27)),
        ("до конца недели соберу", "до конца недели", (3, 20)),
        ("через две недели", "через две недели", (3, 30)),
        ("до двадцатого", "до двадцатого", (3, 20)),
        ("до 20.03", "до 20.03", (3, 20)),
        ("за наём отвечает Олег, срок 27 марта", "срок 27 марта", (3, 27)),
        ("до конца мая", "до конца мая", (5, 31)),
        ("I will do it by Thursday", "by Thursday", (3, 19)),
        ("by Friday, the twentieth of March", "by Friday, the twentieth of March", (3, 20)),
        ("until the 18th", "until the 18th", (3, 18)),
        ("by next Friday", "by next Friday", (3, 27)),
        ("by the end of the month", "by the end of the month", (3, 31)),
        ("within a week", "within a week", (3, 23)),
        ("on March 20, 2026", "on March 20, 2026", (3, 20)),
        ("we do it Monday the thirtieth", "Monday the thirtieth", (3, 30)),
        ("в среду двадцать пятого", "в среду двадцать пятого", (3, 25)),
        ("I'll write this weekend", "this weekend", (3, 22)),
        ("сделаю на выходных", "на выходных", (3, 22)),
        ("готово будет до выходных", "до выходных", (3, 20)),
        ("till the middle of next week", "till the middle of next week", (3, 25)),
        ("завтра до обеда", "завтра до обеда", (3, 17)),
        ("by noon on Friday", "by noon on Friday", (3, 20)),
    ],
)
def test_a_deadline_is_found_as_said_and_as_a_day(text, said, due):
    found = deadline(text, MONDAY)
    assert (found.text, found.day) == (said, date(2026, *due))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Thursday next week", (3, 26)),
        ("next week on Thursday", (3, 26)),
        ("a week on Friday", (3, 27)),
        ("Friday week", (3, 27)),
        ("the Wednesday after next", (3, 25)),
        ("the first Monday in June", (6, 1)),
        ("on the last Friday of March", (3, 27)),
        ("ten days from now", (3, 26)),
        ("in a couple of days", (3, 18)),
        ("in a fortnight", (3, 30)),
        ("within 48 hours", (3, 18)),
        ("by the tenth of next month", (4, 10)),
        ("by the first of the month", (4, 1)),
        ("by mid-April", (4, 15)),
        ("by the start of next week", (3, 23)),
        ("at the beginning of April", (4, 1)),
        ("the last day of the month", (3, 31)),
        ("by quarter end", (3, 31)),
        ("the week after next", (4, 3)),
        ("tonight or tomorrow", (3, 17)),
        ("by Christmas", (12, 25)),
        ("после обеда", (3, 16)),
        ("к утру", (3, 17)),
        ("к завтрашнему обеду", (3, 17)),
        ("до конца рабочей недели", (3, 20)),
        ("в начале недели", (3, 23)),
        ("к середине апреля", (4, 15)),
        ("во вторник через неделю", (3, 24)),
        ("на следующей неделе, в среду", (3, 25)),
        ("в четверг на следующей неделе", (3, 26)),
        ("в последнюю пятницу марта", (3, 27)),
        ("во вторую субботу апреля", (4, 11)),
        ("через пару дней", (3, 18)),
        ("в течение суток", (3, 17)),
        ("в трёхдневный срок", (3, 19)),
        ("сегодня вечером или завтра утром", (3, 17)),
        ("во вторник-среду", (3, 18)),
        ("к пятнице, край к понедельнику", (3, 23)),
        ("до Нового года", (12, 31)),
    ],
)
def test_spans_weekdays_of_weeks_and_alternatives_name_a_day(text, due):
    assert deadline(text, MONDAY).day == date(2026, *due)


@pytest.mark.parametrize(
    "text",
    [
        "это в рабочей среде",
        "by the third item",
        "к первому пункту",
        "last Friday we shipped",
        "работаю с понедельника",
        "we may march",
        "через два часа позвоню",
        "the first thing on the list",
        "last week we talked of mid-sized rooms",
        "обед стоит триста рублей",
    ],
)
def test_what_names_no_coming_day_is_no_deadline(text):
    assert deadline(text, MONDAY) is None


def test_a_word_of_deadline_goes_before_a_mere_day():
    found = deadline("в среду начну и до пятницы пришлю", MONDAY)
    assert found.text == "до пятницы"


def test_a_weekday_said_on_that_weekday_is_a_week_ahead():
    assert deadline("к понедельнику", MONDAY).day == MONDAY + timedelta(days=7)


def test_a_day_that_does_not_exist_has_no_date():
    (mention,) = days("до тридцатого февраля", MONDAY)
    assert mention.day is None


def test_without_the_day_of_the_meeting_a_deadline_is_kept_as_said():
    found = deadline("до пятницы", None)
    assert (found.text, found.day) == ("до пятницы", None)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 200), st.booleans())
def test_a_coming_day_said_without_a_year_is_resolved_to_itself(held_on, ahead, russian):
    day = held_on + timedelta(days=ahead)
    month = (GENITIVE if russian else ENGLISH)[day.month - 1]
    (mention,) = days(f"до {day.day} {month}" if russian else f"by {month} {day.day}", held_on)
    assert mention.day == day


@given(st.text(), st.none() | st.dates())
def test_any_text_is_read_without_error(text, held_on):
    assert all(0 <= m.begin < m.end <= len(text) for m in days(text, held_on))


@pytest.mark.parametrize(
    "text",
    ["Сегодня понедельник, шестнадцатое марта.", "Good morning, it is Monday, the 16th of March."],
)
def test_the_day_of_the_talk_is_the_latest_with_its_weekday(text):
    assert day_of_talk(text, date(2026, 11, 22)) == MONDAY
    assert day_of_talk(text, date(2026, 3, 15)) == MONDAY
    assert day_of_talk(text, date(2026, 1, 15)) == date(2020, 3, 16)
    assert day_of_talk(text, None) is None


def test_a_day_that_is_not_said_to_be_today_dates_nothing():
    assert day_of_talk("Запуск второго апреля.", MONDAY) is None
