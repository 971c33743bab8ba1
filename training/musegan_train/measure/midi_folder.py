"""A folder of MIDI files to phrases that can be measured; it must not know metrics or models."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from musegan_models.spec import ModelSpec
from musegan_train.data.bands import BINARY_8, LPD_5, Band
from musegan_train.data.measures import measures_from_song
from musegan_train.data.midi import score_from_midi
from musegan_train.data.scores import DroppedSongError
from musegan_train.data.songs import song_from_score, transpose
from musegan_train.measure.tally import Planes


@dataclass
class MidiFolder:
    """The MIDI files under `path`, or the one that it is; `dropped` says, once read, which files gave no phrase."""

    path: Path
    spec: ModelSpec
    dropped: dict[str, str] = field(default_factory=dict)  # file -> reason

    def files(self) -> list[Path]:
        """Return all .mid and .midi files, sorted; raise ValueError where there is none."""
        if self.path.is_file():
            return [self.path]
        found = sorted(file for file in self.path.rglob("*") if file.suffix.lower() in (".mid", ".midi"))
        if not found:
            raise ValueError(f"{self.path} holds no MIDI file (.mid, .midi)")
        return found

    def phrases(self, size: int = 64) -> Iterator[Planes]:
        """Yield phrases of the spec's bars, about `size` at a time, tracks told apart as in LPD.

        Nothing is transposed or left out but what is outside the pitches; the end of a file that is no whole phrase is
        left out, but a file shorter than a phrase is filled with silence.

        Raises:
            ValueError: No file gave a phrase.

        """
        waiting, n, n_all = list[Planes](), 0, 0
        for file in self.files():
            try:
                waiting.append(self._read(file))
            except DroppedSongError as error:
                self.dropped[str(file.relative_to(self.path) if file != self.path else file)] = str(error)
                continue
            n += len(waiting[-1][0])
            if n >= size:
                yield _joined(waiting)
                n_all, n, waiting = n_all + n, 0, []
        if waiting:
            yield _joined(waiting)
        if not n_all + n:
            raise ValueError(
                f"{self.path}: no MIDI file could be measured; the first: {next(iter(self.dropped.items()))}"
            )

    def whole(self) -> Iterator[Planes]:
        """Yield onset and sustain of each file from its first bar on, bool `(n_bars, n_tracks, n_steps, n_pitches)`."""
        for file in self.files():
            with contextlib.suppress(DroppedSongError):
                yield self._measures(file)

    def _read(self, file: Path) -> Planes:
        spec, planes = self.spec, np.stack(self._measures(file))
        if (missing := spec.n_measures - planes.shape[1]) > 0:
            planes = np.pad(planes, ((0, 0), (0, missing), (0, 0), (0, 0), (0, 0)))
        whole = planes.shape[1] // spec.n_measures * spec.n_measures
        onset, sustain = planes[:, :whole].reshape(2, -1, spec.n_measures, *planes.shape[2:])
        return onset, sustain

    def _measures(self, file: Path) -> Planes:
        spec = self.spec
        score = score_from_midi(file.read_bytes())
        if "drums" not in spec.track_names:
            score = replace(score, parts=tuple(part for part in score.parts if not part.is_drum))
        song = transpose(song_from_score(score, band_of(spec), spec, "merge", 1), 0, spec)
        if not len(song.pitch):
            raise DroppedSongError("no note in the range of the model")
        onset, sustain = measures_from_song(song, spec)
        return onset, sustain


def band_of(spec: ModelSpec) -> Band:
    """Return which General MIDI program plays in which track of a model; a model of one track has them all."""
    names = set(spec.track_names)
    if len(names) == 1:
        return Band(spec.tracks, (spec.tracks[0].name,) * 16, 1)
    known = LPD_5 if names <= {track.name for track in LPD_5.tracks} else BINARY_8
    return Band(spec.tracks, tuple(name if name in names else None for name in known.families), 1)


def _joined(parts: list[Planes]) -> Planes:
    onset, sustain = (np.concatenate(planes) for planes in zip(*parts, strict=True))
    return onset, sustain
