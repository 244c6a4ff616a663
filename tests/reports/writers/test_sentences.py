from hypothesis import given
from hypothesis import strategies as st

from reports.grounding import stands_in
from reports.writers.base import Segment
from reports.writers.sentences import sentences, tidy
from reports.writers.words import normalized
from tests.reports.writers.talk import segments


def texts(talk):
    return [s.text for s in sentences(segments(talk))]


def test_a_segment_is_cut_into_its_sentences():
    assert texts("A: Согласна. Тогда второе апреля, это четверг. Возражения есть?") == [
        "Согласна.",
        "Тогда второе апреля, это четверг.",
        "Возражения есть?",
    ]


def test_a_number_with_a_point_is_not_cut():
    assert texts("A: Версия 2.5 готова. Выросли на 3.7 процента.") == [
        "Версия 2.5 готова.",
        "Выросли на 3.7 процента.",
    ]


def test_sentences_that_recognition_joined_by_commas_are_cut_where_one_opens():
    said = texts("A: печенье в протокол не вносим, на повестке два пункта, Алексей, склад готов?")
    assert said == [
        "печенье в протокол не вносим,",
        "на повестке два пункта,",
        "Алексей, склад готов?",
    ]


def test_a_summing_up_is_cut_into_its_points_but_not_inside_a_day():
    said = texts("A: To sum up: we release on Monday, the thirtieth of March, Spanish only.")
    assert said[-2:] == ["we release on Monday, the thirtieth of March,", "Spanish only."]


def test_a_condition_keeps_its_consequence():
    assert len(texts("A: Если успеем, тогда сделаем сайт к маю.")) == 1


def test_a_sentence_goes_on_in_the_next_segment_of_its_speaker():
    (sentence,) = sentences(segments("A: We will send the report\nA: by Friday."))
    assert sentence.text == "We will send the report by Friday."
    assert [p.segment for p in sentence.parts] == [1, 2]


def test_a_word_left_behind_another_speakers_turn_goes_to_who_says_the_rest():
    said = sentences(segments("A: Сколько нужно? Я\nB: просила двести тысяч."))
    assert (said[-1].speaker, said[-1].text) == ("B", "Я просила двести тысяч.")


def test_a_sentence_is_made_fit_to_be_read():
    (said,) = sentences(segments("A: ну, хорошо, тогда   я переделаю медиаплан"))
    assert tidy(said.text, said.cues) == "Я переделаю медиаплан."


def test_an_interrupted_sentence_loses_its_hanging_words():
    (said,) = sentences(segments("A: We add the Spanish audio, so"))
    assert tidy(said.text, said.cues) == "We add the Spanish audio."


pieces = st.text(alphabet="абвгд АБВ ,.!?-: abc XYZ 019 итак тогда", max_size=60)


@given(st.lists(st.tuples(st.sampled_from("AB"), pieces), max_size=6))
def test_every_word_is_in_one_sentence_and_every_part_stands_in_its_segment(talk):
    held = [Segment(i, i * 5.0, i * 5.0 + 4.0, who, text) for i, (who, text) in enumerate(talk)]
    said = sentences(held)
    assert " ".join(normalized(s.text) for s in said) == normalized(" ".join(s.text for s in held))
    for sentence in said:
        for part in sentence.parts:
            segment = held[part.segment]
            assert stands_in(part.quote, segment.text)
            assert segment.start <= part.start <= part.end <= segment.end
