using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Extraction;

/// <summary>Records what a card's backbone gives for some images, and replays it later, on another machine, or after a change.</summary>
public static class GoldenVectors
{
    /// <summary>How many features of an image are recorded.</summary>
    public const int Length = 8;

    /// <summary>The <see cref="GoldenReplay.Deviation"/> up to which features agree: decoders and processors differ by less, wrong preprocessing by more.</summary>
    public const double Tolerance = 0.01;

    /// <summary>Records the first features of images, at the card's default layers on the CPU.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="images">The images' files.</param>
    /// <param name="services">Where backbones are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The backbone cannot be opened, or an image cannot be used.</exception>
    public static IReadOnlyList<GoldenVector> Record(ModelCard card, IEnumerable<string> images, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        using var extractor = Open(card, services);
        return Record(extractor, images, cancellationToken);
    }

    /// <summary>Computes the features of the card's golden vectors anew, at its default layers on the CPU.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="images">Images' files by their hash, of <see cref="Hash"/>; vectors whose image is not among them are not computed.</param>
    /// <param name="services">Where backbones are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One for each golden vector of the card.</returns>
    /// <exception cref="FeatureTransferException">The backbone cannot be opened, or an image cannot be used.</exception>
    public static IReadOnlyList<GoldenReplay> Replay(ModelCard card, IReadOnlyDictionary<string, string> images, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(images);
        var known = card.Golden.Select(golden => images.GetValueOrDefault(golden.ImageSha256.ToLowerInvariant())).ToList();
        if (known.TrueForAll(image => image is null))
            return [.. card.Golden.Select(golden => new GoldenReplay(golden, null, []))];
        using var extractor = Open(card, services);
        return [.. card.Golden.Zip(known, (golden, image) => new GoldenReplay(golden, image, image is null ? [] : First(extractor, image, golden.Features.Count, cancellationToken)))];
    }

    /// <summary>Files by their SHA-256, in lower-case hexadecimal; of equal files, the first.</summary>
    /// <param name="images">The files.</param>
    /// <exception cref="FeatureTransferException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Hash(IEnumerable<string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in images)
            files.TryAdd(HashOf(image), image);
        return files;
    }

    internal static IReadOnlyList<GoldenVector> Record(FeatureExtractor extractor, IEnumerable<string> images, CancellationToken cancellationToken) =>
        [.. images.Select(image => new GoldenVector { ImageSha256 = HashOf(image), ImageName = Path.GetFileName(image), Features = First(extractor, image, Length, cancellationToken) })];

    // Neither the cache nor a tuned setting may stand between the file and its features.
    internal static FeatureExtractor Open(ModelCard card, FeatureTransferServices? services)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new FeatureExtractor(
            new ExtractFeaturesOptions { Backbone = card.Id, UseCache = false, BatchSize = 1, Sessions = 1, DecodeThreads = 1 },
            (services ?? FeatureTransferServices.Default) with { Catalog = new ModelCatalog([card]), Device = Device.Cpu, Rejected = new Refusal() });
    }

    private static float[] First(FeatureExtractor extractor, string image, int count, CancellationToken cancellationToken) =>
        [.. extractor.Extract([image], cancellationToken).Single().Features.Take(count)];

    private static string HashOf(string image)
    {
        try
        {
            return FileHash.Of(image);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{image}: the image cannot be read ({exception.Message})", exception);
        }
    }

    /// <summary>A golden image that cannot be used ends the work.</summary>
    private sealed class Refusal : IRejectedRowSink
    {
        public void Reject(RejectedRow row) => throw new FeatureTransferException($"{row.Input}: the image cannot be used: {row.Reason}.");
    }
}
