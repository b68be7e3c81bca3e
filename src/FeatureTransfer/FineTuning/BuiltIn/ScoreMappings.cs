using FeatureTransfer.Models;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.FineTuning.BuiltIn;

/// <summary>What a tuned network gives, made into the columns of ML.NET's trainers by transformers that model files hold.</summary>
internal static class ScoreMappings
{
    private const string Label = "PredictedLabel";

    /// <summary>Which columns the graph gives.</summary>
    public static IReadOnlyList<string> Outputs(FineTuneTask task) => task == FineTuneTask.MultiLabel ? [RowGraph.Output, RowGraph.Decisions] : [RowGraph.Output];

    /// <summary>The estimators behind the graph.</summary>
    public static IEstimator<ITransformer> Behind(TransformsCatalog transforms, FineTuneTask task, IReadOnlyList<string> labels) => task switch
    {
        FineTuneTask.Multiclass => ClassColumns.FromOutput(transforms, labels),
        FineTuneTask.Binary => Append(transforms, transforms.CustomMapping<NetworkRow, YesNoRow>(YesNoFactory.Map, YesNoFactory.Contract)),
        FineTuneTask.MultiLabel => transforms.CopyColumns(ScoreMapping.Score, RowGraph.Output)
            .Append(transforms.CopyColumns(Label, RowGraph.Decisions))
            .Append(transforms.DropColumns(RowGraph.Output, RowGraph.Decisions)),
        _ => Append(transforms, transforms.CustomMapping<NetworkRow, NumberRow>(NumberFactory.Map, NumberFactory.Contract)),
    };

    private static IEstimator<ITransformer> Append(TransformsCatalog transforms, IEstimator<ITransformer> mapping) =>
        mapping.Append(transforms.DropColumns(RowGraph.Output));
}

/// <summary>Tells yes from no.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class YesNoFactory : CustomMappingFactory<NetworkRow, YesNoRow>
{
    public const string Contract = "FeatureTransfer.YesNo/1";

    public override Action<NetworkRow, YesNoRow> GetMapping() => Map;

    public static void Map(NetworkRow row, YesNoRow score) => ScoreMapping.YesNo(row.Values, score);
}

/// <summary>Takes a number out of its vector.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class NumberFactory : CustomMappingFactory<NetworkRow, NumberRow>
{
    public const string Contract = "FeatureTransfer.Number/1";

    public override Action<NetworkRow, NumberRow> GetMapping() => Map;

    public static void Map(NetworkRow row, NumberRow score) => score.Score = row.Values[0];
}
