using FeatureTransfer.Heads;
using FeatureTransfer.Schema;

namespace FeatureTransfer.Cascades;

/// <summary>Fits several models over one label and combines their answers. Adds <c>Score</c> and <c>PredictedLabel</c>, and nothing else of theirs.</summary>
/// <remarks>What it fits is a chain of the models and of ML.NET's own transformers between them, and model files hold it as such.</remarks>
public sealed class EnsembleEstimator : IEstimator<ITransformer>
{
    // So many rows tell probabilities from logits.
    private const int Looked = 256;
    private readonly IReadOnlyList<IEstimator<ITransformer>> _models;
    private readonly FeatureTransferServices _services;

    /// <summary>Creates the estimator.</summary>
    /// <param name="models">Chains that end in multiclass trainers over one label, two or more.</param>
    /// <param name="options">How their answers become one. Default the defaults.</param>
    /// <param name="services">What stops the work. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are too few models.</exception>
    public EnsembleEstimator(IReadOnlyList<IEstimator<ITransformer>> models, EnsembleOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        Options = options ?? new EnsembleOptions();
        Options.Validate(models.Count);
        (_models, _services) = ([.. models], services ?? FeatureTransferServices.Default);
    }

    /// <summary>How the answers become one.</summary>
    public EnsembleOptions Options { get; }

    /// <summary>Fits the models, and for stacking what combines them.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The rows cannot be split into the folds.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        List<ITransformer> fitted = [.. _models.Select(model => Fit(model, input))];
        var predicted = fitted[0].GetOutputSchema(input.Schema)[Columns.PredictedLabel];
        var (parts, scores) = SideBySide.Join(fitted, input.Schema);
        var transforms = new MLContext().Transforms;
        var concatenate = transforms.Concatenate(EnsembleMapping.AllScores, scores);
        string[] helpers = [.. scores, EnsembleMapping.AllScores];
        if (Options.Combination == EnsembleCombination.Stack)
        {
            SideBySide.Append(parts, input.Schema, [concatenate]);
            parts.Add(new Stacking(Options, _services).Fit(_models, input, predicted));
            SideBySide.Append(parts, input.Schema, [transforms.DropColumns(helpers)]);
        }
        else
        {
            var mapping = transforms.CustomMapping<EnsembleMapping.Scores, EnsembleMapping.Answer>(EnsembleMapping.Map, EnsembleMapping.Contract);
            AnswerColumns.Append(parts, input.Schema, Rule(fitted, input).Text, Columns.ClassNames(predicted), [concatenate, mapping], helpers);
        }

        return new Microsoft.ML.Data.TransformerChain<ITransformer>([.. parts]);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ModelShapes.CheckLabel(inputSchema, Options.LabelColumnName);
        var answers = _models.Select((model, i) => ModelShapes.Answers(model, inputSchema, $"model {i + 1}")).ToList();
        return ModelShapes.Add(inputSchema, answers[0]);
    }

    private EnsembleRule Rule(List<ITransformer> fitted, IDataView input)
    {
        var weights = Options.Weights ?? [.. fitted.Select(_ => 1.0)];
        return new EnsembleRule(
            Options.Combination == EnsembleCombination.Vote,
            [.. fitted.Select((model, i) => (weights[i] / weights.Sum(), new TemperatureScaling(1, TemperatureScaling.AreLogits([.. ScoredRows.Of(model, $"model {i + 1}", new PickedRows(input, place => place < Looked)).Select(row => row.Score)]))))]);
    }

    private ITransformer Fit(IEstimator<ITransformer> model, IDataView rows)
    {
        _services.Cancellation.ThrowIfCancellationRequested();
        return model.Fit(rows);
    }
}
