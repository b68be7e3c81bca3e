using System.Numerics.Tensors;
using FeatureTransfer.Heads;

namespace FeatureTransfer.Cascades;

/// <summary>Says who answers a row, and what.</summary>
internal sealed record GateRule(TemperatureScaling Cheap, TemperatureScaling Costly, double CheapThreshold, double CostlyThreshold)
{
    /// <summary>The rule as text without quotes, for model files of ML.NET's.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{TextOf(Cheap)} {TextOf(Costly)} {CheapThreshold:R} {CostlyThreshold:R}");

    /// <summary>Reads <see cref="Text"/>.</summary>
    public static GateRule Parse(string text)
    {
        var parts = text.Split(' ');
        return new GateRule(new TemperatureScaling(Number(parts[1]), parts[0] == "logits"), new TemperatureScaling(Number(parts[3]), parts[2] == "logits"), Number(parts[4]), Number(parts[5]));
    }

    /// <summary>The answer for a row.</summary>
    /// <param name="cheap">The cheap model's scores.</param>
    /// <param name="costly">Asks the costly model; it is not called where the cheap one answers.</param>
    public GateAnswer Answer(float[] cheap, Func<float[]> costly) => OfCheap(cheap) ?? OfCostly(costly());

    /// <summary>The cheap model's answer; null where it is not sure enough.</summary>
    public GateAnswer? OfCheap(float[] scores) => Of(Cheap.Apply(scores)) is var answer && answer.Confidence >= CheapThreshold ? answer : null;

    /// <summary>The costly model's answer, or that a person is to be asked.</summary>
    public GateAnswer OfCostly(float[] scores)
    {
        var answer = Of(Costly.Apply(scores));
        return answer with { IsCostly = true, IsAsked = answer.Confidence < CostlyThreshold };
    }

    private static GateAnswer Of(float[] probabilities) => new(probabilities, TensorPrimitives.IndexOfMax<float>(probabilities));

    private static string TextOf(TemperatureScaling calibration) =>
        string.Create(CultureInfo.InvariantCulture, $"{(calibration.IsLogits ? "logits" : "probabilities")} {calibration.Temperature:R}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What is known of a row.</summary>
/// <param name="Probabilities">The calibrated probabilities.</param>
/// <param name="Best">The place of the best class.</param>
internal sealed record GateAnswer(float[] Probabilities, int Best)
{
    /// <summary>Whether the costly model was needed.</summary>
    public bool IsCostly { get; init; }

    /// <summary>Whether a person is to be asked.</summary>
    public bool IsAsked { get; init; }

    /// <summary>The probability of the best class.</summary>
    public double Confidence => Probabilities[Best];

    /// <summary>The key of the class: 0, a missing one, where a person is to be asked.</summary>
    public uint Key => IsAsked ? 0 : (uint)Best + 1;
}
