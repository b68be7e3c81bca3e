"""Networks of torchvision in two parts, as they are parted for fine-tuning. Weights are random: only the time counts."""
import torch
import torchvision
from torch import nn


def parts(name, classes, device):
    """What is frozen (nothing for a name that ends in -all), what learns with a linear head, and the latter's optimizer.

    Batch normalization uses its stored statistics, as in fine-tuning; the update is SGD with momentum. On the processor weights lie
    channels last, which its convolutions are fastest in.
    """
    torch.manual_seed(1)
    blocks, frozen, width = blocks_of(name)
    frozen = 0 if name.endswith("-all") else frozen
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes)]
    trunk, learning = (nn.Sequential(*part).eval().to(device) for part in (blocks[:frozen], blocks[frozen:] + head))
    if device.type == "cpu":
        trunk, learning = (part.to(memory_format=torch.channels_last) for part in (trunk, learning))
    for parameter in trunk.parameters():
        parameter.requires_grad = False
    return trunk, learning, torch.optim.SGD(learning.parameters(), lr=0.001, momentum=0.9)


def blocks_of(name):
    """The blocks of a network, how many of them are usually frozen, and the channels behind the last."""
    name = name.removesuffix("-all")
    if name == "mobilenet_v2":
        # The last three blocks and the last convolution learn.
        return list(torchvision.models.mobilenet_v2(weights=None).features), 15, 1280
    network = {"resnet_18": torchvision.models.resnet18, "resnet_50": torchvision.models.resnet50}[name](weights=None)
    stem = [network.conv1, network.bn1, network.relu, network.maxpool]
    return stem + [network.layer1, network.layer2, network.layer3, network.layer4], 7, network.fc.in_features
