"""How far colours are apart, for all eyes: contrast, simulated colour vision, and CIEDE2000.

Answers numbers about sRGB colours written `#rrggbb`; knows no token of ours. Sources: WCAG 2.2, "relative luminance"
and "contrast ratio"; Machado, Oliveira and Fernandes (2009), table 1, severity 1.0, on linear RGB; Sharma, Wu and Dalal
(2005), "The CIEDE2000 Color-Difference Formula".
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final

__all__ = ["EYES", "apart", "contrast", "distance", "lab", "seen"]

Triple = tuple[float, float, float]

_MACHADO: Final[dict[str, tuple[Triple, Triple, Triple]]] = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
EYES: Final = ("normal", *_MACHADO)
_TO_XYZ: Final[tuple[Triple, Triple, Triple]] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_D65: Final[Triple] = (0.95047, 1.0, 1.08883)


def _linear(colour: str) -> Triple:
    def one(place: int) -> float:
        value = int(colour[place : place + 2], 16) / 255
        return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)

    return one(1), one(3), one(5)


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""

    def luminance(colour: str) -> float:
        red, green, blue = _linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, eye: str) -> Triple:
    """Return a colour as linear RGB as an eye sees it: `normal`, or wholly without one kind of cone."""
    rgb = _linear(colour)
    if eye == "normal":
        return rgb
    red, green, blue = (min(max(value, 0.0), 1.0) for value in _times(_MACHADO[eye], rgb))
    return red, green, blue


def lab(rgb: Triple) -> Triple:
    """Return CIE L*a*b* under D65 of linear RGB."""

    def curve(value: float) -> float:
        return float(value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29)

    x, y, z = (curve(value / white) for value, white in zip(_times(_TO_XYZ, rgb), _D65, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, eye: str = "normal") -> float:
    """Return how far two colours are apart for an eye, by CIEDE2000."""
    return distance(lab(seen(one, eye)), lab(seen(other, eye)))


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360 if a or b else 0.0


def _mean_hue(one: float, other: float) -> float:
    if abs(one - other) <= 180:
        return (one + other) / 2
    return (one + other + 360) / 2 if one + other < 360 else (one + other - 360) / 2


def distance(one: Triple, other: Triple) -> float:
    """Return the CIEDE2000 difference of two L*a*b* colours, with all weights 1."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * sqrt(c7 / (c7 + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2, h1, h2 = hypot(a1, b1), hypot(a2, b2), _hue(a1, b1), _hue(a2, b2)
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180
    d_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    l_mean, c_mean, h_mean = (l1 + l2) / 2, (c1 + c2) / 2, h1 + h2 if grey else _mean_hue(h1, h2)
    t = (
        1
        - 0.17 * cos(radians(h_mean - 30))
        + 0.24 * cos(radians(2 * h_mean))
        + 0.32 * cos(radians(3 * h_mean + 6))
        - 0.20 * cos(radians(4 * h_mean - 63))
    )
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / sqrt(20 + (l_mean - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    twist = -sin(radians(60 * exp(-(((h_mean - 275) / 25) ** 2)))) * 2 * sqrt(c_mean**7 / (c_mean**7 + 25.0**7))
    lightness, chroma, hue = (l2 - l1) / s_l, (c2 - c1) / s_c, d_hue / s_h
    return sqrt(lightness**2 + chroma**2 + hue**2 + twist * chroma * hue)
