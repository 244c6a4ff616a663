import pytest

from reports.writers.names import called_name, heard_names, is_placeholder, same_first_name
from tests.reports.writers.talk import segments


def names(talk, participants=()):
    return {key: heard.name for key, heard in heard_names(segments(talk), participants).items()}


def test_a_speaker_who_gives_a_name_has_it():
    assert names("A: Меня зовут Марина Соколова, я веду встречу.") == {"A": "Марина Соколова"}
    assert names("A: Hi, I am Rachel Moore, and I look after design.") == {"A": "Rachel Moore"}


def test_a_name_and_a_role_are_an_introduction():
    talk = """
    A: Давайте представимся.
    B: Алексей Ветров, склад и логистика.
    C: Ольга, маркетинг.
    """
    assert names(talk) == {"B": "Алексей Ветров", "C": "Ольга"}


def test_whoever_speaks_after_being_called_has_the_name():
    talk = """
    A: Алексей, склад готов?
    B: Почти готов.
    A: Tom, how big is the download?
    C: Nine hundred megabytes.
    """
    assert names(talk) == {"B": "Алексей", "C": "Tom"}


def test_a_participant_of_that_first_name_lends_the_full_one():
    talk = "A: Маша, что по бюджету?\nB: Всё готово."
    assert names(talk, ["Мария Иванова", "Пётр Сидоров"]) == {"B": "Мария Иванова"}
    assert names(talk, ["Мария Иванова", "Мария Петрова"]) == {"B": "Маша"}


def test_a_name_that_another_speaker_gave_is_not_given_twice():
    talk = "A: Меня зовут Ольга Никитина.\nB: Ольга, сколько нужно денег?\nC: Двести тысяч."
    assert names(talk) == {"A": "Ольга Никитина"}


def test_a_voice_that_gives_two_names_has_none():
    assert names("A: Меня зовут Олег Зуев.\nA: Меня зовут Анна Цой.") == {}


def test_the_evidence_of_a_name_stands_in_its_segment():
    said = segments("A: Доброе утро! Меня зовут Марина Соколова. Начнём.")
    evidence = heard_names(said)["A"].evidence
    assert "Марина Соколова" in evidence.quote
    assert evidence.quote in said[0].text


@pytest.mark.parametrize("text", ["Хорошо, сделаю.", "Honestly, no.", "Итак, начнём."])
def test_an_opening_word_is_nobodys_name(text):
    assert called_name(text) == ""


def test_a_name_at_the_end_is_called_too():
    assert called_name("That is not an action item, Tom.") == "Tom"


@pytest.mark.parametrize("name", ["Speaker 1", "SPEAKER_00", "Спикер 2", "S1", ""])
def test_a_label_is_no_name(name):
    assert is_placeholder(name)


def test_cases_and_short_forms_are_of_one_person():
    assert same_first_name("Ольгу", "Оля")
    assert same_first_name("Tom", "Thomas")
    assert not same_first_name("Tom", "Timothy")
