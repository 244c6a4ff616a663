"""CTranslate2's Whisper becomes OpenAI's, number for number."""

import struct
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
whisper = pytest.importorskip("whisper")

from transcription.ctranslate2_checkpoint import convert, read_variables  # noqa: E402

WIDTH, MELS, FRAMES, TOKENS, CONTEXT = 64, 8, 6, 11, 5


def string(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw


def write_model(path: Path, variables: dict[str, np.ndarray], version: int = 6) -> None:
    parts = [struct.pack("<I", version), string("WhisperSpec"), struct.pack("<I", 3)]
    parts.append(struct.pack("<I", len(variables)))
    for name, array in variables.items():
        kind = {"float16": 4, "int8": 1, "int16": 2}[array.dtype.name]
        shape = struct.pack(f"<{array.ndim}I", *array.shape)
        parts += [string(name), struct.pack("<B", array.ndim), shape]
        parts += [struct.pack("<BI", kind, array.nbytes), array.tobytes()]
    path.write_bytes(b"".join(parts))


def tiny_whisper() -> dict[str, np.ndarray]:
    """One layer of everything, 64 wide."""
    rng = np.random.default_rng(0)

    def numbers(*shape: int) -> np.ndarray:
        return rng.standard_normal(shape).astype(np.float16)

    found = {
        "encoder/conv1/weight": numbers(WIDTH, MELS, 3),
        "encoder/conv1/bias": numbers(WIDTH),
        "encoder/conv2/weight": numbers(WIDTH, WIDTH, 3),
        "encoder/conv2/bias": numbers(WIDTH),
        "encoder/position_encodings/encodings": numbers(FRAMES, WIDTH),
        "decoder/embeddings/weight": numbers(TOKENS, WIDTH),
        "decoder/position_encodings/encodings": numbers(CONTEXT, WIDTH),
        "decoder/num_heads": np.array(1, np.int16),
        "decoder/pre_norm": np.array(1, np.int8),
    }
    blocks = {"encoder": ["self_attention"], "decoder": ["self_attention", "attention"]}
    for part, attentions in blocks.items():
        norms = [f"layer_0/{name}/layer_norm" for name in [*attentions, "ffn"]] + ["layer_norm"]
        for norm in norms:
            found[f"{part}/{norm}/gamma"] = numbers(WIDTH)
            found[f"{part}/{norm}/beta"] = numbers(WIDTH)
        sizes = {"ffn/linear_0": (4 * WIDTH, WIDTH), "ffn/linear_1": (WIDTH, 4 * WIDTH)}
        sizes |= {"self_attention/linear_0": (3 * WIDTH, WIDTH)}
        sizes |= {"self_attention/linear_1": (WIDTH, WIDTH)}
        if "attention" in attentions:
            sizes |= {"attention/linear_0": (WIDTH, WIDTH), "attention/linear_2": (WIDTH, WIDTH)}
            sizes |= {"attention/linear_1": (2 * WIDTH, WIDTH)}
        for linear, shape in sizes.items():
            found[f"{part}/layer_0/{linear}/weight"] = numbers(*shape)
            found[f"{part}/layer_0/{linear}/bias"] = numbers(shape[0])
    return found


def test_whisper_loads_what_was_converted(tmp_path: Path):
    variables = tiny_whisper()
    write_model(tmp_path / "model.bin", variables)
    convert(tmp_path / "model.bin", tmp_path / "tiny.pt")
    model = whisper.load_model(str(tmp_path / "tiny.pt"), device="cpu")
    assert (model.dims.n_text_head, model.dims.n_vocab, model.dims.n_mels) == (1, TOKENS, MELS)
    state = torch.load(tmp_path / "tiny.pt", weights_only=True)["model_state_dict"]
    stacked = variables["decoder/layer_0/attention/linear_1/weight"]
    key, value = (
        state["decoder.blocks.0.cross_attn.key.weight"],
        state["decoder.blocks.0.cross_attn.value.weight"],
    )
    assert np.array_equal(np.concatenate([key, value]), stacked)
    assert np.array_equal(state["encoder.ln_post.weight"], variables["encoder/layer_norm/gamma"])
    assert np.array_equal(
        state["decoder.blocks.0.mlp.2.weight"], variables["decoder/layer_0/ffn/linear_1/weight"]
    )


def test_every_number_finds_a_place(tmp_path: Path):
    variables = tiny_whisper()
    write_model(tmp_path / "model.bin", variables)
    convert(tmp_path / "model.bin", tmp_path / "tiny.pt")
    state = torch.load(tmp_path / "tiny.pt", weights_only=True)["model_state_dict"]
    arrays = sum(array.size for array in variables.values() if array.ndim)
    key_biases = 3 * WIDTH  # two self-attentions and one cross-attention, always zero
    assert sum(tensor.numel() for tensor in state.values()) == arrays - key_biases


def test_what_is_read_is_what_was_written(tmp_path: Path):
    variables = tiny_whisper()
    write_model(tmp_path / "model.bin", variables)
    read = read_variables(tmp_path / "model.bin")
    assert list(read) == list(variables)
    assert all(np.array_equal(read[name], variables[name]) for name in variables)


def test_another_version_is_refused(tmp_path: Path):
    write_model(tmp_path / "model.bin", {}, version=7)
    with pytest.raises(ValueError, match="version 7"):
        convert(tmp_path / "model.bin", tmp_path / "out.pt")
    assert not (tmp_path / "out.pt").exists()
