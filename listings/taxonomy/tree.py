"""The three-level tree: department, category, leaf."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bson import ObjectId

from listings.taxonomy.data import Named, id_of, read

LEVELS: Final = 3


@dataclass(frozen=True, slots=True)
class Node(Named):
    """A department (level 1), category (2) or leaf (3); `path` is the slugs from the department to it."""

    slug: str
    level: int
    parent_slug: str
    path: tuple[str, ...]
    size_set: str
    position: int


@lru_cache(maxsize=1)
def _tree() -> dict[str, Node]:
    nodes: dict[str, Node] = {}

    def add(slug: str, name: str, parent: Node | None, size_set: str) -> Node:
        if slug in nodes:
            raise ValueError(f"two categories have the slug {slug!r}")
        path = (*(parent.path if parent else ()), slug)
        parent_slug = parent.slug if parent else ""
        nodes[slug] = Node(name, slug, len(path), parent_slug, path, size_set, len(nodes))
        return nodes[slug]

    for department in read("taxonomy.toml")["departments"]:
        data = read(f"categories/{department}.toml")
        top = add(data["slug"], data["name"], None, "")
        for short, row in data["category"].items():
            middle = add(f"{top.slug}-{short}", row["name"], top, row["size_set"])
            for leaf, name in row["leaves"].items():
                add(
                    f"{middle.slug}-{leaf}", name, middle, row.get("size_sets", {}).get(leaf, row["size_set"])
                )
    return nodes


@lru_cache(maxsize=1)
def categories() -> tuple[Node, ...]:
    """Every node, each parent before its children, in the order people see them."""
    return tuple(_tree().values())


@lru_cache(maxsize=512)
def children(slug: str = "") -> tuple[Node, ...]:
    """The nodes right below a slug; without one, the departments."""
    return tuple(node for node in categories() if node.parent_slug == slug)


def departments() -> tuple[Node, ...]:
    """The top of the tree."""
    return children()


def category(slug: str) -> Node | None:
    """The node of a slug of any level."""
    return _tree().get(slug)


def path_of(slug: str) -> list[Node]:
    """The nodes from the department down to this one; [] for a slug that does not exist."""
    node = category(slug)
    return [_tree()[step] for step in node.path] if node else []


def category_id(slug: str) -> ObjectId:
    """The id of the Category document of a slug: the same in every database, so nobody has to look it up."""
    return id_of("category", slug)
