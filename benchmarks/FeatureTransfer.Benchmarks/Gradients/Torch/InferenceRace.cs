using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>
/// The forward pass of a network of torchvision against PyTorch, on one device, with the same batch and weights, in turns: from memory to
/// memory, as extraction runs it, and within the device's memory. The features of both are compared.
/// </summary>
internal static class InferenceRace
{
    private const int Runs = 20;
    private const int Rounds = 5;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var network, var deviceName, var batchText])
            throw new ArgumentException("Expected --against torch-inference NETWORK DEVICE BATCH, such as resnet50 cuda 32.");
        var (device, batch) = (Device.Parse(deviceName), int.Parse(batchText, CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("ft-inference-").FullName;
        try
        {
            using var peer = TorchPeer.Start("inference.py", device, Environment.ProcessorCount, network, batchText, $"{Runs}", folder);
            return peer is null ? 1 : Race(peer, network, device, batch, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Race(TorchPeer peer, string network, Device device, int batch, string folder)
    {
        var name = peer.Read<PeerName>().Name;
        var model = OnnxModel.Load(Path.Combine(folder, "model.onnx"));
        using var session = new FeatureSession(model, network, new ImagePreparation(new ImagePreprocessing()).RowShape, new SessionSettings { Device = device });
        var tensors = new TensorBatch(batch, session.Shapes);
        Floats(folder, "images.bin").CopyTo(MemoryMarshal.CreateSpan(ref tensors.Input(0)[0], batch * session.Shapes.RowLength));
        using var inside = new DeviceRun(model, network, device, tensors, batch);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(session, tensors, batch, inside, peer)).ToList();
        Console.WriteLine($"{network}, batch {batch}, {device}: images a second, medians of {Rounds} rounds in turns (least to most)");
        Print("FeatureTransfer, memory to memory", batch, rounds.Select(round => round.Whole));
        Print($"{name}, memory to memory", batch, rounds.Select(round => round.Theirs.Whole));
        Print("ONNX Runtime, on the device", batch, rounds.Select(round => round.Inside));
        Print($"{name}, on the device", batch, rounds.Select(round => round.Theirs.Inside));
        if (device.Kind == DeviceKind.Cuda)
            Print($"{name}, on the device, TF32", batch, rounds.Select(round => round.Theirs.Rounded));
        var difference = Difference(MemoryMarshal.CreateReadOnlySpan(ref tensors.Output(0)[0], batch * session.Shapes.Length), Floats(folder, "features.bin"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  features: |ours - theirs| / |theirs| {difference:0.0e+0}"));
        return 0;
    }

    private static (double Whole, double Inside, PeerTimes Theirs) Round(FeatureSession session, TensorBatch tensors, int batch, DeviceRun inside, TorchPeer peer) =>
        (NetworkStep.Median(() => session.RunTogether(tensors, 0, batch), Runs), NetworkStep.Median(inside.Run, Runs), peer.Round<PeerTimes>());

    private static void Print(string what, int batch, IEnumerable<double> milliseconds)
    {
        var speeds = milliseconds.Select(time => batch * 1000 / time).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-42} {speeds[speeds.Count / 2],8:0}   ({speeds[0]:0} to {speeds[^1]:0})"));
    }

    private static double Difference(ReadOnlySpan<float> ours, float[] theirs)
    {
        var difference = new float[theirs.Length];
        TensorPrimitives.Subtract(ours, theirs, difference);
        return TensorPrimitives.Norm<float>(difference) / TensorPrimitives.Norm<float>(theirs);
    }

    private static float[] Floats(string folder, string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, file))).ToArray();

    private sealed record PeerName(string Name);

    private sealed record PeerTimes(double Whole, double Inside, double Rounded);
}
