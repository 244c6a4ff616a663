"""Whisper weights in CTranslate2's format, rewritten without loss as an openai-whisper checkpoint.

The format of ``model.bin`` (version 6): u32 version, string spec, u32 revision, u32 count; then
per variable: string name, u8 rank, u32 dimensions, u8 type, u32 bytes, data. A string is a u16
length and that many bytes, the last of them NUL. Numbers are little-endian.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import torch

Array = npt.NDArray[np.generic]

VERSION = 6
SPEC = "WhisperSpec"
TYPES = ("<f4", "<i1", "<i2", "<i4", "<f2")

HEAD_SIZE = 64
"""Every published Whisper has attention heads of this width, so that n_head = n_state / 64."""


def convert(source: Path, target: Path) -> None:
    """Write the checkpoint that ``whisper.load_model`` reads; every number is kept bit for bit.

    Raises ValueError where ``source`` is not a Whisper of version 6.
    """
    state = openai_state(read_variables(source))
    tensors = {name: torch.from_numpy(np.array(array)) for name, array in state.items()}
    torch.save({"dims": dimensions(state), "model_state_dict": tensors}, target)


def read_variables(source: Path) -> dict[str, Array]:
    """The named arrays of a CTranslate2 ``model.bin``."""
    with source.open("rb") as stream:
        version = _number(stream, "I")
        spec = _string(stream)
        if version != VERSION or spec != SPEC:
            raise ValueError(f"{source.name}: a {spec} of version {version}, not a {SPEC} of 6")
        _number(stream, "I")
        return dict(_variable(stream) for _ in range(_number(stream, "I")))


def openai_state(variables: dict[str, Array]) -> dict[str, Array]:
    """The same arrays under openai-whisper's names, stacked projections taken apart."""
    state: dict[str, Array] = {}
    for name, array in variables.items():
        part, _, rest = name.partition("/")
        if part in ("encoder", "decoder") and array.ndim:
            state.update(_rename(part, rest, array))
    return state


def dimensions(state: dict[str, Array]) -> dict[str, int]:
    """``whisper.model.ModelDimensions`` as read from the shapes."""
    vocabulary, text_width = state["decoder.token_embedding.weight"].shape
    frames, audio_width = state["encoder.positional_embedding"].shape
    return {
        "n_mels": state["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": frames,
        "n_audio_state": audio_width,
        "n_audio_head": audio_width // HEAD_SIZE,
        "n_audio_layer": sum(_is_block(name, "encoder") for name in state),
        "n_vocab": vocabulary,
        "n_text_ctx": state["decoder.positional_embedding"].shape[0],
        "n_text_state": text_width,
        "n_text_head": text_width // HEAD_SIZE,
        "n_text_layer": sum(_is_block(name, "decoder") for name in state),
    }


def _is_block(name: str, part: str) -> bool:
    return name.startswith(f"{part}.blocks.") and name.endswith(".mlp_ln.weight")


def _rename(part: str, rest: str, array: Array) -> Iterator[tuple[str, Array]]:
    """openai-whisper's name or names of one CTranslate2 variable."""
    if rest.startswith("layer_") and rest.split("/")[0] != "layer_norm":
        layer, module, *inner = rest.split("/")
        block = f"{part}.blocks.{layer.removeprefix('layer_')}"
        yield from _rename_in_block(block, module, inner, array)
        return
    fixed = {
        "embeddings/weight": "token_embedding.weight",
        "position_encodings/encodings": "positional_embedding",
        "layer_norm/gamma": "ln_post.weight" if part == "encoder" else "ln.weight",
        "layer_norm/beta": "ln_post.bias" if part == "encoder" else "ln.bias",
        "conv1/weight": "conv1.weight",
        "conv1/bias": "conv1.bias",
        "conv2/weight": "conv2.weight",
        "conv2/bias": "conv2.bias",
    }
    if rest in fixed:
        yield f"{part}.{fixed[rest]}", array


def _rename_in_block(
    block: str, module: str, inner: list[str], array: Array
) -> Iterator[tuple[str, Array]]:
    place = {"self_attention": "attn", "attention": "cross_attn", "ffn": "mlp"}[module]
    kind, parameter = inner
    if kind == "layer_norm":
        yield f"{block}.{place}_ln.{'weight' if parameter == 'gamma' else 'bias'}", array
        return
    stacked = {
        ("self_attention", "linear_0"): ("query", "key", "value"),
        ("self_attention", "linear_1"): ("out",),
        ("attention", "linear_0"): ("query",),
        ("attention", "linear_1"): ("key", "value"),
        ("attention", "linear_2"): ("out",),
        ("ffn", "linear_0"): ("0",),
        ("ffn", "linear_1"): ("2",),
    }[module, kind]
    for projection, piece in zip(stacked, np.split(array, len(stacked)), strict=True):
        if (projection, parameter) != ("key", "bias"):  # always zero: Whisper's keys have none
            yield f"{block}.{place}.{projection}.{parameter}", piece


def _variable(stream: BinaryIO) -> tuple[str, Array]:
    name = _string(stream)
    shape = tuple(_number(stream, "I") for _ in range(_number(stream, "B")))
    kind = TYPES[_number(stream, "B")]
    return name, np.frombuffer(stream.read(_number(stream, "I")), dtype=kind).reshape(shape)


def _string(stream: BinaryIO) -> str:
    return stream.read(_number(stream, "H")).rstrip(b"\0").decode()


def _number(stream: BinaryIO, kind: str) -> int:
    form = struct.Struct("<" + kind)
    value: int = form.unpack(stream.read(form.size))[0]
    return value
