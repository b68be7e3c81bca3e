using System.Numerics.Tensors;
using FeatureTransfer.Models;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Cascades;

/// <summary>An average or a vote within ML.NET's own model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EnsembleMapping : CustomMappingFactory<EnsembleMapping.Scores, EnsembleMapping.Answer>
{
    public const string Contract = "FeatureTransfer.Ensemble/1";
    public const string AllScores = "FeatureTransfer.Scores";

    public override Action<Scores, Answer> GetMapping() => Map;

    public static void Map(Scores scores, Answer answer)
    {
        answer.Values = EnsembleRule.Parse(scores.Rule).Answer(scores.Values);
        answer.Best = (uint)TensorPrimitives.IndexOfMax<float>(answer.Values);
    }

    public sealed class Scores
    {
        [ColumnName(HelperColumns.Preparation)]
        public string Rule { get; set; } = "";

        [ColumnName(AllScores)]
        public float[] Values { get; set; } = [];
    }

    public sealed class Answer
    {
        [ColumnName(RowGraph.Input)]
        public float[] Values { get; set; } = [];

        [ColumnName(HelperColumns.Best)]
        public uint Best { get; set; }
    }
}
