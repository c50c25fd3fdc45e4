"""What the detector calls things, and what the scene generator and COCO call them."""

from __future__ import annotations

LABELS = (
    "person", "bicycle", "motorcycle", "car", "truck", "bus", "muck_truck", "excavator",
    "chair", "table", "bench", "umbrella", "crate", "sack", "rack", "stall", "a_board", "pot_plant", "mannequin",
    "awning", "tarpaulin", "net", "bin_bag", "soil_heap",
)  # fmt: skip
"""In the order of the model's classes."""

ALSO = {
    "scooter": "motorcycle",
    "van": "truck",
    "stool": "chair",
    "carton": "crate",
    "basket": "crate",
    "pallet": "crate",
    "sand_bag": "sack",
    "loader": "excavator",
    "mixer": "excavator",
    "crane": "excavator",
    "roller": "excavator",
    "cart": "stall",
    "trolley": "stall",
}
"""Labels of rendered boxes that the detector calls by another name; a label in neither is background to it."""

COCO = (
    "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light",
    "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep", "cow", "elephant",
    "bear", "zebra", "giraffe", "backpack", "umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard",
    "sports ball", "kite", "baseball bat", "baseball glove", "skateboard", "surfboard", "tennis racket", "bottle",
    "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple", "sandwich", "orange", "broccoli",
    "carrot", "hot dog", "pizza", "donut", "cake", "chair", "couch", "potted plant", "bed", "dining table", "toilet",
    "tv", "laptop", "mouse", "remote", "keyboard", "cell phone", "microwave", "oven", "toaster", "sink",
    "refrigerator", "book", "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush",
)  # fmt: skip
"""The base's classes in its order."""

SAME = {name: name for name in LABELS if name in COCO} | {"dining table": "table", "potted plant": "pot_plant"}
"""COCO classes that the detector knows too, by the name that it gives them."""

START = {ours: (theirs,) for theirs, ours in SAME.items()} | {
    "muck_truck": ("truck",),
    "excavator": ("truck", "train"),
    "crate": ("suitcase",),
    "sack": ("backpack", "suitcase"),
    "bin_bag": ("backpack", "handbag"),
    "awning": ("umbrella",),
    "a_board": ("stop sign", "book"),
    "mannequin": ("person",),
    "stall": ("dining table",),
}
"""COCO rows that a class row starts from."""


def label_index(name: str) -> int | None:
    """Place in LABELS of a rendered box's label, or None for what is background to the detector."""
    name = ALSO.get(name, name)
    return LABELS.index(name) if name in LABELS else None
