using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What an index is made of and searched for, by what its backbone takes; and the backbone of an index, which its file names.</summary>
internal static class SimilarItems
{
    /// <summary>What commands say of their inputs.</summary>
    public const string Description = "Images, folders, globs or archives of them, or - for a list of paths on standard input; with a backbone for recordings .wav, .mp3 and .ogg files, folders or archives of them";

    private const string Backbone = "backbone", Layers = "layers", PoolingKey = "pooling", Features = "features";
    private static readonly string[] _recordings = [".wav", ".mp3", ".ogg"];

    /// <summary>The inputs that are named; texts are the lines of files.</summary>
    /// <exception cref="FeatureTransferException">There are none, or a source cannot be used.</exception>
    public static IEnumerable<InputValue> Open(Modality modality, IReadOnlyList<string> inputs, Action<string> note) => modality switch
    {
        Modality.Text => inputs.SelectMany(Lines),
        Modality.Audio => inputs.SelectMany(Recordings),
        _ => ImageInputs.Open(inputs, new TableChoice(null, null, null), CommandServices.Default.Sql!, Console.OpenStandardInput, note),
    };

    /// <summary>What is searched for; texts are given as such.</summary>
    public static IEnumerable<InputValue> Queries(Modality modality, IReadOnlyList<string> inputs, Action<string> note) =>
        modality == Modality.Text ? inputs.Select(text => InputValue.FromText(text, text)) : Open(modality, inputs, note);

    /// <summary>Notes in an index how its vectors were computed.</summary>
    public static void Describe(NeighbourIndexBuilder builder, ExtractFeaturesOptions options, FeatureExtractor extractor)
    {
        builder.Properties[Backbone] = File.Exists(options.Backbone) ? Path.GetFullPath(options.Backbone) : options.Backbone;
        builder.Properties[Layers] = string.Join(',', options.Layers ?? []);
        builder.Properties[PoolingKey] = options.Pooling?.ToString() ?? "";
        builder.Properties[Features] = extractor.Fingerprint;
    }

    /// <summary>Opens the backbone that computed the vectors of an index.</summary>
    /// <exception cref="FeatureTransferException">The index was not built by <c>ft similar build</c>, or its backbone gives other features by now.</exception>
    public static FeatureExtractor OpenBackbone(NeighbourIndex index, string path, ExtractFeaturesOptions options, FeatureTransferServices services)
    {
        if (!index.Properties.TryGetValue(Backbone, out var backbone))
            throw new FeatureTransferException($"{path}: does not say which backbone computed its vectors. Expected an index that 'ft similar build' wrote.");
        var pooling = index.Properties[PoolingKey];
        var extractor = new FeatureExtractor(
            options with
            {
                Backbone = backbone,
                Layers = index.Properties[Layers].Split(',', StringSplitOptions.RemoveEmptyEntries),
                Pooling = pooling.Length > 0 ? Enum.Parse<Pooling>(pooling) : null,
            },
            services);
        if (extractor.Fingerprint == index.Properties[Features])
            return extractor;
        extractor.Dispose();
        throw new FeatureTransferException($"{path}: the backbone '{backbone}' or its preprocessing has changed since the index was built, and features of both cannot be compared. Build the index again.");
    }

    private static IEnumerable<InputValue> Lines(string input)
    {
        if (!File.Exists(input))
            throw new FeatureTransferException($"{input}: there is no such file. Expected a text file in UTF-8 with one text a line, for the backbone takes text.");
        return File.ReadLines(input).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => InputValue.FromText(line, line));
    }

    private static IEnumerable<InputValue> Recordings(string input)
    {
        if (Directory.Exists(input))
            return ImageSources.Folder(input, _recordings);
        return ArchiveFile.IsArchive(input) ? ImageSources.Archive(input, _recordings) : [InputValue.FromFile(input)];
    }
}
