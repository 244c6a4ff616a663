"""Points of short talks: what was done, what is planned, what hinders, answers, terms, praise."""

from dataclasses import replace

import pytest

from reports.grounding import check, metadata_of
from reports.writers.extractive import ExtractiveWriter
from reports.writers.outlines.outline import Outline, Part
from reports.writers.outlines.shipped import OUTLINES
from tests.reports.meetings import every
from tests.reports.writers.talk import meeting

STANDUP_RU = """
A: Доброе утро. Паша, начинай.
B: Вчера мы с Леной закрыли три задачи по поиску. Сегодня буду делать фильтры. Блокеров нет.
A: Света?
C: Починила авторизацию, провела ревью. Планирую дописать документацию. Жду макеты вторую неделю.
D: Я вчера не успел доделать отчёт, финансы не прислали данные. Сегодня займусь презентацией.
"""
STANDUP_EN = """
A: Morning all. Priya, you go first.
B: Yesterday I finished the search page and merged it. Today I'm working on filters. No blockers.
A: Tom?
C: I fixed the login bug. Today I'll write the migration. I'm blocked by the staging server.
D: I couldn't finish the report because I'm still waiting for the numbers. Next I'll start slides.
"""


def told(key, talk, language):
    draft = ExtractiveWriter().write(meeting(talk, language=language, outline=OUTLINES[key]))
    return {
        part.key: [s.text for s in section.statements]
        for part, section in zip(OUTLINES[key].parts, draft.sections, strict=True)
    }


def test_a_stand_up_in_russian_is_told_by_person():
    found = told("standup", STANDUP_RU, "ru")
    assert found["done"] == [
        "Паша: Вчера мы с Леной закрыли три задачи по поиску.",
        "Speaker 3: Починила авторизацию, провела ревью.",
    ]
    assert found["plans"] == [
        "Паша: Сегодня буду делать фильтры.",
        "Speaker 3: Планирую дописать документацию.",
        "Speaker 4: Сегодня займусь презентацией.",
    ]
    assert found["blockers"] == [
        "Speaker 3: Жду макеты вторую неделю.",
        "Speaker 4: Я вчера не успел доделать отчёт, финансы не прислали данные.",
    ]


def test_a_stand_up_in_english_is_told_by_person():
    found = told("standup", STANDUP_EN, "en")
    assert [text.partition(":")[0] for text in found["done"]] == ["Priya", "Speaker 3"]
    assert [text.partition(":")[0] for text in found["plans"]] == [
        "Priya",
        "Speaker 3",
        "Speaker 4",
    ]
    assert found["blockers"] == [
        "Speaker 3: I'm blocked by the staging server.",
        "Speaker 4: I couldn't finish the report because I'm still waiting for the numbers.",
    ]


def test_an_interview_is_questions_with_their_answers():
    talk = """
    A: Расскажите, пожалуйста, как вы пришли в профессию?
    B: Я закончил физфак в две тысячи десятом году. Потом работал инженером на заводе в Туле.
    A: Угу.
    A: Какой проект вы считаете самым удачным? Почему именно он?
    B: Система учёта для больницы. Ей пользуются до сих пор.
    A: Would you do it again?
    B: Yes, any time.
    A: Спасибо!
    """
    assert told("interview", talk, "ru")["answers"] == [
        "Расскажите, пожалуйста, как вы пришли в профессию? — Я закончил физфак в две тысячи "
        "десятом году. Потом работал инженером на заводе в Туле.",
        "Какой проект вы считаете самым удачным? Почему именно он? — Система учёта для больницы. "
        "Ей пользуются до сих пор.",
        "Would you do it again? — Yes, any time.",
    ]


def test_a_lecture_is_key_points_terms_and_assignments():
    talk = """
    A: Добрый день, сегодня поговорим об инфляции и о том, как её измеряют.
    A: Инфляция — это устойчивый рост общего уровня цен на товары и услуги.
    A: Важно понимать, что рост цены одного товара ещё не инфляция.
    A: Набор товаров, по которому считают индекс, называется потребительской корзиной.
    A: Это было давно, и мы это помним.
    A: К следующей лекции прочитайте третью главу и решите пять задач.
    """
    found = told("lecture", talk, "ru")
    assert found["definitions"] == [
        "Инфляция — это устойчивый рост общего уровня цен на товары и услуги.",
        "Набор товаров, по которому считают индекс, называется потребительской корзиной.",
    ]
    assert found["assignments"] == [
        "К следующей лекции прочитайте третью главу и решите пять задач."
    ]
    assert "Важно понимать, что рост цены одного товара ещё не инфляция." in found["key_points"]


def test_english_terms_are_those_that_are_called_or_are_a_kind_of_thing():
    talk = """
    A: Photosynthesis is the process by which plants turn light into chemical energy.
    A: The green pigment in leaves is called chlorophyll.
    A: A stoma is a small pore that lets carbon dioxide into the leaf.
    A: This is a good example of what I mean by that.
    A: We had a nice weekend in the mountains.
    """
    assert len(told("lecture", talk, "en")["definitions"]) == 3


def test_a_one_to_one_tells_praise_and_difficulties_with_whose_words_they_are():
    talk = """
    A: Привет, Олег. Как прошли две недели?
    B: Привет. Закончил миграцию, но очень устал, мне тяжело вести два проекта сразу.
    A: Миграцию ты сделал отлично, заказчик доволен.
    A: Давай решим так: второй проект передаём Марине с первого апреля.
    B: Согласен.
    """
    found = told("one_to_one", talk, "ru")
    assert found["feedback"] == ["Speaker 1: Миграцию ты сделал отлично, заказчик доволен."]
    assert found["difficulties"] == [
        "Олег: Закончил миграцию, но очень устал, мне тяжело вести два проекта сразу."
    ]
    assert found["decision"]


def test_points_by_words_are_the_sentences_near_to_the_title_and_the_task():
    part = Part("budget", "point", {"en": "Budget"}, {"en": "What money was spent on."})
    talk = """
    A: The weather was fine on the trip.
    B: The budget for printing is gone, all money went to posters.
    A: Nobody saw the ducks.
    """
    held = meeting(talk, language="en", outline=Outline("own", {"en": "Own"}, (part,)))
    [section] = ExtractiveWriter().write(held).sections
    assert (section.kind, section.title) == ("point", "Budget")
    assert [s.text for s in section.statements] == [
        "The budget for printing is gone, all money went to posters."
    ]


def test_of_two_sections_of_a_kind_each_statement_goes_to_the_nearer():
    parts = (
        Part("staff", "decision", {"en": "Decisions on hiring", "ru": "Решения о найме"}),
        Part("other", "decision", {"en": "Other decisions on the warehouse"}),
    )
    talk = """
    A: We decided to close the warehouse in Leeds.
    B: We decided to postpone hiring of two engineers.
    """
    held = meeting(talk, language="en", outline=Outline("own", {"en": "Own"}, parts))
    staff, other = ExtractiveWriter().write(held).sections
    assert ["hiring" in s.text for s in staff.statements] == [True]
    assert ["warehouse" in s.text for s in other.statements] == [True]


@pytest.mark.parametrize("key", OUTLINES)
def test_every_template_is_written_grounded_for_every_meeting_at_hand(key):
    wrong, told = [], 0
    for held in every():
        talk = replace(held.meeting, outline=OUTLINES[key])
        segments, known = {s.id: s for s in talk.segments}, metadata_of(talk)
        draft = ExtractiveWriter().write(talk)
        titles = [part.title(talk.language) for part in OUTLINES[key].parts]
        assert [section.title for section in draft.sections] == titles
        for section in draft.sections:
            for statement in section.statements:
                told += 1
                assert statement.evidence and not (section.kind == "point" and statement.assignee)
                verdict = check(statement, segments, known)
                if verdict.verdict != "supported":
                    wrong.append((held.name, statement.text, verdict.reason, verdict.words))
    assert told and len(wrong) / told <= 0.02, wrong
