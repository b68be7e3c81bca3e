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

    /// <summary>
    /// Learns as <see cref="DomainEstimator.Fit"/> does, and gives the maps of the domains apart: what is trained on rows that the source's has mapped is for rows that
    /// the target's has, and no row has to say its domain any more.
    /// </summary>
    /// <param name="input">Rows of both domains.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">A domain has too few rows, a row has another domain, or a feature is not finite.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public AdaptedDomains FitApart(IDataView input)
    {
        var (source, target) = FitMaps(input);
        return new AdaptedDomains(source, target);
    }

    private protected override (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
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
        return method.Learn(rows, cancellation);
    }

    private protected override IEstimator<ITransformer> Finish(TransformsCatalog transforms) => transforms.CopyColumns(Options.OutputColumnName, RowGraph.Output);
}

/// <summary>The maps of two domains, each of which reads the column of features alone.</summary>
/// <param name="Source">For the rows to train on.</param>
/// <param name="Target">For the rows that the model is for.</param>
public sealed record AdaptedDomains(ITransformer Source, ITransformer Target);
