using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Directions, and a mean. The score of a row is how much of its distance from the mean lies off the directions: from 0,
/// for all of it lies in them, to 1.
/// </summary>
public sealed class PcaModelParameters : ModelParametersBase<float>, IScalarModel
{
    internal const string Kind = "pca-anomaly";

    private readonly float[] _mean;
    private readonly float[][] _vectors;

    internal PcaModelParameters(PrincipalComponents components)
        : this([.. components.Mean.Select(x => (float)x)], [.. components.Vectors.Select(v => Array.ConvertAll(v, x => (float)x))])
    {
    }

    private PcaModelParameters(float[] mean, float[][] vectors)
    {
        _mean = mean;
        _vectors = vectors;
    }

    /// <summary>Copies of the directions, and how many there are.</summary>
    public void GetEigenVectors(ref VBuffer<float>[]? vectors, out int rank)
    {
        rank = _vectors.Length;
        if (vectors is null || vectors.Length < rank)
            Array.Resize(ref vectors, rank);
        for (int i = 0; i < rank; i++)
            Copy(_vectors[i], ref vectors[i]);
    }

    /// <summary>A copy of the mean; zeros where none was taken from the rows.</summary>
    public void GetMean(ref VBuffer<float> mean) => Copy(_mean, ref mean);

    RowMap<VBuffer<float>, float> IScalarModel.OpenScorer()
    {
        var row = new float[_mean.Length];
        return (in VBuffer<float> features, ref float score) =>
        {
            features.CopyTo(row);
            TensorPrimitives.Subtract(row, _mean, row);
            score = Score(row);
        };
    }

    internal static PcaModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var mean = ctx.Reader.ReadArray<float>();
        var vectors = new float[ctx.Reader.ReadInt32()][];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = ctx.Reader.ReadArray<float>();
        return new(mean, vectors);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.WriteArray(_mean);
        ctx.Writer.Write(_vectors.Length);
        Array.ForEach(_vectors, ctx.Writer.WriteArray);
    }

    private float Score(ReadOnlySpan<float> row)
    {
        float all = TensorPrimitives.SumOfSquares(row);
        if (all == 0)
            return 0;
        float within = 0;
        foreach (var vector in _vectors)
        {
            float along = TensorPrimitives.Dot(row, vector);
            within += along * along;
        }
        // Rounding may leave less than nothing.
        return float.IsNaN(all) ? float.NaN : MathF.Sqrt(Math.Max(0, (all - within) / all));
    }

    private static void Copy(float[] source, ref VBuffer<float> destination)
    {
        var editor = VBufferEditor.Create(ref destination, source.Length);
        source.CopyTo(editor.Values);
        destination = editor.Commit();
    }
}
