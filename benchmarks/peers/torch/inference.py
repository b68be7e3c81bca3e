"""Forward passes of a network of torchvision, which is exported to ONNX first, with seeded random weights.

Usage: python3 inference.py DEVICE NETWORK BATCH RUNS FOLDER. FOLDER gets model.onnx, images.bin and features.bin (little-endian floats; the
features are what PyTorch computes on the device without TF32). For every line on standard input it prints medians of a round in
milliseconds as JSON: from memory to memory, within the device's own memory, and the latter with TF32.
"""
import json
import os
import sys

import torch

from networks import backbone
from timing import clock

device, name, batch, runs, folder = torch.device(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]


def rounding(tf32):
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32


rounding(False)
torch.backends.cudnn.benchmark = True
network = backbone(name, os.path.join(folder, "model.onnx")).to(device)
images = torch.rand(batch, 3, 224, 224)
if device.type == "cuda":
    images = images.pin_memory()
there = images.to(device)


@torch.inference_mode()
def run(inputs=there):
    return network(inputs)


def whole():
    return run(images.to(device, non_blocking=True)).cpu()


images.numpy().tofile(os.path.join(folder, "images.bin"))
whole().numpy().tofile(os.path.join(folder, "features.bin"))
print(json.dumps({"name": f"PyTorch {torch.__version__}"}), flush=True)

median = clock(device)
for _ in sys.stdin:
    times = {"whole": median(whole, runs), "inside": median(run, runs)}
    rounding(True)
    times["rounded"] = median(run, runs)
    rounding(False)
    print(json.dumps(times), flush=True)
