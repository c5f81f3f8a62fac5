from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, WrongSettings, load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def set_to(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(PREFIX + name, value)


def test_nothing_needs_to_be_set() -> None:
    settings = load()
    assert settings.token is None
    assert settings.data_dir == Path("data")


def test_all_faults_are_named_at_once_and_no_secret_is(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(
        monkeypatch,
        DISCORD_TOKEN="s3cret",
        AGE_WARNING_MONTHS="soon",
        FETCH_ALLOW="nowhere",
        LOG_LEVEL="LOUD",
        DISCORD_API="https://discord.com",
    )
    with pytest.raises(WrongSettings) as fault:
        load()
    lines = str(fault.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{PREFIX}{name}" for name in ("AGE_WARNING_MONTHS", "FETCH_ALLOW", "LOG_LEVEL", "DISCORD_API")
    ]
    assert "s3cret" not in str(fault.value)


def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, DISCORD_TOKEN="s3cret")
    assert load().token == "s3cret"
    assert "s3cret" not in repr(load()) + str(load().model_dump())


def test_the_token_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(" s3cret\n", encoding="utf-8")
    set_to(monkeypatch, DISCORD_TOKEN_FILE=str(tmp_path / "token"))
    assert load().token == "s3cret"
    (tmp_path / "token").write_text("\n", encoding="utf-8")
    with pytest.raises(WrongSettings, match="empty"):
        _ = load().token
    (tmp_path / "token").unlink()
    with pytest.raises(WrongSettings, match="cannot be read"):
        _ = load().token


def test_a_token_and_a_token_file_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, DISCORD_TOKEN="s3cret", DISCORD_TOKEN_FILE="token")
    with pytest.raises(WrongSettings, match="not both"):
        load()


def test_settings_may_stand_in_a_file_and_the_environment_goes_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"{PREFIX}MODEL=one\n{PREFIX}AGE_WARNING_MONTHS=6\n", encoding="utf-8")
    set_to(monkeypatch, MODEL="other")
    assert (load().model, load().age_warning_months) == ("other", 6)


def test_only_loopback_addresses_stand_in_for_discord(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("http://127.0.0.1:80", "http://localhost:80", "http://[::1]:80"):
        set_to(monkeypatch, DISCORD_API=address)
        assert load().discord_api == address
    for address in ("http://127.0.0.1.example.org", "http://10.0.0.1", "loopback", ""):
        set_to(monkeypatch, DISCORD_API=address)
        if address:
            with pytest.raises(WrongSettings, match="loopback"):
                load()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().model = "another"  # type: ignore[misc]


def test_the_example_file_lists_every_setting_with_its_default_and_changes_none(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, setting in Settings.model_fields.items():
        default = "" if setting.default in (None, ()) else setting.default
        assert f"# {setting.description}\n# {PREFIX}{name.upper()}={default}\n" in example + "\n"
    (tmp_path / ".env").write_text(example.replace(f"# {PREFIX}", PREFIX), encoding="utf-8")
    assert load() == Settings(_env_file=None)  # type: ignore[call-arg]
