using FeatureTransfer.Models;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Cascades;

/// <summary>A gate within ML.NET's own model files: both models have answered, and it says whose answer counts.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class GateMapping : CustomMappingFactory<GateMapping.Scores, GateMapping.Answer>
{
    public const string Contract = "FeatureTransfer.Gate/1";

    public const string CheapScore = "FeatureTransfer.CheapScore";
    public const string CostlyScore = "FeatureTransfer.CostlyScore";

    public override Action<Scores, Answer> GetMapping() => Map;

    public static void Map(Scores scores, Answer answer)
    {
        var found = GateRule.Parse(scores.Rule).Answer(scores.Cheap, () => scores.Costly);
        answer.Values = found.Probabilities;
        answer.Best = found.IsAsked ? uint.MaxValue : (uint)found.Best;
        (answer.Costly, answer.Asked) = (found.IsCostly, found.IsAsked);
    }

    public sealed class Scores
    {
        [ColumnName(HelperColumns.Preparation)]
        public string Rule { get; set; } = "";

        [ColumnName(CheapScore)]
        public float[] Cheap { get; set; } = [];

        [ColumnName(CostlyScore)]
        public float[] Costly { get; set; } = [];
    }

    public sealed class Answer
    {
        [ColumnName(RowGraph.Input)]
        public float[] Values { get; set; } = [];

        [ColumnName(HelperColumns.Best)]
        public uint Best { get; set; }

        [ColumnName(GateTransformer.CostlyColumn)]
        public bool Costly { get; set; }

        [ColumnName(GateTransformer.AskedColumn)]
        public bool Asked { get; set; }
    }
}
