"""`tidende check-config`: what is set, where, and whether it can be used."""

import json
from collections.abc import Iterator
from typing import Any

from tidende.cli.options import AsJson, Assignments, Config, Data, InboxDirectory, load_settings
from tidende.cli.output import print_json, say


def check_config(
    config: Config = None,
    inbox: InboxDirectory = None,
    data: Data = None,
    assignments: Assignments = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print the settings in force, and where each was set."""
    from tidende.service.checks import check, check_inboxes

    loaded = load_settings(config, assignments, inbox=inbox, data=data)
    check(loaded)
    check_inboxes(loaded)
    values = loaded.settings.model_dump(mode="json")
    if as_json:
        print_json(values)
        return
    for line, key in _toml(values, ()):
        say(f"{line}  # {loaded.origin(key)}" if key else line)


def _toml(table: dict[str, Any], above: tuple[str | int, ...]) -> Iterator[tuple[str, Any]]:
    """Yield a table's lines with the key that each sets, None for headings; tables come last."""
    for name, value in table.items():
        if value is not None and not isinstance(value, dict) and not _is_tables(value):
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}", (*above, name)
    for name, value in table.items():
        heading = ".".join(str(step) for step in (*above, name) if isinstance(step, str))
        if isinstance(value, dict):
            if any(not isinstance(inner, dict) for inner in value.values()):
                yield f"\n[{heading}]", None
            yield from _toml(value, (*above, name))
        elif _is_tables(value):
            for number, inner in enumerate(value):
                yield f"\n[[{heading}]]", None
                yield from _toml(inner, (*above, name, number))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
