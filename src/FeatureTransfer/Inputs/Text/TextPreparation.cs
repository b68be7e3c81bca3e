using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Inputs.Text;

/// <summary>Texts become token ids.</summary>
internal sealed class TextPreparation : WindowPreparation
{
    /// <summary>The first word of <see cref="Text"/> and of the fingerprint.</summary>
    public const string Kind = "text1";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly TextSettings _settings;
    private readonly TextTokenizer _tokenizer;
    private readonly TokenWindows _windows;
    private readonly Lazy<string> _text;

    public TextPreparation(TextSettings settings)
    {
        _settings = settings;
        _tokenizer = TextTokenizers.Open(settings.Tokenizer, settings.Files);
        _windows = new TokenWindows(_tokenizer.Specials, settings.MaxTokens, settings.LongText, settings.Overlap);
        _text = new Lazy<string>(Pack);
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{Kind}|{settings.Tokenizer.Kind}|{settings.MaxTokens}|{settings.LongText}|{settings.Overlap}|{HashOf(settings)}");
    }

    public override Modality Modality => Modality.Text;

    public override string Fingerprint { get; }

    public override string Text => _text.Value;

    public override GraphFeeds Feeds => new([_settings.Inputs.Ids, _settings.Inputs.Mask, _settings.Inputs.Types], _settings.Inputs.Mask);

    // Some seconds of a small network on one core.
    public override int BlockLength => 1 << 15;

    public override int RunLength => 1 << 13;

    /// <summary>All that decides the tensors.</summary>
    public TextSettings Settings => _settings;

    /// <summary>The most tokens of a window.</summary>
    public int MaxTokens => _settings.MaxTokens;

    /// <summary>The preparation of a <see cref="Text"/>.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static TextPreparation Parse(string text)
    {
        try
        {
            using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(text[(Kind.Length + 1)..])), CompressionMode.Decompress);
            return new TextPreparation(JsonSerializer.Deserialize<TextSettings>(packed, _json)!);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new FormatException("The model's text preprocessing cannot be read. Save the model again.", exception);
        }
    }

    public override IReadOnlyList<Window> Read(ReadOnlyMemory<byte> content, string name)
    {
        var (first, second) = TextContent.Read(content.Span);
        var ids = new List<int>();
        _tokenizer.Encode(_settings.Prefix + first, ids);
        if (second is null)
            return _windows.Of(ids);
        var others = new List<int>();
        _tokenizer.Encode(second, others);
        return _windows.Of(ids, others);
    }

    public override Window Sample() => Read(TextContent.Of("a"), "a text")[0];

    public override IReadOnlyList<NamedTensor> Batch(IReadOnlyList<Window> windows)
    {
        var length = windows.Max(window => window.Length);
        var (ids, mask, types) = (new long[windows.Count * length], new long[windows.Count * length], new long[windows.Count * length]);
        if (_tokenizer.Specials.Pad != 0)
            Array.Fill(ids, _tokenizer.Specials.Pad);
        for (var row = 0; row < windows.Count; row++)
        {
            var window = (TokenWindow)windows[row];
            var start = row * length;
            for (var i = 0; i < window.Length; i++)
                ids[start + i] = window.Ids[i];
            mask.AsSpan(start, window.Length).Fill(1);
            types.AsSpan(start + window.Second, window.Length - window.Second).Fill(1);
        }

        long[] shape = [windows.Count, length];
        return [new NamedTensor(_settings.Inputs.Ids, ids, shape), new NamedTensor(_settings.Inputs.Mask, mask, shape), new NamedTensor(_settings.Inputs.Types, types, shape)];
    }

    private string Pack()
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            JsonSerializer.Serialize(stream, _settings, _json);
        return $"{Kind} {Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length))}";
    }

    private static string HashOf(TextSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(settings with { Files = [] }, _json));
        foreach (var file in settings.Files)
            hash.AppendData(SHA256.HashData(file.Content.Span));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
