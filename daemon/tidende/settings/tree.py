"""The settings as one typed tree."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from tidende.settings.digests import DigestSettings, MailSettings
from tidende.settings.kinds import Name, Place, UriReference
from tidende.settings.service import (
    DedupSettings,
    ExtractionSettings,
    InboxSettings,
    IntakeSettings,
    LimitSettings,
    LogSettings,
    QueueSettings,
    RetentionSettings,
    WorkerSettings,
    named_apart,
)

ENVIRONMENT_PREFIX = "TIDENDE_"


class Settings(BaseSettings):
    """Everything that can be set; `config/tidende.toml` explains each key."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    data: Place = Path("data")
    source: UriReference = "/tidende"
    shutdown_seconds: Annotated[float, Field(gt=0, le=3600)] = 20.0
    inboxes: Annotated[
        tuple[InboxSettings, ...], Field(min_length=1), AfterValidator(named_apart)
    ] = (InboxSettings(name="inbox", path=Path("inbox")),)
    intake: IntakeSettings = IntakeSettings()
    workers: WorkerSettings = WorkerSettings()
    limits: LimitSettings = LimitSettings()
    queue: QueueSettings = QueueSettings()
    extraction: ExtractionSettings = ExtractionSettings()
    dedup: DedupSettings = DedupSettings()
    retention: RetentionSettings = RetentionSettings()
    digests: dict[Name, DigestSettings] = {"daily": DigestSettings()}
    mail: MailSettings = MailSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what `load` hands over; it has merged all sources in their order."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)
