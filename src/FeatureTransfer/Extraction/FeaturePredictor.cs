using FeatureTransfer.Extraction.Flow;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Features of one image at a time, for an application: from a file, bytes or a stream. Safe to use from any number of threads at once; all
/// share one session and pooled memory, and as many work at once as there are cores.
/// </summary>
/// <remarks>Nothing is written to disk. The feature cache is not used, for an application seldom sees an image twice.</remarks>
/// <example>
/// <code>
/// using var predictor = new FeaturePredictor(new ExtractFeaturesOptions { Backbone = "resnet_18.mlnet" });
/// float[] features = await predictor.PredictAsync(request.Body, cancellationToken);
/// </code>
/// </example>
public sealed class FeaturePredictor : IDisposable
{
    private const string NoName = "the image";
    private readonly ExtractFeaturesTransformer _transformer;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names, the cache and the batch do not count.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public FeaturePredictor(ExtractFeaturesOptions options, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _transformer = new ExtractFeaturesEstimator(options with { UseCache = false, BatchSize = 1 }, services).Open();
    }

    /// <summary>How many features an image has.</summary>
    public int FeatureLength => _transformer.FeatureLength;

    internal FeatureEngine Engine => _transformer.Engine;

    private FeatureOne One => Engine.One;

    /// <summary>The features of a text, or of a file for backbones that take something else.</summary>
    /// <param name="value">The text, or the file's path.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <returns>(features).</returns>
    /// <exception cref="BadInputException">The file is missing, unreadable or no image.</exception>
    public float[] Predict(string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return One.Extract(FeatureInput.Of(value, _transformer.Preparation.Modality), cancellationToken);
    }

    /// <summary>The features of an encoded image.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, GIF or TIFF file.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <returns>(features).</returns>
    /// <exception cref="BadInputException">The bytes are no image.</exception>
    public float[] Predict(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) =>
        One.Extract(new FeatureInput(NoName, image), cancellationToken);

    /// <summary>The features of an encoded image.</summary>
    /// <param name="image">A stream of the bytes of a JPEG, PNG, WebP, GIF or TIFF file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <returns>(features).</returns>
    /// <exception cref="BadInputException">The bytes are no image.</exception>
    public float[] Predict(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bytes = PooledBytes.Read(image);
        return One.Extract(new FeatureInput(NoName, bytes.Memory), cancellationToken);
    }

    /// <summary>The features of a text, or of a file for backbones that take something else; the caller's thread is free meanwhile.</summary>
    /// <param name="value">The text, or the file's path.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <returns>(features).</returns>
    /// <exception cref="BadInputException">The file is missing, unreadable or no image.</exception>
    public Task<float[]> PredictAsync(string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return One.ExtractAsync(FeatureInput.Of(value, _transformer.Preparation.Modality), cancellationToken);
    }

    /// <summary>The features of an encoded image; the caller's thread is free meanwhile.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, GIF or TIFF file; they must not change before the answer.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <returns>(features).</returns>
    /// <exception cref="BadInputException">The bytes are no image.</exception>
    public Task<float[]> PredictAsync(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) =>
        One.ExtractAsync(new FeatureInput(NoName, image), cancellationToken);

    /// <summary>The features of an encoded image; the caller's thread is free meanwhile.</summary>
    /// <param name="image">A stream of the bytes of a JPEG, PNG, WebP, GIF or TIFF file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the reading, and the waiting for a free core.</param>
    /// <returns>(features).</returns>
    /// <exception cref="BadInputException">The bytes are no image.</exception>
    public async Task<float[]> PredictAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bytes = await PooledBytes.ReadAsync(image, cancellationToken).ConfigureAwait(false);
        return await One.ExtractAsync(new FeatureInput(NoName, bytes.Memory), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the images of the moment, then frees the session.</summary>
    public void Dispose() => _transformer.Dispose();
}
