using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Adaptation;

/// <summary>(x - centre) times a matrix, plus an offset.</summary>
/// <param name="centre">What is taken off (dimension).</param>
/// <param name="matrix">The matrix (dimension, length).</param>
/// <param name="offset">What is added (length); null is nothing.</param>
internal sealed class AffineMap(Vector<double> centre, Matrix<double> matrix, Vector<double>? offset = null) : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix)
    {
        // Sums of large products cancel in single precision, so the centre comes off first.
        var centred = builder.Node("Sub", prefix + "centred", [features, builder.Constant(prefix + "centre", Floats(centre), 1, centre.Count)]);
        var turned = builder.Node("MatMul", prefix + "turned", [centred, builder.Constant(prefix + "matrix", [.. matrix.ToRowMajorArray().Select(value => (float)value)], matrix.RowCount, matrix.ColumnCount)]);
        return offset is null ? turned : builder.Node("Add", prefix + "moved", [turned, builder.Constant(prefix + "offset", Floats(offset), 1, offset.Count)]);
    }

    private static float[] Floats(Vector<double> values) => [.. values.Select(value => (float)value)];
}
