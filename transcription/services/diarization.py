"""The stage diarize: who speaks when. A long recording is heard in blocks, by many workers."""

import io
from collections.abc import Sequence

import numpy as np
from django.db import transaction

from meetings import storage
from meetings.media.waveform import Samples
from meetings.models import Recording
from meetings.pipeline import Claim, Commit, Spread
from transcription import registry
from transcription.clustering import Voices
from transcription.engines.base import BlockDiarizer, Diarization, Diarizer, Sound
from transcription.services import transcripts

JOINING = 0.1
"""The share of the stage that is left when all blocks are heard."""


def diarize(claim: Claim) -> Commit | Spread:
    """Store the turns and speakers of the meeting, and a voice's embedding for each."""
    recording = Recording.objects.select_related("meeting").get(meeting__pk=claim.meeting_id)
    diarizer = registry.diarizer()
    speakers = claim.options.get("speakers") or recording.meeting.speakers_expected
    with storage.local_copy(recording.audio_key) as flac:
        sound = Samples(flac)
        blocks = len(_blocks(diarizer, sound))
        if blocks > 1 and len(claim.outputs) != blocks:
            return Spread(blocks)
        with claim.interruptible():
            found = _turns(claim, diarizer, sound, speakers)
    claim.metrics.update(
        engine=diarizer.name,
        model=diarizer.model,
        turns=len(found.turns),
        speakers=len({turn.speaker for turn in found.turns}),
    )

    def commit() -> None:
        transcripts.replace_diarization(
            transcripts.of_claim(claim), found, f"{diarizer.name} {diarizer.model}"
        )
        # robust: a store that is away now must not stop a chain whose stage is done
        transaction.on_commit(lambda: storage.delete(claim.outputs), robust=True)

    return commit


def hear_block(claim: Claim) -> Commit:
    """Store the voices of one block of the recording."""
    recording = Recording.objects.get(meeting__pk=claim.meeting_id)
    diarizer = registry.diarizer()
    assert isinstance(diarizer, BlockDiarizer) and claim.shard is not None
    with storage.local_copy(recording.audio_key) as flac:
        sound = Samples(flac)
        block = sound[_blocks(diarizer, sound)[claim.shard]]
    with claim.interruptible():
        voices = diarizer.hear(block, progress=claim.report)
    claim.output = storage.output_key(claim.meeting_id, "diarize", claim.token, "voices.npz")
    storage.put_bytes(claim.output, packed(voices))
    return lambda: None


def _blocks(diarizer: Diarizer, sound: Sound) -> Sequence[slice]:
    return diarizer.blocks_of(len(sound)) if isinstance(diarizer, BlockDiarizer) else []


def _turns(claim: Claim, diarizer: Diarizer, sound: Sound, speakers: int | None) -> Diarization:
    if not claim.outputs or not isinstance(diarizer, BlockDiarizer):
        return diarizer.diarize(sound, speakers=speakers, progress=claim.report)
    voices = Voices.joined([unpacked(storage.get_bytes(key)) for key in claim.outputs])
    return diarizer.turns_of(
        voices,
        sound,
        speakers=speakers,
        progress=lambda share: claim.report(1 - JOINING * (1 - share)),
    )


def packed(voices: Voices) -> bytes:
    """Voices as a file: exactly what they were, a tenth of the size."""
    file = io.BytesIO()
    np.savez_compressed(
        file, activity=voices.activity.astype(np.uint8), embeddings=voices.embeddings
    )
    return file.getvalue()


def unpacked(file: bytes) -> Voices:
    """The voices that were packed."""
    with np.load(io.BytesIO(file), allow_pickle=False) as stored:
        return Voices(stored["activity"].astype(np.float32), stored["embeddings"])
