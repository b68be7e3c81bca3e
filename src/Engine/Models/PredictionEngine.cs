using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>How a prediction engine reads and writes its objects.</summary>
public sealed class PredictionEngineOptions
{
    public bool IgnoreMissingColumns = true;
    public SchemaDefinition? InputSchemaDefinition;
    public SchemaDefinition? OutputSchemaDefinition;

    /// <summary>Whether the engine disposes of the transformer with itself.</summary>
    public bool OwnsTransformer = true;

    public PredictionEngineOptions()
    {
    }
}

/// <summary>Base of engines that predict one object at a time; not for use by several threads at once.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private protected PredictionEngineBase(DataViewSchema outputSchema)
    {
        OutputSchema = outputSchema;
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Close();
}

/// <inheritdoc/>
public sealed class PredictionEngine<
    [DynamicallyAccessedMembers(RowMember.Needed)] TSrc,
    [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>
    : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer? _owned;
    private readonly ObjectRow<TSrc> _input;
    private readonly DataViewRow _output;
    private readonly (ColumnFeed Feed, MemberWriter<TDst> Writer)[] _members;

    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options)
        : this(transformer, options, new(new RowBinding<TSrc>(options.InputSchemaDefinition, SchemaDefinition.Direction.Read)))
    {
    }

    private PredictionEngine(ITransformer transformer, PredictionEngineOptions options, ObjectRow<TSrc> input)
        : this(transformer, options, input, Mapper(transformer, input.Schema))
    {
    }

    private PredictionEngine(ITransformer transformer, PredictionEngineOptions options, ObjectRow<TSrc> input, IRowToRowMapper mapper)
        : base(mapper.OutputSchema)
    {
        _owned = options.OwnsTransformer ? transformer : null;
        _input = input;
        var binding = new RowBinding<TDst>(options.OutputSchemaDefinition, SchemaDefinition.Direction.Write);
        var bound = binding.Bind(mapper.OutputSchema, options.IgnoreMissingColumns);
        _output = mapper.GetRow(input, bound.Select(b => b.Column));
        _members = [.. bound.Select(b => Member(binding, b.Member, b.Column))];
    }

    public override void Predict(TSrc example, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        prediction ??= new TDst();
        _input.Set(example);
        foreach (var (feed, writer) in _members)
        {
            feed.Fill(0);
            writer.Write(prediction, 0);
        }
    }

    private protected override void Close() => (_owned as IDisposable)?.Dispose();

    private static IRowToRowMapper Mapper(ITransformer transformer, DataViewSchema schema)
    {
        Check.Param(transformer.IsRowToRowMapper, nameof(transformer), "The transformer must map rows to rows for one row to be predicted on its own.");
        return transformer.GetRowToRowMapper(schema);
    }

    private (ColumnFeed Feed, MemberWriter<TDst> Writer) Member(RowBinding<TDst> binding, int member, DataViewSchema.Column column)
    {
        var feed = ColumnFeed.Create(_output, column);
        feed.Column.Resize(1);
        return (feed, binding.Writer(member, column, feed.Column));
    }
}
