"""What scripts/setup-clients asks of Debian: each missing program's own package, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "setup-clients"

PACKAGES = {
    "supercollider-language": ["sclang"],
    "supercollider-server": ["scsynth"],
    "jackd2": ["jackd"],
    "puredata-core": ["pd"],
    "chromium": ["chromium"],
    "npm": ["npm", "node"],  # Debian's needs Debian's nodejs
    "nodejs": ["node"],
    "libatomic1": ["libatomic.so.1"],
}
PROGRAMS = {"node": "nodejs"} | {files[0]: package for package, files in PACKAGES.items() if package != "nodejs"}

APT_GET = """#!/bin/sh
echo "$*" >>{log}
for package; do :; done
for refused in {refused}; do
  [ "$package" != "$refused" ] || { echo "E: $package has held broken packages." >&2; exit 100; }
done
[ "$package" = -qq ] || {cp} {shop}/"$package"/* {path}
"""


class Machine:
    """A Debian that consists of one folder on the PATH, with an apt-get that keeps what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.path, self._shop, self._log = folder / "path", folder / "shop", folder / "log"
        self.path.mkdir()
        for package, files in PACKAGES.items():
            (self._shop / package).mkdir(parents=True)
            for file in files:
                self._write(self._shop / package / file)
                if not (self.path / file).exists():
                    self._write(self.path / file)
        library = self.path / "libatomic.so.1"
        self._write(self.path / "ldconfig", f'[ ! -e {library} ] || echo "\tlibatomic.so.1 (libc6) => {library}"')
        self._write(self.path / "uname", "echo Linux")
        self._write(self.path / "id", "echo 0")
        (self.path / "env").symlink_to(str(shutil.which("env")))
        self.refuse()

    def lacks(self, *programs: str) -> None:
        for program in programs:
            (self.path / program).unlink()

    def refuse(self, *packages: str) -> None:
        """Have no package but others."""
        words = {"log": self._log, "refused": " ".join(packages), "shop": self._shop, "path": self.path}
        script = APT_GET
        for word, value in (words | {"cp": shutil.which("cp")}).items():
            script = script.replace(f"{{{word}}}", str(value))
        self._write(self.path / "apt-get", script)

    def run(self) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path)}
        return subprocess.run([SCRIPT], env=environment, capture_output=True, text=True, timeout=60, check=False)

    @property
    def asked(self) -> list[str]:
        """What apt-get was asked, without its options."""
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        return [" ".join(word for word in line.split() if not word.startswith("-")) for line in lines]

    def _write(self, path: Path, script: str = "") -> None:
        path.write_text(script if script.startswith("#!") else f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_where_all_is_there_nothing_is_asked(machine: Machine) -> None:
    assert machine.run().returncode == 0
    assert machine.asked == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_only_what_is_missing_is_asked_for(machine: Machine, program: str) -> None:
    machine.lacks(program)
    run = machine.run()
    assert (run.returncode, run.stderr) == (0, "")
    assert machine.asked == ["update", f"install {PROGRAMS[program]}"]


def test_another_browser_will_do(machine: Machine) -> None:
    (machine.path / "chromium").rename(machine.path / "google-chrome")
    assert machine.run().returncode == 0
    assert machine.asked == []


def test_what_came_with_another_is_not_asked_for(machine: Machine) -> None:
    machine.lacks("npm", "node")
    assert machine.run().returncode == 0
    assert machine.asked == ["update", "install npm"]


@pytest.mark.parametrize("refused", ["supercollider-language", "npm", "libatomic1"])
def test_one_that_cannot_be_had_is_named_and_the_others_come(machine: Machine, refused: str) -> None:
    machine.lacks(*PROGRAMS)
    machine.refuse(refused)
    run = machine.run()
    assert run.returncode == 1
    (program,) = (program for program, package in PROGRAMS.items() if package == refused)
    assert run.stderr.endswith(f"tests that need them will fail:\n  {program}, from the package {refused}\n")
    assert {program for program in PROGRAMS if not (machine.path / program).exists()} == {program}
    assert machine.asked.count("update") == 1
    assert {f"install {package}" for package in PACKAGES if package != "nodejs"} <= set(machine.asked)


def test_a_package_without_its_program_is_not_enough(machine: Machine) -> None:
    machine.lacks("pd")
    (machine.path.parent / "shop" / "puredata-core" / "pd").rename(machine.path.parent / "shop" / "puredata-core" / "x")
    run = machine.run()
    assert run.returncode == 1
    assert run.stderr.endswith("  pd, from the package puredata-core\n")


def test_who_is_not_root_asks_sudo(machine: Machine) -> None:
    machine.lacks("pd")
    (machine.path / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    refused = machine.run()  # and there is no sudo
    assert refused.returncode == 1
    assert machine.asked == []
    (machine.path / "sudo").write_text('#!/bin/sh\nexec "$@"\n', encoding="utf-8")
    (machine.path / "sudo").chmod(0o755)
    assert machine.run().returncode == 0
    assert machine.asked == ["update", "install puredata-core"]


def test_where_there_is_no_apt_get_it_says_what_is_missing(machine: Machine) -> None:
    machine.lacks("apt-get", "pd", "node")
    run = machine.run()
    assert run.returncode == 1
    assert "brew install --cask supercollider pd google-chrome" in run.stderr
    assert run.stderr.endswith("Missing here:\n  pd\n  node\n")
