using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to other values by a table that is given.</summary>
public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator(ValueMappingTransformer transformer)
        : base(transformer)
    {
    }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Transformer.Table.Output(inputSchema.Find(p.Input), p.Output)));
    }
}

/// <inheritdoc/>
public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(ValueMappingTransformer transformer)
        : base(transformer)
    {
    }
}

/// <inheritdoc cref="ValueMappingEstimator"/>
public class ValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "map-value";

    internal ValueMappingTransformer((string Output, string Input)[] columns, ValueTable table)
        : base(columns)
    {
        Table = table;
    }

    internal ValueTable Table { get; }

    internal static ValueMappingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs(), ValueTable.Read(ctx.Reader));
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output) => Table.Bind(input, output);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        Table.Save(ctx.Writer);
    }
}
