using System.Numerics.Tensors;
using System.Text;

namespace FeatureTransfer.Cascades;

/// <summary>Reads the answer of a network that was trained with connectionist temporal classification: the best character at each step, repeats and blanks left out.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="steps">The tensor (n, steps, characters + 1) that it reads; the first class is the blank.</param>
/// <param name="texts">The texts that it gives.</param>
/// <param name="characters">The characters, in the order of the classes behind the blank.</param>
public sealed class CtcToText(string name, string steps, string texts, IReadOnlyList<string> characters)
    : CascadeStage(name, [new(steps, CascadeKind.Tensor) { Shape = [null, null, characters.Count + 1] }], [new(texts, CascadeKind.Texts)])
{
    /// <summary>The tensor that it reads.</summary>
    public string Steps { get; } = steps;

    /// <summary>The texts that it gives.</summary>
    public string Texts { get; } = texts;

    /// <summary>The characters, in the order of the classes behind the blank.</summary>
    public IReadOnlyList<string> Characters { get; } = characters;

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var steps = (CascadeTensor)inputs[0];
        return [Enumerable.Range(0, steps.Shape[0]).Select(row => Read(steps.Row(row), Characters.Count + 1)).ToList()];
    }

    private string Read(ReadOnlySpan<float> steps, int classes)
    {
        var (text, before) = (new StringBuilder(), 0);
        for (var at = 0; at < steps.Length; at += classes)
        {
            var best = TensorPrimitives.IndexOfMax(steps.Slice(at, classes));
            if (best > 0 && best != before)
                text.Append(Characters[best - 1]);
            before = best;
        }

        return text.ToString();
    }
}
