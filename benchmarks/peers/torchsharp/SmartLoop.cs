using System.Diagnostics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using OpenCvSharp.Dnn;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpPeer;

/// <summary>
/// Fine-tuning as a careful user writes it, files to model: images decoded side by side, what is frozen run over them once, then epochs over its
/// activations in random order. Layout, update and weights as in <see cref="TrainingStep"/>.
/// </summary>
internal sealed class SmartLoop(int batch, int classes, int epochs)
{
    private const int Pixels = 224;

    /// <summary>Seconds until the first step and until the end, counted from a given moment.</summary>
    public (double First, double Whole) Run(string[] files, Stopwatch clock)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        var (frozen, learning) = Networks.Of("mobilenet_v2", classes);
        foreach (var part in new Module[] { frozen!, learning })
        {
            part.eval();
            ChannelsLast.Apply(part);
        }

        foreach (var parameter in learning.parameters())
            parameter.requires_grad = true;
        var features = Activations(frozen!, files);
        var labels = tensor(Enumerable.Range(0, files.Length).Select(i => (long)(i % classes)).ToArray());
        using var optimizer = optim.SGD(learning.parameters(), learningRate: 0.001, momentum: 0.9);
        var first = clock.Elapsed.TotalSeconds;
        for (var epoch = 0; epoch < epochs; epoch++)
            Train(learning, optimizer, features, labels);
        return (first, clock.Elapsed.TotalSeconds);
    }

    private Tensor Activations(Module<Tensor, Tensor> frozen, string[] files)
    {
        using var none = no_grad();
        var parts = files.Chunk(batch).Select(chunk =>
        {
            using var inner = NewDisposeScope();
            return frozen.forward(ChannelsLast.Of(Images(chunk))).MoveToOuterDisposeScope();
        });
        return cat([.. parts], 0);
    }

    private void Train(Module<Tensor, Tensor> learning, optim.Optimizer optimizer, Tensor features, Tensor labels)
    {
        using var loss = CrossEntropyLoss();
        foreach (var rows in randperm(labels.shape[0], ScalarType.Int64).split(batch))
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.forward(learning.forward(ChannelsLast.Of(features.index_select(0, rows))), labels.index_select(0, rows)).backward();
            optimizer.step();
        }
    }

    private static Tensor Images(string[] files)
    {
        var pixels = new float[files.Length * 3 * Pixels * Pixels];
        Parallel.For(0, files.Length, i =>
        {
            using var image = Cv2.ImRead(files[i], ImreadModes.Color);
            using var blob = CvDnn.BlobFromImage(image, 1 / 127.5, new OpenCvSharp.Size(Pixels, Pixels), new OpenCvSharp.Scalar(127.5, 127.5, 127.5), swapRB: true, crop: true)!;
            Marshal.Copy(blob.Data, pixels, i * 3 * Pixels * Pixels, 3 * Pixels * Pixels);
        });
        return tensor(pixels, [files.Length, 3, Pixels, Pixels]);
    }
}
