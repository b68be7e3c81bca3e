using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Extracts features without a data view: images in, vectors out, in the same order and with flat memory. The source is asked for its next
/// items as the work goes on, never for more than a bounded number ahead.
/// </summary>
public sealed partial class FeatureExtractor : IDisposable
{
    private readonly ExtractFeaturesTransformer _transformer;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public FeatureExtractor(ExtractFeaturesOptions options, FeatureTransferServices? services = null) =>
        _transformer = new ExtractFeaturesEstimator(options, services).Open();

    /// <summary>Opens the backbone with a sample, which <see cref="Precision.Int8"/> is calibrated on.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="sample">Inputs of the kind that will come; the first <see cref="ExtractFeaturesOptions.CalibrationRows"/> are read.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong, or integers do not do for this sample.</exception>
    public FeatureExtractor(ExtractFeaturesOptions options, IEnumerable<InputValue> sample, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var estimator = new ExtractFeaturesEstimator(options, services);
        _transformer = options.Precision == Precision.Int8 ? estimator.Open(sample.Select(input => Open(input, input).Input)) : estimator.Open();
    }

    /// <summary>Takes a backbone that is open, and frees it in the end.</summary>
    internal FeatureExtractor(ExtractFeaturesTransformer transformer) => _transformer = transformer;

    /// <summary>How many features a row has.</summary>
    public int FeatureLength => _transformer.FeatureLength;

    /// <summary>How many rows were computed by the backbone so far; the others came from the cache.</summary>
    public long RowsComputed => _transformer.RowsComputed;

    internal FeatureEngine Engine => _transformer.Engine;

    /// <summary>What is extracted.</summary>
    internal ExtractFeaturesOptions Options => _transformer.Options;

    /// <summary>What the backbone takes.</summary>
    internal Modality Modality => _transformer.Preparation.Modality;

    /// <summary>Equal where the same input gives the same features: a hash of the cut graph and of the preprocessing.</summary>
    internal string Fingerprint => Convert.ToHexStringLower(FeatureKey.ScopeOf(ModelContent.HashOf(_transformer.Model), _transformer.Preparation.Fingerprint));

    /// <summary>Extracts features of texts, or of files for backbones that take something else; inputs that cannot be used are left out and reported to <see cref="FeatureTransferServices.Rejected"/>.</summary>
    /// <param name="values">The texts, or the files' paths.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ExtractedFeatures> Extract(IEnumerable<string> values, CancellationToken cancellationToken = default) =>
        Extract(values, Modality == Modality.Text ? value => InputValue.FromText(value) : InputValue.FromFile, cancellationToken).Select(row => new ExtractedFeatures(row.Item, row.Features));

    /// <summary>Extracts features of images; those that cannot be used are left out and told to <see cref="FeatureTransferServices.Rejected"/>.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ExtractedFeatures> Extract(IEnumerable<InputValue> images, CancellationToken cancellationToken = default) =>
        Extract(images, image => image, cancellationToken).Select(row => new ExtractedFeatures(row.Item.Name, row.Features));

    /// <summary>
    /// Extracts features; each item comes out with its own, in the order of the source. Inputs that cannot be used are left out and told to
    /// <see cref="FeatureTransferServices.Rejected"/>.
    /// </summary>
    /// <typeparam name="T">The caller's own type.</typeparam>
    /// <param name="items">The items; they are asked for as the work goes on, by one thread at a time.</param>
    /// <param name="image">The image of an item.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ExtractedFeatures<T>> Extract<T>(IEnumerable<T> items, Func<T, InputValue> image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(image);
        long? total = items.TryGetNonEnumeratedCount(out var count) ? count : null;
        return Run(items.Select(item => Open(item, image(item))), total, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _transformer.Dispose();

    // A file is opened by whoever decodes it; all else is read here, as the source moves on behind it.
    private static FlowInput<Opened<T>> Open<T>(T item, InputValue image)
    {
        if (image.IsFile)
            return new FlowInput<Opened<T>>(new FeatureInput(image.Name, null), new Opened<T>(item, null));
        try
        {
            return new FlowInput<Opened<T>>(new FeatureInput(image.Name, image.Read()), new Opened<T>(item, null));
        }
        catch (BadInputException exception)
        {
            return new FlowInput<Opened<T>>(new FeatureInput(image.Name, default(ReadOnlyMemory<byte>)), new Opened<T>(item, exception));
        }
    }

    private IEnumerable<ExtractedFeatures<T>> Run<T>(IEnumerable<FlowInput<Opened<T>>> inputs, long? total, CancellationToken cancellationToken)
    {
        var report = new FlowReport(_transformer, total);
        foreach (var row in Engine.Run(inputs, cancellationToken, total))
        {
            if (report.Accepts(row.Payload.Error ?? row.Error))
                yield return new ExtractedFeatures<T>(row.Payload.Item, row.Features!);
        }

        report.End();
    }

    /// <summary>An item, and why its image cannot be read where it could not.</summary>
    private readonly record struct Opened<T>(T Item, BadInputException? Error);
}
