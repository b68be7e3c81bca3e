using System.Numerics.Tensors;

namespace FeatureTransfer.Cascades;

/// <summary>Names the class of the largest number of each row; rows whose largest number is below a threshold are named differently.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="scores">The tensor (n, classes) that it reads.</param>
/// <param name="labels">The labels that it gives.</param>
/// <param name="classes">The names of the classes, in the order of the numbers.</param>
/// <param name="threshold">The number from which on a class is named. Default: always.</param>
/// <param name="otherwise">What rows below that are called. Default nothing, an empty text.</param>
public sealed class ArgMaxToLabel(string name, string scores, string labels, IReadOnlyList<string> classes, float threshold = float.NegativeInfinity, string otherwise = "")
    : CascadeStage(name, [new(scores, CascadeKind.Tensor) { Shape = [null, classes.Count] }], [new(labels, CascadeKind.Texts)])
{
    /// <summary>The tensor that it reads.</summary>
    public string Scores { get; } = scores;

    /// <summary>The labels that it gives.</summary>
    public string Labels { get; } = labels;

    /// <summary>The names of the classes, in the order of the numbers.</summary>
    public IReadOnlyList<string> Classes { get; } = classes;

    /// <summary>The number from which on a class is named.</summary>
    public float Threshold { get; } = threshold;

    /// <summary>What rows below that are called.</summary>
    public string Otherwise { get; } = otherwise;

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var scores = (CascadeTensor)inputs[0];
        var found = new List<string>();
        for (var row = 0; row < scores.Shape[0]; row++)
        {
            var best = TensorPrimitives.IndexOfMax(scores.Row(row));
            found.Add(scores.Row(row)[best] >= Threshold ? Classes[best] : Otherwise);
        }

        return [found];
    }
}
