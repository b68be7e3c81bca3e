using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction;

/// <summary>Records what a card's backbone gives for some inputs, and replays it later, on another machine, or after a change.</summary>
public static class GoldenVectors
{
    /// <summary>How many features of an input are recorded.</summary>
    public const int Length = 8;

    /// <summary>The <see cref="GoldenReplay.Deviation"/> up to which features agree: decoders and processors differ by less, wrong preprocessing by more.</summary>
    public const double Tolerance = 0.01;

    /// <summary>Records the first features of inputs, at the card's default layers on the CPU.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="files">The files: images, recordings, or one text each, by what the backbone takes.</param>
    /// <param name="services">Where backbones are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The backbone cannot be opened, or an input cannot be used.</exception>
    public static IReadOnlyList<GoldenVector> Record(ModelCard card, IEnumerable<string> files, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        using var extractor = Open(card, services);
        return Record(extractor, card.Modality, files, cancellationToken);
    }

    /// <summary>Computes the features of the card's golden vectors anew, at its default layers on the CPU.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="files">Files by their hash, of <see cref="Hash"/>; vectors whose input is not among them are not computed.</param>
    /// <param name="services">Where backbones are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One for each golden vector of the card.</returns>
    /// <exception cref="FeatureTransferException">The backbone cannot be opened, or an input cannot be used.</exception>
    public static IReadOnlyList<GoldenReplay> Replay(ModelCard card, IReadOnlyDictionary<string, string> files, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(files);
        var known = card.Golden.Select(golden => files.GetValueOrDefault(golden.Sha256.ToLowerInvariant())).ToList();
        if (known.TrueForAll(file => file is null))
            return [.. card.Golden.Select(golden => new GoldenReplay(golden, null, []))];
        using var extractor = Open(card, services);
        return [.. card.Golden.Zip(known, (golden, file) => new GoldenReplay(golden, file, file is null ? [] : First(extractor, card.Modality, file, golden.Features.Count, cancellationToken)))];
    }

    /// <summary>Files by their SHA-256, in lower-case hexadecimal; of equal files, the first.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="FeatureTransferException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Hash(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
            hashes.TryAdd(HashOf(file), file);
        return hashes;
    }

    internal static IReadOnlyList<GoldenVector> Record(FeatureExtractor extractor, Modality modality, IEnumerable<string> files, CancellationToken cancellationToken) =>
        [.. files.Select(file => new GoldenVector { Name = Path.GetFileName(file), Sha256 = HashOf(file), Features = First(extractor, modality, file, Length, cancellationToken) })];

    // Neither the cache nor a tuned setting may stand between the file and its features.
    internal static FeatureExtractor Open(ModelCard card, FeatureTransferServices? services)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new FeatureExtractor(
            new ExtractFeaturesOptions { Backbone = card.Id, UseCache = false, BatchSize = 1, Sessions = 1, DecodeThreads = 1 },
            (services ?? FeatureTransferServices.Default) with { Catalog = new ModelCatalog([card]), Device = Device.Cpu, Rejected = new Refusal() });
    }

    // A backbone for texts takes the text itself, of which a line end at the end of the file is no part.
    private static float[] First(FeatureExtractor extractor, Modality modality, string file, int count, CancellationToken cancellationToken)
    {
        var input = modality == Modality.Text ? File.ReadAllText(file).TrimEnd('\r', '\n') : file;
        return [.. extractor.Extract([input], cancellationToken).Single().Features.Take(count)];
    }

    private static string HashOf(string file)
    {
        try
        {
            return FileHash.Of(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FeatureTransferException($"{file}: the golden input cannot be read ({exception.Message})", exception);
        }
    }

    /// <summary>A golden input that cannot be used ends the work.</summary>
    private sealed class Refusal : IRejectedRowSink
    {
        public void Reject(RejectedRow row) => throw new FeatureTransferException($"{row.Input}: the golden input cannot be used: {row.Reason}.");
    }
}
