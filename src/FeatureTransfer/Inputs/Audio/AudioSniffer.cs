namespace FeatureTransfer.Inputs.Audio;

/// <summary>Says what bytes are: the decoder for those that are audio, and the reason of a reject for others.</summary>
internal static class AudioSniffer
{
    private const string Wav = "WAV", Mp3 = "MP3", Vorbis = "Ogg Vorbis";
    private const string Readable = "WAV, MP3 and Ogg Vorbis can be read: convert it to one of these";

    private static readonly (byte[] Magic, int Offset, string Format)[] _magics =
    [
        ([.. "WAVE"u8], 8, Wav), ([.. "ID3"u8], 0, Mp3), ([.. "\u0001vorbis"u8], 28, Vorbis), ([.. "OpusHead"u8], 28, "Ogg Opus"),
        ([0x7F, .. "FLAC"u8], 28, "Ogg FLAC"), ([.. "Speex"u8], 28, "Ogg Speex"), ([.. "OggS"u8], 0, "Ogg"), ([.. "fLaC"u8], 0, "FLAC"),
        ([.. "ftyp"u8], 4, "MP4 (AAC)"), ([.. "FORM"u8], 0, "AIFF"), ([.. "#!AMR"u8], 0, "AMR"), ([.. "MThd"u8], 0, "MIDI"), ([.. ".snd"u8], 0, "AU"),
        ([.. "caff"u8], 0, "Core Audio"), ([0x1A, 0x45, 0xDF, 0xA3], 0, "WebM or Matroska"), ([0x30, 0x26, 0xB2, 0x75], 0, "Windows Media"),
        ([.. "RIFX"u8], 0, "big-endian WAV"), ([.. "MAC "u8], 0, "Monkey's Audio"), ([.. "wvpk"u8], 0, "WavPack"), ([.. "RIFF"u8], 0, "RIFF"),
        ([0x89, .. "PNG"u8], 0, "PNG"), ([0xFF, 0xD8, 0xFF], 0, "JPEG"), ([.. "PK\u0003\u0004"u8], 0, "ZIP"), ([.. "%PDF"u8], 0, "PDF"),
    ];

    /// <summary>Whether bytes begin as audio that can be read does.</summary>
    public static bool IsAudio(ReadOnlySpan<byte> start) => FormatOf(start) is Wav or Mp3 or Vorbis;

    /// <summary>Opens the decoder that the content asks for.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static AudioSource Open(ReadOnlyMemory<byte> encoded, string name)
    {
        if (encoded.IsEmpty)
            throw new BadInputException(name, "it is empty (0 bytes), expected a recording");
        return FormatOf(encoded.Span) switch
        {
            Wav => new WavSource(encoded, name),
            Mp3 => new Mp3Source(encoded),
            Vorbis => new VorbisSource(encoded),
            { } other => throw new BadInputException(name, $"it is a {other} file (or the start of one) that cannot be read; {Readable}"),
            null => throw new BadInputException(name, $"it is not audio in a known format; {Readable}"),
        };
    }

    /// <summary>The reject for bytes that a decoder gave up on.</summary>
    public static BadInputException Broken(ReadOnlySpan<byte> encoded, string name, Exception cause) => new(name, string.Create(
        CultureInfo.InvariantCulture, $"the {FormatOf(encoded)} data ({encoded.Length} bytes) is damaged or cut short ({cause.Message})"), cause);

    private static string? FormatOf(ReadOnlySpan<byte> encoded)
    {
        foreach (var (magic, offset, format) in _magics)
        {
            if (encoded.Length >= offset + magic.Length && encoded[offset..].StartsWith(magic))
                return format;
        }

        return IsMpegFrame(encoded) ? Mp3 : null;
    }

    // Eleven bits set, then a version, a layer, a rate of bits and one of samples that exist. Layer 0 is AAC in ADTS.
    private static bool IsMpegFrame(ReadOnlySpan<byte> bytes) =>
        bytes is [0xFF, var second, var third, _, ..] && (second & 0xE0) == 0xE0 && (second & 0x18) != 0x08 && (second & 0x06) != 0 && third >> 4 is > 0 and < 15 && (third & 0x0C) != 0x0C;
}
