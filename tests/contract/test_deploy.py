"""The files in deploy/ do what they say on the hosts that read them."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = "/opt/tidende/bin/tidende"
UNITS = ("tidende.service", "tidende-ingest.service", "tidende-ingest.timer")
SCHEDULE = re.compile(r"^(?:\S+\s+){5}(?=/)")


def directives(unit: Path) -> list[str]:
    """Return a unit's settings in order, without comments and sections."""
    lines = unit.read_text().splitlines()
    return [line for line in lines if line and line[0] not in "#["]


def fence(unit: Path) -> list[str]:
    """Return a unit's hardening, which stands last in its service section."""
    lines = [line for line in directives(unit) if not line.startswith("WantedBy=")]
    return lines[lines.index("NoNewPrivileges=true") :]


@pytest.fixture(scope="module")
def systemd(root: Path) -> Path:
    """Return the directory of the units."""
    return root / "deploy" / "systemd"


@pytest.fixture(scope="module")
def job(root: Path) -> str:
    """Return the crontab's one entry, without its schedule."""
    lines = (root / "deploy" / "crontab").read_text().splitlines()
    [entry] = [line for line in lines if not line.startswith("#")]
    assert SCHEDULE.match(entry)
    return SCHEDULE.sub("", entry)


def install_stub(directory: Path, exit_code: int) -> Path:
    """Write a program to stand in for ours, which prints its arguments and leaves."""
    program = directory / "tidende"
    program.write_text(f'#!/bin/sh\necho "$@"\nexit {exit_code}\n')
    program.chmod(0o755)
    return program


def test_systemd_accepts_the_units(
    systemd: Path, tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    analyze = require_tool("systemd-analyze")
    program = install_stub(tmp_path, 0)
    for unit in UNITS:
        content = (systemd / unit).read_text()
        (tmp_path / unit).write_text(content.replace(PROGRAM, str(program)))
    done = subprocess.run(
        [analyze, "--man=no", "verify", *(str(tmp_path / unit) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_both_services_stand_behind_the_same_fence(systemd: Path) -> None:
    assert fence(systemd / "tidende.service") == fence(systemd / "tidende-ingest.service")


def test_a_hung_daemon_says_where_and_leaves_no_texts_behind(systemd: Path) -> None:
    """The watchdog's SIGABRT has Python tell of its threads, and would have a core dumped."""
    said = directives(systemd / "tidende.service")
    assert {"Environment=PYTHONFAULTHANDLER=1", "LimitCORE=0"} <= set(said)
    assert not [line for line in said if line.startswith("WatchdogSignal=")]


def understands(command: str) -> bool:
    """Return whether the program knows the command and its options: it then prints its help."""
    program, *arguments = command.split()
    assert program == PROGRAM
    installed = Path(sys.executable).with_name("tidende")
    done = subprocess.run([installed, *arguments, "--help"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.parametrize("name", ["tidende.service", "tidende-ingest.service"])
def test_the_services_give_options_that_the_program_has(systemd: Path, name: str) -> None:
    [command] = [
        line.removeprefix("ExecStart=")
        for line in directives(systemd / name)
        if line.startswith("ExecStart=")
    ]
    assert understands(command)


def test_the_crontab_gives_options_that_the_program_has(job: str) -> None:
    assert understands(job.partition(" >>")[0])


@pytest.mark.parametrize(
    ("exit_code", "mail"),
    [(0, ""), (75, ""), (70, "tidende ingest ended with 70")],
    ids=["done", "a_daemon_holds_it", "failed"],
)
def test_cron_mails_failures_only(job: str, tmp_path: Path, exit_code: int, mail: str) -> None:
    program = install_stub(tmp_path, exit_code)
    command = job.replace(PROGRAM, str(program)).replace("/var/lib/tidende", str(tmp_path))
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"HOME": str(tmp_path), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(mail)
    assert bool(done.stdout) == bool(mail)
    assert done.stderr == ""
    log = (tmp_path / "ingest.log").read_text()
    assert log == "ingest --config /etc/tidende/tidende.toml\n"


def test_the_crontab_has_no_percent_sign_which_cron_reads_as_a_newline(job: str) -> None:
    assert "%" not in job
