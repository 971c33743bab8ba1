"""The critic of every preset, in torch; it must not know losses or data sets."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from musegan_models.blocks import Chain, Conv, Features, initialize
from musegan_models.chords import N_CHORD
from musegan_models.intervals import N_MOVES, N_PAIRS, moves, pairs
from musegan_models.networks import chroma_of_beats
from musegan_models.spec import ModelSpec
from musegan_models.tables import CriticTable, Preset, Stream

_KINDS_OF_END = 3
_LEAST_VARIANCE = 1e-8


class Critic(nn.Module):
    """Scores phrases: the higher, the more like the data.

    `is_private`: there is one critic for each track, and score i depends on track i alone. `input_scale`: how much
    longer a step is in what the layers see than in the 0..1 they are given: 2 where the papers' code has -1 and 1.
    """

    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.spec, self.table = preset.spec, preset.critic
        self.is_private = self.table.is_private
        self.input_scale = 2.0 if self.table.is_signed else 1.0
        widths = {"chord": N_CHORD}
        self.streams = nn.ModuleList(StreamNets(self.spec, row, self.table) for row in self.table.streams)
        size = sum(stream.channels for stream in self.streams if isinstance(stream, StreamNets))
        size += self.table.compared > 0
        n_nets = self.spec.n_tracks if self.is_private else 1
        self.later = nn.ModuleList(StreamNets(self.spec, row, self.table) for row in self.table.later)
        size += sum(stream.channels for stream in self.later if isinstance(stream, StreamNets))
        self.merge = Chain(n_nets, size, self.table.merge, Conv, widths)
        self.heads = nn.ModuleList(Chain(n_nets, self.merge.channels, head, Conv, widths) for head in self.table.heads)
        initialize(self, preset.init_std)

    def forward(self, x: Tensor, chord: Tensor | None = None, n_together: int | None = None) -> Tensor:
        """(N, B, planes, M, T, P) in 0..1, (N, B, 13) -> scores (N, S): of places of the phrase, or of each track.

        B has one bar more than a phrase where the critic sees the bar before. `n_together`: of so many phrases, one
        after another, none is compared with phrases beyond them: real ones with generated ones. None: all N.
        """
        x, known = self._inputs(x, chord)
        streams = [stream(x, known) for stream in self.streams]
        if self.table.compared:
            streams.append(_variety(torch.cat(streams, dim=5), self.table.compared, n_together))
        streams += [stream(x, known) for stream in self.later]
        bars = self.merge(torch.cat(streams, dim=5), known)
        scores = [head(bars, known) for head in self.heads]  # (G, N, places.., 1)
        flat = [score.flatten(2).permute(1, 0, 2).flatten(1) for score in scores]
        if len(flat) > 1:
            flat = [torch.stack([score.mean(dim=1) for score in flat]).sum(dim=0).unsqueeze(1)]
        scores_of_phrases: Tensor = flat[0]
        return scores_of_phrases

    def features(self, x: Tensor, chord: Tensor | None = None) -> Tensor:
        """Return the first layer's output, (N, ...): what MidiNet matches between real and made bars."""
        x, known = self._inputs(x, chord)
        stream = self.streams[0]
        assert isinstance(stream, StreamNets)
        first: Tensor = stream.first(x, known).transpose(0, 1)
        return first

    def _inputs(self, x: Tensor, chord: Tensor | None) -> tuple[Tensor, Features]:
        known = {} if chord is None else {"chord": chord[None, :, :, None, None]}
        return (2 * x - 1 if self.table.is_signed else x), known


class StreamNets(nn.Module):
    """The nets of one stream of the critic."""

    def __init__(self, spec: ModelSpec, row: Stream, critic: CriticTable) -> None:
        super().__init__()
        self.spec, self.row, self.critic = spec, row, critic
        self._pitched = [i for i, track in enumerate(spec.tracks) if not track.is_drum]
        n_nets = spec.n_tracks if row.is_private else 1
        c_in = spec.n_planes * (1 if row.view in ("track", "change") else spec.n_tracks)
        if row.view == "ends":
            c_in = spec.n_tracks * _KINDS_OF_END
        if row.view in ("melody", "pairs"):
            c_in = N_PAIRS if row.view == "pairs" else N_MOVES * len(self._pitched)
        if row.view == "onset":
            c_in = spec.n_tracks * (1 if spec.has_onsets or critic.onsets == "signed" else 2)
        self.branches = nn.ModuleList(Chain(n_nets, c_in, branch, Conv, {"chord": N_CHORD}) for branch in row.branches)
        joined = sum(branch.channels for branch in self.branches if isinstance(branch, Chain))
        self.each = Chain(n_nets, joined, row.each, Conv)
        own = self.each.channels * (1 if critic.is_private else n_nets)
        self.shared = Chain(1, own, row.shared, Conv)
        self.channels = self.shared.channels

    def forward(self, x: Tensor, known: Features) -> Tensor:
        """Look: (G, N, B, T', P', C) for private critics, else G is 1."""
        seen = self.view(x)
        y = self.each(torch.cat([branch(seen, known) for branch in self.branches], dim=5))
        looked: Tensor = y if self.critic.is_private else self.shared(_join_nets(y))
        return looked

    def first(self, x: Tensor, known: Features) -> Tensor:
        """Return the output of the first layer of the first branch."""
        branch = self.branches[0]
        assert isinstance(branch, Chain)
        seen: Tensor = branch(self.view(x), known, n_layers=1)
        return seen

    def view(self, x: Tensor) -> Tensor:
        """(N, B, planes, M, T, P) -> what the first layers see, (G or 1, N, B, T', P', C)."""
        if self.row.view == "change":
            x = (x - torch.cat([x[:, :1], x[:, :-1]], dim=1)).abs()
        if self.row.view == "ends":
            return _ends_of_notes(x)
        if self.row.view in ("track", "change"):
            return x.permute(3, 0, 1, 4, 5, 2)
        if self.row.view == "all":
            return x.permute(0, 1, 4, 5, 3, 2).flatten(4).unsqueeze(0)
        if self.row.view == "onset":
            return self._onsets(x)
        if self.row.view == "melody":
            return moves(x[:, :, 0, self._pitched]).unsqueeze(3).unsqueeze(0)
        if self.row.view == "pairs":
            return pairs(x[:, :, :, self._pitched]).unsqueeze(3).unsqueeze(0)
        return chroma_of_beats(x.flatten(2, 3)).permute(0, 1, 3, 4, 2).unsqueeze(0)

    def _onsets(self, x: Tensor) -> Tensor:
        """Return how many notes start, and end, at each step: (1, N, B, T, 1, C)."""
        if self.spec.has_onsets:
            counts = x[:, :, 0].sum(dim=4)  # (N, B, M, T)
            return counts.permute(0, 1, 3, 2).unsqueeze(3).unsqueeze(0)
        roll = x[:, :, 0]  # (N, B, M, T, P)
        change = roll - F.pad(roll, [0, 0, 1, 0], value=-1 if self.critic.is_signed else 0)[..., :-1, :]
        # Summing the signed difference, as the papers' code does, lets a note's end hide another's start.
        drums = torch.tensor([track.is_drum for track in self.spec.tracks], device=x.device)[:, None, None]
        change = torch.where(drums, roll, change)  # drums have no length
        parts: Sequence[Tensor] = (change,) if self.critic.onsets == "signed" else (F.relu(change), F.relu(-change))
        counts = torch.cat([part.sum(dim=4) for part in parts], dim=2)
        return counts.permute(0, 1, 3, 2).unsqueeze(3).unsqueeze(0)


def _variety(x: Tensor, n_compared: int, n_together: int | None) -> Tensor:
    """Return how much neighbouring phrases of a batch differ, (G, N, B, T, P, 1), `n_compared` at a time.

    The standard deviation, averaged over all features of a bar (Karras et al. 2018, arXiv 1710.10196, sec. 3): a
    generator that plays little else than what it plays best is found out by it. Where `n_together`
    are no multiple, they are compared as a whole.
    """
    nets, n = x.shape[:2]
    whole = n if n_together is None else min(n, n_together)
    size = n_compared if whole % n_compared == 0 else whole
    groups = x.reshape(nets, n // size, size, *x.shape[2:])
    spread = (groups.var(dim=2, correction=0) + _LEAST_VARIANCE).sqrt()  # a root has no gradient at 0
    bars = spread.mean(dim=(3, 4, 5), keepdim=True)  # (G, groups, B, 1, 1, 1)
    return bars.repeat_interleave(size, dim=1).expand(*x.shape[:5], 1)


def _ends_of_notes(x: Tensor) -> Tensor:
    """Onset and sustain (N, B, 2, M, T, P) -> notes of one step, ends of longer ones, sustains of no note.

    Counted over pitches at each step, (1, N, B, T, 1, 3 * M); between 0 and 1 it is how much of each there is. A bar
    begins after silence and ends its notes.
    """
    onset, sustain = x[:, :, 0], x[:, :, 1]
    onsets, sustains = onset.sum(dim=4), sustain.sum(dim=4)  # (N, B, M, T)
    later = sustain[..., 1:, :]
    goes_on = F.pad((onset[..., :-1, :] * later).sum(dim=4), [0, 1])
    stays = (sustain[..., :-1, :] * later).sum(dim=4)
    counts = [onsets - goes_on, sustains - F.pad(stays, [0, 1]), sustains - F.pad(stays, [1, 0]) - goes_on.roll(1, 3)]
    return torch.cat(counts, dim=2).permute(0, 1, 3, 2).unsqueeze(3).unsqueeze(0)


def _join_nets(x: Tensor) -> Tensor:
    """(G, N, B, T, P, C) -> (1, N, B, T, P, G * C)."""
    if x.shape[0] == 1:
        return x
    return x.permute(1, 2, 3, 4, 0, 5).flatten(4).unsqueeze(0)
