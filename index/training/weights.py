"""The weights as they ship: one small ONNX file."""

from pathlib import Path


def quantised(source: Path, target: Path) -> None:
    """Write the model with 8-bit weights, one scale for each output channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
