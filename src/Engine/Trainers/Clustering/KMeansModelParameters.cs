using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Centroids; the scores of a row are its squared distances to them.</summary>
public sealed class KMeansModelParameters : ModelParametersBase<VBuffer<float>>, IVectorModel
{
    internal const string Kind = "k-means";

    private readonly float[][] _centroids;

    internal KMeansModelParameters(float[][] centroids)
    {
        _centroids = centroids;
    }

    int IVectorModel.ScoreCount => _centroids.Length;

    internal IReadOnlyList<float[]> Centroids => _centroids;

    /// <summary>Copies of the centroids, and how many there are.</summary>
    public void GetClusterCentroids(ref VBuffer<float>[]? centroids, out int k)
    {
        k = _centroids.Length;
        if (centroids is null || centroids.Length < k)
            Array.Resize(ref centroids, k);
        for (int i = 0; i < k; i++)
        {
            var editor = VBufferEditor.Create(ref centroids[i], _centroids[i].Length);
            _centroids[i].CopyTo(editor.Values);
            centroids[i] = editor.Commit();
        }
    }

    RowMap<VBuffer<float>, VBuffer<float>> IVectorModel.OpenScorer()
    {
        var row = new float[_centroids[0].Length];
        var difference = new float[row.Length];
        return (in VBuffer<float> features, ref VBuffer<float> scores) =>
        {
            features.CopyTo(row);
            var editor = VBufferEditor.Create(ref scores, _centroids.Length);
            for (int i = 0; i < _centroids.Length; i++)
            {
                TensorPrimitives.Subtract(row, _centroids[i], difference);
                editor.Values[i] = TensorPrimitives.SumOfSquares<float>(difference);
            }
            scores = editor.Commit();
        };
    }

    internal static KMeansModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var centroids = new float[ctx.Reader.ReadInt32()][];
        for (int i = 0; i < centroids.Length; i++)
            centroids[i] = ctx.Reader.ReadArray<float>();
        return new(centroids);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_centroids.Length);
        Array.ForEach(_centroids, ctx.Writer.WriteArray);
    }
}
