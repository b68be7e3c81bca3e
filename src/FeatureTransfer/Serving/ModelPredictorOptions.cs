namespace FeatureTransfer.Serving;

/// <summary>How a <see cref="ModelPredictor{TInput, TOutput}"/> serves a model file.</summary>
public sealed record ModelPredictorOptions
{
    /// <summary>Whether a new file in the place of the old is taken up while the program runs. Default true.</summary>
    public bool ReloadOnChange { get; init; } = true;

    /// <summary>How often, at most, the file is looked at. Default one second.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where features are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</summary>
    public FeatureTransferServices Services { get; init; } = FeatureTransferServices.Default;

    /// <summary>Tells the time. Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
