using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <inheritdoc cref="MissingValueReplacingEstimator"/>
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "replace-missing";

    private readonly double[][] _replacements;

    internal MissingValueReplacingTransformer((string Output, string Input)[] columns, double[][] replacements)
        : base(columns)
    {
        _replacements = replacements;
    }

    /// <summary>What takes the place of missing values: of each column one number for each slot, or one for all.</summary>
    internal IReadOnlyList<double[]> Replacements => _replacements;

    internal static MissingValueReplacingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var columns = ctx.Reader.ReadPairs();
        return new(columns, [.. columns.Select(_ => ctx.Reader.ReadArray<double>())]);
    }

    internal static void CheckType(DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        Check.Param(item is not KeyDataViewType && (item.RawType == typeof(float) || item.RawType == typeof(double)), "inputSchema",
            $"Column '{column.Name}' of type {column.Type} cannot have missing values to replace: only Single and Double can.");
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        CheckType(input);
        return input.Type.ItemType().RawType == typeof(float)
            ? Bind<float>(input, output, _replacements[pair])
            : Bind<double>(input, output, _replacements[pair]);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        foreach (var replacement in _replacements)
            ctx.Writer.WriteArray(replacement);
    }

    private static MapStep Bind<T>(DataViewSchema.Column input, string output, double[] replacement)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = replacement.Select(T.CreateTruncating).ToArray();
        var annotations = input.Annotations.Only(AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized);
        if (input.Type is not VectorDataViewType vector)
            return MapStep.Map(input, output, input.Type, annotations, (in T value, ref T result) => result = T.IsNaN(value) ? values[0] : value);
        if (values.Length > 1 && vector.Size != values.Length)
            throw Check.Mismatch("input", input.Name, $"a vector of {values.Length} items", vector.ToString());
        return MapStep.Map<VBuffer<T>, VBuffer<T>>(input, output, input.Type, annotations, (in source, ref result) =>
        {
            source.CopyTo(ref result);
            var editor = VBufferEditor.CreateFromBuffer(ref result);
            for (int i = 0; i < editor.Values.Length; i++)
                if (T.IsNaN(editor.Values[i]))
                    editor.Values[i] = values[values.Length == 1 ? 0 : editor.Indices.IsEmpty ? i : editor.Indices[i]];
        });
    }
}
