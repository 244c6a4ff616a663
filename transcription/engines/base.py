"""What crosses the boundary to speech engines: frozen values in and out, two Protocols.

Engines know neither Django nor settings. Audio is float32 mono at 16 kHz in [-1, 1];
times are seconds from the start of the array that was passed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from transcription.clustering import Voices

SAMPLE_RATE = 16_000

Audio = npt.NDArray[np.float32]
Progress = Callable[[float], None]
"""Called with the share done, 0..1, as often as the engine likes; may raise to stop the work."""


class EngineError(Exception):
    """An anticipated failure of an engine, its weights or its server.

    ``code`` is stable and for programs, ``detail`` a sentence for a person, ``retryable`` says
    whether the same call may succeed later.
    """

    def __init__(self, code: str, detail: str, retryable: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.retryable = retryable


@dataclass(frozen=True)
class Span:
    """A stretch of the recording, seconds, ``start < end``."""

    start: float
    end: float


@dataclass(frozen=True)
class Turn:
    """One speaker speaks from start to end; turns of different speakers may overlap."""

    start: float
    end: float
    speaker: str


@dataclass(frozen=True)
class Diarization:
    """Who spoke when. ``turns`` rise by start; ``embeddings`` has one unit vector a speaker."""

    turns: tuple[Turn, ...]
    embeddings: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Word:
    """A recognised word; ``text`` carries its punctuation and no spaces; confidence 0..1."""

    start: float
    end: float
    text: str
    confidence: float


@dataclass(frozen=True)
class Recognition:
    """What was recognised in one window; no words means that nothing was said."""

    language: str
    words: tuple[Word, ...]
    flags: tuple[str, ...] = ()
    """Doubts about the whole window, kept and shown: ``loop``, ``low_confidence``."""


class Sound(Protocol):
    """Samples that may lie on a disk: an array of them, or what can be sliced like one."""

    def __len__(self) -> int:
        """Samples in all."""
        ...

    def __getitem__(self, stretch: slice, /) -> Audio:
        """The samples of a stretch."""
        ...


class Diarizer(Protocol):
    """Finds who speaks when."""

    name: str
    model: str

    def diarize(
        self, audio: Sound, *, speakers: int | None = None, progress: Progress = lambda share: None
    ) -> Diarization:
        """The turns of ``audio``; exactly ``speakers`` voices where it is given."""
        ...


@runtime_checkable
class BlockDiarizer(Diarizer, Protocol):
    """A diarizer that hears blocks of a recording apart, in any order, and joins what it heard.

    ``diarize`` gives what ``turns_of`` gives for the voices of all blocks.
    """

    def blocks_of(self, samples: int) -> list[slice]:
        """The blocks of a recording of so many samples, in order."""
        ...

    def hear(self, block: Audio, *, progress: Progress = lambda share: None) -> "Voices":
        """The voices of one block."""
        ...

    def turns_of(
        self,
        voices: "Voices",
        sound: Sound,
        *,
        speakers: int | None = None,
        progress: Progress = lambda share: None,
    ) -> Diarization:
        """Speakers and turns from the voices of all blocks, joined in order."""
        ...


class Recognizer(Protocol):
    """Writes down what is said."""

    name: str
    model: str

    def languages(self, clips: Sequence[Audio]) -> list[Mapping[str, float]]:
        """Probability of each language (ISO 639-1) for every clip, in order.

        Empty mappings from an engine that cannot tell without recognising.
        """
        ...

    def recognize(
        self, audio: Audio, *, language: str | None = None, prompt: str = ""
    ) -> Recognition:
        """The words of one window of at most 30 s; word times lie inside the window."""
        ...


class Embedder(Protocol):
    """Turns text into vectors that lie near each other where the meanings do."""

    name: str
    model: str
    """Vectors of one model can be compared, with those of no other."""

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit vectors of one length, one a text, in order."""
        ...

    def question(self, text: str) -> list[float]:
        """The unit vector of what is looked for among passages."""
        ...
