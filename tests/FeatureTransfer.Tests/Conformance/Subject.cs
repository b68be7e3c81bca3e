using Microsoft.ML;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>One estimator of ours with the options that keep it small: all that the conformance suite has to know of it.</summary>
/// <param name="Name">What the test is called by.</param>
/// <param name="Transformer">The type that fitting gives.</param>
/// <param name="Create">Makes the estimator, anew each time.</param>
/// <param name="Output">The column whose numbers are compared: a vector of floats, or a float.</param>
/// <param name="Input">The column that is read.</param>
internal sealed record Subject(string Name, Type Transformer, Func<ConformanceData, FeatureTransferServices, IEstimator<ITransformer>> Create, string Output, string Input = "ImagePath")
{
    /// <summary>Whether fitting reads the rows: others learn nothing and only check the schema.</summary>
    public bool Learns { get; init; } = true;

    /// <summary>Whether it reads images: what does not has no row to reject, nothing to dispose of, and is done before it could be stopped.</summary>
    public bool ReadsImages { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
