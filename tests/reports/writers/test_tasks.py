from datetime import date

import pytest

from reports.writers.task_context import situate
from reports.writers.tasks import find_tasks
from reports.writers.withdrawals import standing
from tests.reports.writers.talk import MONDAY, heard


def tasks(talk, **known):
    said, people = heard(talk, **known)
    return [f.statement() for f in standing(find_tasks(said, people, MONDAY), said)]


def told(talk, **known):
    return [(t.text, t.assignee, t.due_text) for t in tasks(talk, **known)]


def test_a_promise_is_its_speakers_task():
    assert told("A: Тогда я переделаю медиаплан и покажу его в среду, восемнадцатого марта.") == [
        (
            "Я переделаю медиаплан и покажу его в среду, восемнадцатого марта.",
            "Speaker 1",
            "в среду, восемнадцатого марта",
        )
    ]
    assert told("A: Good. I will fix the four crashes by Friday.") == [
        ("I will fix the four crashes by Friday.", "Speaker 1", "by Friday")
    ]


def test_a_speaker_with_a_name_is_charged_by_it():
    (task,) = tasks("A: Я подготовлю смету к четвергу.", speakers={"A": "Анна Цой"})
    assert (task.assignee, task.due) == ("Анна Цой", date(2026, 3, 19))


def test_a_request_by_name_is_the_task_of_whoever_is_called():
    talk = "A: Алексей, проверь, пожалуйста, принтер до пятницы.\nB: Хорошо."
    assert told(talk) == [("Проверь принтер до пятницы.", "Алексей", "до пятницы")]
    talk = "A: Tom, could you send the texts to the translator by Thursday?\nB: Sure."
    assert told(talk) == [("Send the texts to the translator by Thursday.", "Tom", "by Thursday")]


def test_a_request_and_the_promise_that_answers_it_are_one_task():
    (task,) = tasks("""
        A: Алексей, проверь принтер и пришли отчёт до пятницы.
        B: Хорошо. Проверю принтер и до пятницы, двадцатого марта, пришлю отчёт.
    """)
    assert task.due_text == "до пятницы, двадцатого марта"
    assert {e.segment for e in task.evidence} == {1, 2}


def test_a_bare_acceptance_takes_its_day_to_the_request():
    (task,) = tasks("A: Света, найди три предложения по мебели.\nB: До четверга сделаю.")
    assert (task.text, task.assignee) == ("Найди три предложения по мебели.", "Света")
    assert task.due == date(2026, 3, 19)


def test_somebody_charged_in_the_third_person_is_the_assignee():
    talk = "A: Двух курьеров нанимаем. За наём отвечает Алексей, срок двадцать седьмое марта."
    (task,) = tasks(talk, participants=("Алексей Ветров",))
    assert (task.assignee, task.due) == ("Алексей Ветров", date(2026, 3, 27))
    assert "курьеров" in task.text
    talk = "A: Kevin will prepare the landing page by the fifteenth of June."
    assert [(t.assignee, t.due) for t in tasks(talk)] == [("Kevin", date(2026, 6, 15))]


def test_an_inflected_name_is_given_as_it_is_called():
    (task,) = tasks("A: Поручаем Ольге подготовить договор до среды.")
    assert task.assignee == "Ольга"


def test_it_is_explained_by_the_sentence_before():
    (task,) = tasks("A: I still owe you the download screen. I will deliver it by Wednesday.")
    assert task.text == "I still owe you the download screen. I will deliver it by Wednesday."


def test_a_day_named_right_after_is_the_tasks():
    (task,) = tasks("A: Я подготовлю презентацию.\nB: Когда?\nA: К пятнице.")
    assert task.due_text == "К пятнице"


@pytest.mark.parametrize(
    ("talk", "part"),
    [
        ("A: Tom, would you mind checking the invoices by Friday?\nB: No problem.", "invoices"),
        ("A: Tom, are you able to check the invoices by Friday?\nB: Yes, I am.", "invoices"),
        ("A: Could I ask you to check the invoices, Tom?\nB: Of course.", "invoices"),
        ("A: Helen, you'll need to put a deposit down, won't you?\nB: Yes, tomorrow.", "deposit"),
        ("A: Tom, you're on the invoices.\nB: Okay.", "invoices"),
        ("A: Mark, I need the draft by Thursday.\nB: Fine.", "draft"),
        ("A: Can Tom check the invoices by Friday?\nB: I can.", "invoices"),
        ("A: I'd like Tom to check the invoices.\nB: Sure.", "invoices"),
        ("A: Put me down for the invoices.\nB: Thanks.", "invoices"),
        ("A: I'm sending the invoices out tomorrow.\nB: Good.", "invoices"),
        ("A: The upgrade is on Sunday. Who helps?\nB: I'll be on standby that night.", "standby"),
        ("A: Where are the invoices?\nB: They'll be with you by Friday.", "Friday"),
        ("A: I'll put it on the website by Friday.\nB: Good.", "website"),
        ("A: Договор я завтра отправляю.\nB: Хорошо.", "Договор"),
        ("A: Дима, ты тогда готовишь договор к пятнице.\nB: Ладно.", "договор"),
        ("A: Глеб, мне бы описание вашего обмена.\nB: Скину.", "описание"),
        ("A: Эндокринолога вызвали?\nB: Нет ещё. Вызову.", "Эндокринолога"),
        ("A: Сергей, с тебя отчёт к пятнице.\nB: Есть.", "отчёт"),
        ("A: Когда отчёт?\nB: К пятнице будет.", "отчёт"),
        ("A: Заявку напишите, я подпишу.\nB: Заявку до среды подготовлю.", "Заявку"),
        ("A: Тимур проверит провод?\nB: Да, проверю.", "провод"),
    ],
)
def test_requests_and_promises_in_other_words_are_tasks(talk, part):
    (task,) = tasks(talk)
    assert part in task.text


def test_a_day_said_with_the_consent_is_the_tasks():
    (task,) = tasks("""
        A: Ms Lindsay, could you arrange something with the primary school?
        B: Certainly. We'd do that before the end of term, so by the seventeenth of July.
    """)
    assert task.due == date(2026, 7, 17)


def test_what_is_done_now_is_due_today():
    (task,) = tasks("A: Перепишу назначения сейчас, до обхода.")
    assert task.due == MONDAY


def test_whom_a_task_speaks_of_is_told_with_it():
    talk = """
        A: We have an offer from the Rotary Club.
        B: Let's be careful with sponsors.
        A: I'll write to them this weekend.
    """
    said, people = heard(talk)
    (task,) = find_tasks(said, people, MONDAY)
    situate([task], [], said)
    assert "Rotary Club" in task.text


@pytest.mark.parametrize(
    ("talk", "part"),
    [
        ("A: The fence is down again.\nB: I'll have a look at it on Saturday.", "fence"),
        ("A: Опять забор упал.\nB: Посмотрю в субботу.", "забор"),
        ("A: Has anyone reported the leak?\nB: Not yet, I'll do it first thing.", "leak"),
    ],
)
def test_what_a_short_promise_answers_is_told_with_it(talk, part):
    said, people = heard(talk)
    (task,) = find_tasks(said, people, MONDAY)
    situate([task], [], said)
    assert part in task.text


def test_a_call_some_turns_before_is_told_with_what_answers_it():
    (task,) = tasks("""
        A: Somebody should ring the agency. It's the third time they forgot.
        B: I know.
        C: It is annoying.
        B: Right, I'll ring them.
    """)
    assert "agency" in task.text


@pytest.mark.parametrize(
    "talk",
    [
        "A: I take it there's a mood for replacement.\nB: Yes.",
        "A: Я в среду буду в отпуске.\nB: Хорошо.",
        "A: I'll be away on Friday.\nB: Okay.",
        "A: I'm seeing my mother on Sunday.\nB: Nice.",
        "A: Завтра улетаю в Москву.\nB: Удачи.",
        "A: Can Tom hear us?\nB: I can.",
        "A: We can do Tuesday.\nB: Good.",
        "A: А ночью если упадёт, звонить Глебу?\nB: Звоните, я вам спою.",
        "A: Всё, спасибо, Олег, беги.",
        "A: Давайте до восьми, у меня тренировка.\nB: Уложимся.",
        "A: Тогда фиксирую, запуск второго февраля.\nB: Да.",
        "A: Я бы запускался первого апреля.",
        "A: Если успею, подготовлю отчёт до пятницы.",
        "A: If I find the time, I will send the report by Friday.",
        "A: Я не подготовлю отчёт до пятницы.",
        "A: Я предлагаю посмотреть на спрос.",
        "A: I would not promise it for this release.",
        "A: If we had money, I would hire two people by May.",
        "A: We could play it automatically.",
        "A: Let me share my screen. I will start with the agenda.",
        "A: Скажи, пожалуйста, что по складу?",
        "A: Алексей, склад готов?\nB: Почти.",
        "A: Please introduce yourselves.",
        "A: And somebody please descale the coffee machine.",
        "A: Tom, can you take the report?\nB: No, I can't.",
        "A: Света, сможешь подготовить отчёт?\nB: Нет, не успею.",
        "A: А ещё я принесу торт всем коллегам.\nA: Шучу, конечно.",
        "A: Поручение принято! Шучу, конечно.",
        "A: Tom, please descale the coffee machine.\nB: That is not an action item.",
    ],
)
def test_what_is_wished_refused_or_joked_is_no_task(talk):
    assert told(talk) == []
