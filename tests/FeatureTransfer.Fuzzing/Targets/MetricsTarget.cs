using FeatureTransfer.Pipelines.Comparing;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>What a run has left, as reports compare it; in the input a zero stands between the metrics and the predictions.</summary>
internal sealed class MetricsTarget : IFuzzTarget
{
    public string Name => "metrics";

    public void Read(byte[] input)
    {
        var (metrics, predictions) = TwoParts.Of(input);
        using var first = new InputFile("metrics.json", metrics);
        using var second = new InputFile("predictions.csv", predictions);
        ComparedRunReader.Read(first.Path);
    }
}
