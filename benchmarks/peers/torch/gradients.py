"""Exports a network to ONNX and writes the loss and the gradient of every parameter, as PyTorch computes them.

Usage: python3 gradients.py NETWORK FOLDER THREADS [--export-only]; networks.py names them. Needs Debian's python3-torch and
python3-torchvision. FOLDER gets model.onnx, and without --export-only tensors.bin and index.json. The reference is computed in double precision; the error that PyTorch itself makes in
single precision is written beside it. The loss is the mean cross-entropy; dropout is off and batch normalization uses its statistics.
"""
import copy
import json
import os
import sys

import torch

from networks import CLASSES, make


class Tensors:
    """A file of numbers, one tensor after the other."""

    def __init__(self, path):
        self.file = open(path, "wb")

    def add(self, name, tensor):
        kind = "int64" if tensor.dtype == torch.int64 else "float32"
        offset = self.file.tell()
        tensor.detach().to(getattr(torch, kind)).contiguous().numpy().tofile(self.file)
        return {"name": name, "kind": kind, "shape": list(tensor.shape), "offset": offset}


def export(network, inputs, axes, opset, path):
    # PRESERVE and no folding keep every parameter under its own name: no normalization merged, no matrix turned.
    torch.onnx.export(
        network, tuple(inputs.values()), path, input_names=list(inputs), output_names=["logits"], opset_version=opset,
        dynamic_axes={**axes, "logits": {0: "batch"}}, training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
    )


def differentiate(network, inputs, labels):
    network.zero_grad(set_to_none=True)
    logits = network(*inputs)
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    return loss.item(), logits.detach(), {name: parameter.grad for name, parameter in network.named_parameters()}


def error(actual, expected):
    length = expected.norm().item()
    return (actual.double() - expected).norm().item() / length if length > 0 else 0.0


def main(name, folder, threads, export_only):
    torch.set_num_threads(threads)
    network, inputs, axes, opset = make(name)
    labels = torch.arange(next(iter(inputs.values())).shape[0]) * 3 % CLASSES
    export(network, inputs, axes, opset, os.path.join(folder, "model.onnx"))
    if export_only:
        return

    tensors = Tensors(os.path.join(folder, "tensors.bin"))
    index = {
        "torch": torch.__version__,
        "inputs": [tensors.add(key, value) for key, value in inputs.items()],
        "labels": tensors.add("labels", torch.nn.functional.one_hot(labels, CLASSES).float()),
    }
    _, _, single = differentiate(network, inputs.values(), labels)
    exact = copy.deepcopy(network).double()
    loss, logits, gradients = differentiate(exact, [value.double() if value.is_floating_point() else value for value in inputs.values()], labels)
    index["loss"] = loss
    index["logits"] = tensors.add("logits", logits)
    index["gradients"] = [
        {**tensors.add(key, gradient), "length": gradient.norm().item(), "peerError": error(single[key], gradient)}
        for key, gradient in gradients.items()
    ]
    tensors.file.close()
    with open(os.path.join(folder, "index.json"), "w") as file:
        json.dump(index, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), "--export-only" in sys.argv)
