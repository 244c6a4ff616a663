"""Figures, questions, topics and the summary of short talks."""

from reports.writers.figures import find_figures
from reports.writers.questions import find_questions
from reports.writers.summary import find_summary
from reports.writers.topics import find_topics
from tests.reports.writers.talk import MONDAY, heard


def figures(talk, limit=10):
    said, _ = heard(talk)
    return [f.text for f in find_figures(said, [], MONDAY, limit=limit)]


def test_sums_shares_and_quantities_are_figures():
    talk = """
    A: Один курьер обходится нам в пятьдесят пять тысяч рублей в месяц.
    B: Churn went up to seven percent.
    A: We have seventeen open bugs.
    B: It is 180 megabytes.
    """
    assert len(figures(talk)) == 4


def test_days_clock_times_ordinals_and_counts_of_items_are_no_figures():
    talk = """
    A: На повестке три пункта.
    A: Запускаем второго апреля.
    B: It starts at half past nine.
    B: The first item is done.
    A: Сколько стоит, двести тысяч?
    """
    assert figures(talk) == []


def test_a_short_answer_keeps_the_question_that_it_answers():
    assert figures("A: Сколько человек нужно на старте?\nB: Минимум шесть человек.") == [
        "Сколько человек нужно на старте? Минимум шесть человек."
    ]


def test_a_sum_said_again_is_the_same_figure():
    talk = "A: Бюджет сто сорок тысяч рублей.\nB: Да, 140 000 рублей на рекламу."
    assert len(figures(talk)) == 1


def test_the_weightiest_figures_are_kept_within_the_limit():
    talk = "A: Нужно двенадцать стульев.\nB: Аренда стоит девятьсот тысяч рублей."
    assert figures(talk, limit=1) == ["Аренда стоит девятьсот тысяч рублей."]


def test_the_day_of_the_next_meeting_is_kept():
    assert figures("A: Следующая встреча в понедельник, двадцать третьего марта.") == [
        "Следующая встреча в понедельник, двадцать третьего марта."
    ]


def questions(talk):
    said, _ = heard(talk)
    return [f.text for f in find_questions(said, [])]


def test_what_is_put_off_and_what_nobody_could_answer_is_open():
    talk = """
    A: Решения по самокатам нет, вернёмся к этому вопросу в мае.
    A: Should we hire an agency?
    B: I don't know yet.
    A: Сколько стоит аренда склада?
    B: Сто тысяч.
    """
    assert questions(talk) == [
        "Решения по самокатам нет, вернёмся к этому вопросу в мае.",
        "Should we hire an agency?",
    ]


AGENDA_TALK = """
A: На повестке два вопроса: переезд офиса и подрядчик по сайту.
A: Первый вопрос, переезд.
B: Новый офис стоит триста двадцать тысяч рублей в месяц.
A: Второй вопрос, подрядчик.
B: Студия просит девятьсот тысяч рублей за новый сайт.
"""


def topics(talk, agenda=()):
    said, _ = heard(talk)
    return find_topics(said, agenda, [], MONDAY)


def test_topics_are_those_announced_each_with_its_stretch():
    assert [f.text for f in topics(AGENDA_TALK).found] == [
        "Переезд офиса. Новый офис стоит триста двадцать тысяч рублей в месяц.",
        "Подрядчик по сайту. Студия просит девятьсот тысяч рублей за новый сайт.",
    ]


def test_agenda_items_that_nobody_spoke_of_are_told_by_number():
    result = topics(AGENDA_TALK, ("Переезд офиса", "Отпуска", "Подрядчик"))
    assert result.not_reached == (2,)
    assert len(result.found) == 2


def test_topics_without_an_announcement_are_those_that_are_opened():
    talk = "A: Next item, languages.\nB: We had many requests for Spanish audio."
    assert [f.text for f in topics(talk).found] == [
        "Languages. We had many requests for Spanish audio."
    ]


def test_the_summary_leaves_out_greetings_and_questions():
    said, _ = heard("""
        A: Доброе утро, коллеги, начинаем большую встречу по складу!
        A: Склад переехал в новое большое здание у вокзала.
        B: Когда новый склад откроют для наших клиентов?
        A: Новый склад откроют для клиентов в июне.
    """)
    texts = [f.text for f in find_summary(said, [], MONDAY)]
    assert texts == [
        "Склад переехал в новое большое здание у вокзала.",
        "Новый склад откроют для клиентов в июне.",
    ]


def test_a_topic_tells_how_long_it_took_and_who_spoke_to_it():
    said, _ = heard(AGENDA_TALK)
    moving, website = find_topics(said, (), [], MONDAY).found
    assert moving.duration == round(said[3].start - said[1].start, 2)
    assert [t.speaker for t in moving.speakers] == ["B", "A"]
    assert moving.speakers[0].seconds > moving.speakers[1].seconds > 0
    spoken = sum(t.seconds for t in website.speakers)
    assert 0 < spoken <= website.duration
