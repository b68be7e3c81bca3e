using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Computes columns by a function of the user's.</summary>
public sealed class CustomMappingEstimator<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>
    : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(CustomMappingTransformer<TSrc, TDst> transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var needed in Transformer.Source.Columns)
            inputSchema.Find(needed.Name);
        return inputSchema.With(SchemaShape.Create(Transformer.Added));
    }
}

/// <inheritdoc cref="CustomMappingEstimator{TSrc, TDst}"/>
public sealed class CustomMappingTransformer<
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>
    : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly string? _contractName;
    private readonly RowBinding<TDst> _destination;

    internal CustomMappingTransformer(Action<TSrc, TDst> map, string? contractName, SchemaDefinition? source, SchemaDefinition? destination)
    {
        _map = map;
        _contractName = contractName;
        Source = new(source, SchemaDefinition.Direction.Write);
        _destination = new(destination, SchemaDefinition.Direction.Read);
        Added = _destination.ToSchema();
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal RowBinding<TSrc> Source { get; }

    internal DataViewSchema Added { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new StepRowMapper(Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new InvalidOperationException(
        string.IsNullOrEmpty(_contractName)
            ? "Empty contract name for a transform: the transform cannot be saved"
            : $"The custom mapping '{_contractName}' cannot be saved: model files hold values, not code. Save the parts before and after it.");

    private StepBinding Bind(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(input, [new Step(this, Source.Bind(input))]);
    }

    private sealed class Step(CustomMappingTransformer<TSrc, TDst> owner, IReadOnlyList<(int Member, DataViewSchema.Column Column)> bound)
        : MapStep(owner._destination.Columns, [.. bound.Select(b => b.Column.Index)])
    {
        public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner(
            owner._map,
            [.. bound.Select((b, i) => owner.Source.Writer(b.Member, b.Column, inputs[i]))],
            [.. activeOutputs.Select((active, i) => active ? owner._destination.Reader(i) : null)]);
    }

    private sealed class Runner(Action<TSrc, TDst> map, MemberWriter<TSrc>[] writers, MemberReader<TDst>?[] readers) : StepRun
    {
        private readonly TSrc _source = new();
        private readonly TDst _destination = new();

        public override BatchColumn Output(int index) => readers[index]!.Column;

        public override void Run(int rows)
        {
            foreach (var reader in readers)
                reader?.Column.Resize(rows);
            for (int row = 0; row < rows; row++)
            {
                foreach (var writer in writers)
                    writer.Write(_source, row);
                map(_source, _destination);
                foreach (var reader in readers)
                    reader?.Read(_destination, row);
            }
        }
    }
}
