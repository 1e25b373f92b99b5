"""Cuts the two typefaces down to what the console's languages need: letters of Latin-1, the punctuation and the weights
that are used. Run it after @fontsource-variable was updated; the results are kept in src/styles/fonts.

    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.66.1 brotli && /tmp/fonts/bin/python tools/fonts/subset.py
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parents[2]
FACES = {
    "asap": ("asap/files/asap-latin-wght-normal.woff2", {"wght": (400, 700)}),
    "piazzolla": ("piazzolla/files/piazzolla-latin-standard-normal.woff2", {"wght": (400, 700)}),
}
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC),
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x202F, 0x2039, 0x203A),
    *(0x20AC, 0x2122, 0x2212),
]

for name, (file, axes) in FACES.items():
    font = TTFont(HERE / "node_modules/@fontsource-variable" / file)
    options = subset.Options(layout_features=["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum"], hinting=False)
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, axes)
    target = HERE / "src/styles/fonts" / f"{name}.woff2"
    subset.save_font(font, str(target), options)
    print(target.name, target.stat().st_size, "of", (HERE / "node_modules/@fontsource-variable" / file).stat().st_size)
