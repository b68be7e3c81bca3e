using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <inheritdoc cref="NormalizingEstimator"/>
public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "normalize";

    private readonly Normalizer[] _normalizers;

    internal NormalizingTransformer((string Output, string Input)[] columns, Normalizer[] normalizers)
        : base(columns)
    {
        _normalizers = normalizers;
    }

    internal IReadOnlyList<Normalizer> Normalizers => _normalizers;

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Check.Param((uint)index < (uint)_normalizers.Length, nameof(index), $"The transformer has {_normalizers.Length} columns.");
        return _normalizers[index].Parameters;
    }

    internal static NormalizingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var columns = ctx.Reader.ReadPairs();
        return new(columns, [.. columns.Select(_ => NormalizerFormat.Read(ctx.Reader))]);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output) => _normalizers[pair].Bind(input, output);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        foreach (var normalizer in _normalizers)
            NormalizerFormat.Write(ctx.Writer, normalizer);
    }
}
