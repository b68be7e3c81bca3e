using System.Collections.Concurrent;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.Extensions.AI;

namespace FeatureTransfer.Embeddings;

/// <summary>What the generators of embeddings share: a frozen backbone, and the words of <c>Microsoft.Extensions.AI</c> for what it gives.</summary>
internal sealed class Embedder : IDisposable
{
    private readonly FeatureExtractor _extractor;
    private readonly Rejects _rejects;
    private readonly string _modelId;
    private readonly TimeProvider _clock;

    public Embedder(ExtractFeaturesOptions options, FeatureTransferServices? services)
    {
        ArgumentNullException.ThrowIfNull(options);
        services ??= FeatureTransferServices.Default;
        _rejects = new Rejects(services.Rejected);
        _modelId = options.Backbone;
        _clock = services.Clock;
        _extractor = new FeatureExtractor(options, services with { Rejected = _rejects });
        Metadata = new EmbeddingGeneratorMetadata("FeatureTransfer", null, _modelId, _extractor.FeatureLength);
    }

    /// <summary>How many numbers an embedding has.</summary>
    public int Dimensions => _extractor.FeatureLength;

    /// <summary>What the generator says of itself.</summary>
    public EmbeddingGeneratorMetadata Metadata { get; }

    /// <summary>The embeddings of values, in their order.</summary>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<InputValue> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        Check(options);
        return Task.Run(() => Generate([.. values], cancellationToken), cancellationToken);
    }

    /// <summary>What a generator answers when it is asked for a service.</summary>
    public object? GetService(object generator, Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata : serviceType.IsInstanceOfType(generator) ? generator : null;
    }

    public void Dispose() => _extractor.Dispose();

    private void Check(EmbeddingGenerationOptions? options)
    {
        if (options?.ModelId is { } model && model != _modelId)
            throw new ArgumentException($"The options ask for the model '{model}', and this generator is '{_modelId}'. Make a generator of that backbone.", nameof(options));
        if (options?.Dimensions is { } dimensions && dimensions != Dimensions)
            throw new ArgumentException(FormattableString.Invariant($"The options ask for {dimensions} dimensions, and '{_modelId}' gives {Dimensions}. Leave them out, or tap other layers."), nameof(options));
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(InputValue[] values, CancellationToken cancellationToken)
    {
        var embeddings = new Embedding<float>?[values.Length];
        var created = _clock.GetUtcNow();
        foreach (var row in _extractor.Extract(Enumerable.Range(0, values.Length), i => values[i], cancellationToken))
            embeddings[row.Item] = new Embedding<float>(row.Features) { ModelId = _modelId, CreatedAt = created };
        cancellationToken.ThrowIfCancellationRequested();
        return new GeneratedEmbeddings<Embedding<float>>(embeddings.Select((embedding, i) => embedding ?? throw _rejects.Why(values[i].Name)));
    }

    /// <summary>Remembers why inputs were left out, and passes it on.</summary>
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
