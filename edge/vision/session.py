"""An ONNX model opened for one processor, with the names that its card promises."""

import onnxruntime

from edge.errors import ModelRefused
from edge.vision.model_file import LoadedModel

onnxruntime.set_default_logger_severity(3)


def open_session(model: LoadedModel, threads: int) -> onnxruntime.InferenceSession:
    """Raises ModelRefused when the bytes do not load or have other inputs and outputs than the card says."""
    card = model.card
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads that spin would take the cores that other cameras need.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(model.onnx, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime has many private classes that all mean "does not load"
        raise ModelRefused(card.reference, f"does not load: {str(error).splitlines()[0][:200]}") from error
    inputs, outputs = [i.name for i in session.get_inputs()], [o.name for o in session.get_outputs()]
    if card.input.name not in inputs or card.output.name not in outputs:
        said = f"model.yaml names {card.input.name} and {card.output.name}"
        raise ModelRefused(card.reference, f"{said}; the file has {', '.join(inputs)} and {', '.join(outputs)}")
    return session
