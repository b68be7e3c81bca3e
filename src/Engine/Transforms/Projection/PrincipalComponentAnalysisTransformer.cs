using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <inheritdoc cref="PrincipalComponentAnalyzer"/>
public sealed class PrincipalComponentAnalysisTransformer : OneToOneTransformerBase
{
    internal const string Kind = "principal-components";

    private readonly Projection _projection;

    internal PrincipalComponentAnalysisTransformer((string Output, string Input) columns, Projection projection)
        : base(columns)
    {
        _projection = projection;
    }

    internal Projection Projection => _projection;

    internal static PrincipalComponentAnalysisTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs()[0], Projection.Load(ctx.Reader));
    }

    internal static void CheckType(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: > 1 } vector || vector.ItemType != NumberDataViewType.Single)
            throw Check.Mismatch("input", column.Name, "known-size vector of Single of two or more items", column.Type.ToString()!);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        CheckType(input);
        if (((VectorDataViewType)input.Type).Size != _projection.Features)
            throw Check.Mismatch("input", input.Name, $"vector of {_projection.Features} Single items", input.Type.ToString()!);
        var type = new VectorDataViewType(NumberDataViewType.Single, _projection.Rank);
        return MapStep.Map<VBuffer<float>, VBuffer<float>>(input, output, type, null, _projection.MakeMap);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        _projection.Save(ctx.Writer);
    }
}

/// <summary>Dot products with some vectors, less what the mean gives with each.</summary>
internal sealed class Projection(float[][] vectors, float[] offsets)
{
    public int Rank => vectors.Length;

    public IReadOnlyList<float[]> Vectors => vectors;

    public IReadOnlyList<float> Offsets => offsets;

    public int Features => vectors[0].Length;

    public static Projection Of(PrincipalComponents components) => new(
        [.. components.Vectors.Select(v => Array.ConvertAll(v, x => (float)x))],
        [.. components.Vectors.Select(v => (float)TensorPrimitives.Dot<double>(v, components.Mean.ToArray()))]);

    public static Projection Load(BinaryReader reader)
    {
        var offsets = reader.ReadArray<float>();
        return new([.. offsets.Select(_ => reader.ReadArray<float>())], offsets);
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteArray(offsets);
        foreach (var vector in vectors)
            writer.WriteArray(vector);
    }

    public RowMap<VBuffer<float>, VBuffer<float>> MakeMap()
    {
        var row = new float[Features];
        return (in VBuffer<float> source, ref VBuffer<float> destination) =>
        {
            source.CopyTo(row);
            var editor = VBufferEditor.Create(ref destination, Rank);
            for (int i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = TensorPrimitives.Dot<float>(row, vectors[i]) - offsets[i];
            destination = editor.Commit();
        };
    }
}
