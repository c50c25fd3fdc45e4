"""Furniture and things made by Infinigen, kept as small Blender files that streets are furnished from.

Infinigen (Raistrick et al. 2023, arXiv:2306.09310; BSD-3-Clause, https://infinigen.org) makes each anew from a seed. It
wants an environment of its own (see datasets/README.md) and is needed for this step only:

    python datasets/scenes/collect_assets.py --out ASSETS --each 16

One file per make and seed, `<make>_<seed>.blend`, holding one mesh object `asset`: metres, base at z = 0, middle
over the origin, at most `FACES` faces. What exists is skipped; what fails is told and left out.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any

import bpy

FACES = 5000
MAKES: dict[str, str] = {
    "chair": "seating.chairs.chair:ChairFactory",
    "bar_chair": "seating.chairs.bar_chair:BarChairFactory",
    "office_chair": "seating.chairs.office_chair:OfficeChairFactory",
    "armchair": "seating.sofa:ArmChairFactory",
    "dining_table": "tables.dining_table:TableDiningFactory",
    "cocktail_table": "tables.cocktail_table:TableCocktailFactory",
    "side_table": "tables.dining_table:SideTableFactory",
    "cell_shelf": "shelves.cell_shelf:CellShelfFactory",
    "bookcase": "shelves.simple_bookcase:SimpleBookcaseFactory",
    "large_shelf": "shelves.large_shelf:LargeShelfFactory",
    "cabinet": "shelves.single_cabinet:SingleCabinetFactory",
    "desk": "shelves.simple_desk:SimpleDeskFactory",
    "basket": "organizer.basket:BasketBaseFactory",
    "fridge": "appliances.beverage_fridge:BeverageFridgeFactory",
    "washer": "appliances.dishwasher:DishwasherFactory",
    "oven": "appliances.oven:OvenFactory",
    "floor_lamp": "lamp.lamp:FloorLampFactory",
    "vase": "table_decorations.vase:VaseFactory",
    "book_stack": "table_decorations.book:BookStackFactory",
    "book_row": "table_decorations.book:BookColumnFactory",
    "bottle": "tableware.bottle:BottleFactory",
    "jar": "tableware.jar:JarFactory",
    "can": "tableware.can:CanFactory",
    "pot": "tableware.pot:PotFactory",
    "bowl": "tableware.bowl:BowlFactory",
    "food_bag": "tableware.food_bag:FoodBagFactory",
    "food_box": "tableware.food_box:FoodBoxFactory",
    "succulent": "small_plants.succulent:SucculentFactory",
    "snake_plant": "small_plants.snake_plant:SnakePlantFactory",
    "towel": "clothes.towel:TowelFactory",
    "mattress": "seating.mattress:MattressFactory",
    "pillow": "seating.pillow:PillowFactory",
}
"""Name here -> Infinigen's module and factory, below `infinigen.assets.objects`."""


def made(factory: str, seed: int) -> Any:
    """The joined mesh object of one factory and seed, with its materials."""
    from infinigen.core.util.math import FixedSeed

    module, name = factory.split(":")
    make = getattr(importlib.import_module(f"infinigen.assets.objects.{module}"), name)
    with FixedSeed(seed):
        own = make(seed)
        root = own.spawn_asset(0)
        own.finalize_assets([root])
    parts = [o for o in (root, *root.children_recursive) if o.type == "MESH"]
    bpy.ops.object.select_all(action="DESELECT")
    for part in parts:
        part.hide_set(False)
        part.select_set(True)
    bpy.context.view_layer.objects.active = parts[0]
    bpy.ops.object.convert(target="MESH")
    if len(parts) > 1:
        bpy.ops.object.join()
    return bpy.context.view_layer.objects.active


def made_small(thing: Any) -> None:
    """Fewer faces, base on the ground, middle over the origin."""
    if len(thing.data.polygons) > FACES:
        fewer = thing.modifiers.new("fewer", "DECIMATE")
        fewer.ratio = FACES / len(thing.data.polygons)
        bpy.ops.object.modifier_apply(modifier=fewer.name)
    bpy.ops.object.transform_apply(location=True, rotation=True, scale=True)
    corners = [v.co for v in thing.data.vertices]
    low, high = ([f(c[k] for c in corners) for k in range(3)] for f in (min, max))
    for v in thing.data.vertices:
        v.co.x -= (low[0] + high[0]) / 2
        v.co.y -= (low[1] + high[1]) / 2
        v.co.z -= low[2]
    thing.name = "asset"


def collect(out: Path, each: int) -> int:
    """Writes `each` seeds of every make into `out`; returns how many failed."""
    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name, factory in MAKES.items():
        for seed in range(each):
            file = out / f"{name}_{seed:03d}.blend"
            if file.exists():
                continue
            bpy.ops.wm.read_factory_settings(use_empty=True)
            try:
                thing = made(factory, seed)
                made_small(thing)
            except Exception as e:  # noqa: BLE001 - one make that fails must not end the collection
                failed += 1
                print(f"{name} {seed}: {type(e).__name__}: {e}", flush=True)
                continue
            bpy.data.libraries.write(str(file), {thing}, compress=True)
        print(f"{name}: {len(list(out.glob(f'{name}_*.blend')))}", flush=True)
    return failed


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--each", type=int, default=16, help="seeds of every make")
    told = arguments.parse_args()
    print(f"{collect(told.out, told.each)} failed")
