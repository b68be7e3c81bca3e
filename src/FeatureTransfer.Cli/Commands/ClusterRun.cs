using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Orleans;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Has a cluster compute features. Nothing of Orleans is loaded before it is asked for.</summary>
internal static class ClusterRun
{
    /// <summary>Computes the features of inputs into the shared store.</summary>
    /// <returns>The inputs again.</returns>
    public static async Task<SharedInputs> ComputeAsync(Shell shell, ClusterChoice choice, FeatureExtractor extractor, IEnumerable<InputValue> inputs, CancellationToken cancellationToken)
    {
        var options = ClusterOption.Read(choice.Address);
        var cluster = await ExtractionCluster.ConnectAsync(options with { ShardRows = choice.ShardRows ?? options.ShardRows }, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (cluster.ConfigureAwait(false))
            return await cluster.ComputeAsync(extractor, inputs, choice.Store, shell.Progress, cancellationToken).ConfigureAwait(false);
    }
}
