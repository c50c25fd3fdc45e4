"""Pictures with Chinese lettering: shop signs, boards, hoarding slogans, couplets, cartons."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

RNG = np.random.Generator
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
_FRONT = "福顺鑫隆万家和兴永盛吉祥老张李记王姐好又多百惠金鼎诚信华联天天佳美新源宏达"
SHOP_KINDS: dict[str, tuple[str, ...]] = {
    "fruit": ("水果店", "鲜果坊", "果蔬超市", "水果批发"),
    "grocery": ("便民超市", "副食商行", "烟酒超市", "生活超市", "粮油店"),
    "clothes": ("服饰", "童装店", "女装折扣", "鞋服城"),
    "hardware": ("五金建材", "水暖五金", "土产日杂", "电动工具", "轮胎修补"),
    "flowers": ("鲜花绿植", "花店", "园艺花卉"),
    "food": ("兰州拉面", "烧烤大排档", "早餐店", "麻辣烫", "饺子馆", "羊肉汤", "川菜馆", "奶茶"),
    "greengrocer": ("蔬菜店", "生鲜超市", "农家菜"),
    "bakery": ("面包房", "蛋糕店", "烘焙"),
    "repair": ("电动车维修", "自行车修理", "汽修", "补胎"),
    "phones": ("手机专卖", "手机维修", "通讯", "数码"),
    "books": ("书店", "报刊亭", "文具"),
    "household": ("日用百货", "土产日杂", "家居用品", "两元店"),
    "cafe": ("咖啡", "茶馆", "甜品店"),
    "market": ("百货", "批发部", "综合市场"),
    "other": ("理发店", "大药房", "打印复印", "手机维修", "房产中介", "干洗店", "眼镜店", "银行便民点"),
}
SLOGANS = (
    "安全第一 预防为主",
    "文明施工 美化环境",
    "六个百分百 扬尘治理",
    "质量为本 安全为天",
    "建筑工地 闲人免进",
)
_GROUNDS: tuple[tuple[Any, Any], ...] = (
    ((176, 24, 30), (255, 236, 90)),
    ((20, 70, 150), (250, 250, 250)),
    ((16, 110, 60), (255, 255, 255)),
    ((240, 196, 20), (170, 20, 20)),
    ((40, 40, 44), (236, 200, 120)),
    ((236, 236, 232), (180, 24, 28)),
    ((225, 100, 20), (255, 255, 255)),
    ((92, 28, 100), (250, 230, 120)),
    ((120, 70, 40), (246, 226, 180)),
)


QUIET: tuple[tuple[Any, Any], ...] = (
    ((28, 48, 40), (226, 214, 180)),
    ((24, 34, 56), (236, 232, 220)),
    ((60, 24, 28), (232, 220, 190)),
    ((40, 40, 42), (240, 240, 236)),
    ((226, 220, 206), (50, 46, 44)),
    ((90, 70, 54), (244, 238, 224)),
    ((120, 130, 126), (250, 250, 248)),
)
"""Colours of restrained shop fronts."""


@lru_cache(maxsize=64)
def font(size: int, which: int = 0) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font with Chinese glyphs; Pillow's own (without them) where the machine has none."""
    for path in _FONTS[which:] + _FONTS[:which]:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "latin": {
        "fruit": ("Fruits & Primeurs", "Frutería", "Obst", "Frutta e Verdura", "Fresh Fruit", "Manav", "Matunda"),
        "greengrocer": ("Greengrocer", "Gemüse", "Primeur", "Hortifruti", "Warzywa", "Verduras"),
        "grocery": (
            "Mini Market",
            "Alimentation",
            "Superette",
            "Tienda",
            "Duka la Jumla",
            "Spätkauf",
            "Market",
            "Off Licence",
        ),
        "clothes": ("Boutique", "Moda", "Fashion", "Mode", "Confecciones", "Nguo Bora", "Outlet", "Textil"),
        "hardware": ("Quincaillerie", "Hardware", "Ferretería", "Eisenwaren", "Ferramenta", "Vifaa vya Ujenzi"),
        "flowers": ("Fleuriste", "Blumen", "Flowers", "Fiori", "Floristería", "Kwiaty"),
        "food": ("Restaurant", "Pizzeria", "Kebab", "Grill", "Trattoria", "Bar Tapas", "Phở", "Chop Bar", "Imbiss"),
        "repair": ("Garage", "Cycles", "Taller", "Moto Parts", "Fahrrad", "Tyres", "Vulcanisateur", "Bike Repair"),
        "phones": ("Phone Shop", "Mobile", "Handy", "Télécom", "Celulares", "Simu", "Phone Repair"),
        "bakery": ("Boulangerie", "Bäckerei", "Bakery", "Panadería", "Forno", "Piekarnia"),
        "books": ("Librairie", "Books", "Kiosk", "Tabac Presse", "Edicola", "Papelería"),
        "household": ("Bazar", "Pound Store", "Tout à 2", "Haushaltswaren", "Plásticos", "Home Ware"),
        "cafe": ("Café", "Coffee", "Bar", "Bistro", "Kahve", "Kavárna"),
        "market": ("Bazaar", "Mercado", "Discount", "Super Marché", "General Store"),
        "other": ("Pharmacie", "Coiffeur", "Bank", "Optik", "Salon", "Reinigung", "Notaire", "Casa de Cambio"),
    },
    "ja": {"": ("八百屋", "ラーメン", "薬局", "クリーニング", "居酒屋", "文具", "酒店", "コーヒー", "修理", "洋品店")},
    "ko": {"": ("슈퍼", "치킨", "약국", "세탁소", "과일", "분식", "철물", "미용실", "김밥", "꽃집")},
    "cyrillic": {"": ("Продукты", "Цветы", "Аптека", "Обувь", "Хлеб", "Ремонт", "Овощи", "Кафе", "Хозтовары")},
    "greek": {"": ("Φρούτα", "Καφέ", "Φαρμακείο", "Ρούχα", "Άνθη", "Αρτοποιείο")},
}
_NAMES = (
    "Chez Marie",
    "Lopez",
    "Da Gino",
    "Royal",
    "Star",
    "Al Noor",
    "Central",
    "Mama Asha",
    "Novak",
    "Schmidt",
    "City",
    "Golden",
    "Old Town",
    "Sunrise",
    "Express",
    "La Perla",
    "Ali",
    "Blue Sky",
    "Express 24",
    "Nr. 7",
    "Patel & Sons",
)
SCRIPTS = ("zh", "latin", "ja", "ko", "cyrillic", "greek")


def words(rng: RNG, script: str = "latin", kind: str = "") -> str:
    """What a shop sells, in a script; a price at times."""
    if rng.random() < 0.2:
        return f"{int(rng.integers(1, 99))}" + str(rng.choice([".99", ",50", "", " €", " ₩", " Ksh", "%"]))
    if script == "zh":
        return str(rng.choice(SHOP_KINDS.get(kind) or SHOP_KINDS["other"]))
    table = _WORDS[script]
    return str(rng.choice(table.get(kind) or table.get("") or table["market"]))


def shop_title(rng: RNG, kind: str, script: str) -> str:
    """A made-up shop name in a script."""
    if script == "zh":
        return shop_name(rng, kind)
    table = _WORDS[script]
    what = str(rng.choice(table.get(kind) or table.get("") or table["market"]))
    if script != "latin":
        return what
    name = str(rng.choice(_NAMES))
    text = (what, f"{name} {what}", f"{what} {name}")[int(rng.integers(3))]
    return text.upper() if rng.random() < 0.5 else text


def shop_name(rng: RNG, kind: str) -> str:
    """A made-up shop name of the kind; the parts are everyday words, any likeness is chance."""
    k = rng.choice(len(_FRONT) - 1)
    return _FRONT[k : k + 2] + str(rng.choice(SHOP_KINDS[kind]))


def _fit(draw: ImageDraw.ImageDraw, text: str, w: int, h: int, which: int) -> Any:
    size = int(h)
    while size > 8 and draw.textlength(text, font=font(size, which)) > w:
        size -= 4
    return font(size, which)


def sign(
    rng: RNG, text: str, width_m: float, height_m: float, ppm: int = 110, colours: Any = None
) -> NDArray[np.float32]:
    """A fascia sign: ground colour, big characters, often a telephone number and a border."""
    w, h = int(width_m * ppm), int(height_m * ppm)
    ground, ink = colours or _GROUNDS[int(rng.integers(len(_GROUNDS)))]
    img = Image.new("RGB", (w, h), ground)
    d = ImageDraw.Draw(img)
    which = int(rng.random() < 0.25)
    small = rng.random() < 0.6
    f = _fit(d, text, int(w * 0.86), int(h * (0.62 if small else 0.74)), which)
    x = int(w * rng.choice([0.5, 0.5, 0.45]))
    d.text((x, int(h * (0.44 if small else 0.5))), text, font=f, fill=ink, anchor="mm", stroke_width=1)
    if small:
        tail = "  批发零售 欢迎光临" if any(ord(c) > 0x3000 for c in text) else ""
        line = ("电话:" if tail else "Tel. ") + "".join(str(int(n)) for n in rng.integers(0, 10, 8)) + tail
        d.text((w // 2, int(h * 0.88)), line, font=_fit(d, line, int(w * 0.8), int(h * 0.15), 0), fill=ink, anchor="mm")
    if rng.random() < 0.4:
        d.rectangle((3, 3, w - 4, h - 4), outline=ink, width=4)
    return _weather(rng, np.asarray(img, np.float32) / 255)


def board(rng: RNG, lines: tuple[str, ...], width_m: float, height_m: float, ppm: int = 160) -> NDArray[np.float32]:
    """An upright board with stacked lines."""
    w, h = int(width_m * ppm), int(height_m * ppm)
    ground, ink = _GROUNDS[int(rng.integers(len(_GROUNDS)))]
    img = Image.new("RGB", (w, h), ground)
    d = ImageDraw.Draw(img)
    each = h / (len(lines) + 0.4)
    for i, line in enumerate(lines):
        f = _fit(d, line, int(w * 0.9), int(each * 0.75), 0)
        d.text((w // 2, int(each * (i + 0.7))), line, font=f, fill=ink, anchor="mm")
    d.rectangle((2, 2, w - 3, h - 3), outline=ink, width=3)
    return _weather(rng, np.asarray(img, np.float32) / 255)


def vertical(rng: RNG, text: str, ppm: int = 120, width_m: float = 0.25) -> NDArray[np.float32]:
    """A red couplet strip, characters one below the other."""
    n = len(text)
    w, h = int(width_m * ppm), int(width_m * ppm * n * 1.15)
    img = Image.new("RGB", (w, h), (170, 22, 24))
    d = ImageDraw.Draw(img)
    for i, ch in enumerate(text):
        d.text((w // 2, int(h * (i + 0.5) / n)), ch, font=font(int(w * 0.8), 1), fill=(240, 200, 60), anchor="mm")
    return _weather(rng, np.asarray(img, np.float32) / 255)


def slogan(rng: RNG, text: str, width_m: float, height_m: float, ground: Any, ink: Any, ppm: int = 50) -> Any:
    """A hoarding panel with a slogan."""
    w, h = int(width_m * ppm), int(height_m * ppm)
    img = Image.new("RGB", (w, h), ground)
    d = ImageDraw.Draw(img)
    if text:
        d.text((w // 2, h // 2), text, font=_fit(d, text, int(w * 0.9), int(h * 0.4), 0), fill=ink, anchor="mm")
    a = np.asarray(img, np.float32) / 255
    rib = 0.9 + 0.1 * np.cos(2 * np.pi * np.arange(w) / (0.2 * ppm))
    return _weather(rng, a * rib[None, :, None].astype(np.float32))


def carton_face(rng: RNG, ppm: int = 160) -> NDArray[np.float32]:
    """The side of a cardboard box: brown board, tape, print."""
    w, h = ppm, int(ppm * 0.7)
    tone = rng.uniform(0.8, 1.05)
    img = Image.new("RGB", (w, h), tuple(int(c * tone) for c in (178, 134, 88)))
    d = ImageDraw.Draw(img)
    ink = [(60, 50, 40), (170, 30, 30), (30, 80, 150), (20, 110, 60)][int(rng.integers(4))]
    text = str(rng.choice(["苹果", "红富士", "矿泉水", "方便面", "牛奶", "啤酒", "饮料", "洗衣粉", "海天酱油", "抽纸"]))
    if rng.random() < 0.3:
        d.rectangle((0, int(h * 0.3), w, int(h * 0.8)), fill=ink)
        ink = (240, 240, 230)
    d.text((w // 2, h // 2), text, font=font(int(h * 0.36)), fill=ink, anchor="mm")
    d.rectangle((0, 0, w, int(h * 0.08)), fill=(200, 176, 130))
    return _weather(rng, np.asarray(img, np.float32) / 255)


def _weather(rng: RNG, a: NDArray[np.float32]) -> NDArray[np.float32]:
    h, w = a.shape[:2]
    grime = np.linspace(1.0, rng.uniform(0.82, 1.0), h)[:, None, None]
    streak = 1 - 0.08 * np.abs(rng.standard_normal((1, w, 1)))
    faded = a * 0.93 + 0.04
    return np.clip(faded * grime * streak, 0, 1).astype(np.float32)
