import pytest

from listings.importing import MappingError, draw, known_mappings, load_mapping
from listings.importing.derive import derive
from listings.importing.mapping import fallbacks
from listings.importing.reader import CsvFile, CsvRow
from listings.importing.sellers import closet_name
from listings.taxonomy import category

OWN = """
title = "name"
description = "name"
currency = "EUR"
price = { column = "cost" }
condition = { weights = { good = 1 } }
size = { derive = true }
category = { text = "name", columns = ["for"], fallback = { Girls = "Kids" }, rules = [
  ["shoe", { Men = "men-shoes-casual", Kids = "kids-shoes-other", "*" = "women-shoes-other" }],
] }
"""


@pytest.mark.parametrize("name", known_mappings())
def test_each_mapping_names_only_words_of_the_taxonomy(name):
    mapping = load_mapping(name)

    assert mapping.reads()
    for slug in mapping.category.answers():
        assert category(slug).level == 3, slug


def test_fallbacks_name_only_categories():
    for table in fallbacks().values():
        assert all(slug == "" or category(slug) for slug in table)


def test_a_mapping_of_ones_own_is_a_small_file(tmp_path):
    (tmp_path / "shop.toml").write_text(OWN)
    mapping = load_mapping(str(tmp_path / "shop.toml"))

    made = derive(CsvRow(2, 1, {"name": "Red shoes", "cost": "12,50", "for": "Girls"}, None), mapping)

    assert mapping.reads() == {"name", "cost", "for"}
    assert (made.key, made.path[-1], made.fields["price_cents"]) == ("shop:1", "kids-shoes-other", 1250)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'currency = "EUR"',
            'currrency = "EUR"',
            "unknown section 'currrency'; section 'currency' is missing",
        ),
        ("men-shoes-casual", "men-shoes-flying", "'men-shoes-flying' is not in the taxonomy"),
        ("good = 1", "great = 1", "'great' is not in the taxonomy"),
        ('"shoe"', '"sh(oe"', "sh\\(oe"),
        ("title =", "title", "line 2"),
    ],
)
def test_a_mapping_with_a_mistake_says_which(tmp_path, old, new, said):
    (tmp_path / "shop.toml").write_text(OWN.replace(old, new))

    with pytest.raises(MappingError, match=said):
        load_mapping(str(tmp_path / "shop.toml"))


def test_rows_know_the_line_they_start_on(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfid,text\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n3,x,y\r\n')

    with CsvFile(path) as file:
        rows = list(file)

    assert file.columns == ["id", "text"]
    assert [(row.line, row.number, row.problem and row.problem[0]) for row in rows] == [
        (2, 1, None), (5, 2, None), (6, 3, "wrong_cell_count"),
    ]  # fmt: skip


def test_chance_is_even_and_the_same_each_time():
    drawn = [draw.share(str(number), "price") for number in range(2000)]

    assert drawn == [draw.share(str(number), "price") for number in range(2000)]
    assert 0.45 < sum(drawn) / len(drawn) < 0.55
    assert {draw.pick_weighted({"a": 1, "b": 0}, str(n), "x") for n in range(50)} == {"a"}
    assert all(500 <= draw.price_between(500, 9000, str(n)) <= 9000 for n in range(500))


def test_closets_have_names_of_their_own():
    names = [closet_name(number) for number in range(2000)]

    assert len(set(names)) == len(names) and max(map(len, names)) <= 20
