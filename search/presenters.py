"""A search as pages show it: chips that can be taken off, the groups of the filter sheet, bars of prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from listings import taxonomy
from marketplace.core.rules import rule
from search import labels, services
from search.models import SavedSearch
from search.params import TEXT, Place
from search.query import MULTIPLE, PRICES, Availability, Query
from search.results import Facets
from search.services import Suggestions
from search.understanding import Understood

SHOWN_MAX: Final = 24  # values of one group
BAR_WIDTH, BAR_HEIGHT = 10, 40  # units of the drawing of prices


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows a search, and the address of the search without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen; `count` is None where nobody has counted."""

    value: str
    label: str
    is_on: bool
    count: int | None = None
    rgb: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one field."""

    name: str
    title: str
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the prices, as a rectangle in a drawing of BAR_HEIGHT."""

    x: int
    y: int
    height: int


def titles() -> dict[str, str]:
    """What the fields are called, in the order of the sheet."""
    return {
        "category": _("Category"), "size": _("Size"), "brand": _("Brand"), "color": _("Colour"),
        "condition": _("Condition"),
    }  # fmt: skip


def chips(place: Place, query: Query, understood: Understood | None = None) -> list[Chip]:
    """All that narrows the search on this page, in the order of the sheet.

    What was read out of the text goes back into it when it is taken off.
    """
    words = (
        {pair: understood.without(chip) for chip in understood.chips for pair in chip.filters}
        if understood
        else {}
    )
    return list(_chips(place, query, words))


def _chips(place: Place, query: Query, words: Mapping[tuple[str, str | int], Query]) -> Iterator[Chip]:
    if query.text and place.fixed:  # elsewhere it is the heading
        yield Chip(f"“{query.text}”", place.address(query.without("text")))
    if query.seller:
        yield Chip(f"@{query.seller}", place.address(query.without("seller")))
    for name in titles():
        given = [value for value in getattr(query, name) if value not in place.fixed.get(name, ())]
        for value, label in labels.values(name, given, place.category).items():
            yield Chip(label, place.address(words.get((name, value)) or query.without(name, value)))
    if label := labels.prices(query):
        bounds = ((name, getattr(query, name)) for name in PRICES)
        typed = next((words[pair] for pair in bounds if pair in words), None)
        yield Chip(label, place.address(typed or query.without(PRICES[0]).without(PRICES[1])))
    if label := labels.availability(query):
        yield Chip(label, place.address(query.without("availability")))


def groups(place: Place, query: Query, facets: Facets) -> list[Group]:
    """What the search can be narrowed to here, with the counts that there are."""
    found = []
    for name, title in titles().items():
        if name in place.fixed and name != "category":
            continue
        counts = {one.value: one.count for one in facets.values.get(name, ())}
        chosen = [value for value in getattr(query, name) if value not in place.fixed.get(name, ())]
        shown = _shown(name, place, query, counts)
        shown += [value for value in chosen if value not in shown]
        names = labels.values(name, shown, place.category)
        options = [
            Option(value, names[value], value in chosen, counts.get(value, 0) if counts else None, _rgb(name, value))
            for value in shown
        ]  # fmt: skip
        found.append(Group(name, title, options))
    return found


def _shown(name: str, place: Place, query: Query, counts: Mapping[str, int]) -> list[str]:
    """The values of a group in their order: by the taxonomy where it has one, else most first."""
    if name == "category":
        return _categories(place, query, counts)
    if name == "brand":
        return list(counts)[:SHOWN_MAX]
    words = {"color": list(taxonomy.COLORS), "condition": list(taxonomy.CONDITIONS)}.get(name)
    if words is None:
        words = _sizes(place, query)
        if counts:
            most = list(counts)[:SHOWN_MAX]
            return [word for word in words if word in most] + [word for word in most if word not in words]
        return words
    return [word for word in words if word in counts] if counts else words


def _sizes(place: Place, query: Query) -> list[str]:
    offered = (
        size.label for slug in query.category or (place.category,) for size in taxonomy.sizes_for(slug)
    )
    return list(dict.fromkeys(offered))


def _categories(place: Place, query: Query, counts: Mapping[str, int]) -> list[str]:
    """What lies right below the page's category, and around what is chosen."""
    parents = {place.category, *query.category}
    parents |= {node.parent_slug for slug in query.category if (node := taxonomy.category(slug))}
    base = taxonomy.category(place.category)
    nodes = [
        node
        for node in taxonomy.categories()
        if node.parent_slug in parents and (base is None or base.slug in node.path[: node.level - 1])
    ]
    return [node.slug for node in nodes if not counts or counts.get(node.slug)]


def _rgb(name: str, value: str) -> str:
    return taxonomy.COLORS[value].rgb if name == "color" and value in taxonomy.COLORS else ""


def bars(facets: Facets) -> list[Bar]:
    """The listings of each step of price, the fullest step as high as the drawing."""
    most = max((count for _low, count in facets.prices), default=0)
    if not most:
        return []
    heights = [round(BAR_HEIGHT * count / most) or bool(count) for _low, count in facets.prices]
    return [Bar(n * BAR_WIDTH, BAR_HEIGHT - height, height) for n, height in enumerate(heights)]


def hidden(place: Place, query: Query, *, without: Sequence[str]) -> list[tuple[str, str]]:
    """The parameters that a form carries along which asks for those of `without` itself."""
    return [(name, value) for name, value in place.pairs(query) if name not in without]


SHEET_FIELDS: Final = (*MULTIPLE, *PRICES, "availability")  # what the sheet asks for itself
AVAILABILITY: Final = tuple(Availability)


def relaxed_words(relaxed: Sequence[str]) -> list[str]:
    """What was let go to find anything, in words."""
    said = {
        "words": _("some of the words"), "price": _("the price"), "text": _("the words"),
        **{name: title.lower() for name, title in titles().items()},
    }  # fmt: skip
    return [said[name] for name in relaxed]


@dataclass(frozen=True, slots=True)
class Suggested:
    """One line that can be chosen below the search field."""

    text: str
    address: str
    about: str = ""


def suggested(found: Suggestions) -> list[tuple[str, list[Suggested]]]:
    """Suggestions by kind, with where each leads."""
    rows = [
        (_("Searches"), [Suggested(one.text, _search_for(one.text)) for one in found.queries]),
        (_("Brands"), [Suggested(one.text, reverse("search:brand-detail", args=[one.key])) for one in found.brands]),
        (_("Categories"), [
            Suggested(labels.category_name(one.key), reverse("search:category-detail", args=[one.key]))
            for one in found.categories
        ]),
        (_("People"), [
            Suggested(one.text, reverse("listings:closet-detail", args=[one.key]), f"@{one.key}")
            for one in found.people
        ]),
    ]  # fmt: skip
    return [(title, lines) for title, lines in rows if lines]


def remembered(recent: Sequence[str], trending: Sequence[str]) -> list[tuple[str, list[Suggested]]]:
    """What a field opens with in which nothing is typed yet."""
    rows = [(_("Looked for lately"), recent), (_("Many look for"), trending)]
    return [(title, [Suggested(text, _search_for(text)) for text in texts]) for title, texts in rows if texts]


def _search_for(text: str) -> str:
    return f"{reverse('search:results')}?{urlencode({TEXT: text})}"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search in the list of its owner: `new` is what was found since they looked, `more` that there is more."""

    saved: SavedSearch
    words: str
    new: int
    more: bool


def saved_rows(found: Sequence[SavedSearch]) -> list[SavedRow]:
    """These saved searches in words, with what is new: one query for all, and one for brands that sellers typed."""
    counts, most = services.new_counts(found), rule("search.new_shown")
    asked = [one.asked for one in found]
    names = labels.brand_names({slug for query in asked for slug in query.brand})
    return [
        SavedRow(one, words_of(query, names), min(count, most), count > most)
        for one, query in zip(found, asked, strict=True)
        for count in [counts.get(one.pk, 0)]
    ]


def words_of(query: Query, brands: Mapping[str, str] | None = None) -> str:
    """What a search asks for, in one line."""
    parts = [f"“{query.text}”"] if query.text else []
    parts += [f"@{query.seller}"] if query.seller else []
    for name in titles():
        given = getattr(query, name)
        known = brands if name == "brand" and brands is not None else labels.values(name, given)
        parts += [known[value] for value in given]
    return " · ".join([*parts, *filter(None, (labels.prices(query), labels.availability(query)))])


def title_of(query: Query) -> str:
    """What a search is called before anybody names it."""
    text = " · ".join(filter(None, (query.text, words_of(replace(query, text="")))))
    most = rule("search.saved_title_max")
    return text if len(text) <= most else f"{text[: most - 1]}…"
