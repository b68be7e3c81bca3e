using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Models;

/// <summary>What a network gives.</summary>
internal sealed class NetworkRow
{
    [ColumnName(RowGraph.Output)]
    public float[] Values { get; set; } = [];
}

/// <summary>Finds the best class.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BestFactory : CustomMappingFactory<NetworkRow, BestRow>
{
    public const string Contract = "FeatureTransfer.Best/1";

    public override Action<NetworkRow, BestRow> GetMapping() => Map;

    public static void Map(NetworkRow row, BestRow best) => best.Best = (uint)TensorPrimitives.IndexOfMax<float>(row.Values);
}
