"""The drawings: always the same for a seed, one for every kind of goods, with something to see on each."""

import io

import pytest
from PIL import Image

from listings import taxonomy
from marketplace.demo import drawing
from marketplace.demo.drawing.letters import GLYPHS, plain_capitals
from marketplace.demo.drawing.palette import MOODS, PAPERS
from marketplace.demo.goods import LISTED_AS, WARES
from marketplace.demo.people import PEOPLE


@pytest.mark.parametrize("kind", sorted(drawing.SILHOUETTES))
def test_a_seed_always_gives_the_same_drawing(kind):
    first = drawing.drawing(kind, color="green", seed="a").layers()
    again = drawing.drawing(kind, color="green", seed="a").layers()
    other = drawing.drawing(kind, color="green", seed="b").layers()

    assert first == again
    assert first["base"] != other["base"]


@pytest.mark.parametrize("kind", sorted(drawing.SILHOUETTES))
def test_every_drawing_stays_on_its_page_and_fills_it(kind):
    for seed in ("one", "two", "three"):
        left, top, right, bottom = drawing.drawing(kind, color="blue", seed=seed).extent

        assert 40 < left < right < 860 and 40 < top < bottom < 1160
        assert max((right - left) / 900, (bottom - top) / 1200) > 0.3


def test_the_whole_the_close_look_and_the_label_are_three_pictures():
    sheet = drawing.drawing("jacket", color="blue", seed="x", fabric="denim")
    views = [
        drawing.jpeg(sheet), drawing.jpeg(sheet, drawing.close_look(sheet)),
        drawing.jpeg(drawing.label_of(sheet, seed="x", brand="Levi's", size="M")),
    ]  # fmt: skip

    assert len(set(views)) == 3
    for data in views:
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("JPEG", (900, 1200))
            # Not one plain colour anywhere near: light, cloth and shadow.
            assert len(image.resize((90, 120)).getcolors(90 * 120) or []) > 500
    assert drawing.jpeg(sheet) == views[0]


def test_every_ware_can_be_drawn_in_each_of_its_colours_and_cloths():
    for ware in WARES:
        for color in ware.colors.split():
            assert color in MOODS and LISTED_AS.get(color, color) in taxonomy.COLORS
        for fabric in ware.fabrics.split():
            drawing.drawing(ware.kind, color=ware.colors.split()[0], seed="s", fabric=fabric).layers()
    assert all(set(papers.split()) <= PAPERS.keys() for moods in MOODS.values() for _c, _p, papers in moods)


def test_an_avatar_shows_initials_whatever_the_name():
    for name in [*(person.name for person in PEOPLE), "Q", "张伟", "", "Jean-Luc O'Neill"]:
        svg = drawing.avatar_svg(name)
        assert svg == drawing.avatar_svg(name)
        with Image.open(io.BytesIO(drawing.avatar_png(name))) as image:
            assert image.size == (384, 384)


def test_the_alphabet_writes_accents_plainly():
    assert plain_capitals("Sézane Ø & Łódź") == "SEZANE O & LODZ"
    assert all(sign in GLYPHS for sign in plain_capitals("Levi's 501, 100% cotton / A.P.C."))
