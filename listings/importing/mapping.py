"""A mapping: a small data file that says which column of a CSV file is what (docs/importing.md has the format)."""

import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from listings import taxonomy

FOLDER: Final = taxonomy.DATA / "mappings"
ANY: Final = "*"
WEIGHTS: Final = "weights"
REQUIRED: Final = ("title", "description", "category", "currency", "price", "condition", "size")
SECTIONS: Final = frozenset({*REQUIRED, "about", "id", "seller", "missing", "brand", "sold", "colors"})
Row = Dict[str, str]


class MappingError(ValueError):
    """There is no such mapping, or it cannot be used with this file; the text is for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds a word of ours for what a row says: by patterns in a text, or by the values of one or more columns."""

    text: str = ""
    columns: tuple[str, ...] = ()
    table: Dict[str, Any] = field(default_factory=dict)
    rules: tuple[tuple[re.Pattern[str], Any], ...] = ()
    fallback: Dict[str, str] = field(default_factory=dict)

    def find(self, row: Row) -> Any:
        """The answer: a word, {"weights": ...} to draw one, or None when the mapping knows nothing about the row."""
        answer: Any = self.table
        if self.rules:
            answer = next((found for pattern, found in self.rules if pattern.search(row[self.text])), None)
        for column in self.columns:
            if isinstance(answer, dict) and WEIGHTS not in answer:
                answer = self._pick(answer, row[column].strip())
        return answer if isinstance(answer, str) or (answer and WEIGHTS in answer) else None

    def reads(self) -> Iterator[str]:
        """The columns it needs."""
        yield from self.columns
        if self.rules:
            yield self.text

    def answers(self) -> Iterator[str]:
        """Every word it may give."""
        yield from _words([self.table, *(found for _pattern, found in self.rules)])

    def _pick(self, choices: dict[str, Any], value: str) -> Any:
        while value and value not in choices:
            value = self.fallback.get(value, "")
        return choices[value] if value in choices else choices.get(ANY)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of one kind of file, and how missing values are derived; `spec` holds the plain sections."""

    name: str
    spec: Dict[str, Any]
    category: Lookup
    colors: Lookup | None
    condition: Lookup | None

    def column_of(self, field_name: str) -> str:
        """The column that a field of ours comes from, for reports; "" for what is derived."""
        lookups = {"category": self.category, "colors": self.colors, "condition": self.condition}
        lookup = lookups.get(field_name)
        if lookup:
            return next(lookup.reads(), "")
        spec = self.spec.get(field_name, {})
        if isinstance(spec, str):
            return "" if field_name == "currency" else spec  # a currency is named itself
        return spec.get("column", "")

    def reads(self) -> set[str]:
        """Every column the mapping needs."""
        found = {self.spec.get("id"), self.spec.get("seller"), self.spec["title"]}
        plain = ("description", "brand", "currency", "price", "size", "sold")
        found |= {self.column_of(name) for name in plain}
        for lookup in (self.category, self.colors, self.condition):
            found |= set(lookup.reads()) if lookup else set()
        if isinstance(self.spec["description"], dict):
            for part in self.spec["description"]["parts"]:
                found |= set(re.findall(r"{(.*?)}", part))
        return {column for column in found if column}

    def check_columns(self, columns: list[str], file_name: str) -> None:
        """MappingError when the file lacks a column that the mapping reads."""
        missing = sorted(self.reads() - set(columns))
        if missing:
            words = {
                "file": file_name,
                "missing": _quoted(missing),
                "name": self.name,
                "all": _quoted(columns),
            }
            raise MappingError(
                _("%(file)s has no column %(missing)s, which “%(name)s” reads. Its columns are: %(all)s.")
                % words
            )


def known_mappings() -> list[str]:
    """The names of the mappings that come with the marketplace."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if not path.stem.startswith("_"))


def load_mapping(name: str) -> Mapping:
    """The mapping of a name, or of a path to a .toml file of one's own; MappingError says what is wrong with it."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file() or path.stem.startswith("_"):
        words = {"name": name, "known": ", ".join(known_mappings())}
        raise MappingError(_("There is no mapping “%(name)s”. Known mappings: %(known)s.") % words)
    try:
        spec = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise MappingError(f"{path.name}: {problem}") from None
    if problems := [*_wrong_sections(spec)]:
        raise MappingError(f"{path.name}: {'; '.join(problems)}")
    condition = spec["condition"]
    return Mapping(
        name=path.stem,
        spec=spec,
        category=_lookup(spec["category"], path.name),
        colors=_lookup(spec["colors"], path.name) if "colors" in spec else None,
        condition=None if WEIGHTS in condition else _lookup(condition, path.name),
    )


@lru_cache(maxsize=1)
def fallbacks() -> dict[str, dict[str, Any]]:
    """Price ranges and photo folders by category, for what no file says."""
    return tomllib.loads((FOLDER / "_derive.toml").read_text(encoding="utf-8"))


def nearest(table: Dict[str, Any], path: list[str] | tuple[str, ...]) -> Any:
    """The entry of the deepest node of a category path that the table has; that of "" otherwise."""
    return next((table[slug] for slug in reversed(path) if slug in table), table.get(""))


def _wrong_sections(spec: dict[str, Any]) -> Iterator[str]:
    yield from (f"unknown section {name!r}" for name in sorted(spec.keys() - SECTIONS))
    yield from (f"section {name!r} is missing" for name in REQUIRED if name not in spec)
    colors, conditions = taxonomy.COLORS.get, taxonomy.CONDITIONS.get
    for section, known in (("category", taxonomy.category), ("colors", colors), ("condition", conditions)):
        part = spec.get(section, {})
        rules = [found for _pattern, found in part.get("rules", [])]
        words = _words([part.get("table", {}), {WEIGHTS: part.get(WEIGHTS, {})}, *rules])
        unknown = [word for word in words if word and known(word) is None]
        yield from (f"{section}: {word!r} is not in the taxonomy" for word in unknown)


def _lookup(spec: dict[str, Any], file_name: str) -> Lookup:
    try:
        rules = tuple((re.compile(pattern, re.IGNORECASE), found) for pattern, found in spec.get("rules", []))
    except re.error as problem:
        raise MappingError(f"{file_name}: {problem.pattern!r}: {problem}") from None
    columns = (spec["column"],) if "column" in spec else tuple(spec.get("columns", ()))
    return Lookup(spec.get("text", ""), columns, spec.get("table", {}), rules, spec.get("fallback", {}))


def _words(answers: list[Any]) -> Iterator[str]:
    for answer in answers:
        if isinstance(answer, str):
            yield answer
        elif isinstance(answer, dict):
            yield from answer[WEIGHTS] if WEIGHTS in answer else _words(list(answer.values()))


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
