"""Spectral normalisation of a critic; it must not know losses."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils import parametrize


class SpectralNorm(nn.Module):
    """Divide each of G matrices (G, d, d') by its greatest singular value (Miyato et al. 2018, algorithm 1).

    torch's own takes one matrix; the critics' layers hold one for each of their nets. One power iteration a forward
    pass in training, as there.
    """

    def __init__(self, weight: Tensor, n_start: int = 15) -> None:
        super().__init__()
        self.u: Tensor
        self.v: Tensor
        self.register_buffer("u", F.normalize(torch.randn(weight.shape[0], weight.shape[1], 1), dim=1))
        self.register_buffer("v", F.normalize(torch.randn(weight.shape[0], weight.shape[2], 1), dim=1))
        self.to(weight.device)
        for _ in range(n_start):
            self._iterate(weight)

    def forward(self, weight: Tensor) -> Tensor:
        """Return the matrices with a greatest singular value of 1."""
        if self.training:
            self._iterate(weight)
        u, v = self.u.clone(), self.v.clone()  # a later iteration must not change what this pass goes back through
        return weight / (u.transpose(1, 2) @ weight @ v)

    @torch.no_grad()
    def _iterate(self, weight: Tensor) -> None:
        self.v.copy_(F.normalize(weight.transpose(1, 2) @ self.u, dim=1))
        self.u.copy_(F.normalize(weight @ self.v, dim=1))


def normalize(network: nn.Module) -> None:
    """Normalise every layer of `network` spectrally, for good: gains of other norms, and biases, stay as they are."""
    for module in list(network.modules()):
        weight = module._parameters.get("weight")
        if weight is not None and weight.dim() == 3:
            parametrize.register_parametrization(module, "weight", SpectralNorm(weight))
