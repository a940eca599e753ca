"""The settings: one typed tree, filled from defaults, a TOML file, the environment and `--set`."""

from tidende.settings.digests import DigestSettings, FilterSettings, MailSettings
from tidende.settings.loading import COMMAND_LINE, Loaded, load
from tidende.settings.service import (
    DedupSettings,
    InboxSettings,
    IntakeSettings,
    LimitSettings,
    LogSettings,
    QueueSettings,
    RetentionSettings,
    WorkerSettings,
)
from tidende.settings.tree import Settings

__all__ = [
    "COMMAND_LINE",
    "DedupSettings",
    "DigestSettings",
    "FilterSettings",
    "InboxSettings",
    "IntakeSettings",
    "LimitSettings",
    "Loaded",
    "LogSettings",
    "MailSettings",
    "QueueSettings",
    "RetentionSettings",
    "Settings",
    "WorkerSettings",
    "load",
]
