using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>Rows of three classes: one feature tells two of them apart only roughly, both features all of them.</summary>
internal static class TwoFeatures
{
    public static string[] Classes { get; } = ["low", "middle", "high"];

    public static IReadOnlyList<TwoFeatureRow> Rows(int count, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new TwoFeatureRow
        {
            Label = Classes[i % 3],
            Group = $"group {i / 2}",
            Rough = [(i % 3) + (float)(random.NextDouble() - 0.5) * 2.4f],
            Fine = [(i % 3) + (float)(random.NextDouble() - 0.5) * 0.9f, i % 3 == 1 ? 1 : 0],
        })];
    }

    /// <summary>The rows, with labels as keys.</summary>
    public static IDataView View(IEnumerable<TwoFeatureRow> rows)
    {
        var ml = new MLContext(1);
        var keys = ml.Data.LoadFromEnumerable(Classes.Select(name => new LabelRow { Label = name }));
        var view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Label", keyData: keys).Fit(view).Transform(view);
    }

    /// <summary>A linear model of one of the feature columns.</summary>
    public static IEstimator<ITransformer> Model(string features)
    {
        var ml = new MLContext(1);
        return ml.Transforms.CopyColumns("Features", features).Append(ml.Transforms.NormalizeMeanVariance("Features")).AppendInMemory(ml, ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l2Regularization: 0.01f));
    }

    private sealed class LabelRow
    {
        public string Label { get; set; } = "";
    }
}

/// <summary>A row with a rough feature and fine ones.</summary>
internal sealed class TwoFeatureRow
{
    public string Label { get; set; } = "";

    public string Group { get; set; } = "";

    [VectorType(1)]
    public float[] Rough { get; set; } = [];

    [VectorType(2)]
    public float[] Fine { get; set; } = [];
}

/// <summary>What a gate says of a row.</summary>
internal sealed class GatedRow
{
    public float[] Score { get; set; } = [];

    public uint PredictedLabel { get; set; }

    public bool Costly { get; set; }

    public bool Asked { get; set; }

    public string Group { get; set; } = "";
}
