namespace FeatureTransfer.Pipelines;

/// <summary>Advice from an <see cref="MLContext"/>.</summary>
public static class AdviceExtensions
{
    /// <summary>Compares the backbones on this machine and their layers for a pipeline, see <see cref="Advisor"/>.</summary>
    /// <param name="ml">The context; randomness comes from the pipeline's seed.</param>
    /// <param name="definition">The pipeline; its step <c>ExtractFeatures</c> is what is asked about.</param>
    /// <param name="options">What is compared. Default the defaults.</param>
    /// <param name="services">Where things come from and who takes logs and progress. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The data or the chain is wrong, or no backbone takes what the data hold.</exception>
    public static Advice Advise(this MLContext ml, PipelineDefinition definition, AdviceOptions? options = null, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return new Advisor(services).AdviseAsync(definition, options, cancellationToken).GetAwaiter().GetResult();
    }
}
