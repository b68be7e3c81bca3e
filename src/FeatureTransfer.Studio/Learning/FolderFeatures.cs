using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Studio.Learning;

/// <summary>A backbone's features of inputs, kept in the feature cache.</summary>
internal sealed class FolderFeatures : IDisposable
{
    private readonly FeatureTransferServices _services;
    private readonly ExtractFeaturesOptions _options;
    private FeaturePredictor? _predictor;

    /// <summary>Names the backbone; it is opened when it is first used.</summary>
    /// <param name="card">The backbone.</param>
    /// <param name="name">What pipelines call it by.</param>
    /// <param name="services">Where things come from.</param>
    public FolderFeatures(ModelCard card, string name, FeatureTransferServices services)
    {
        (Card, Name, _services) = (card, name, services);

        // The last layer of an encoder of text serves likeness of meaning, which labels need not be.
        Layers = name == DefaultBackbone.Text ? ["layer5"] : [];
        _options = new ExtractFeaturesOptions { Backbone = name, Layers = Layers.Count > 0 ? Layers : null };
    }

    /// <summary>The backbone.</summary>
    public ModelCard Card { get; }

    /// <summary>What pipelines call it by.</summary>
    public string Name { get; }

    /// <summary>The layers that are tapped; empty is the card's.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The features of items, in their order; those that cannot be read are reported. A backbone that is not on this machine is fetched first.</summary>
    /// <param name="items">The items.</param>
    /// <param name="open">Opens one.</param>
    /// <param name="rejected">Is told of the path or name of each that cannot be read.</param>
    /// <param name="progress">Is told how far the fetching is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ExtractedFeatures<T>> Read<T>(IReadOnlyList<T> items, Func<T, InputValue> open, IRejectedRowSink rejected, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (!_services.Backbones.IsLocal(Card))
            _services.Backbones.PullAsync(Card, progress, cancellationToken).GetAwaiter().GetResult();
        using var extractor = new FeatureExtractor(_options, _services with { Rejected = rejected, Cancellation = cancellationToken });
        foreach (var row in extractor.Extract(items, open, cancellationToken))
            yield return row;
    }

    /// <summary>The features of one file that is not in the folder.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public float[] Of(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _predictor ??= new FeaturePredictor(_options, _services);
        return Card.Modality == Modality.Text ? _predictor.Predict(System.Text.Encoding.UTF8.GetString(content.Span), cancellationToken) : _predictor.Predict(content, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _predictor?.Dispose();
}
