"""What the training tests share."""

import torch

# The networks of the tests are tiny: a second thread only waits for the first, and on a busy machine for long.
torch.set_num_threads(1)
