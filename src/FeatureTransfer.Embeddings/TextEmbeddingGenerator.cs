using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.Extensions.AI;

namespace FeatureTransfer.Embeddings;

/// <summary>A frozen backbone as an embedding generator over texts. Safe to use from several threads; one instance serves a whole application.</summary>
/// <example>
/// <code>
/// using var generator = new TextEmbeddingGenerator(new ExtractFeaturesOptions { Backbone = "minilm_l6.sbert", UnitLength = true });
/// var embedding = await generator.GenerateAsync("The weather is lovely today.");
/// </code>
/// </example>
public sealed class TextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Embedder _embedder;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="services">Where things come from. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public TextEmbeddingGenerator(ExtractFeaturesOptions options, FeatureTransferServices? services = null) => _embedder = new Embedder(options, services);

    /// <summary>How many numbers an embedding has.</summary>
    public int Dimensions => _embedder.Dimensions;

    /// <summary>Computes the embeddings of texts, in their order.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">A model id or dimensions other than the backbone's are an error. Default the backbone's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The options ask for another model or other dimensions.</exception>
    /// <exception cref="BadInputException">A text cannot be used.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return _embedder.GenerateAsync(values.Select(text => InputValue.FromText(text)), options, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _embedder.GetService(this, serviceType, serviceKey);

    /// <summary>Frees the session.</summary>
    public void Dispose() => _embedder.Dispose();
}
