using FeatureTransfer.Models;

namespace FeatureTransfer.Cascades;

/// <summary>What a model file says of a gate.</summary>
internal sealed record SavedGate : SavedComposite
{
    /// <summary>Who answers a row, see <see cref="GateRule.Text"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>How many rows are held at a time.</summary>
    public required int BatchSize { get; init; }

    /// <summary>What it did on the validation rows.</summary>
    public required GateReport Report { get; init; }

    /// <inheritdoc/>
    public override ITransformer Open(IReadOnlyList<ITransformer> parts) => new GateTransformer(parts, GateRule.Parse(Rule), BatchSize, Report);
}
