# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the fields of a JSON document that its schema does not name: a schema says what there is, and no less."""

from collections.abc import Iterator
from typing import Any

JOINED = ("allOf", "anyOf", "oneOf")


class Schemas:
    def __init__(self, *documents: dict) -> None:
        self.by_id = {document["$id"]: document for document in documents}

    def at(self, reference: str, inside: dict) -> dict:
        name, _, pointer = reference.partition("#")
        found: Any = self.by_id[name] if name else inside
        for step in pointer.strip("/").split("/"):
            found = found[step] if step else found
        return found

    def parts(self, schema: dict, inside: dict) -> Iterator[tuple[dict, dict]]:
        """The schema and all that it is joined of, each with the document that its references are about."""
        yield schema, inside
        if reference := schema.get("$ref"):
            target = self.at(reference, inside)
            yield from self.parts(target, self.by_id[reference.partition("#")[0]] if not reference.startswith("#") else inside)
        for word in JOINED:
            for part in schema.get(word, ()):
                yield from self.parts(part, inside)


def undocumented(schemas: Schemas, schema: dict, document: Any) -> list[str]:
    return sorted(set(_below(schemas, [(schema, schema)], document, "")))


def _below(schemas: Schemas, known: list[tuple[dict, dict]], value: Any, path: str) -> Iterator[str]:
    parts = [part for schema, inside in known for part in schemas.parts(schema, inside)]
    if isinstance(value, list):
        items = [(part["items"], inside) for part, inside in parts if isinstance(part.get("items"), dict)]
        for item in value:
            yield from _below(schemas, items, item, f"{path}[]")
    elif isinstance(value, dict):
        if any(part.get("additionalProperties") is True for part, _ in parts):
            return
        free = [(part["additionalProperties"], inside) for part, inside in parts if isinstance(part.get("additionalProperties"), dict)]
        for name, field in value.items():
            described = [(part["properties"][name], inside) for part, inside in parts if name in part.get("properties", {})] or free
            if described:
                yield from _below(schemas, described, field, f"{path}.{name}")
            else:
                yield f"{path}.{name}".lstrip(".")
