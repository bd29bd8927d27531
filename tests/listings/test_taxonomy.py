import pytest

from listings import taxonomy
from listings.models import Brand, Category
from listings.services import load_taxonomy, rename_brand


def leaves():
    return [node for node in taxonomy.categories() if node.level == taxonomy.LEVELS]


def test_the_tree_has_seven_departments_and_plenty_of_leaves():
    assert [node.slug for node in taxonomy.departments()] == [
        "women", "men", "kids", "home", "beauty", "electronics", "pets",
    ]  # fmt: skip
    assert len(leaves()) >= 250


def test_every_slug_is_unique_and_continues_its_parents():
    slugs = [node.slug for node in taxonomy.categories()]

    assert len(slugs) == len(set(slugs))
    for node in taxonomy.categories():
        assert node.path[-1] == node.slug and len(node.path) == node.level
        assert node.slug.startswith(node.parent_slug)
        assert [step.slug for step in taxonomy.path_of(node.slug)] == list(node.path)


def test_every_list_below_a_department_ends_in_other():
    for node in taxonomy.categories():
        if node.level < taxonomy.LEVELS:
            assert taxonomy.children(node.slug)[-1].slug == f"{node.slug}-other"


def test_every_leaf_has_a_size_set_with_unique_keys_and_short_labels():
    for leaf in leaves():
        sizes = taxonomy.sizes_for(leaf.slug)

        assert leaf.size_set in taxonomy.size_sets()
        assert sizes and len({size.key for size in sizes}) == len(sizes)
        assert len({size.label for size in sizes}) == len(sizes)
        assert all(len(size.label) <= 20 and len(size.key) <= 40 for size in sizes)


def test_every_size_is_found_by_its_key_and_its_label():
    for size_set in taxonomy.size_sets().values():
        for size in size_set.sizes:
            assert taxonomy.size_for(size_set.key, size.key) == size
            assert taxonomy.size_for(size_set.key, size.label) == size
            assert taxonomy.size_for(size_set.key, f"{size.system} {size.value}") == size


def test_equivalents_hold_in_both_directions():
    pairs = 0
    for size_set in taxonomy.size_sets().values():
        known = {(size.system, size.value): size for size in size_set.sizes}
        for size in size_set.sizes:
            for system, values in size.equivalents.items():
                for value in values:
                    if (system, value) in known:
                        assert size.value in known[system, value].equivalents[size.system]
                    else:  # not offered, but understood: as a size that says the same of itself
                        understood = taxonomy.size_for(size_set.key, f"{system} {value}")
                        assert value in understood.equivalents[system]
                    pairs += 1
    assert pairs > 1000


def test_ordinals_follow_the_body_whatever_the_system():
    m, us6, us14 = (taxonomy.size_for("women_clothing", text) for text in ("M", "US 6", "US 14"))

    assert us6.ordinal < m.ordinal < us14.ordinal


@pytest.mark.parametrize(
    ("size_set", "text", "key"),
    [
        ("women_clothing", "EU 38", "us-6"),
        ("women_clothing", "medium", "m"),
        ("women_clothing", "2XL", "xxl"),
        ("women_clothing", "14w", "plus-us-14w"),
        ("women_shoes", "39", "us-8-5"),
        ("men_shoes", "uk 8", "us-9"),
        ("rings", "16,5 mm", "us-6"),
        ("bras", "75B", "us-34b"),
        ("women_clothing", "fits like a dream", None),
    ],
)
def test_a_size_is_understood_as_people_write_it(size_set, text, key):
    found = taxonomy.size_for(size_set, text)

    assert (found.key if found else None) == key


def test_without_a_category_letters_are_understood():
    assert taxonomy.size_in_category([], "M").key == "m"
    assert taxonomy.size_in_category(["women", "women-shoes"], "US 8").key == "us-8"
    assert taxonomy.size_in_category(["no-such-slug"], "US 8") is None


def test_there_are_many_brands_and_every_spelling_names_one():
    spellings = {}
    for brand in taxonomy.brands():
        for text in (brand.name, *brand.aliases):
            assert taxonomy.brand_for(text) == brand, text
            assert spellings.setdefault(taxonomy.normal_name(text), brand) == brand

    assert len(taxonomy.brands()) >= 300
    assert len({brand.slug for brand in taxonomy.brands()}) == len(taxonomy.brands())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LEVIS", "Levi's"), ("levi_s", "Levi's"), ("Levi’s", "Levi's"), ("h & m", "H&M"), ("Celine", "Céline"),
        ("pull and bear", "Pull & Bear"), ("No Brand", "Unbranded"), ("", None), ("Aunt Mabel", None),
    ],
)  # fmt: skip
def test_a_brand_is_understood_as_people_write_it(text, name):
    found = taxonomy.brand_for(text)

    assert (found.name if found else None) == name


def test_colours_conditions_and_flaws_are_complete():
    assert len(taxonomy.COLORS) == 16
    assert list(taxonomy.CONDITIONS) == ["nwt", "nwot", "like_new", "good", "fair"]
    assert all(len(color.rgb) == 7 for color in taxonomy.COLORS.values())
    assert all(condition.sentence.endswith(".") for condition in taxonomy.CONDITIONS.values())
    assert "other" in taxonomy.FLAW_KINDS and "other" in taxonomy.FLAW_PLACES
    assert all(len(code) <= 20 for code in (*taxonomy.COLORS, *taxonomy.FLAW_KINDS, *taxonomy.FLAW_PLACES))


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    Category.objects.all().delete()
    Brand.objects.all().delete()

    first, second = load_taxonomy(), load_taxonomy()

    assert first.made == Category.objects.count() + Brand.objects.count()
    assert (second.made, second.changed, second.unchanged) == (0, 0, first.made)
    assert Category.objects.get(slug="women-dresses-maxi").pk == taxonomy.category_id("women-dresses-maxi")


@pytest.mark.django_db
def test_loading_mends_what_differs_and_keeps_what_people_added():
    load_taxonomy()
    Category.objects.filter(slug="women-dresses").update(name="Old name", version=0)
    Brand.objects.filter(slug="nike").delete()
    Brand.objects.create(slug="nike-typed", name="nike", name_ci="nike")
    Brand.objects.create(slug="aunt-mabel-typed", name="Aunt Mabel", name_ci="aunt mabel")

    done = load_taxonomy()

    assert (done.made, done.changed) == (0, 2)
    assert Category.objects.get(slug="women-dresses").name == "Dresses"
    nike = Brand.objects.get(name_ci="nike")
    assert (nike.slug, nike.name, nike.is_reviewed) == ("nike-typed", "Nike", True)
    assert Brand.objects.get(name_ci="aunt mabel").is_reviewed is False


@pytest.mark.django_db
def test_a_brand_that_staff_renamed_keeps_their_name():
    load_taxonomy()
    rename_brand(brand=Brand.objects.get(slug="nike"), name="Nike Inc")

    done = load_taxonomy()

    assert (done.made, done.changed) == (0, 0)
    assert Brand.objects.get(slug="nike").name == "Nike Inc"
