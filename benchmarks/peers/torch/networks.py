"""The networks whose gradients are compared: seeded random weights, since pretrained ones have to be downloaded.

Every weight is random, those too that are usually 0 or 1 in the beginning, and batch normalizations have the statistics of a batch.

Deep rectified networks that are normalized to mean 0 amplify rounding (Yang et al. 2019, arXiv:1902.08129): millions of values lie at the
kink of the rectifier, and each one that rounding puts on the other side changes the gradient. With such weights PyTorch's own gradients
in single precision are 2 percent off those in double precision, for ResNet-50 and for MobileNetV2. So that the comparison means
something, normalizations have a small scale and a positive offset, as if most units were active, and of several batches of images
the one is taken whose values stay farthest from the kinks.
"""
import inspect

import torch
import torchvision
from torch import nn

from bert import KINDS, PLACES, WORDS, Bert

CLASSES = 10
# Name: how to make it, the side of its images, and how many. One for VGG-16, whose units nothing keeps away from the kinks.
VISION = {
    "resnet18": (torchvision.models.resnet18, 224, 2),
    "resnet50": (torchvision.models.resnet50, 224, 2),
    "vgg16": (torchvision.models.vgg16, 224, 1),
    "mobilenet_v2": (torchvision.models.mobilenet_v2, 224, 2),
    "efficientnet_b0": (torchvision.models.efficientnet_b0, 224, 2),
    "inception_v3": (lambda **more: torchvision.models.inception_v3(aux_logits=False, init_weights=False, **more), 299, 2),
}
# Name: how the mask is applied, and the operator set; before 17 layer normalization is exported in parts.
TEXT = {"bert": (False, 17), "bert_parts": (True, 13)}


def make(name):
    """The network in evaluation mode, its inputs by name, their free axes, and the operator set."""
    torch.manual_seed(7)
    return text(*TEXT[name]) if name in TEXT else vision(*VISION[name])


def backbone(name, path):
    """A network without its classifier, from images of 224 x 224 to features, exported to an ONNX file. The batch is free."""
    torch.manual_seed(7)
    network = getattr(torchvision.models, name)(weights=None)
    calibrate(network, images(8, 224))
    network.eval()
    for layer in ("fc", "classifier"):
        if hasattr(network, layer):
            setattr(network, layer, nn.Identity())
    # The exporter by tracing, which newer versions have beside the one they take by default; it writes one file and no data beside it.
    tracing = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        network, (torch.rand(1, 3, 224, 224),), path, input_names=["images"], output_names=["features"], opset_version=17 if tracing else 13,
        dynamic_axes={"images": {0: "batch"}, "features": {0: "batch"}}, **tracing,
    )
    return network


def vision(create, side, rows):
    network = create(weights=None, num_classes=CLASSES)
    randomize(network)
    calibrate(network, images(8, side))
    network.eval()
    batch = max((images(rows, side) for _ in range(16)), key=lambda batch: distance_to_kinks(network, batch))
    return network, {"images": batch}, {"images": {0: "batch"}}, 13


def text(fill, opset, rows=6, words=16):
    network = Bert(CLASSES, fill=fill).eval()
    randomize(network)
    lengths = torch.randint(words // 2, words + 1, (rows,))
    # Few of the words, so that each comes several times.
    inputs = {
        "ids": torch.randint(0, WORDS // 10, (rows, words)),
        "kinds": torch.randint(0, KINDS, (rows, words)),
        "mask": (torch.arange(words)[None] < lengths[:, None]).long(),
    }
    assert words <= PLACES
    return network, inputs, {name: {0: "batch", 1: "words"} for name in inputs}, opset


def images(rows, side):
    """Smooth random pictures, as photographs are more smooth than noise."""
    coarse = torch.rand(rows, 3, 9, 9)
    fine = nn.functional.interpolate(coarse, size=(side, side), mode="bicubic", align_corners=False)
    return (fine + 0.1 * torch.rand(rows, 3, side, side) - 0.5) * 4


@torch.no_grad()
def distance_to_kinks(network, batch):
    """How near any input of a rectifier comes to where its slope jumps."""
    nearest = [float("inf")]

    def look(values, kinks):
        nearest.extend((values - kink).abs().min().item() for kink in kinks)

    hooks = []
    for module in network.modules():
        if isinstance(module, (nn.ReLU, nn.ReLU6)):
            kinks = (0, 6) if isinstance(module, nn.ReLU6) else (0,)
            hooks.append(module.register_forward_pre_hook(lambda _, inputs, kinks=kinks: look(inputs[0], kinks)))
        elif isinstance(module, torchvision.models.inception.BasicConv2d):
            hooks.append(module.bn.register_forward_hook(lambda _, inputs, output: look(output, (0,))))
    network(batch)
    for hook in hooks:
        hook.remove()
    return min(nearest)


def randomize(network):
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.3, 0.7)
            nn.init.uniform_(module.bias, 1, 2)
        elif isinstance(module, nn.LayerNorm):
            nn.init.uniform_(module.weight, 0.6, 1.4)
            nn.init.normal_(module.bias, std=0.1)
        elif isinstance(module, (nn.Conv2d, nn.Linear)) and module.bias is not None:
            nn.init.normal_(module.bias, std=0.1)


@torch.no_grad()
def calibrate(network, batch):
    network.eval()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = None
            module.train()
    network(batch)
