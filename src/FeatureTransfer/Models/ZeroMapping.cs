using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Models;

/// <summary>
/// Adds a column of zeros. ML.NET writes constants into model files only as text of an <c>Expression</c>, which wants a column to read.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ZeroMapping : CustomMappingFactory<ZeroMapping.Anything, ZeroMapping.Zero>
{
    public const string Contract = "FeatureTransfer.Zero/1";

    // It is the first of a part that ML.NET makes: ONNX Runtime is made ready before ML.NET opens the graph.
    public ZeroMapping() => _ = OnnxRuntimeLibrary.Environment;

    public override Action<Anything, Zero> GetMapping() => Map;

    public static void Map(Anything row, Zero zero) => zero.Value = 0;

    public sealed class Anything;

    public sealed class Zero
    {
        [ColumnName(HelperColumns.Zero)]
        public float Value { get; set; }
    }
}
