using FeatureTransfer.Cascades;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A stage that gives what a test says.</summary>
internal sealed class GivenStage(string name, CascadePort port, object? value = null) : CascadeStage(name, [], [port])
{
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation) => [value!];
}
