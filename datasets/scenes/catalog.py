"""What can be put out: each way of making, its box label, on which side of the split it is used, and who sells it."""

from __future__ import annotations

from functools import partial

from . import (
    carts,
    counters,
    displays,
    furnished,
    furniture,
    goods,
    household,
    library,
    made_up,
    made_up_seats,
    produce,
    stalls,
    textiles,
)
from .families import Families
from .placing import Make

TRAIN: dict[str, tuple[Make, str]] = {
    "fruit_stand": (displays.fruit_stand, "stall"),
    "crates": (goods.crate_stack, "crate"),
    "flat_crates": (produce.flat_crates, "crate"),
    "empty_crates": (produce.empty_crates, "crate"),
    "baskets": (produce.basket, "basket"),
    "cartons": (goods.cartons, "carton"),
    "water": (goods.water_packs, "crate"),
    "bottle_crates": (carts.bottle_crates, "crate"),
    "sacks": (goods.sacks, "sack"),
    "freezer": (goods.freezer, "stall"),
    "shelf": (displays.shelf_rack, "rack"),
    "packet_shelf": (counters.packet_shelf, "rack"),
    "wire_rack": (counters.wire_rack, "rack"),
    "clothes": (displays.clothes_rack, "rack"),
    "long_rail": (textiles.long_rail, "rack"),
    "round_rail": (textiles.round_rail, "rack"),
    "mannequins": (textiles.mannequin, "mannequin"),
    "textile_sheet": (textiles.textile_sheet, "stall"),
    "shoe_racks": (textiles.shoe_racks, "rack"),
    "table_display": (displays.table_display, "stall"),
    "wares_table": (counters.wares_table, "stall"),
    "ground_spread": (stalls.ground_spread, "stall"),
    "hardware": (goods.hardware, "rack"),
    "tyres": (goods.tyres, "crate"),
    "gas": (goods.gas_bottles, "crate"),
    "buckets": (household.buckets, "basket"),
    "brooms": (household.brooms, "rack"),
    "tool_table": (household.tool_table, "table"),
    "upturned": (household.upturned, "bicycle"),
    "wheels_hung": (household.wheels_hung, "rack"),
    "plants": (displays.plant_group, "pot_plant"),
    "plant": (displays.plant, "pot_plant"),
    "flower_buckets": (produce.flower_buckets, "pot_plant"),
    "glass_counter": (counters.glass_counter, "stall"),
    "standee": (counters.standee, "a_board"),
    "spinner": (counters.spinner, "rack"),
    "book_table": (counters.book_table, "stall"),
    "news_rack": (counters.news_rack, "rack"),
    "stools": (goods.stools, "stool"),
    "chair_stack": (furniture.chair_stack, "chair"),
    "stall": (displays.stall, "stall"),
    "market_stall": (stalls.market_stall, "stall"),
    "parasol_stall": (stalls.parasol_stall, "stall"),
    "hand_cart": (carts.hand_cart, "cart"),
    "loaded_tricycle": (carts.loaded_tricycle, "cart"),
    "loaded_pallet": (carts.loaded_pallet, "pallet"),
    "pallet": (displays.pallet_load, "pallet"),
    "a_board": (displays.a_board, "a_board"),
    "sign_board": (stalls.sign_board, "a_board"),
    "seating": (partial(furniture.seating, held_out=False), "table"),
    "made_up": (made_up.made_up, "stall"),
    "made_up_seats": (made_up_seats.made_up_seats, "table"),
    "furnished": (furnished.furnished_things, "stall"),
    "furnished_seats": (furnished.furnished_seats, "table"),
}
HELD_OUT: dict[str, tuple[Make, str]] = {
    "trestle": (produce.trestle, "stall"),
    "tilted_board": (produce.tilted_board, "stall"),
    "melons": (produce.melons, "crate"),
    "open_boxes": (carts.open_boxes, "carton"),
    "roll_cage": (counters.roll_cage, "rack"),
    "dump_bin": (counters.dump_bin, "carton"),
    "vending": (counters.vending, "vending_machine"),
    "bargain_bin": (textiles.bargain_bin, "rack"),
    "panel": (textiles.panel, "rack"),
    "hat_tree": (textiles.hat_tree, "rack"),
    "pots": (household.pots, "basket"),
    "barrel": (household.barrel, "basket"),
    "tyre_rack": (household.tyre_rack, "rack"),
    "moped_parts": (household.moped_parts, "scooter"),
    "pipe_rack": (household.pipe_rack, "rack"),
    "flower_steps": (produce.flower_steps, "pot_plant"),
    "big_planter": (produce.big_planter, "pot_plant"),
    "pop_up": (counters.pop_up, "stall"),
    "bread": (produce.bread, "stall"),
    "tent": (stalls.tent, "stall"),
    "barrow_row": (stalls.barrow_row, "stall"),
    "push_stall": (carts.push_stall, "cart"),
    "cargo_bike": (carts.cargo_bike, "cart"),
    "pallet_stack": (carts.pallet_stack, "pallet"),
    "flag": (stalls.flag, "a_board"),
    "lectern": (stalls.lectern, "a_board"),
    "terrace": (partial(furniture.seating, held_out=True), "table"),
    "terrace_stack": (partial(furniture.chair_stack, held_out=True), "chair"),
}
BOTH: dict[str, tuple[Make, str]] = {"trolley": (carts.hand_trolley, "trolley")}
MAKERS: dict[str, tuple[Make, str]] = {**TRAIN, **HELD_OUT, **BOTH}
FAMILIES = Families(tuple(TRAIN), tuple(HELD_OUT), tuple(BOTH))
SEATING = ("seating", "made_up_seats", "furnished_seats", "terrace")
"""Names that are tables with seats: they are set out in a grid."""

_SELLS: dict[str, str] = {
    "fruit": (
        "fruit_stand crates flat_crates flat_crates baskets empty_crates cartons sign_board parasol_stall "
        "hand_cart trestle tilted_board melons open_boxes lectern trolley"
    ),
    "greengrocer": (
        "flat_crates baskets baskets fruit_stand crates sacks empty_crates sign_board trestle tilted_board melons "
        "open_boxes pallet_stack"
    ),
    "grocery": (
        "cartons shelf water freezer packet_shelf packet_shelf crates bottle_crates sacks wire_rack loaded_pallet "
        "sign_board roll_cage dump_bin vending open_boxes trolley flag"
    ),
    "clothes": (
        "clothes long_rail long_rail round_rail mannequins mannequins textile_sheet shoe_racks table_display "
        "sign_board cartons bargain_bin panel panel hat_tree standee lectern"
    ),
    "hardware": (
        "hardware brooms buckets tool_table gas tyres loaded_pallet pallet cartons sacks packet_shelf pipe_rack "
        "barrel pots pallet_stack trolley"
    ),
    "household": (
        "buckets buckets brooms wares_table packet_shelf wire_rack stools shoe_racks pots barrel bargain_bin dump_bin"
    ),
    "flowers": (
        "plants plants plant flower_buckets flower_buckets baskets sign_board flower_steps big_planter lectern"
    ),
    "food": (
        "seating seating seating seating made_up_seats made_up_seats furnished_seats furnished_seats furnished_seats "
        "a_board stall freezer gas bottle_crates chair_stack plant terrace terrace "
        "terrace push_stall lectern big_planter terrace_stack"
    ),
    "cafe": (
        "seating seating made_up_seats furnished_seats furnished_seats plant sign_board chair_stack terrace terrace "
        "terrace_stack big_planter lectern flag"
    ),
    "repair": (
        "upturned upturned wheels_hung tyres tool_table cartons stools hardware sign_board tyre_rack moped_parts "
        "moped_parts barrel open_boxes"
    ),
    "phones": "glass_counter standee standee spinner wire_rack wares_table sign_board pop_up flag dump_bin",
    "bakery": (
        "glass_counter sign_board seating made_up_seats furnished_seats wares_table bread bread terrace lectern "
        "push_stall"
    ),
    "books": "book_table book_table news_rack news_rack spinner wire_rack sign_board dump_bin pop_up lectern",
    "market": (
        "market_stall market_stall parasol_stall ground_spread textile_sheet wares_table hand_cart loaded_tricycle "
        "buckets book_table shoe_racks tent barrow_row cargo_bike push_stall melons"
    ),
    "other": (
        "sign_board plant cartons table_display stools standee news_rack book_table glass_counter flag big_planter "
        "lectern vending trolley"
    ),
}
_ANY_SHOP = ("made_up",) * 4 + ("furnished",) * 4
_COLLECTED = frozenset({"furnished", "furnished_seats"})
"""What can only be put out where collected assets are at hand."""
SELLS: dict[str, tuple[str, ...]] = {kind: (*names.split(), *_ANY_SHOP) for kind, names in _SELLS.items()}
"""What each kind of shop puts out, both sides of the split together; a name listed twice is drawn twice as often."""
SHOPS = Families(
    train=("fruit", "food", "phones", "market"),
    held_out=("greengrocer", "bakery", "books", "household", "cafe"),
    both=("clothes", "hardware", "repair", "flowers", "grocery", "other"),
)
"""Kinds of shop. Those on both sides are told apart by how their goods are put out, as everything here."""


def offered(kind: str, held_out: bool) -> tuple[str, ...]:
    """The makes that a shop of a kind puts out on that side of the split."""
    allowed = set(FAMILIES.of(held_out)) - (frozenset() if library.at_hand() else _COLLECTED)
    return tuple(n for n in SELLS[kind] if n in allowed)
