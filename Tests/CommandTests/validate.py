"""Holds documents against definitions of schema/output.schema.json, with Debian's python3-jsonschema.

usage: validate.py SCHEMA < CASES

CASES is a JSON array of {"command", "document", "text"}; a line on stdout for each violation. A key that the schema does
not describe is one, too: programs read only what is described.
"""

import json
import sys

from jsonschema import Draft202012Validator


def closed(schema):
    """The same schema without room for keys that it does not name."""
    if isinstance(schema, dict):
        copy = {key: closed(value) for key, value in schema.items()}
        if "required" in schema:
            copy["additionalProperties"] = False
        return copy
    if isinstance(schema, list):
        return [closed(element) for element in schema]
    return schema


def no_constant(word):
    raise ValueError(f"{word} is no JSON")


def violations(case, definitions):
    if case["document"] not in definitions:
        yield f"the schema has no definition {case['document']}"
        return
    try:
        instance = json.loads(case["text"], parse_constant=no_constant)
    except ValueError as error:
        yield f"not one JSON document: {error}: {case['text'][:200]}"
        return
    schema = {"$ref": f"#/$defs/{case['document']}", "$defs": definitions}
    for error in Draft202012Validator(schema).iter_errors(instance):
        yield f"{error.json_path}: {error.message[:400]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    definitions = closed(schema["$defs"])
    for case in json.load(sys.stdin):
        for violation in violations(case, definitions):
            print(f"{case['command']}: {violation}")


main()
