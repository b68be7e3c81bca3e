using FeatureTransfer.Schema;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Heads;

/// <summary>Trains a classifier on features, such as those of a frozen backbone; its options say which. The label is a key of two classes or more.</summary>
public sealed class HeadEstimator : ITrainerEstimator<HeadTransformer, HeadModel>
{
    private readonly FeatureTransferServices _services;

    internal HeadEstimator(HeadOptions options, FeatureTransferServices? services)
    {
        options.Validate();
        (Options, _services) = (options, services ?? FeatureTransferServices.Default);
    }

    /// <summary>What is trained, and how.</summary>
    public HeadOptions Options { get; }

    /// <summary>What ML.NET asks of a trainer: what its linear trainers answer.</summary>
    public TrainerInfo Info => new MLContext().MulticlassClassification.Trainers.LbfgsMaximumEntropy().Info;

    /// <summary>Trains; the rows are read once, into memory.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">Features are not finite, or there are fewer than two classes.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public HeadTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        var rows = HeadRows.Read(input, Options.LabelColumnName, Options.FeatureColumnName, _services.Cancellation, Options.ReadsUnlabelled, Options.Domains);
        return HeadTransformer.Create(Learn(rows), Options, input);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Options.Shape(inputSchema);
    }

    /// <summary>Trains on rows in memory.</summary>
    internal HeadModel Learn(HeadRows rows)
    {
        var decision = Options.Learn(rows, _services.Cancellation);
        var temperature = HeldOutTemperature.Of(Options, rows.Features, _services.Cancellation);
        if (decision is LinearDecision linear)
            decision = linear.Cooled(temperature);

        return new HeadModel(decision.Spread(rows.Keys, rows.Names.Count), rows.Features.Dimension, rows.Names, temperature);
    }
}
