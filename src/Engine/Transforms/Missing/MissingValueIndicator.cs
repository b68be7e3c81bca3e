using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Says of each value whether it is missing.</summary>
public sealed class MissingValueIndicatorEstimator : TrivialEstimator<MissingValueIndicatorTransformer>
{
    internal MissingValueIndicatorEstimator(params (string Output, string Input)[] columns)
        : base(new MissingValueIndicatorTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Output(inputSchema.Find(p.Input), p.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (!input.IsKey && !MissingValues.Knows(input.ItemType))
            throw Check.Mismatch("input", input.Name, "a type that has a missing value (Single, Double or key)", input.TypeText());
        var annotations = input.Annotations.Only(AnnotationKinds.SlotNames).Plus(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
        return new(name, input.Kind, BooleanDataViewType.Instance, false, annotations);
    }
}

/// <inheritdoc cref="MissingValueIndicatorEstimator"/>
public sealed class MissingValueIndicatorTransformer : OneToOneTransformerBase
{
    internal const string Kind = "indicate-missing";

    internal MissingValueIndicatorTransformer(params (string Output, string Input)[] columns)
        : base(columns)
    {
    }

    internal static MissingValueIndicatorTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (!MissingValues.Knows(input.Type.ItemType()))
            throw new InvalidOperationException(
                $"Column '{input.Name}' of type {input.Type} cannot have missing values: only Single, Double and keys can.");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddNormalized();
        return TypeDispatch.Call(input.Type.ItemType().RawType, new Binder(input, output, annotations.ToAnnotations()));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
    }

    private sealed class Binder(DataViewSchema.Column input, string output, DataViewSchema.Annotations annotations) : IItemVisitor<MapStep>
    {
        public MapStep Visit<T>()
        {
            var isMissing = MissingValues.Test<T>(input.Type.ItemType())!;
            return ItemMap.Create<T, bool>(input, output, BooleanDataViewType.Instance, annotations, value => isMissing(value));
        }
    }
}
