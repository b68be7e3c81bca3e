using Microsoft.ML.Data;

namespace FeatureTransfer.Models;

/// <summary>Makes the key of a predicted class by transformers that model files hold.</summary>
internal static class ClassColumns
{
    /// <summary>What trainers call the predicted class.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>What trainers call a row's numbers, one a class.</summary>
    public const string Score = "Score";

    /// <summary>From <see cref="RowGraph.Output"/>, numbers of classes, to the columns of a trainer.</summary>
    public static IEstimator<ITransformer> FromOutput(TransformsCatalog transforms, IReadOnlyList<string> labels) =>
        transforms.CopyColumns(Score, RowGraph.Output)
            .Append(transforms.CustomMapping<NetworkRow, BestRow>(BestFactory.Map, BestFactory.Contract))
            .Append(transforms.DropColumns(RowGraph.Output))
            .Append(BestToKey(transforms, labels));

    /// <summary>From the place of the best class to its key; a place beyond the classes gives a missing key.</summary>
    /// <remarks>The keys must come in the order of the scores, and <c>MapValue</c> alone has an order of its own.</remarks>
    public static IEstimator<ITransformer> BestToKey(TransformsCatalog transforms, IReadOnlyList<string> labels) =>
        transforms.Conversion.MapValue(HelperColumns.Name, labels.Select((label, i) => KeyValuePair.Create((uint)i, label)), HelperColumns.Best)
            .Append(transforms.Conversion.MapValueToKey(PredictedLabel, HelperColumns.Name, keyData: new MLContext().Data.LoadFromEnumerable(labels.Select(label => new LabelRow(label)))))
            .Append(transforms.DropColumns(HelperColumns.Best, HelperColumns.Name));

    private sealed record LabelRow(string Label);
}

/// <summary>The place of the best class.</summary>
internal sealed class BestRow
{
    [ColumnName(HelperColumns.Best)]
    public uint Best { get; set; }
}
