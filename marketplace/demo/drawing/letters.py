"""A thin alphabet of our own, so that a label looks the same on every machine, whatever fonts it has."""

import unicodedata

from marketplace.demo.drawing.paths import Point, mapped

# Drawn on a grid: base line y = 14, top y = 0; (width, path).
GLYPHS: dict[str, tuple[float, str]] = {
    "A": (11, "M0 14L5.5 0L11 14M2 9L9 9"),
    "B": (9, "M0 0L0 14M0 0L4.5 0C9 0 9 6.6 4.5 6.6L0 6.6M4.5 6.6C10 6.6 10 14 4.5 14L0 14"),
    "C": (11, "M11 2.6C7 -2 0 0 0 7C0 14 7 16 11 11.4"),
    "D": (11, "M0 0L0 14L3.5 14C13.5 14 13.5 0 3.5 0L0 0"),
    "E": (8, "M8 0L0 0L0 14L8 14M0 6.8L6.6 6.8"),
    "F": (8, "M8 0L0 0L0 14M0 6.8L6.4 6.8"),
    "G": (12, "M11.4 2.6C7 -2 0 0 0 7C0 14 7 16 11.6 11.6L11.6 7.6L7.4 7.6"),
    "H": (10, "M0 0L0 14M10 0L10 14M0 6.8L10 6.8"),
    "I": (0.5, "M0.2 0L0.2 14"),
    "J": (7, "M7 0L7 10C7 15.4 0 15.4 0 10.6"),
    "K": (10, "M0 0L0 14M9.4 0L0 8.4M3.2 5.8L10 14"),
    "L": (7.5, "M0 0L0 14L7.5 14"),
    "M": (13, "M0 14L1 0L6.5 11L12 0L13 14"),
    "N": (10, "M0 14L0 0L10 14L10 0"),
    "O": (13, "M6.5 0C-2.2 0 -2.2 14 6.5 14C15.2 14 15.2 0 6.5 0"),
    "P": (8.5, "M0 14L0 0L4.4 0C10 0 10 7.6 4.4 7.6L0 7.6"),
    "Q": (13, "M6.5 0C-2.2 0 -2.2 14 6.5 14C15.2 14 15.2 0 6.5 0M8 10.4L12.6 15.2"),
    "R": (9.5, "M0 14L0 0L4.4 0C10 0 10 7.4 4.4 7.4L0 7.4M4.6 7.4L9.5 14"),
    "S": (8.5, "M8.2 2.4C6 -1.4 0.4 -0.6 0.4 3.4C0.4 7.8 8.5 6 8.5 10.6C8.5 15 1.8 15.2 0 11.4"),
    "T": (10, "M0 0L10 0M5 0L5 14"),
    "U": (10, "M0 0L0 9C0 15.7 10 15.7 10 9L10 0"),
    "V": (11, "M0 0L5.5 14L11 0"),
    "W": (16, "M0 0L4 14L8 1.6L12 14L16 0"),
    "X": (10, "M0 0L10 14M10 0L0 14"),
    "Y": (10, "M0 0L5 7.4L10 0M5 7.4L5 14"),
    "Z": (9, "M0 0L9 0L0 14L9 14"),
    "0": (9, "M4.5 0C-1.6 0 -1.6 14 4.5 14C10.6 14 10.6 0 4.5 0"),
    "1": (4, "M0 3L4 0L4 14"),
    "2": (8.5, "M0.2 3.4C0.8 -1.4 8.2 -1 8.2 3.6C8.2 7 3 9.6 0 14L8.5 14"),
    "3": (8.5, "M0.4 1.6C3 -1.2 8 -0.4 8 3.4C8 6.6 4.6 6.8 3.4 6.8C5.6 6.8 8.6 7.4 8.6 10.4C8.6 15 2 15.2 0 11.8"),
    "4": (9, "M7 14L7 0L0 9.8L9 9.8"),
    "5": (8.5, "M7.8 0L1.4 0L0.8 6.4C3.4 4.4 8.5 5.2 8.5 9.6C8.5 15 2 15.2 0 12"),
    "6": (8.8, "M7.4 0.4C3 0.4 0 4.6 0 9.4C0 15.6 8.8 15.6 8.8 9.6C8.8 4.2 1.6 4.4 0.4 8"),
    "7": (8.5, "M0 0L8.5 0L3 14"),
    "8": (8.8, "M4.4 6.6C-0.8 6.6 -0.8 0 4.4 0C9.6 0 9.6 6.6 4.4 6.6C-1.8 6.6 -1.8 14 4.4 14C10.6 14 10.6 6.6 4.4 6.6"),
    "9": (8.8, "M8.4 6C7.2 9.6 0 9.8 0 4.4C0 -1.6 8.8 -1.6 8.8 4.6C8.8 9.4 5.8 13.6 1.4 13.6"),
    "&": (11.5, "M11 14L2.6 4.4C0.6 1.8 2.4 -0.2 4.4 0C7 0.2 7.4 3.4 4.6 5C2 6.4 0 7.8 0 10.4C0 15 8 15.4 10.6 7.6"),
    "'": (0.6, "M0.4 0L0 3.4"), ".": (0.6, "M0.2 13.6L0.4 14"), ",": (1, "M0.8 13L0 16"), "-": (5, "M0 7.6L5 7.6"),
    "/": (6, "M0 15L6 -1"), "%": (11, "M2.4 0C-0.8 0 -0.8 5 2.4 5C5.6 5 5.6 0 2.4 0M8.6 9C5.4 9 5.4 14 8.6 14C11.8 14 11.8 9 8.6 9M9.4 0L1.6 14"),
    "+": (8, "M0 7.4L8 7.4M4 3.4L4 11.4"), "!": (0.6, "M0.2 0L0.2 9M0.2 13.6L0.3 14"), " ": (4, ""),
}  # fmt: skip


# Letters that do not come apart into a plain one and its accent.
SPELLED = {"Ø": "O", "ø": "o", "Æ": "AE", "æ": "ae", "ß": "ss", "Ł": "L", "ł": "l", "Đ": "D", "ı": "i"}


def plain_capitals(text: str) -> str:
    """Capitals without accents: what the alphabet has; other signs are left out."""
    for sign, plain in SPELLED.items():
        text = text.replace(sign, plain)
    flat = unicodedata.normalize("NFKD", text).upper().replace("’", "'")
    return "".join(sign for sign in flat if sign in GLYPHS)


def width_of(text: str, size: float, spacing: float = 3.4) -> float:
    """How wide a text of this height (in pixels) gets."""
    text = plain_capitals(text)
    return (sum(GLYPHS[sign][0] for sign in text) + spacing * max(len(text) - 1, 0)) * size / 14


def text_path(text: str, middle: Point, size: float, spacing: float = 3.4, slant: float = 0.0) -> str:
    """One path of the text centred at a point, `size` pixels high."""
    scale = size / 14
    x = middle[0] - width_of(text, size, spacing) / 2
    top = middle[1] - size / 2
    out = []
    for sign in plain_capitals(text):
        wide, path = GLYPHS[sign]

        def place(px: float, py: float, left: float = x) -> Point:
            return left + px * scale + slant * (14 - py) * scale, top + py * scale

        out.append(mapped(path, place))
        x += (wide + spacing) * scale
    return "".join(out)
