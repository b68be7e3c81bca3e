using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// A trained pipeline in one <c>.ftm</c> file; opening it needs no training data, no catalogue and no network. Predicting is safe from any
/// number of threads at once.
/// </summary>
public sealed class Bundle : IDisposable
{
    private const string NoName = "the image";
    private readonly RejectedRowRelay _rejected;
    private readonly BundlePredictor _single;

    private Bundle(string path, BundleManifest manifest, TransformerChain<ITransformer> model, RejectedRowRelay rejected)
    {
        Path = path;
        Manifest = manifest;
        Model = model;
        _rejected = rejected;
        _single = new BundlePredictor(path, model, manifest.InputColumns, manifest.Labels);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the bundle says of itself.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The whole chain.</summary>
    public ITransformer Model { get; }

    /// <summary>The labels, in the order of the scores.</summary>
    public IReadOnlyList<string> Labels => Manifest.Labels;

    /// <summary>Runs SQL for who judges the bundle; null for nobody.</summary>
    internal ISqlEngine? Sql { get; private init; }

    /// <summary>Opens a bundle.</summary>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="services">Where features are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The file is missing, is no bundle, or is of a newer format.</exception>
    public static Bundle Load(string path, FeatureTransferServices? services = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var rejected = new RejectedRowRelay();
        var own = (services ?? FeatureTransferServices.Default) with { Rejected = rejected };
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var manifest = ReadManifest(path, zip);
            var parts = manifest.Parts.Select(part => ReadPart(path, zip, part, own)).ToArray();
            return new Bundle(path, manifest, new TransformerChain<ITransformer>(parts), rejected) { Sql = own.Sql };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            throw new FeatureTransferException($"{path}: the bundle cannot be opened ({exception.Message}) Expected an .ftm file that 'ft run' wrote.", exception);
        }
    }

    /// <summary>Predicts for files; one that cannot be read gets its reason instead of a label.</summary>
    /// <param name="paths">The files.</param>
    /// <returns>One prediction a file, in their order.</returns>
    /// <exception cref="FeatureTransferException">The chain needs more than files: columns of numbers.</exception>
    [OverloadResolutionPriority(1)]
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var collector = new RejectedRowCollector();
        using var relay = _rejected.To(collector);
        if (ScoreFiles(paths) is not { } scored)
            return [.. paths.Select(path => _single.Predict(path, null, CancellationToken.None))];
        var reasons = collector.Rows.ToDictionary(row => row.Input, row => row.Reason, StringComparer.Ordinal);
        var row = 0;
        return [.. paths.Select(path => reasons.TryGetValue(path, out var reason) ? new Prediction { Input = path, Error = reason } : Answer(path, scored, row++))];
    }

    /// <summary>Predicts for one image file, in pooled memory; a file that cannot be read gets its reason instead of a label.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image.</exception>
    public Prediction Predict(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _single.Predict(path, null, cancellationToken);
    }

    /// <summary>Predicts for one encoded image, in pooled memory and without a file.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, GIF or TIFF file.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image, or one in a file.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) => _single.Predict(NoName, image, cancellationToken);

    /// <summary>Predicts for one encoded image, in pooled memory and without a file.</summary>
    /// <param name="image">A stream of the bytes of a JPEG, PNG, WebP, GIF or TIFF file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image, or one in a file.</exception>
    public Prediction Predict(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bytes = PooledBytes.Read(image);
        return _single.Predict(NoName, bytes.Memory, cancellationToken);
    }

    /// <summary>Predicts for one encoded image; the caller's thread is free meanwhile.</summary>
    /// <param name="image">A stream of the bytes of a JPEG, PNG, WebP, GIF or TIFF file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the reading, and the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image, or one in a file.</exception>
    public async Task<Prediction> PredictAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bytes = await PooledBytes.ReadAsync(image, cancellationToken).ConfigureAwait(false);
        return await _single.PredictAsync(NoName, bytes.Memory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Predicts for images that need not be files; one that cannot be read gets its reason instead of a label.</summary>
    /// <param name="images">The images; all of them are read before the work starts, so give as many as fit into memory.</param>
    /// <returns>One prediction an image, in their order.</returns>
    /// <exception cref="FeatureTransferException">The chain needs more than images: columns of numbers, or files.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<ImageInput> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.All(image => image.IsFile))
            return Predict([.. images.Select(image => image.Name)]);
        var read = images.Select(ReadImage.Of).ToList();
        var collector = new RejectedRowCollector();
        using var relay = _rejected.To(collector);
        var good = read.FindAll(image => image.Error is null);

        // Two images may have one name, so each goes by its number.
        string[] numbers = [.. good.Select((_, row) => row.ToString(CultureInfo.InvariantCulture))];
        var scored = Score(new ContentView(Inputs(numbers), DataSource.PathColumn, () => good.Select(image => image.Bytes)));
        var reasons = collector.Rows.ToDictionary(row => row.Input, row => row.Reason, StringComparer.Ordinal);
        var (next, row) = (0, 0);
        return [.. read.Select(image => (image.Error ?? reasons.GetValueOrDefault(numbers[next++])) is { } reason
            ? new Prediction { Input = image.Name, Error = reason }
            : Answer(image.Name, scored, row++))];
    }

    /// <summary>Frees the sessions.</summary>
    public void Dispose()
    {
        _single.Dispose();
        foreach (var part in (TransformerChain<ITransformer>)Model)
            (part as IDisposable)?.Dispose();
    }

    private Table Inputs(IReadOnlyList<string> paths) => Manifest.InputColumns.Aggregate(
        new Table(paths.Count),
        (rows, column) => rows.With(column, column == DataSource.PathColumn ? [.. paths] : [.. paths.Select(_ => "")]));

    // ML.NET's own loader ends at the first file that is not there: then each image is asked for by itself.
    private ScoredRows? ScoreFiles(IReadOnlyList<string> paths)
    {
        try
        {
            return Score(Inputs(paths));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private ScoredRows Score(IDataView table)
    {
        try
        {
            return ChainModel.Score(Model, table);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // The engine's own word for a column that is not there.
            throw new FeatureTransferException($"{Path}: the bundle cannot predict from files alone, for its chain reads other columns too ({exception.Message}). Transform rows that have them with Bundle.Model.", exception);
        }
    }

    private static Prediction Answer(string path, ScoredRows scored, int row) => BundlePredictor.AnswerOf(path, scored.Labels, scored.Scores[row]);

    private static BundleManifest ReadManifest(string path, ZipArchive zip)
    {
        var entry = zip.GetEntry(BundleWriter.ManifestName)
            ?? throw new FeatureTransferException($"{path}: is a zip, but no bundle: it has no {BundleWriter.ManifestName}. Expected an .ftm file that 'ft run' wrote.");
        using var stream = entry.Open();
        using var document = JsonDocument.Parse(stream);
        var format = document.RootElement.TryGetProperty("format", out var value) ? value.GetInt32() : 0;
        return format == BundleManifest.CurrentFormat
            ? document.RootElement.Deserialize<BundleManifest>(BundleJson.Options)!
            : throw new FeatureTransferException($"{path}: the bundle has format {format}, and this version of FeatureTransfer reads format {BundleManifest.CurrentFormat}. Use the version that wrote it, or train again.");
    }

    private static ITransformer ReadPart(string path, ZipArchive zip, BundlePart part, FeatureTransferServices services)
    {
        var entry = zip.GetEntry(part.File) ?? throw new FeatureTransferException($"{path}: the part {part.File} is missing, the bundle is damaged. Train again or copy it again.");
        using var memory = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(memory);
        if (part.Extract is { } options)
            return ExtractFeaturesTransformer.Create(options, OnnxModel.Parse(memory.ToArray(), $"{path}/{part.File}"), part.Recipe!, part.BackboneId!, services);
        if (part.TunedInput is { } input)
            return FineTunedTransformer.Create(OnnxModel.Parse(memory.ToArray(), $"{path}/{part.File}"), part.Recipe!, input, part.BackboneId!, services);
        memory.Position = 0;
        return new MLContext().Model.Load(memory, out _);
    }

    /// <summary>An image that was read, or why it could not be.</summary>
    private sealed record ReadImage(string Name, ReadOnlyMemory<byte> Bytes, string? Error)
    {
        public static ReadImage Of(ImageInput image)
        {
            try
            {
                return new ReadImage(image.Name, image.Read(), null);
            }
            catch (BadInputException exception)
            {
                return new ReadImage(image.Name, default, exception.Reason);
            }
        }
    }

    /// <summary>Hands rejected rows to the call that they belong to.</summary>
    private sealed class RejectedRowRelay : IRejectedRowSink
    {
        private readonly AsyncLocal<IRejectedRowSink?> _target = new();

        public void Reject(RejectedRow row) => _target.Value?.Reject(row);

        public IDisposable To(IRejectedRowSink target)
        {
            _target.Value = target;
            return new End(this);
        }

        private sealed class End(RejectedRowRelay relay) : IDisposable
        {
            public void Dispose() => relay._target.Value = null;
        }
    }
}
