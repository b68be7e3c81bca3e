using FeatureTransfer.Models;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Cascades;

/// <summary>A row that a cascade reads within ML.NET's own model files.</summary>
internal sealed class CascadeRow
{
    [ColumnName(HelperColumns.Preparation)]
    public string Run { get; set; } = "";

    [ColumnName(HelperColumns.Input)]
    public string Path { get; set; } = "";
}

/// <summary>A cascade that gives texts.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class CascadeTextMapping : CustomMappingFactory<CascadeRow, CascadeTextMapping.Answer>
{
    public const string Contract = "FeatureTransfer.CascadeText/1";

    public override Action<CascadeRow, Answer> GetMapping() => Map;

    public static void Map(CascadeRow row, Answer answer) => answer.Text = CascadeRun.Of(row.Run).Texts(row.Path);

    public sealed class Answer
    {
        [ColumnName(HelperColumns.Name)]
        public string Text { get; set; } = "";
    }
}

/// <summary>A cascade that gives numbers.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class CascadeVectorMapping : CustomMappingFactory<CascadeRow, CascadeVectorMapping.Answer>
{
    public const string Contract = "FeatureTransfer.CascadeVector/1";

    public override Action<CascadeRow, Answer> GetMapping() => Map;

    public static void Map(CascadeRow row, Answer answer) => answer.Values = CascadeRun.Of(row.Run).Mean(row.Path);

    public sealed class Answer
    {
        [ColumnName(RowGraph.Input)]
        public float[] Values { get; set; } = [];
    }
}
