"""All settings, read once from the environment and `.env`."""

import ipaddress
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from yarl import URL

from index.errors import PlainError

PREFIX = "RANGEFINDER_"


class WrongSettings(PlainError):
    """Settings that cannot be used; the program ends with exit status 78 (EX_CONFIG of sysexits.h)."""


class Settings(BaseSettings):
    """Each is an environment variable with the prefix `RANGEFINDER_`, or a line in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    discord_token: SecretStr | None = Field(None, description="The bot's token from Discord's developer portal.")
    discord_token_file: Path | None = Field(
        None, description="A file that holds the token, for secrets mounted as files."
    )
    data_dir: Path = Field(Path("data"), description="Where the library is kept.")
    model: str = Field(
        "all-MiniLM-L6-v2",
        min_length=1,
        description="The embedding model: the packaged all-MiniLM-L6-v2, another name, or a folder.",
    )
    age_warning_months: int = Field(
        12, ge=1, le=1200, description="From this age on, evidence for the present comes with a warning."
    )
    articles_per_server: int = Field(5000, ge=1, description="At most so many articles of its own a server may keep.")
    corrections_per_server: int = Field(500, ge=1, description="At most so many corrections a server may have made.")
    bytes_per_article: int = Field(
        2_000_000,
        ge=1000,
        description="A longer file, page or upload is refused; bytes, 50 times as many for .jsonl.",
    )
    questions_per_user_hour: int = Field(60, ge=1, description="At most so many questions a user may ask in an hour.")
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="host:port, separated by commas: private addresses that may be fetched all the same."
    )
    fetch_timeout: float = Field(20, gt=0, le=120, description="Seconds a page may take, redirects included.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="What is logged to stderr.")
    discord_api: str | None = Field(None, description="For tests: a loopback address that stands in for Discord's API.")
    discord_gateway: str | None = Field(
        None, description="For tests: a loopback address that stands in for Discord's gateway."
    )

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("fetch_allow")
    @classmethod
    def _host_and_port(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            host, _, port = entry.rpartition(":")
            if not host or not port.isdigit():
                raise ValueError(f"{entry!r} is not host:port")
        return value

    @field_validator("discord_api", "discord_gateway")
    @classmethod
    def _loopback(cls, value: str | None) -> str | None:
        if value is not None and not _is_loopback(URL(value).host):
            raise ValueError("only a loopback address is accepted, such as http://127.0.0.1:8080")
        return value

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.discord_token and self.discord_token_file:
            raise ValueError("set DISCORD_TOKEN or DISCORD_TOKEN_FILE, not both")
        return self

    @property
    def token(self) -> str | None:
        """The token, from whichever setting holds it. Raises WrongSettings where its file is unreadable or empty."""
        if self.discord_token:
            return self.discord_token.get_secret_value().strip() or None
        if self.discord_token_file is None:
            return None
        name = f"{PREFIX}DISCORD_TOKEN_FILE: {self.discord_token_file}"
        try:
            token = self.discord_token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongSettings(f"{name} cannot be read. Name a file that holds the token.") from error
        if not token:
            raise WrongSettings(f"{name} is empty. Put the token into it.")
        return token


def load() -> Settings:
    """The settings. Raises WrongSettings that names every fault at once, and never a secret's value."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings("\n".join(_fault(e["loc"], e["msg"]) for e in error.errors())) from None


def _fault(location: tuple[int | str, ...], message: str) -> str:
    name = PREFIX + str(location[0]).upper() if location else PREFIX + "*"
    return f"{name}: {message.removeprefix('Value error, ')}"


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
