using FeatureTransfer.Schema;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Cascades;

/// <summary>
/// Fits a cheap and a costly model, and chooses on rows that are held out from both how sure the cheap one has to be of its answer: the fewest
/// rows go to the costly one at which the accuracy is what was wanted.
/// </summary>
public sealed class GateEstimator : IEstimator<GateTransformer>
{
    private readonly IEstimator<ITransformer> _cheap;
    private readonly IEstimator<ITransformer> _costly;
    private readonly FeatureTransferServices _services;

    /// <summary>Creates the estimator.</summary>
    /// <param name="cheap">A chain that ends in a multiclass trainer; its transformers work row by row.</param>
    /// <param name="costly">Another, over the same label.</param>
    /// <param name="options">When the cheap model answers. Default the defaults.</param>
    /// <param name="services">The clock, and what stops the work. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public GateEstimator(IEstimator<ITransformer> cheap, IEstimator<ITransformer> costly, GateOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(cheap);
        ArgumentNullException.ThrowIfNull(costly);
        Options = options ?? new GateOptions();
        Options.Validate();
        (_cheap, _costly, _services) = (cheap, costly, services ?? FeatureTransferServices.Default);
    }

    /// <summary>When the cheap model answers.</summary>
    public GateOptions Options { get; }

    /// <summary>Fits both models and chooses the thresholds.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The rows cannot be split, or none can be validated on.</exception>
    public GateTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        var label = Columns.Find(input.Schema, Options.LabelColumnName, "the label");
        var labels = Columns.Texts(input, label);
        var groups = Options.GroupColumnName is { } group ? Columns.Texts(input, Columns.Find(input.Schema, group, "the groups")) : null;
        var validation = Splitter.HoldOut(labels, groups, Options.ValidationFraction, Options.Seed).Test.Select(row => (long)row).ToHashSet();
        var training = new PickedRows(input, place => !validation.Contains(place));
        var (cheap, costly) = (_cheap.Fit(training), Fit(_costly, training));
        var tuned = new GateTuning(Options, _services.Clock).Run(cheap, costly, new PickedRows(input, validation.Contains), place => Class(labels[(int)place]));

        // The first models are not freed: fitting again may share their backbones.
        if (Options.FitAgain)
            (cheap, costly) = (_cheap.Fit(input), Fit(_costly, input));

        return GateTransformer.Create(cheap, costly, input.Schema, tuned.Rule, Options.BatchSize, tuned.Report);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ModelShapes.CheckLabel(inputSchema, Options.LabelColumnName);
        ModelShapes.Answers(_cheap, inputSchema, "cheap model");
        return ModelShapes.Add(inputSchema, [.. ModelShapes.Answers(_costly, inputSchema, "costly model"), SchemaColumns.Flag(GateTransformer.CostlyColumn), SchemaColumns.Flag(GateTransformer.AskedColumn)]);
    }

    private ITransformer Fit(IEstimator<ITransformer> model, IDataView rows)
    {
        _services.Cancellation.ThrowIfCancellationRequested();
        return model.Fit(rows);
    }

    // Keys count from 1; 0 is a missing one.
    private static int Class(string key) => int.Parse(key, CultureInfo.InvariantCulture) - 1;
}
