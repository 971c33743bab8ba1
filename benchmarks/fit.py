"""Seconds of a generator step, beside other PyTorch implementations of the same networks.

    python benchmarks/fit.py DATA --tutorial musegan.ipynb

DATA is what `musegan-train prepare` wrote (16 steps a bar for the tutorial's model, 48 for v3). Both sides train on the
same phrases, batch by batch in turn, in one run; only the ratio says something, and only of one machine.

- tutorial: the authors' notebook, https://github.com/salu133445/ismir2019tutorial (musegan.ipynb), whose code is read
  from the file given; on a CPU its calls of `.cuda()` are left out, on a GPU it runs as it is.
- v3: no public PyTorch port of the authors' current code was found that runs (both that were name attributes that do
  not exist). The peer is the form in which all of them are written: a module of torch.nn for each row of our table.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from musegan_models.blocks import LEAK
from musegan_models.presets import preset
from musegan_models.spec import BEATS_PER_MEASURE
from musegan_models.tables import Layers, Preset
from musegan_train.data import phrases
from musegan_train.fit.batches import Batches
from musegan_train.fit.config import config_from_recipe
from musegan_train.fit.fit import fit

Step = Callable[[Tensor], None]


def modules(rows: Layers, c_in: int, transposed: bool, outputs: int = 1) -> nn.Sequential:
    """Return one torch.nn module for each part of each layer, as the public implementations are written."""
    parts: list[nn.Module] = []
    for row in rows:
        c_out = row.channels or outputs
        convolution = nn.ConvTranspose3d if transposed else nn.Conv3d
        parts.append(convolution(c_in, c_out, row.kernel, row.strides))
        if row.norm == "batch":
            parts.append(nn.BatchNorm3d(c_out))
        if row.activation != "none":
            parts.append(nn.ReLU() if row.activation == "relu" else nn.LeakyReLU(LEAK))
        c_in = c_out
    return nn.Sequential(*parts)


class PlainGenerator(nn.Module):
    """The generator of v3: one z, a trunk, two branches and a merge for each track."""

    def __init__(self, made: Preset) -> None:
        super().__init__()
        table, m = made.generator, made.spec.n_tracks
        assert table.merge is not None
        self.trunk = modules((*table.shared_temporal, *table.trunk), made.spec.latent.shared_temporal, True)
        c = table.trunk[-1].channels
        self.branches = nn.ModuleList(
            nn.ModuleList(modules(rows, c, True) for rows in table.branches) for _ in range(m)
        )
        joined = sum(rows[-1].channels for rows in table.branches)
        self.merges = nn.ModuleList(modules((table.merge,), joined, True) for _ in range(m))

    def forward(self, z: Tensor) -> Tensor:
        """(N, d) -> (N, M, B, T, P) in -1..1."""
        x = self.trunk(z[:, :, None, None, None])
        made = []
        for pair, merge in zip(self.branches, self.merges, strict=True):
            assert isinstance(pair, nn.ModuleList)
            made.append(merge(torch.cat([branch(x) for branch in pair], dim=1)))
        return torch.tanh(torch.cat(made, dim=1))


class PlainCritic(nn.Module):
    """The critic of v3: a stream of five nets on all tracks, one of onsets, one of chroma."""

    def __init__(self, made: Preset) -> None:
        super().__init__()
        m = made.spec.n_tracks
        tracks, onset, chroma = made.critic.streams
        joined = sum(rows[-1].channels for rows in tracks.branches)
        self.branches = nn.ModuleList(
            nn.ModuleList(modules(rows, m, False) for rows in tracks.branches) for _ in range(m)
        )
        self.each = nn.ModuleList(modules(tracks.each, joined, False) for _ in range(m))
        self.shared = modules(tracks.shared, m * tracks.each[-1].channels, False)
        self.onset, self.chroma = modules(onset.branches[0], m, False), modules(chroma.branches[0], m, False)
        last = sum(rows[-1].channels for rows in (tracks.shared, onset.branches[0], chroma.branches[0]))
        self.head = modules(made.critic.heads[0], last, False)

    def forward(self, x: Tensor) -> Tensor:
        """(N, M, B, T, P) -> scores."""
        private = []
        for pair, each in zip(self.branches, self.each, strict=True):
            assert isinstance(pair, nn.ModuleList)
            private.append(each(torch.cat([branch(x) for branch in pair], dim=1)))
        n, m, b, t, p = x.shape
        change = (x - F.pad(x, [0, 0, 1, 0], value=-1)[..., :-1, :]).sum(dim=4, keepdim=True)
        beats = x.reshape(n, m, b, BEATS_PER_MEASURE, t // BEATS_PER_MEASURE, p // 12, 12).sum(dim=(4, 5))
        streams = [self.shared(torch.cat(private, dim=1)), self.onset(change), self.chroma(beats)]
        scores: Tensor = self.head(torch.cat(streams, dim=1))
        return scores.flatten(1)


def plain_step(made: Preset, n_critic: int, rate: float, device: torch.device) -> Step:
    """Return a training step of WGAN-GP with the plain networks."""
    generator, critic = PlainGenerator(made).to(device), PlainCritic(made).to(device)
    adams = [torch.optim.Adam(net.parameters(), rate, (0.5, 0.9)) for net in (generator, critic)]
    size = made.spec.latent.shared_temporal

    def step(batches: Tensor) -> None:
        for real in batches:
            with torch.no_grad():
                fake = generator(torch.randn(len(real), size, device=device))
            between = torch.lerp(real, fake, torch.rand(len(real), 1, 1, 1, 1, device=device)).requires_grad_()
            (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
            penalty = (gradient.flatten(1).norm(dim=1) - 1).square().mean()
            loss = critic(fake).mean() - critic(real).mean() + 10 * penalty
            adams[1].zero_grad()
            loss.backward()
            adams[1].step()
        loss = -critic(generator(torch.randn(batches.shape[1], size, device=device))).mean()
        adams[0].zero_grad()
        loss.backward()
        adams[0].step()
        loss.item()

    assert n_critic > 0
    return step


def notebook_step(path: Path, device: torch.device) -> Step:
    """Return the training step of the authors' notebook, read from the file."""
    cells = [
        "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    wanted = ("class GeneraterBlock", "class Generator(", "class LayerNorm", "class DiscriminatorBlock",
              "class Discriminator(", "def compute_gradient_penalty", "def train_one_step")  # fmt: skip
    code = "\n".join(cell for name in wanted for cell in cells if name in cell)
    if missing := [name for name in wanted if name not in code]:
        raise click.ClickException(f"{path}: not the notebook: it has no {missing[0]!r}")
    if device.type == "cpu":
        code = code.replace(".cuda()", "")
    world: dict[str, Any] = {
        "torch": torch, "np": np, "n_tracks": 5, "n_pitches": 72, "n_measures": 4, "measure_resolution": 16,
        "latent_dim": 128, "batch_size": 16,
    }  # fmt: skip
    exec(code, world)  # the file that was asked for
    world["generator"], world["discriminator"] = world["Generator"]().to(device), world["Discriminator"]().to(device)
    adams = [
        torch.optim.Adam(world[name].parameters(), lr=0.001, betas=(0.5, 0.9))
        for name in ("discriminator", "generator")
    ]

    def step(batches: Tensor) -> None:
        losses = world["train_one_step"](*adams, batches[0])
        losses[0].item()

    return step


def compare(name: str, data: Path, peer: Step, batch: int, n_steps: int, device: torch.device) -> tuple[float, float]:
    """Return the median seconds of a step, ours and the peer's, taken in turn; the first two of each warm up."""
    loaded = phrases.load(data)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        config = config_from_recipe(
            data.resolve(), loaded.manifest, name, steps=n_steps + 2, batch=batch, burst=0, sample_every=10**6,
            checkpoint_every=10**6, accelerator=device.type,
        )  # fmt: skip
        batches = Batches(loaded, preset(name).spec, batch, device=device)
        rng = np.random.default_rng(0)
        steps: Iterator[dict[str, Any]] = fit(Path(folder) / "run", config)
        for stats in steps:
            ours.append(stats["seconds"])
            began = time.perf_counter()
            real = [batches.draw(rng).real[:, :, 0].transpose(1, 2) for _ in range(config.n_critic)]
            real = [2 * x - 1 for x in real] if name == "v3" else [x.flatten(2, 3) for x in real]
            peer(torch.stack(real))
            theirs.append(time.perf_counter() - began)
    return statistics.median(ours[2:]), statistics.median(theirs[2:])


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--tutorial", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The notebook.")
@click.option("--steps", type=click.IntRange(3), default=8, show_default=True, help="Steps of each, after two.")
@click.option("--batch", type=click.IntRange(2), default=16, show_default=True, help="Phrases of a batch.")
def main(data: Sequence[Path], tutorial: Path | None, steps: int, batch: int) -> None:
    """Compare on DATA: one folder for each resolution."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    by_resolution = {phrases.load(path).manifest["beat_resolution"] * 4: path for path in data}
    for name, resolution in (("tutorial", 16), ("v3", 48)):
        if resolution not in by_resolution or (name == "tutorial" and tutorial is None):
            click.echo(f"{name}: left out: it needs DATA of {resolution} steps a bar and its peer's file")
            continue
        torch.manual_seed(0)
        if name == "tutorial":
            assert tutorial is not None
            peer = notebook_step(tutorial, device)
            batch_size = 16  # the notebook's own
        else:
            peer, batch_size = plain_step(preset("v3"), 5, 1e-3, device), batch
        ours, theirs = compare(name, by_resolution[resolution], peer, batch_size, steps, device)
        click.echo(
            f"{name}: {ours:.3f} s a step, peer {theirs:.3f} s: {theirs / ours:.2f} times as fast "
            f"(batch {batch_size}, {device.type}, {torch.get_num_threads()} threads)"
        )


if __name__ == "__main__":
    main()
