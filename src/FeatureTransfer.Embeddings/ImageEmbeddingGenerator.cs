using FeatureTransfer.Inputs;
using System.Collections.Concurrent;
using FeatureTransfer.Extraction;
using Microsoft.Extensions.AI;

namespace FeatureTransfer.Embeddings;

/// <summary>
/// A frozen backbone as an embedding generator over images: paths, bytes or streams as <see cref="InputValue"/>, or
/// <see cref="DataContent"/>. Safe to use from several threads; one instance serves a whole application.
/// </summary>
public sealed class ImageEmbeddingGenerator : IEmbeddingGenerator<InputValue, Embedding<float>>, IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private readonly FeatureExtractor _extractor;
    private readonly Rejects _rejects;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly string _modelId;
    private readonly TimeProvider _clock;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public ImageEmbeddingGenerator(ExtractFeaturesOptions options, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        services ??= FeatureTransferServices.Default;
        _rejects = new Rejects(services.Rejected);
        _modelId = options.Backbone;
        _clock = services.Clock;
        _extractor = new FeatureExtractor(options, services with { Rejected = _rejects });
        _metadata = new EmbeddingGeneratorMetadata("FeatureTransfer", null, _modelId, _extractor.FeatureLength);
    }

    /// <summary>How many numbers an embedding has.</summary>
    public int Dimensions => _extractor.FeatureLength;

    /// <summary>Computes the embeddings of images, in their order.</summary>
    /// <param name="values">The images.</param>
    /// <param name="options">A model id or dimensions other than the backbone's are an error. Default the backbone's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The options ask for another model or other dimensions.</exception>
    /// <exception cref="BadInputException">An image cannot be used.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<InputValue> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check(options);
        return Task.Run(() => Generate([.. values], cancellationToken), cancellationToken);
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
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Frees the session.</summary>
    public void Dispose() => _extractor.Dispose();

    private static InputValue ToInput(DataContent content, int index) => content.HasTopLevelMediaType("image")
        ? InputValue.FromBytes(content.Data, content.Name ?? FormattableString.Invariant($"image {index}"))
        : throw new ArgumentException($"The content {index} is '{content.MediaType}'. Expected an image, for example 'image/jpeg'.", "values");

    private void Check(EmbeddingGenerationOptions? options)
    {
        if (options?.ModelId is { } model && model != _modelId)
            throw new ArgumentException($"The options ask for the model '{model}', and this generator is '{_modelId}'. Make a generator of that backbone.", nameof(options));
        if (options?.Dimensions is { } dimensions && dimensions != Dimensions)
            throw new ArgumentException(FormattableString.Invariant($"The options ask for {dimensions} dimensions, and '{_modelId}' gives {Dimensions}. Leave them out, or tap other layers."), nameof(options));
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(InputValue[] images, CancellationToken cancellationToken)
    {
        var embeddings = new Embedding<float>?[images.Length];
        var created = _clock.GetUtcNow();
        foreach (var row in _extractor.Extract(Enumerable.Range(0, images.Length), i => images[i], cancellationToken))
            embeddings[row.Item] = new Embedding<float>(row.Features) { ModelId = _modelId, CreatedAt = created };
        cancellationToken.ThrowIfCancellationRequested();
        return new GeneratedEmbeddings<Embedding<float>>(embeddings.Select((embedding, i) => embedding ?? throw _rejects.Why(images[i].Name)));
    }

    /// <summary>Remembers why inputs were left out, and tells whoever else wants to know.</summary>
    private sealed class Rejects(IRejectedRowSink? other) : IRejectedRowSink
    {
        private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

        public void Reject(RejectedRow row)
        {
            _reasons[row.Input] = row.Reason;
            other?.Reject(row);
        }

        public BadInputException Why(string name) => new(name, _reasons.TryRemove(name, out var reason) ? reason : "it could not be used");
    }
}
