"""Files of other people into listings; every file here is made by the test."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from listings.models import Listing, Status, Stock
from listings.services import imports
from marketplace.core.pictures import Image
from marketplace.core.rules import override
from tests import make

COLUMNS = ["id", "gender", "articleType", "baseColour", "season", "year", "usage", "productDisplayName"]
pytestmark = pytest.mark.django_db


def row(number, title="Nike Men Black Running Shoes", article="Sports Shoes", gender="Men", color="Black"):
    return [str(number), gender, article, color, "Fall", "2012", "Sports", title]


@pytest.fixture
def folder(tmp_path):
    """Where the photos are: two kinds of garment, two pictures in all."""
    for kind in ("shoes", "dress"):
        (tmp_path / "photos" / kind).mkdir(parents=True)
        (tmp_path / "photos" / kind / "one.jpg").write_bytes(make.jpeg().read())
    return tmp_path


def write(folder, rows, columns=COLUMNS):
    with (folder / "file.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return folder / "file.csv"


def run(folder, rows=None, *, columns=COLUMNS, mapping="myntra_styles", **options):
    path = write(folder, rows, columns) if rows is not None else folder / "file.csv"
    options = {"photos": folder / "photos", "sellers": 3, "errors": folder / "errors.csv", **options}
    out = io.StringIO()
    call_command("import_listings", path, mapping=mapping, stdout=out, stderr=io.StringIO(), **options)
    with (folder / "errors.csv").open(newline="") as file:
        return out.getvalue(), list(csv.DictReader(file))


def test_rows_become_listings_for_sale_in_closets(folder, published):
    said, errors = run(folder, [row(1), row(2, "Unheard Of Women Red Dress", "Dresses", "Women", "Red")])

    assert "2 rows: 2 imported" in said and errors == []
    shoes = Listing.objects.get(imported_from="myntra_styles:1")
    assert (shoes.title, shoes.brand_slug, shoes.colors) == (
        "Nike Men Black Running Shoes",
        "nike",
        ["black"],
    )
    assert shoes.category_path == ["men", "men-shoes", "men-shoes-athletic"]
    assert shoes.status == Status.AVAILABLE and shoes.published_at and shoes.price_cents >= 100
    assert shoes.cover.is_ready and shoes.seller.is_email_verified
    assert shoes.sizes == [stock.size_label for stock in Stock.objects.of(shoes.pk)]
    assert Listing.objects.get(imported_from="myntra_styles:2").brand_name == ""
    assert published().count("ListingPublished") == 2


def test_what_a_file_lacks_is_the_same_each_time(folder):
    run(folder, [row(number) for number in range(1, 6)])
    derived = ("price_cents", "original_price_cents", "condition", "sizes", "currency", "photo_keys")
    fields = ("imported_from", "seller_username", *derived)
    first = list(Listing.objects.order_by("imported_from").values_list(*fields))
    Listing.objects.all().delete()

    run(folder)

    assert list(Listing.objects.order_by("imported_from").values_list(*fields)) == first


def test_a_title_that_is_too_long_is_reported_with_its_line_and_not_cut(folder):
    two_lines = "Nike\nMen Shoes"
    said, errors = run(folder, [row(1), row(2, two_lines), row(3, "x" * 81), row(4)])

    assert "4 rows: 3 imported, 0 were there already, 1 refused" in said
    assert "1  invalid  title  (column productDisplayName)" in said
    assert [(e["line"], e["row"], e["column"], e["field"], e["code"]) for e in errors] == [
        ("5", "3", "productDisplayName", "title", "invalid")
    ]
    assert "81" in errors[0]["message"] and "80" in errors[0]["message"]
    assert not Listing.objects.filter(imported_from="myntra_styles:3").exists()


def test_the_rule_book_decides_what_is_too_long(folder):
    with override({"listing.title_max": 5}):
        said, _errors = run(folder, [row(1)])

    assert "0 imported" in said and "1 refused" in said


def test_every_reason_of_a_row_is_reported(folder):
    _said, errors = run(folder, [row(1, article="Hovercraft", color="Ultraviolet")])

    assert {(e["column"], e["field"], e["code"]) for e in errors} == {
        ("articleType", "category", "unknown_category"),
        ("baseColour", "colors", "unknown_colors"),
    }


def test_broken_rows_never_cost_the_others(folder):
    path = write(folder, [row(1), ["2", "Men"]])
    with path.open("ab") as file:
        file.write(b"3,Men,Shirts,Black,Fall,2012,Casual,Caf\xe9 shirt\r\n")
        file.write(",".join(row(4)).encode() + b"\r\n")

    said, errors = run(folder)

    assert "4 rows: 2 imported" in said
    assert [(e["line"], e["code"]) for e in errors] == [("3", "wrong_cell_count"), ("4", "not_utf8")]


def test_a_second_run_makes_nothing_twice(folder):
    run(folder, [row(1), row(2)])

    said, _errors = run(folder, [row(1), row(2), row(3), row(3)])

    assert "4 rows: 1 imported, 3 were there already" in said
    assert Listing.objects.count() == 3


def test_each_picture_is_stored_and_rendered_once(folder):
    said, _errors = run(folder, [row(number) for number in range(1, 8)])

    assert "1 pictures" in said
    assert Image.objects.count() == 1 and Image.objects.get().uses == 7
    assert len({key for keys in Listing.objects.values_list("photo_keys", flat=True) for key in keys}) == 1


def test_a_picture_that_cannot_be_read_is_a_reason(folder):
    (folder / "photos" / "shoes" / "one.jpg").write_bytes(b"no picture")

    said, errors = run(folder, [row(1), row(2, "Biba Women Red Dress", "Dresses", "Women", "Red")])

    assert "1 imported" in said
    assert [(e["row"], e["field"], e["code"]) for e in errors] == [("1", "photos", "invalid")]


def test_a_dry_run_checks_everything_and_writes_nothing(folder, published):
    said, errors = run(folder, [row(1), row(2, "x" * 81)], dry_run=True)

    assert "1 would be imported" in said and "1 refused" in said and len(errors) == 1
    assert not Listing.objects.exists() and not Stock.objects.exists() and not Image.objects.exists()
    assert not make.User.objects.exists() and not published()


def test_without_photos_listings_stay_drafts(folder, published):
    said, _errors = run(folder, [row(1)], photos=None)

    assert "1 imported as drafts" in said
    assert Listing.objects.get().status == Status.DRAFT
    assert "ListingPublished" not in published()


def test_a_sold_row_becomes_a_sold_listing(folder):
    columns = ["brand", "title", "price", "size", "nwt", "status", "sold", "date"]
    rows = [
        ["levi_s", "501 straight", "45", "32.0", "False", "", sold, "2020-04-29"]
        for sold in ("True", "False")
    ]
    run(folder, rows, columns=columns, mapping="poshmark")

    sold, other = (Listing.objects.get(imported_from=f"poshmark:{number}") for number in (1, 2))
    assert (sold.status, other.status) == (Status.SOLD, Status.AVAILABLE)
    assert (sold.brand_slug, sold.price_cents, sold.sizes) == ("levis", 4500, ["W32"])
    assert sold.category_path[-1] == "men-jeans-straight" and sold.sold_at
    assert [(row.quantity, row.sold_count) for row in Stock.objects.of(sold.pk)] == [(0, 1)]


def test_a_file_that_names_its_sellers_keeps_them_apart(folder):
    columns = [
        "id",
        "seller",
        "category_name",
        "size",
        "condition",
        "brand",
        "colour",
        "price",
        "title",
        "description",
    ]
    rows = [
        ["1", "anna", "Dress", "M / 38 / 10", "Very good", "Zara", "Red", "12.5", "Robe", "Jolie robe"],
        ["2", "bea", "Jewellery", "", "Good", "Vintage", "", "4", "Ring", "Zilver"],
        ["3", "anna", "Shoes", "39", "Good", "Vintage", "", "abc", "Boots", "Leder"],
    ]
    _said, errors = run(folder, rows, columns=columns, mapping="vinted")

    dress, ring = (Listing.objects.get(imported_from=f"vinted:{number}") for number in (1, 2))
    assert (dress.seller_username, ring.seller_username) == ("vinted_anna", "vinted_bea")
    assert (dress.condition, dress.sizes, str(dress.price)) == ("like_new", ["M"], "€12.50")
    assert (ring.brand_name, ring.sizes) == ("", ["One size"])
    assert [(e["row"], e["column"], e["code"]) for e in errors] == [("3", "price", "bad_price")]


def test_a_crash_between_batches_loses_nothing_and_doubles_nothing(folder, monkeypatch):
    monkeypatch.setattr("listings.importing.run.BATCH", 2)
    store, calls = imports._store, []

    def crash(checked):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        store(checked)

    monkeypatch.setattr(imports, "_store", crash)
    with pytest.raises(KeyboardInterrupt):
        run(folder, [row(number) for number in range(1, 6)])
    assert Listing.objects.count() == 2

    said, _errors = run(folder)

    assert "5 rows: 3 imported, 2 were there already" in said
    keys = sorted(Listing.objects.values_list("imported_from", flat=True))
    assert keys == [f"myntra_styles:{number}" for number in range(1, 6)]


def test_a_mapping_that_is_not_there_is_told_with_the_known_ones(folder):
    with pytest.raises(
        CommandError, match=r"no mapping “nope”.*myntra_catalog, myntra_styles, poshmark, vinted"
    ):
        run(folder, [row(1)], mapping="nope")


def test_a_file_without_a_column_is_told_which(folder):
    with pytest.raises(CommandError, match=r"file.csv has no column “articleType”.*“id”, “gender”"):
        run(folder, [["1", "Men"]], columns=[name for name in COLUMNS if name != "articleType"])


def test_a_limit_stops_early(folder):
    said, _errors = run(folder, [row(number) for number in range(1, 6)], limit=2)

    assert "2 rows: 2 imported" in said
