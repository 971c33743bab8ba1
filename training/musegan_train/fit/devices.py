"""One program on many devices and machines, through Lightning Fabric; it must not know what is trained.

Fabric starts the processes, picks devices and precision. Gradients are averaged here, after `backward`: PyTorch's
DistributedDataParallel hooks into one backward pass of one forward pass, and a gradient penalty is a gradient of a
gradient. A part of a batch on each device with batch norms over all of it is the whole batch on one device.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from typing import Any

import torch
import torch.distributed
from torch import Tensor, nn

from musegan_models.blocks import PrivateBatchNorm
from musegan_train.fit.config import Config, ConfigError

with warnings.catch_warnings():  # its own imports are not ours to mend
    warnings.simplefilter("ignore")
    from lightning_fabric import Fabric


def launch(config: Config) -> Fabric:
    """Return Fabric on this process's device, after starting the other processes where there are several.

    The others run the same command again; each gets here too. Raises ConfigError where there is no such device.
    """
    for name in ("lightning_fabric", "lightning.fabric"):
        logging.getLogger(name).setLevel(logging.WARNING)
    if config.accelerator == "cuda" and not torch.cuda.is_available():
        raise ConfigError("accelerator must be one that torch can use: there is no CUDA device; use cpu")
    if config.accelerator == "mps" and not torch.backends.mps.is_available():
        raise ConfigError("accelerator must be one that torch can use: there is no MPS device; use cpu")
    several = config.devices * config.nodes > 1
    fabric = Fabric(
        accelerator=config.accelerator,
        devices=config.devices,
        num_nodes=config.nodes,
        strategy="ddp" if several else "auto",
        precision="bf16-mixed" if config.precision == "bf16" else "32-true",
    )
    fabric.launch()
    return fabric


def average_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Replace every gradient by its mean over all processes; all must have the same ones."""
    if not is_several():
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    torch.distributed.all_reduce(flat)
    flat /= torch.distributed.get_world_size()
    parts = torch.split(flat, [gradient.numel() for gradient in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view_as(gradient))


def average(values: Tensor) -> Tensor:
    """Return the mean of `values` over all processes."""
    if is_several():
        torch.distributed.all_reduce(values)
        values = values / torch.distributed.get_world_size()
    return values


def gather(values: Tensor) -> Tensor:
    """Return the values of all processes one after another, along the first axis; all must have as many."""
    if not is_several():
        return values
    parts = [torch.empty_like(values) for _ in range(torch.distributed.get_world_size())]
    torch.distributed.all_gather(parts, values.contiguous())
    return torch.cat(parts)


def any_of(flag: bool, device: torch.device) -> bool:
    """Tell whether any process says so."""
    return flag if not is_several() else bool(average(torch.tensor(float(flag), device=device)).item() > 0)


def leave() -> None:
    """Let the processes go, once all are here: threads of theirs that outlive the interpreter end it with an abort.

    Whichever process ends so has Fabric kill the others, also where all work was done.
    """
    if is_several():
        torch.distributed.barrier()
        torch.distributed.destroy_process_group()


def is_several() -> bool:
    """Tell whether this process is one of several."""
    return torch.distributed.is_initialized() and torch.distributed.get_world_size() > 1


class JointBatchNorm(PrivateBatchNorm):
    """Batch norm with the statistics of the whole batch, of which this process has a part."""

    def forward(self, x: Tensor, n: int) -> Tensor:
        """Normalise (G, L, C) over L on all devices."""
        if not self.training:
            return super().forward(x, n)
        mean, var = _joint(*torch.var_mean(x, dim=1, keepdim=True, unbiased=False)[::-1])
        with torch.no_grad():
            self.mean.lerp_(mean, self.momentum)
            self.var.lerp_(_unbiased(var, x.shape[1]), self.momentum)
        scale = self.gain * torch.rsqrt(var + self.eps)
        return torch.addcmul(self.bias - mean * scale, x, scale)


class JointBatchNorm2d(nn.BatchNorm2d):
    """The same for `nn.BatchNorm2d`, on any kind of device (`nn.SyncBatchNorm` is for CUDA alone)."""

    def forward(self, x: Tensor) -> Tensor:
        """Normalise (N, C, T, P) over N, T, P on all devices."""
        if not self.training:
            return super().forward(x)
        assert self.running_mean is not None
        assert self.running_var is not None
        assert self.momentum is not None
        mean, var = _joint(*torch.var_mean(x, dim=(0, 2, 3), keepdim=True, unbiased=False)[::-1])
        with torch.no_grad():
            self.running_mean.lerp_(mean.flatten(), self.momentum)
            self.running_var.lerp_(_unbiased(var, x.numel() // x.shape[1]).flatten(), self.momentum)
        shape = (1, -1, 1, 1)
        return (x - mean) * torch.rsqrt(var + self.eps) * self.weight.view(shape) + self.bias.view(shape)


def join_batch_norms(network: nn.Module) -> None:
    """Let all batch norms of `network` see the whole batch; with one process there is nothing to do."""
    if not is_several():
        return
    for module in network.modules():
        if type(module) is PrivateBatchNorm:
            module.__class__ = JointBatchNorm
        elif type(module) is nn.BatchNorm2d:
            module.__class__ = JointBatchNorm2d


def _unbiased(var: Tensor, n: int) -> Tensor:
    """Return the variance that torch's batch norms remember, of `n` values in each process."""
    n *= torch.distributed.get_world_size()
    return var * (n / max(1, n - 1))


class _Sum(torch.autograd.Function):
    """The sum over all processes, of values and, backward, of gradients."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        total = x.clone()
        torch.distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        total = gradient.clone()
        torch.distributed.all_reduce(total)
        return total


def _joint(mean: Tensor, var: Tensor) -> tuple[Tensor, Tensor]:
    """Return mean and variance of equal parts put together, from those of each part."""
    both = torch.stack([mean, var, mean.square()])
    total: Tensor = _Sum.apply(both)  # type: ignore[no-untyped-call]
    mean, within, square = total / torch.distributed.get_world_size()
    return mean, within + (square - mean.square())
