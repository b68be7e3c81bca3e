"""Runs FeatureTransfer on an NVIDIA GPU and against PyTorch on the same card.

    dotnet publish benchmarks/FeatureTransfer.Benchmarks -c Release -r linux-x64 --self-contained -p:Gpu=true -o out/gpu
    python3 benchmarks/peers/cuda/check.py out/gpu [STEP ...] [--images 2000] [--device cuda]

It needs a Python with PyTorch for CUDA 13, torchvision, Pillow and NumPy; NVIDIA's libraries are taken from its packages. Nothing has to be
downloaded but weights for the training step, which `ft models pull mobilenet_v2.nsfwjs resnet_18.mlnet` brings. Every step is told apart by a
line; the exit code is 1 where one failed.
"""
import argparse
import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy
import torch

import pictures

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torch"))
import networks

parser = argparse.ArgumentParser()
parser.add_argument("app", help="the folder that the benchmarks were published to")
parser.add_argument("steps", nargs="*", help="doctor, features, speed, inference, training, tuning; default all")
parser.add_argument("--images", type=int, default=2000)
parser.add_argument("--device", default="cuda")
parser.add_argument("--folder", help="where to work; default a temporary folder")
options = parser.parse_args()
app = os.path.abspath(options.app)
work = os.path.abspath(options.folder or tempfile.mkdtemp(prefix="ft-cuda-"))
photos = os.path.join(work, "photos")
NETWORKS = ["resnet50", "mobilenet_v2"]
# Where the last three blocks of MobileNetV2 begin, by the name that the exporter gives it.
SEAM = "/features/features.15/conv/conv.0/conv.0.0/Conv_output_0"
failures = []


def environment(libraries=True):
    """Without the feature cache of other runs, and with NVIDIA's libraries from Python's packages."""
    folders = [folder for base in sys.path for folder in sorted(glob.glob(os.path.join(base, "nvidia", "*", "lib")))]
    more = {"LD_LIBRARY_PATH": ":".join(folders + [os.environ.get("LD_LIBRARY_PATH", "")])} if libraries else {"LD_LIBRARY_PATH": ""}
    return {**os.environ, **more, "FT_PYTHON": sys.executable}


def run(program, *arguments, libraries=True, stdin=None):
    """Runs one of ours; gives the seconds and what it wrote."""
    start = time.perf_counter()
    done = subprocess.run([os.path.join(app, program), *map(str, arguments)], env=environment(libraries), cwd=work, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        failures.append(f"{program} {arguments[0]}")
        print(f"FAILED ({done.returncode}): {program} {' '.join(map(str, arguments))}\n{done.stdout[-3000:]}", flush=True)
    return seconds, done.stdout


def card(name):
    """ImageNet's recipe for a network that PyTorch exports."""
    path = os.path.join(work, f"{name}.onnx")
    if not os.path.exists(path):
        networks.backbone(name, path)
    file = os.path.join(work, f"{name}.json")
    with open(file, "w") as text:
        json.dump({
            "id": f"{name}.random",
            "source": {"kind": "path", "path": f"{name}.onnx"},
            "preprocessing": {"cropFraction": 0.875, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
        }, text)
    return file


def extract(name, device, output, *more, paths=None):
    """Features of the photographs, or of a list of paths; gives the seconds of the whole command."""
    inputs = photos if paths is None else "-"
    return run("ft", "extract", inputs, "--backbone", card(name), "--device", device, "--no-cache", "--output", output, *more, stdin="\n".join(paths or []))[0]


def compare(name, ours, theirs, what):
    ours, theirs, length = ours.astype(float), theirs.astype(float), numpy.linalg.norm
    cosine = (ours * theirs).sum(1) / (length(ours, axis=1) * length(theirs, axis=1))
    print(f"  {name:14} {what}: largest difference {abs(ours - theirs).max():.2e} where the largest feature is {abs(theirs).max():.3g}, "
          f"relative {length(ours - theirs) / length(theirs):.1e}, least cosine {cosine.min():.9f}", flush=True)
    if not cosine.min() > 0.9999:
        failures.append(f"features of {name}, {what}")


def doctor():
    for libraries in (True, False):
        _, said = run("ft", "doctor", libraries=libraries)
        print(f"  {'with' if libraries else 'without'} NVIDIA's libraries")
        print("\n".join("    " + line for line in said.splitlines() if line.lstrip("│| ").startswith(("device c", "device t", "ONNX", "providers"))), flush=True)


def features():
    for name in NETWORKS:
        files = {device: os.path.join(work, f"{name}-{place}.npy") for place, device in (("device", options.device), ("cpu", "cpu"))}
        seconds = {device: extract(name, device, file) for device, file in files.items()}
        print(f"  {name:14} {options.images} images, the whole command: {seconds[options.device]:.1f} s on {options.device}, {seconds['cpu']:.1f} s on the processor")
        ours = numpy.load(files[options.device])
        compare(name, ours, numpy.load(files["cpu"]), f"{options.device} against the processor")
        again = os.path.join(work, "again.npy")
        extract(name, options.device, again)
        same = hashlib.sha256(open(again, "rb").read()).digest() == hashlib.sha256(open(files[options.device], "rb").read()).digest()
        print(f"  {name:14} a second process gives the same bits: {'yes' if same else 'no'}", flush=True)


def speed():
    """What one more image costs: the difference of a long and a short run, so that starting does not count."""
    paths = sorted(glob.glob(os.path.join(photos, "*", "*.jpg")))
    for name in NETWORKS:
        for more in ([], ["--sessions", "2"], ["--batch-size", "64", "--sessions", "2"]):
            seconds = {times: extract(name, options.device, os.path.join(work, "speed.npy"), *more, paths=paths * times) for times in (1, 6)}
            rate = 5 * len(paths) / (seconds[6] - seconds[1])
            print(f"  {name:14} {' '.join(more) or 'as it chooses':30} {rate:7.0f} images/s; {seconds[1]:.1f} s for {len(paths)}, {seconds[6]:.1f} s for {6 * len(paths)}", flush=True)


def inference():
    for name in NETWORKS:
        for batch in (32, 128):
            print(run("FeatureTransfer.Benchmarks", "--against", "torch-inference", name, options.device, batch)[1], end="", flush=True)


def training():
    print(run("FeatureTransfer.Benchmarks", "--training-step", "mobilenet_v2", "resnet_18", "resnet_50", "--device", options.device, "--rounds", 7)[1], end="", flush=True)
    print(run("FeatureTransfer.Benchmarks", "--training-step", "--device", options.device, "--profile")[1][:2500], flush=True)


def tuning():
    card("mobilenet_v2")
    small = os.path.join(work, "few")
    pictures.make(small, 300)
    pipeline = {
        "name": "tuning",
        "seed": 1,
        "data": {"type": "imageFolder", "path": small},
        "split": {"testFraction": 0.2, "folds": 0},
        "estimators": [
            {"type": "MapValueToKey", "output": "Label"},
            {"type": "FineTune", "backbone": "mobilenet_v2.json", "trainableFrom": SEAM, "headEpochs": 2, "epochs": 4, "batchSize": 16,
             "learningRate": 0.001, "alwaysKeepTuned": True, "device": options.device},
        ],
        "outputs": {"folder": "out"},
    }
    for augmentation in ([], [{"type": "horizontalFlip"}]):
        pipeline["estimators"][1]["augmentation"] = augmentation
        with open(os.path.join(work, "tuning.json"), "w") as file:
            json.dump(pipeline, file)
        seconds, said = run("ft", "run", "tuning.json")
        print(f"  {'augmented' if augmentation else 'frozen part once'}: {seconds:.1f} s")
        print("\n".join("    " + line for line in said.splitlines()[-12:]), flush=True)


STEPS = {"doctor": doctor, "features": features, "speed": speed, "inference": inference, "training": training, "tuning": tuning}
print(f"{torch.cuda.get_device_name() if torch.cuda.is_available() else 'no card'}, PyTorch {torch.__version__}, cuDNN {torch.backends.cudnn.version()}", flush=True)
if not os.path.isdir(photos):
    pictures.make(photos, options.images)
for step in options.steps or STEPS:
    start = time.perf_counter()
    print(step, flush=True)
    try:
        STEPS[step]()
    except Exception as exception:
        failures.append(f"{step}: {exception!r}")
    print(f"  ({time.perf_counter() - start:.0f} s)", flush=True)
print("failed: " + "; ".join(failures) if failures else "all went through")
sys.exit(1 if failures else 0)
