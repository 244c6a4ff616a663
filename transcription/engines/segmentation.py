"""pyannote's segmentation-3.0 network, read without running pickled code, tuned to hear speech."""

from pathlib import Path
from pickle import UnpicklingError

import torch
from pyannote.audio import Model
from pyannote.audio.core.task import Problem, Resolution, Specifications
from pyannote.audio.models.segmentation import PyanNet
from torch.serialization import safe_globals
from torch.torch_version import TorchVersion

from .base import EngineError

SILENCE_PRIOR = 0.5
"""Nats taken from the silence class: a lost word is worse than a breath taken for speech."""
OVERLAP_PRIOR = 0.5
"""Nats given to each class of two voices at once."""


def load_segmentation(weights: Path) -> Model:
    """The segmentation-3.0 network, in evaluation mode, on the CPU, inclined to hear speech.

    ``weights`` is the checkpoint or its folder; only tensors and pyannote's own description are
    read from it. The inclination is a change of the classes' priors, added to the bias before the
    softmax. Raises EngineError where it is not such a checkpoint.
    """
    path = weights / "pytorch_model.bin" if weights.is_dir() else weights
    try:
        with safe_globals([TorchVersion, Specifications, Problem, Resolution]):
            checkpoint = torch.load(path, map_location="cpu", weights_only=True)
        model = PyanNet(**checkpoint["hyper_parameters"])
        model.specifications = checkpoint["pyannote.audio"]["specifications"]
        model.build()
        model.load_state_dict(checkpoint["state_dict"])
    except (KeyError, TypeError, RuntimeError, UnpicklingError) as error:
        raise EngineError(
            "weights_damaged", f"{path} is no checkpoint of pyannote's segmentation-3.0."
        ) from error
    with torch.no_grad():
        model.classifier.bias[0] -= SILENCE_PRIOR
        model.classifier.bias[1 + len(model.specifications.classes) :] += OVERLAP_PRIOR
    return model.eval()
