"""CAM++ speaker embeddings (Wang et al. 2023, 3D-Speaker) as a pyannote.audio model.

The network's definition is one file of a weights package; it is loaded from its path, because
importing that package would import much that is not needed.
"""

import importlib.util
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from pickle import UnpicklingError

import torch
import torchaudio.compliance.kaldi as kaldi
from pyannote.audio import Model
from pyannote.audio.core.task import Problem, Resolution, Specifications
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .base import SAMPLE_RATE, EngineError

DIMENSION = 192
MEL_BANDS = 80
SHORTEST = 20
"""Frames of 10 ms below which a voice tells nothing: its embedding is NaN."""
LENGTHS = (25, 50, 75, 100, 150, 200, 300)
"""Frames that enter the network: a shorter voice is repeated up to the next length (as 3D-Speaker
does), so that voices can be computed together; of a longer one ``PIECE``s from all over it."""
PIECE = 100
BATCH = 24
"""Voices computed together; more gain nothing."""


class CampPlus(Model):
    """Speaker embeddings of those frames of each waveform that its weights point at."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__(sample_rate=SAMPLE_RATE, num_channels=1)
        self.network = network
        self.specifications = Specifications(
            problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=10.0
        )

    @property
    def dimension(self) -> int:
        """Numbers in one embedding."""
        return DIMENSION

    def forward(self, waveforms: torch.Tensor, weights: torch.Tensor | None = None) -> torch.Tensor:
        """Embeddings (batch, 192) of waveforms (batch, 1, samples); NaN where there is no voice.

        ``weights`` (batch, frames of any rate) are 1 where the wanted voice speaks, 0 elsewhere;
        without them the whole waveform counts. Only the marked frames enter the network.
        """
        marks = [None] * len(waveforms) if weights is None else list(weights)
        return self._embed([_frames(*heard) for heard in zip(waveforms, marks, strict=True)])

    def embed(self, clips: Iterable[torch.Tensor]) -> torch.Tensor:
        """Embeddings (clips, 192) of clips (samples,) of any lengths; NaN for the shortest."""
        with torch.inference_mode():
            return self._embed([_frames(clip[None].to(self.device), None) for clip in clips])

    def _embed(self, voices: Sequence[torch.Tensor]) -> torch.Tensor:
        """An embedding for each set of frames; those of one length go through together."""
        embeddings = torch.full((len(voices), DIMENSION), torch.nan, device=self.device)
        by_length: dict[int, list[int]] = defaultdict(list)
        for row, frames in enumerate(voices):
            by_length[len(frames)].append(row)
        with torch.autocast(
            self.device.type, torch.bfloat16, enabled=has_matrix_units(self.device)
        ):
            for length, rows in by_length.items():
                for first in range(0, len(rows) if length else 0, BATCH):
                    batch = rows[first : first + BATCH]
                    heard = self.network(torch.stack([voices[row] for row in batch]))
                    embeddings[batch] = heard.float()
        return embeddings


def has_matrix_units(device: torch.device) -> bool:
    """Whether bfloat16 is much faster than float32 on ``device``: GPUs, and CPUs with AMX.

    The embeddings are the same but for a cosine of 0.9995 (measured, CAM++ with and without).
    """
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return device.type == "cpu" and bool(torch.cpu.get_capabilities().get("amx_bf16"))


def _frames(waveform: torch.Tensor, weights: torch.Tensor | None) -> torch.Tensor:
    """Kaldi filter-bank frames (one of LENGTHS, 80) of the marked parts, mean-normalised over them.

    None (0, 80) where there are fewer than ``SHORTEST``.
    """
    nothing = waveform.new_empty((0, MEL_BANDS))
    if waveform.shape[1] < SHORTEST * SAMPLE_RATE // 100:
        return nothing
    if weights is not None and not weights.any():
        return nothing
    bands = kaldi.fbank(waveform, num_mel_bins=MEL_BANDS, sample_frequency=SAMPLE_RATE)
    if weights is not None:
        centres = (torch.arange(len(bands), device=bands.device) + 0.5) / len(bands)
        bands = bands[weights[(centres * len(weights)).long()] > 0]
    if len(bands) < SHORTEST:
        return nothing
    return _of_a_length(bands - bands.mean(dim=0, keepdim=True))


def _of_a_length(bands: torch.Tensor) -> torch.Tensor:
    """The frames repeated, or pieces evenly taken of them, to come to one of LENGTHS."""
    longest = LENGTHS[-1]
    if len(bands) > longest:
        starts = torch.linspace(0, len(bands) - PIECE, longest // PIECE).round().long().tolist()
        return torch.cat([bands[start : start + PIECE] for start in starts])
    length = next(length for length in LENGTHS if length >= len(bands))
    return bands.repeat(math.ceil(length / len(bands)), 1)[:length]


def load_campplus(definition: Path, weights: Path) -> CampPlus:
    """The embedding model, in evaluation mode, on the CPU.

    ``definition`` is the Python source that defines the class ``CAMPPlus``, ``weights`` its state.
    Only tensors are read from ``weights``, no pickled code. Raises EngineError where they do not
    belong together.
    """
    spec = importlib.util.spec_from_file_location("campplus_definition", definition)
    if spec is None or spec.loader is None:
        raise EngineError("weights_missing", f"{definition} is no Python source.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    network = module.CAMPPlus(feat_dim=MEL_BANDS, embedding_size=DIMENSION)
    try:
        network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    except (RuntimeError, UnpicklingError) as error:
        raise EngineError(
            "weights_damaged", f"The CAM++ weights in {weights} do not fit their network."
        ) from error
    _fuse_head(network.eval().head)
    return CampPlus(network).eval()


def _fuse_head(head: nn.Module) -> None:
    """Fold batch norms into convolutions, channels last: the same numbers in half the time."""
    pairs = [(head, "conv1", "bn1"), (head, "conv2", "bn2")]
    for block in [*head.layer1, *head.layer2]:
        pairs += [(block, "conv1", "bn1"), (block, "conv2", "bn2")]
        if len(block.shortcut) == 2:
            pairs.append((block.shortcut, "0", "1"))
    for owner, convolution, norm in pairs:
        fused = fuse_conv_bn_eval(getattr(owner, convolution), getattr(owner, norm))
        setattr(owner, convolution, fused)
        setattr(owner, norm, nn.Identity())
    head.to(memory_format=torch.channels_last)
