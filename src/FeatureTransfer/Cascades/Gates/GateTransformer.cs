using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>
/// Lets a cheap model answer where it is sure enough, and a costly one the rest, which it alone is run on. Adds <c>Score</c> (calibrated
/// probabilities), <c>PredictedLabel</c>, <see cref="CostlyColumn"/> and <see cref="AskedColumn"/>.
/// </summary>
/// <remarks>
/// <c>ml.Model.SaveBundle</c> writes both models into one file. ML.NET's own reader gives the same answers from it, and runs both models on every
/// row; <c>ml.Model.LoadBundle</c> gives the gate back.
/// </remarks>
public sealed class GateTransformer : ICompositePart, IDisposable
{
    /// <summary>A boolean column: whether the costly model was run on the row.</summary>
    public const string CostlyColumn = "Costly";

    /// <summary>A boolean column: whether a person is to be asked; <c>PredictedLabel</c> is missing then.</summary>
    public const string AskedColumn = "Asked";

    /// <summary>What model files call it.</summary>
    internal const string ModelKind = "gate";

    private readonly IReadOnlyList<ITransformer> _parts;
    private readonly int _batchSize;

    internal GateTransformer(IReadOnlyList<ITransformer> parts, GateRule rule, int batchSize, GateReport report) =>
        (_parts, Rule, _batchSize, Report) = (parts, rule, batchSize, report);

    /// <summary>What the gate did on the validation rows.</summary>
    public GateReport Report { get; }

    /// <summary>The model that is asked first.</summary>
    public ITransformer Cheap => _parts[SideBySide.PlaceOf(0)];

    /// <summary>The model that is asked where the other is not sure.</summary>
    public ITransformer Costly => _parts[SideBySide.PlaceOf(1)];

    /// <summary>Whether a row can be transformed for itself: where both models can.</summary>
    public bool IsRowToRowMapper => Cheap.IsRowToRowMapper && Costly.IsRowToRowMapper;

    internal GateRule Rule { get; }

    IReadOnlyList<ITransformer> ICompositePart.Parts => _parts;

    string ICompositePart.Kind => ModelKind;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Cheap.GetOutputSchema(inputSchema);
        var costly = Costly.GetOutputSchema(inputSchema);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumn(CostlyColumn, BooleanDataViewType.Instance);
        builder.AddColumn(AskedColumn, BooleanDataViewType.Instance);
        foreach (var name in (string[])[Columns.Score, Columns.PredictedLabel])
            builder.AddColumn(name, costly[name].Type, costly[name].Annotations);
        return builder.ToSchema();
    }

    /// <summary>The rows with their answers, computed as they are read; rows that a model leaves out are missing.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="InvalidOperationException">A model cannot say which columns it reads, as its transformers do not work row by row.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new GateView(this, input, GetOutputSchema(input.Schema), _batchSize);
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new GateRowMapper(this, inputSchema, GetOutputSchema(inputSchema));

    /// <summary>Writes transformers of ML.NET's own that give the same answers, both models with them.</summary>
    /// <param name="ctx">Where to.</param>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)new TransformerChain<ITransformer>([.. _parts])).Save(ctx);

    ITransformer ICompositePart.With(IReadOnlyList<ITransformer> parts) => new GateTransformer(parts, Rule, _batchSize, Report);

    SavedComposite ICompositePart.Describe() => new SavedGate { Rule = Rule.Text, BatchSize = _batchSize, Report = Report };

    /// <summary>Frees the sessions of both models.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
            (part as IDisposable)?.Dispose();
    }

    /// <summary>Makes a gate of two models and what stands between them in model files.</summary>
    internal static GateTransformer Create(ITransformer cheap, ITransformer costly, DataViewSchema schema, GateRule rule, int batchSize, GateReport report)
    {
        var labels = Columns.ClassNames(costly.GetOutputSchema(schema)[Columns.PredictedLabel]);
        var (parts, scores) = SideBySide.Join([cheap, costly], schema);
        var transforms = new MLContext().Transforms;
        AnswerColumns.Append(
            parts,
            schema,
            rule.Text,
            labels,
            [
                transforms.CopyColumns(GateMapping.CheapScore, scores[0]),
                transforms.CopyColumns(GateMapping.CostlyScore, scores[1]),
                transforms.CustomMapping<GateMapping.Scores, GateMapping.Answer>(GateMapping.Map, GateMapping.Contract),
            ],
            [.. scores, GateMapping.CheapScore, GateMapping.CostlyScore]);
        return new GateTransformer(parts, rule, batchSize, report);
    }
}
