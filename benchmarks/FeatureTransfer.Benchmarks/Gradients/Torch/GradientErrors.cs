using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>
/// How far gradients are from PyTorch's in double precision: |ours - theirs| / |theirs| for each parameter, |.| being the Euclidean length
/// over all of its elements. A gradient that vanishes by mathematics (of the bias of keys in attention, for instance) is rounding on
/// both sides: where theirs is shorter than <see cref="Vanishing"/> of the longest, ours is compared with the longest instead.
/// </summary>
/// <param name="Relative">The errors of the others, in ascending order.</param>
/// <param name="Worst">The parameter with the largest of them.</param>
/// <param name="Vanished">How many vanish.</param>
/// <param name="VanishedError">The longest of ours among these, as a share of the longest gradient.</param>
/// <param name="LossDifference">Our loss less theirs.</param>
/// <param name="LogitError">The relative error of the scores.</param>
internal sealed record GradientErrors(double[] Relative, string Worst, int Vanished, double VanishedError, double LossDifference, double LogitError)
{
    private const double Vanishing = 1e-9;

    public double Largest => Relative[^1];

    public double Median => Relative[Relative.Length / 2];

    /// <summary>Compares what a run gave.</summary>
    public static GradientErrors Of(TorchNetwork network, IReadOnlyList<OrtValue> results)
    {
        var longest = network.Index.Gradients.Max(gradient => gradient.Length);
        var errors = network.Index.Gradients
            .Select((gradient, i) => (gradient.Name, Vanishes: (gradient.Length < Vanishing * longest), Distance: Distance(network, gradient, results[i + 2]), gradient.Length))
            .ToList();
        var relative = errors.Where(error => !error.Vanishes).Select(error => (error.Name, Error: error.Distance / error.Length)).OrderBy(error => error.Error).ToList();
        var vanished = errors.Where(error => error.Vanishes).Select(error => error.Distance / longest).ToList();
        return new GradientErrors(
            [.. relative.Select(error => error.Error)],
            relative[^1].Name,
            vanished.Count,
            vanished.DefaultIfEmpty().Max(),
            results[0].GetTensorDataAsSpan<float>()[0] - network.Index.Loss,
            Distance(network, network.Index.Logits, results[1]) / TensorPrimitives.Norm<float>(network.Floats(network.Index.Logits)));
    }

    /// <summary>PyTorch's own largest error in single precision, over the same parameters.</summary>
    public static double LargestOfPeer(TorchIndex index) => OfPeer(index).Max();

    /// <summary>The median of PyTorch's own errors in single precision.</summary>
    public static double MedianOfPeer(TorchIndex index)
    {
        var errors = OfPeer(index).Order().ToArray();
        return errors[errors.Length / 2];
    }

    private static IEnumerable<double> OfPeer(TorchIndex index)
    {
        var longest = index.Gradients.Max(gradient => gradient.Length);
        return index.Gradients.Where(gradient => gradient.Length >= Vanishing * longest).Select(gradient => gradient.PeerError);
    }

    private static double Distance(TorchNetwork network, TorchTensor tensor, OrtValue result)
    {
        var shape = result.GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual(tensor.Shape))
            throw new InvalidOperationException($"{network.Name}: {tensor.Name} has the shape ({string.Join(", ", tensor.Shape)}), but ours is ({string.Join(", ", shape)}).");
        var ours = result.GetTensorDataAsSpan<float>();
        var theirs = network.Floats(tensor);
        var sum = 0.0;
        for (var i = 0; i < theirs.Length; i++)
            sum += ((double)ours[i] - theirs[i]) * ((double)ours[i] - theirs[i]);
        return Math.Sqrt(sum);
    }
}
