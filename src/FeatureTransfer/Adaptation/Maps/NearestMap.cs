using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Adaptation;

/// <summary>The values of the nearest of known rows, which may be what is added to the features.</summary>
/// <param name="rows">The rows (rows, dimension).</param>
/// <param name="values">A vector for each.</param>
/// <param name="adds">Whether the vector is added to the features; else it takes their place.</param>
internal sealed class NearestMap(double[][] rows, double[][] values, bool adds) : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix)
    {
        var distances = DistanceGraph.Add(builder, SimilarityMetric.Euclidean, Floats(rows), rows.Length, rows[0].Length, features);
        var flat = builder.Node("Reshape", prefix + "flat", [distances, builder.Constant(prefix + "one_row", [1L, -1L], 2)]);
        var nearest = builder.Node("ArgMin", prefix + "nearest", [flat], GraphBuilder.Int("axis", 1), GraphBuilder.Int("keepdims", 0));
        var found = builder.Node("Gather", prefix + "found", [builder.Constant(prefix + "values", Floats(values), values.Length, values[0].Length), nearest], GraphBuilder.Int("axis", 0));
        return adds ? builder.Node("Add", prefix + "moved", [features, found]) : found;
    }

    private static float[] Floats(double[][] vectors) => [.. vectors.SelectMany(vector => vector).Select(value => (float)value)];
}
