"""The formats of exports, by example."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from django.utils import translation

from transcription.exports import FORMATS, Options, Times
from transcription.exports.options import clock

OPTIONS = Options(
    title="Планёрка",
    held_at=datetime(2026, 3, 16, 10, tzinfo=timezone(timedelta(hours=3))),
    recording="meeting ru",
)


def row(start, end, speaker, text):
    words = text.split()
    step = (end - start) / len(words)
    timed = [
        {"start": start + step * n, "end": start + step * (n + 1), "text": word, "confidence": 0.9}
        for n, word in enumerate(words)
    ]
    return {
        "id": int(start),
        "start": start,
        "end": end,
        "speaker": speaker,
        "text": text,
        "language": "ru",
        "words": timed,
        "flags": [],
    }


@pytest.fixture
def document():
    return {
        "complete": True,
        "duration": 4000.0,
        "speakers": [{"label": "S1", "name": "Анна"}, {"label": "S2", "name": "Speaker <2>"}],
        "segments": [
            row(0.5, 2.0, "S1", "Начнём."),
            row(2.0, 3.0, "S1", "С даты."),
            row(3661.2345, 3662.0, "S2", "Цена < 5 & больше --> нет"),
            row(3663.0, 3664.0, None, "Эхо."),
        ],
    }


def export(name, document, **changes):
    with translation.override("en"):
        return FORMATS[name].write(document, Options(**(vars(OPTIONS) | changes)))


def test_txt_joins_what_one_speaker_says_in_a_row(document):
    assert export("txt", document).splitlines()[2:] == [
        "",
        "[00:00:00] Анна: Начнём. С даты.",
        "[01:01:01] Speaker <2>: Цена < 5 & больше --> нет",
        "[01:01:03] Эхо.",
    ]


def test_txt_without_names_and_times_is_only_what_was_said(document):
    lines = export("txt", document, speakers=False, times=Times.NONE).splitlines()
    assert lines[3:] == ["Начнём. С даты.", "Цена < 5 & больше --> нет", "Эхо."]


def test_times_can_stand_at_every_segment(document):
    assert export("txt", document, times=Times.SEGMENT).splitlines()[3] == (
        "[00:00:00] Анна: Начнём. [00:00:02] С даты."
    )
    assert "**Анна** · 00:00:00\n\nНачнём. \\[00:00:02\\] С даты.\n" in export(
        "md", document, times=Times.SEGMENT
    )


def test_segments_can_stay_apart(document):
    assert export("txt", document, paragraphs=False).splitlines()[3:5] == [
        "[00:00:00] Анна: Начнём.",
        "[00:00:02] Анна: С даты.",
    ]


@pytest.mark.parametrize("name", ["txt", "md", "srt", "vtt"])
def test_unsure_words_can_be_marked(document, name):
    document["segments"][1]["words"][1]["confidence"] = 0.3
    assert "[?]" not in export(name, document)
    text = export(name, document, marks=True).replace("\\", "")
    assert text.count("[?]") == 1
    assert "С даты[?]." in text


def test_words_that_people_put_in_their_place_are_not_marked_in_the_text(document):
    document["segments"][1]["words"][1]["confidence"] = 0.3
    document["segments"][1]["text"] = "Со срока."
    assert "[?]" not in export("txt", document, marks=True)


def test_what_programs_read_is_never_marked(document):
    document["segments"][1]["words"][1] |= {"confidence": 0.3}
    assert json.loads(export("json", document, marks=True)) == document
    assert "[?]" not in export("rttm", document, marks=True)


def test_lines_of_subtitles_are_as_long_as_told(document):
    document["segments"] = [row(0, 6, "S1", "слово " * 12)]
    for longest in (20, 60):
        cues = export("srt", document, line=longest, speakers=False).split("\n\n")
        lines = [line for cue in cues for line in cue.splitlines()[2:]]
        assert longest - len("слово ") <= max(map(len, lines)) <= longest


def test_json_can_do_without_words(document):
    told = json.loads(export("json", document, words=False))
    assert [set(one) for one in told["segments"]] == [set(document["segments"][0]) - {"words"}] * 4
    assert told["segments"][0]["text"] == "Начнём."


def test_srt_is_subrip(document):
    assert export("srt", document) == (
        "1\n00:00:00,500 --> 00:00:02,000\nАнна: Начнём.\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nС даты.\n\n"
        "3\n01:01:01,234 --> 01:01:02,000\nSpeaker <2>: Цена < 5 & больше → нет\n\n"
        "4\n01:01:03,000 --> 01:01:04,000\nЭхо.\n"
    )


def test_vtt_names_the_voices_and_escapes_what_was_said(document):
    text = export("vtt", document)
    assert text.startswith("WEBVTT\n\n1\n00:00:00.500 --> 00:00:02.000\n<v Анна>Начнём.\n\n")
    assert "<v Speaker &lt;2&gt;>Цена &lt; 5 &amp; больше --&gt; нет\n" in text
    assert text.endswith("01:01:03.000 --> 01:01:04.000\nЭхо.\n")
    assert text.count("-->") == 4


def test_vtt_without_names_has_no_voices(document):
    assert "<v" not in export("vtt", document, speakers=False)


def test_markdown_cannot_be_injected(document):
    document["segments"] = [
        row(0, 1, "S1", "1. <script>alert(1)</script> *жирно* [x](javascript:y)"),
        row(1, 2, "S2", "# Заголовок"),
        row(2, 3, "S1", "- пункт"),
    ]
    text = export("md", document, title="A_b")
    assert text.startswith("# A\\_b\n\n")
    assert "**Анна** · 00:00:00\n\n1\\. \\<script\\>alert(1)\\</script\\> \\*жирно\\*" in text
    assert "\n\n\\# Заголовок\n\n" in text
    assert "\n\n\\- пункт\n" in text


def test_markdown_without_names_and_times_has_no_empty_lines_of_heads(document):
    text = export("md", document, speakers=False, times=Times.NONE)
    assert "\n\n\n" not in text
    assert "Анна" not in text


def test_rttm_has_a_line_a_segment_and_no_spaces_in_names(document):
    lines = export("rttm", document).splitlines()
    assert lines[0] == "SPEAKER meeting_ru 1 0.500 1.500 <NA> <NA> S1 <NA> <NA>"
    assert [line.split()[7] for line in lines] == ["S1", "S1", "S2", "UNKNOWN"]
    assert all(len(line.split()) == 10 for line in lines)


def test_json_is_the_document(document):
    assert json.loads(export("json", document)) == document


@pytest.mark.parametrize(("complete", "sentence"), [(True, "Nothing was said"), (False, "yet")])
def test_where_nothing_was_said_the_texts_say_so_in_words(document, complete, sentence):
    document |= {"segments": [], "complete": complete}
    for name in ("txt", "md", "vtt"):
        assert sentence in export(name, document)
    assert export("srt", document) == ""
    assert export("rttm", document) == ""


def test_a_long_speech_gets_a_new_paragraph_every_minute(document):
    document["segments"] = [row(10.0 * n, 10.0 * n + 9, "S1", "Слово.") for n in range(14)]
    starts = [line[:10] for line in export("txt", document).splitlines()[3:]]
    assert starts == ["[00:00:00]", "[00:01:00]", "[00:02:00]"]


@pytest.mark.parametrize(
    ("seconds", "separator", "expected"),
    [
        (0, "", "00:00:00"),
        (59.999, "", "00:00:59"),
        (59.9996, ",", "00:01:00,000"),
        (3599.5, ".", "00:59:59.500"),
        (360_000, "", "100:00:00"),
    ],
)
def test_clocks(seconds, separator, expected):
    assert clock(seconds, separator) == expected
