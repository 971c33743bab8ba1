import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.training.crashing import double, minus
from tests.training.playing import band, prepared, write

from musegan_train.cli import main
from musegan_train.data import phrases as phrase_sets
from musegan_train.data.identity import Fingerprint, group_songs, is_held_out, split
from musegan_train.data.prepare import prepare
from musegan_train.data.rules import Rules
from musegan_train.data.spread import spread, spread_by_dask

BATCHES = [[1, 2], [3, 13, 4], [5], [6, 7], [8, 9]]
DOUBLED = [[2, 4], [6, -13, 8], [10], [12, 14], [16, 18]]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Run a Dask cluster of two worker processes; return the address of its scheduler."""
    from distributed import Client, LocalCluster

    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)  # type: ignore[no-untyped-call]  # distributed has types in part
    try:
        with Client(cluster) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2)
        yield str(cluster.scheduler_address)
    finally:
        cluster.close()


def test_results_come_in_order_and_an_item_that_kills_its_process_is_alone() -> None:
    assert list(spread(double, BATCHES, 2, minus)) == DOUBLED


def test_no_more_batches_are_taken_than_are_needed() -> None:
    taken = 0

    def batches() -> Iterator[list[int]]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield [n]

    results = spread(double, batches(), 2, minus)
    assert next(results) == [0]
    results.close()
    assert taken < 20


def test_dask_gives_results_in_order_and_an_item_that_kills_its_worker_is_alone(scheduler: str) -> None:
    assert list(spread_by_dask(double, BATCHES, scheduler, minus)) == DOUBLED


def test_dask_changes_nothing(scheduler: str, tmp_path: Path) -> None:
    songs = tmp_path / "songs"
    for n in range(12):
        write(songs / f"{n}.mid", band(seed=n))
    (songs / "broken.mid").write_bytes(b"no song")
    here = prepared(songs)
    arguments = ["prepare", str(songs), "-o", str(tmp_path / "there"), "--dask", scheduler, "--segment", "windows"]
    result = CliRunner().invoke(main, [*arguments, "--no-pictures"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    there = phrase_sets.load(tmp_path / "there")
    assert there.manifest == here.manifest
    np.testing.assert_array_equal(there.onset, here.onset)
    np.testing.assert_array_equal(there.sustain, here.sustain)


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band())
    arguments = ["prepare", str(tmp_path), "-o", str(tmp_path / "x"), "--dask", "tcp://127.0.0.1:1"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "no Dask scheduler at tcp://127.0.0.1:1" in result.output
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to a process group")
def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    songs, output = tmp_path / "songs", tmp_path / "set"
    write(songs / "0.mid", band(64))
    for n in range(1, 3000):
        (songs / f"{n}.mid").symlink_to("0.mid")
    command = [sys.executable, "-m", "musegan_train", "prepare", str(songs), "-o", str(output), "--workers", "2"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background has it ignored
    ) as process:
        cells = tmp_path / "set.partial" / "onset.npy"
        while process.poll() is None and not (cells.exists() and cells.stat().st_size > 1000):
            pass
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it too
        assert process.stderr is not None
        told = process.stderr.read().decode()
    assert process.returncode == 1
    assert "Aborted!" in told
    assert "Traceback" not in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["songs"]


def test_arrangements_of_one_title_are_on_one_side(tmp_path: Path) -> None:
    names = ("Yesterday's Song.mid", "yesterdays_song (2).mid", "deep/YESTERDAYS SONG-3.mid", "Another One.mid")
    for n, name in enumerate(names):
        write(tmp_path / name, band(seed=n))
    manifest = prepared(tmp_path).manifest
    identity = {song["path"]: song["identity"] for song in manifest["songs"]}
    assert [identity[name] for name in names] == ["yesterdayssong"] * 3 + ["anotherone"]
    assert manifest["distinct_songs"] == 2


def test_a_file_that_is_nearly_another_is_the_same_song(tmp_path: Path) -> None:
    parts = band(32, seed=1)
    write(tmp_path / "1.mid", parts)
    write(tmp_path / "2.mid", {**parts, "strings": [(b, p + 12, d) for b, p, d in parts["strings"]]})
    write(tmp_path / "3.mid", {name: [(b, p + 3 * (name != "drums"), d) for b, p, d in n] for name, n in parts.items()})
    write(tmp_path / "4.mid", band(32, seed=2))
    songs = prepared(tmp_path).manifest["songs"]
    assert len({song["identity"] for song in songs[:3]}) == 1
    assert songs[3]["identity"] == songs[3]["md5"] != songs[0]["identity"]
    assert len({song["held_out"] for song in songs[:3]}) == 1


def test_a_song_alone_is_held_out_by_itself() -> None:
    none = Fingerprint(np.zeros(0, np.uint64), np.zeros(0, np.uint64))
    md5s = [f"{n:032x}" for n in range(3)]
    assert group_songs(["", "", ""], [none] * 3, md5s) == md5s
    assert 0.07 < np.mean([is_held_out(f"0{n:031x}") for n in range(5000)]) < 0.09  # one folder of Lakh


def names_of(held_out: bool, n: int) -> list[str]:
    """Return MD5s of songs that are held out where they are alone, or are not."""
    return [name for i in range(1000) if is_held_out(name := f"{i:032x}") == held_out][:n]


def test_a_song_that_is_trained_on_alone_is_trained_on_beside_every_arrangement() -> None:
    (train,), (held, other) = names_of(False, 1), names_of(True, 2)
    md5s = [train, held, other]
    assert split(md5s, md5s, md5s, {}) == [False, True, True]  # three songs
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):  # whichever of them gives the group its name
        own = [md5s[i] for i in order]
        assert split(own, own, [own[0]] * 3, {}) == [False] * 3
    assert split([held, other], [held, other], [held] * 2, {}) == [True] * 2


def test_another_set_says_which_side_its_songs_and_their_arrangements_are_on() -> None:
    (train, other), (held,) = names_of(False, 2), names_of(True, 1)
    md5s = [train, held, other]
    assert split(md5s, md5s, md5s, {train: True, held: False}) == [True, False, False]
    assert split(md5s, md5s, ["x", "y", "x"], {train: True}) == [True, True, True]  # `other` is an arrangement of it


def test_prepare_splits_as_another_set(tmp_path: Path) -> None:
    for n in range(12):
        write(tmp_path / "songs" / f"{n}.mid", band(seed=n))
    phrases = prepared(tmp_path / "songs")
    for song in phrases.manifest["songs"]:
        song["held_out"] = song["path"] in ("3.mid", "5.mid")
    (tmp_path / "songs" / "set" / "manifest.json").write_text(json.dumps(phrases.manifest))
    arguments = ["prepare", str(tmp_path / "songs"), "-o", str(tmp_path / "more"), "--workers", "1", "--no-pictures"]
    result = CliRunner().invoke(main, [*arguments, "--split-as", str(tmp_path / "songs" / "set")])
    assert result.exit_code == 0, result.output
    songs = phrase_sets.load(tmp_path / "more").manifest["songs"]
    assert {song["path"] for song in songs if song["held_out"]} == {"3.mid", "5.mid"}


def test_memory_holds_no_phrases_of_songs_that_are_done(tmp_path: Path) -> None:
    # What is written while the songs are read is on disk before the last of them is.
    for n in range(40):
        write(tmp_path / f"{n:02}.mid", band(16, seed=n))
    sizes = []

    def look(_: int) -> None:
        sizes.append(sum(path.stat().st_size for path in tmp_path.glob("set.partial/onset.npy")))

    prepare([tmp_path], tmp_path / "set", Rules(segment="windows"), report=look)
    assert sizes == sorted(sizes)
    assert 0 < sizes[1] < sizes[-1]
