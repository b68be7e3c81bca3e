namespace FeatureTransfer.Adaptation;

/// <summary>
/// Maps the features of two domains, such as drawings of two styles, so that what is trained on rows of the source works on rows of the target. It learns
/// from features alone: labels are not read, and the target needs none.
/// </summary>
public sealed class AdaptFeaturesEstimator : DomainEstimator
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="options">The method and the columns.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public AdaptFeaturesEstimator(AdaptFeaturesOptions options, FeatureTransferServices? services = null)
        : base(options ?? throw new ArgumentNullException(nameof(options)), services) => Options = options;

    /// <summary>The method and the columns.</summary>
    public AdaptFeaturesOptions Options { get; }

    private protected override OnnxModel Learn(DomainRows rows, CancellationToken cancellation)
    {
        IAdaptation method = Options.Method switch
        {
            AdaptationMethod.Standardize => new Standardization(),
            AdaptationMethod.Coral => new Coral(Options.Regularization ?? 1),
            AdaptationMethod.SubspaceAlignment => new SubspaceAlignment(Options.Components),
            AdaptationMethod.Tca => new TransferComponents(Options.Components, Options.Regularization ?? 1),
            _ => new TransportedRows(Options.Regularization ?? 0.05, Options.MaximumRows, Options.Seed),
        };
        if (Options.StandardizeFirst && Options.Method != AdaptationMethod.Standardize)
            method = new StandardizedFirst(method, together: Options.Method == AdaptationMethod.Tca);
        var (source, target, length) = method.Learn(rows, cancellation);
        return DomainGraph.Of(source, target, Options.FeatureColumnName, rows.Dimension, length);
    }

    private protected override IEstimator<ITransformer> Finish(TransformsCatalog transforms) => transforms.CopyColumns(Options.OutputColumnName, RowGraph.Output);
}
