"""MobileNetV2 in two parts, as the catalogue's is parted for fine-tuning. Weights are random: only the time counts."""
import torch
import torchvision


def parts(classes, device="cpu"):
    """What is frozen, what learns (the last three blocks, the last convolution, a linear head), and the latter's optimizer.

    Batch normalization uses its stored statistics, as in fine-tuning; the update is SGD with momentum.
    """
    torch.manual_seed(1)
    network = torchvision.models.mobilenet_v2(weights=None).eval().to(device)
    frozen = network.features[:15]  # the stem and blocks 0 to 13
    learning = torch.nn.Sequential(
        network.features[15:], torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(1280, classes)
    ).to(device)
    for parameter in network.parameters():
        parameter.requires_grad = False
    for parameter in learning.parameters():
        parameter.requires_grad = True
    return frozen, learning, torch.optim.SGD(learning.parameters(), lr=0.001, momentum=0.9)
