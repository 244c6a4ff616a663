from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.grounding import Metadata, Verdict, check, metadata_of, stands_in
from reports.writers.base import Evidence, Segment, Statement
from reports.writers.words import parses
from tests.reports.writers.talk import MONDAY, meeting
from tests.reports.writers.test_numerals import spelled_en, spelled_ru

KNOWN = Metadata(("Планёрка", "Алексей Ветров", "Tom Becker"), MONDAY)


def verdict(text, *said, known=KNOWN, **fields) -> Verdict:
    """The check of a statement that quotes each of ``said`` whole."""
    segments = {i: Segment(i, 0.0, 1.0, "S1", words) for i, words in enumerate(said)}
    evidence = tuple(Evidence(i, 0.0, 1.0, words) for i, words in enumerate(said))
    return check(Statement("decision", text, evidence, **fields), segments, known)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Рекламный бюджет: 140 000 рублей.", "рекламный бюджет сто сорок тысяч рублей"),
        ("Доставка запускается 2 апреля 2026 года.", "запускаем доставку второго апреля"),
        ("Наём поручен Алексею Ветрову.", "за наём отвечает Алексей"),
        ("The release moves to 30 March.", "we release on Monday, the thirtieth of March"),
        ("Tom will fix 4 crashes.", "I will fix the four crashes"),
        ("Отчёт Алексея нужен 16 марта.", "пришли отчет сегодня"),
        ("Buses run 2 times a week.", "right, buses twice a week"),
        ("Насос за 75 тысяч.", "перемотать двадцать восемь тысяч, новый насос семьдесят пять"),
        ("Ярмарка 5 декабря.", "ярмарка пятого или двенадцатого декабря, значит, пятого"),
        ("Выбрали Териберку, а не Аниву.", "Териберка или Анива, ну, значит, Териберка"),
        ("Калий 3,2.", "калий три и два"),
        ("The fair is on 17 May.", "the fair on the tenth of May? the seventeenth it shall be"),
        ("Гостей не держат.", "нет, держать не будем гостей"),
        ("Второй магазин не открывают.", "ещё один магазин открывать не будем"),
    ],
)
def test_a_faithful_statement_is_supported(text, said):
    assert verdict(text, said) == Verdict("supported")


@pytest.mark.parametrize(
    ("text", "said", "reason", "words"),
    [
        ("Бюджет 150 тысяч.", "бюджет сто сорок тысяч", "number_not_in_evidence", "150 тысяч"),
        ("Запуск 3 апреля.", "запуск второго апреля", "date_not_in_evidence", "3 апреля"),
        ("Release by Friday.", "release by Thursday", "date_not_in_evidence", "Friday"),
        ("Наём поручен Клаусу.", "за наём отвечает Алексей", "name_not_in_evidence", "Клаусу"),
        ("We sign with Globex.", "we sign with them", "name_not_in_evidence", "Globex"),
        ("Ольга пришлёт отчёт.", "пришлю отчёт", "name_not_in_evidence", "Ольга"),
        ("Buses run 3 times a week.", "buses twice a week", "number_not_in_evidence", "3"),
        ("Насос за 75 тысяч.", "насос семьдесят пять", "number_not_in_evidence", "75 тысяч"),
    ],
)
def test_what_nobody_said_is_unverified(text, said, reason, words):
    assert verdict(text, said) == Verdict("unverified", reason, words)


def test_a_statement_without_evidence_is_unverified():
    assert verdict("Запуск перенесён.").reason == "no_evidence"


def test_evidence_in_a_segment_of_another_meeting_is_unverified():
    statement = Statement("decision", "Запуск.", (Evidence(7, 0.0, 1.0, "запуск"),))
    assert check(statement, {}, KNOWN).reason == "segment_missing"


def test_a_quote_must_stand_in_its_segment():
    segments = {1: Segment(1, 0.0, 1.0, "S1", "Ещё, отчёт готов!")}

    def quoting(quote):
        return check(Statement("summary", "Отчёт.", (Evidence(1, 0, 1, quote),)), segments, KNOWN)

    assert quoting("еще отчет ГОТОВ").verdict == "supported"
    assert quoting("отчёт не готов").reason == "quote_not_in_segment"
    assert quoting("отчёт гото").reason == "quote_not_in_segment"
    assert quoting("…").reason == "quote_not_in_segment"


def test_a_due_day_must_follow_from_the_evidence():
    said = "I will send it by Thursday"
    fields = {"due_text": "by Thursday", "due": date(2026, 3, 19)}
    assert verdict("Send it.", said, **fields).verdict == "supported"
    assert verdict("Send it.", said, **fields | {"due": date(2026, 3, 20)}).reason == (
        "date_not_in_evidence"
    )
    assert verdict("Send it.", said, due_text="as soon as possible").reason == (
        "date_not_in_evidence"
    )


def test_a_due_day_may_be_reckoned_from_the_day_that_the_evidence_says_it_is():
    late = Metadata((), date(2026, 11, 22))
    told = ("пришлю до пятницы", "сегодня понедельник, шестнадцатое марта")
    fields = {"due_text": "до пятницы", "due": date(2026, 3, 20), "known": late}
    assert verdict("Пришлю.", *told, **fields).verdict == "supported"
    assert verdict("Пришлю.", told[0], **fields).reason == "date_not_in_evidence"


def test_an_assignee_must_be_known_or_said():
    assert verdict("Отчёт.", "отчёт", assignee="Алексей Ветров").verdict == "supported"
    assert verdict("Отчёт.", "отчёт", assignee="Speaker 2").verdict == "supported"
    assert verdict("Отчёт.", "отчёт", assignee="Пётр Ильин").reason == "name_not_in_evidence"


def test_metadata_holds_what_people_gave():
    known = metadata_of(meeting("A: Да.", title="Планёрка", agenda=("Бюджет",)))
    assert known == Metadata(("Планёрка", "Бюджет", "Speaker 1"), MONDAY, {"A": "Speaker 1"})


@settings(deadline=None)
@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_a_changed_number_is_flagged(said, written):
    assume(said != written and written != MONDAY.year)
    assert verdict(f"Бюджет {said} рублей.", f"бюджет {said} рублей").verdict == "supported"
    assert verdict(f"Бюджет {written} рублей.", f"бюджет {said} рублей").reason == (
        "number_not_in_evidence"
    )


@settings(deadline=None)
@given(st.sampled_from(["Kowalski", "Федотова", "Yamamoto", "Гоголь", "Acme", "Сколково"]))
def test_a_name_that_is_nowhere_is_flagged(name):
    text = "we go with the second offer"
    assert verdict(f"We go with {name}.", text).reason == "name_not_in_evidence"
    assert verdict(f"We go with {name}.", f"{text} by {name}").verdict == "supported"


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_text_stands_in_itself_if_it_has_words(text):
    assert stands_in(text, text) == any(c.isalnum() for c in text)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_any_statement_is_checked_without_error(text, said, assignee):
    result = verdict(text, said, assignee=assignee)
    assert (result.verdict == "supported") == (result.reason == "")


PEOPLE = Metadata(
    ("Планёрка",), MONDAY, {"S1": "Марина Соколова", "S2": "Алексей Ветров", "S3": "Ольга Цой"}
)


def spoken(statement, *said):
    """The check of a decision or task on a talk of ``(speaker, words)``, all of it cited."""
    segments = {i: Segment(i, i, i + 1, who, words) for i, (who, words) in enumerate(said)}
    evidence = tuple(Evidence(i, i, i + 1, words) for i, (_, words) in enumerate(said))
    return check(replace(statement, evidence=evidence), segments, PEOPLE)


ASKED = (("S1", "Алексей, проверь, пожалуйста, принтер."), ("S2", "Хорошо, проверю."))


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("Алексей Ветров", ""),
        ("Алексей", ""),
        ("Марина Соколова", "assignee_not_charged"),
        ("Ольга Цой", "assignee_not_charged"),
    ],
)
def test_a_task_is_of_whoever_was_asked_and_agreed(who, reason):
    task = Statement("action_item", "Проверить принтер.", (), assignee=who)
    assert spoken(task, *ASKED).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Закупить два сервера.", ""),
        ("Не закупать два сервера.", "contradicted"),
        ("Отменить корпоратив в июле.", "date_not_in_evidence"),
        ("Отменить летний праздник для детей сотрудников.", "other_matter"),
    ],
)
def test_a_decision_must_be_of_the_same_matter_and_sign(text, reason):
    said = ("S1", "Решили: закупаем два сервера.")
    assert spoken(Statement("decision", text, ()), said).reason == reason


@pytest.mark.parametrize(
    "said",
    [
        [("S2", "Я бы запускался первого апреля.")],
        [("S2", "А если запуститься первого апреля?"), ("S3", "Нет, рано.")],
        [("S2", "Запускаемся первого апреля!"), ("S2", "Шучу, конечно.")],
        [("S2", "Раньше планировали запуск первого апреля.")],
    ],
)
def test_what_was_wished_refused_joked_or_planned_before_is_not_decided(said):
    decision = Statement("decision", "Запуск первого апреля.", ())
    assert spoken(decision, *said).reason == "not_decided"
    assert spoken(decision, ("S1", "Решили: запускаемся первого апреля.")).reason == ""


def test_somebody_who_takes_part_but_is_not_cited_is_a_wrong_name():
    said = ("S1", "Решили: договор подпишет Алексей до пятницы.")
    assert spoken(Statement("decision", "Договор подпишет Алексей.", ()), said).reason == ""
    assert spoken(Statement("decision", "Договор подпишет Ольга.", ()), said).reason == (
        "name_not_in_evidence"
    )


@settings(deadline=None)
@given(st.integers(1, 28), st.integers(1, 28), st.sampled_from(["марта", "мая", "июня"]))
def test_a_changed_day_is_flagged(said, written, month):
    assume((written, month) != (MONDAY.day, "марта"))
    result = verdict(f"Запуск {written} {month}.", f"запуск {said} {month}")
    assert result.reason == ("" if said == written else "date_not_in_evidence")


@settings(deadline=None)
@given(st.dates(date(2026, 3, 17), date(2026, 12, 1)), st.integers(1, 60))
def test_a_due_day_other_than_the_one_said_is_flagged(day, off):
    said = f"пришлю до {day:%d.%m.%Y}"
    fields = {"due_text": f"до {day:%d.%m.%Y}"}
    assert verdict("Прислать.", said, due=day, **fields).verdict == "supported"
    late = day + timedelta(days=off)
    assert verdict("Прислать.", said, due=late, **fields).reason == "date_not_in_evidence"


CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
NAMES = ("Ольга", "Сергей", "Фёдор", "Пётр", "Мария", "Николай", "Алёна", "Игорь", "Надежда")


def inflected(name: str, case: str) -> str:
    parse = next(p for p in parses(name) if "Name" in p.tag and p.tag.case == "nomn")
    return str(parse.inflect({case}).word).capitalize()


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(CASES), st.sampled_from(CASES))
def test_a_name_is_the_same_in_any_case(name, written, said):
    heard = f"это сделал {inflected(name, said)}"
    assert verdict(f"Это сделал {inflected(name, written)}.", heard).verdict == "supported"


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(CASES))
def test_another_name_is_flagged_in_any_case(name, other, case):
    assume(name != other)
    heard = f"это сделал {inflected(name, case)}"
    assert verdict(f"Это сделал {inflected(other, case)}.", heard).reason == "name_not_in_evidence"


@settings(deadline=None)
@given(st.sampled_from(["Ещё четвёртого апреля Пётр", "Её отчёт", "Всё решено: берём"]))
def test_e_and_yo_are_one_letter(text):
    plain = text.replace("ё", "е")
    assert verdict(f"{plain}.", text.lower()).verdict == "supported"
    assert verdict(f"{text}.", plain).verdict == "supported"


@settings(deadline=None)
@given(st.integers(2, 999_999), st.sampled_from([spelled_ru, spelled_en]))
def test_a_number_is_the_same_in_words_and_in_digits(value, spelled):
    assert verdict(f"Итог {value:,}.".replace(",", " "), spelled(value)).verdict == "supported"
