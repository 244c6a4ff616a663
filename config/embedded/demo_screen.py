"""The demonstration on a terminal: stages with bars, text as it comes, the minutes.

Where stdout is no terminal the same is told in plain lines.
"""

import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

STAGES = {
    "convert": "Converting",
    "diarize": "Who speaks when",
    "transcribe": "Recognising speech",
    "align": "Words to speakers",
    "report": "Writing the minutes",
}


class Screen:
    """Draws one job; what was drawn is never drawn twice."""

    def __init__(self) -> None:
        plain = not sys.stdout.isatty()
        self._console = Console(highlight=False, soft_wrap=plain)
        self._progress = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._bars: dict[str, TaskID] = {}
        self._states: dict[str, str] = {}
        self._told_until = 0.0

    def __enter__(self) -> "Screen":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def say(self, text: str, style: str = "") -> None:
        """Print a line above the bars; nothing in ``text`` is taken for markup."""
        self._console.print(Text(text, style=style))

    def stages(self, stages: Sequence[Mapping[str, Any]], eta_seconds: float | None) -> None:
        """Draw the state of every stage; ``eta_seconds`` goes to the one that runs."""
        for stage in stages:
            name, state = stage["name"], stage["state"]
            if self._console.is_terminal:
                self._draw_bar(stage, eta_seconds)
            elif self._states.get(name) != state and state != "pending":
                self.say(f"{STAGES.get(name, name)}: {state}")
            self._states[name] = state

    def _draw_bar(self, stage: Mapping[str, Any], eta_seconds: float | None) -> None:
        name, state = stage["name"], stage["state"]
        if name not in self._bars:
            label = STAGES.get(name, name)
            self._bars[name] = self._progress.add_task(label, total=1, start=False, note="")
        bar = self._bars[name]
        if state == "running" and self._states.get(name) != "running":
            self._progress.start_task(bar)
        done = 1.0 if state in ("succeeded", "skipped") else stage["progress"]
        note = "" if state in ("pending", "succeeded") else state
        if state == "running" and eta_seconds is not None:
            note = f"about {eta_seconds:.0f} s left in all"
        self._progress.update(bar, completed=done, note=note)
        if state not in ("pending", "running"):
            self._progress.stop_task(bar)

    def segments(self, segments: Sequence[Mapping[str, Any]]) -> None:
        """Print the text that came since; a later, finer cut of what was told is not repeated."""
        for segment in segments:
            if segment["start"] >= self._told_until - 0.05:
                self.say(f"{clock(segment['start'])}  {_spoken(segment)}")
                self._told_until = segment["end"]

    def transcript(self, transcript: Mapping[str, Any]) -> None:
        """Print who spoke, and for how long."""
        talk: dict[str, float] = {}
        for segment in transcript["segments"]:
            speaker = segment["speaker"] or "?"
            talk[speaker] = talk.get(speaker, 0) + segment["end"] - segment["start"]
        names = {speaker["label"]: speaker["name"] for speaker in transcript["speakers"]}
        spoke = ", ".join(f"{names.get(label, label)} {clock(s)}" for label, s in talk.items())
        self.say(f"\n{len(transcript['segments'])} segments; {spoke or 'nobody speaks'}")

    def minutes(self, minutes: Mapping[str, Any]) -> None:
        """Print the minutes: each statement with the place in the recording it rests on."""
        support = minutes["support"]
        self.say(
            f"\nMinutes, version {minutes['version']}: {support['supported']} of "
            f"{support['statements']} statements are supported by the recording",
            "bold",
        )
        for section in minutes["sections"]:
            self.say(f"\n{section['title']}", "bold")
            for statement in section["statements"]:
                self.say(_statement(statement))


def _spoken(segment: Mapping[str, Any]) -> str:
    return f"{segment['speaker']}: {segment['text']}" if segment["speaker"] else segment["text"]


def _statement(statement: Mapping[str, Any]) -> str:
    places = ", ".join(clock(evidence["start"]) for evidence in statement["evidence"])
    details = [statement.get("assignee"), statement.get("due") or statement.get("due_text"), places]
    line = f"  • {statement['text']}"
    if any(details):
        line += f"  [{'; '.join(str(d) for d in details if d)}]"
    return line + ("" if statement["verdict"] == "supported" else f"  ({statement['verdict']})")


def clock(seconds: float) -> str:
    """Seconds as m:ss, or h:mm:ss from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
