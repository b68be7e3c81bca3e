using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.Extensions.AI;

namespace FeatureTransfer.Embeddings;

/// <summary>
/// A frozen backbone as an embedding generator over images: paths, bytes or streams as <see cref="InputValue"/>, or
/// <see cref="DataContent"/>. Safe to use from several threads; one instance serves a whole application.
/// </summary>
public sealed class ImageEmbeddingGenerator : IEmbeddingGenerator<InputValue, Embedding<float>>, IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private readonly Embedder _embedder;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="services">Where things come from. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public ImageEmbeddingGenerator(ExtractFeaturesOptions options, FeatureTransferServices? services = null) => _embedder = new Embedder(options, services);

    /// <summary>How many numbers an embedding has.</summary>
    public int Dimensions => _embedder.Dimensions;

    /// <summary>Computes the embeddings of images, in their order.</summary>
    /// <param name="values">The images.</param>
    /// <param name="options">A model id or dimensions other than the backbone's are an error. Default the backbone's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The options ask for another model or other dimensions.</exception>
    /// <exception cref="BadInputException">An image cannot be used.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<InputValue> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return _embedder.GenerateAsync(values, options, cancellationToken);
    }

    /// <summary>Computes the embeddings of images, in their order.</summary>
    /// <param name="values">The images, whose bytes are encoded as JPEG, PNG and so on.</param>
    /// <param name="options">A model id or dimensions other than the backbone's are an error. Default the backbone's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The options ask for another model or other dimensions, or a content is no image.</exception>
    /// <exception cref="BadInputException">An image cannot be used.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return GenerateAsync([.. values.Select(ToInput)], options, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _embedder.GetService(this, serviceType, serviceKey);

    /// <summary>Frees the session.</summary>
    public void Dispose() => _embedder.Dispose();

    private static InputValue ToInput(DataContent content, int index) => content.HasTopLevelMediaType("image")
        ? InputValue.FromBytes(content.Data, content.Name ?? FormattableString.Invariant($"image {index}"))
        : throw new ArgumentException($"The content {index} is '{content.MediaType}'. Expected an image, for example 'image/jpeg'.", "values");
}
