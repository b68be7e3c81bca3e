using System.Text;
using System.Text.Unicode;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>An encoding, and what a user ought to know of it; null where it is UTF-8.</summary>
internal sealed record FoundEncoding(Encoding Encoding, string? Note = null);

/// <summary>Finds how a file of text is encoded. No byte is ever replaced in silence: two labels could become one.</summary>
internal static class TextEncodings
{
    private const int SampleBytes = 4096;
    private const string Remedy = "Save the file as UTF-8, or name its encoding, such as \"encoding\": \"windows-1251\"";

    // Windows-1252 gives these five bytes no letter.
    private const string NoLetters = "\u0081\u008d\u008f\u0090\u009d";

    /// <summary>The encoding by the file's first bytes, else UTF-8, else Windows-1252 as western offices have it.</summary>
    /// <exception cref="FeatureTransferException">It is none of these.</exception>
    public static FoundEncoding Find(string file)
    {
        var start = Start(file);
        if (ByMark(start) is { } marked)
            return marked;
        if (start.Length > 1 && ByZeros(start) is { } wide)
            return wide;
        if (FirstBadLine(file) is not { } line)
            return new FoundEncoding(new UTF8Encoding(true, true));
        if (File.ReadLines(file, Encoding.Latin1).Any(text => text.AsSpan().ContainsAny(NoLetters)))
            throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"{file}({line}): the line is neither UTF-8 nor Windows-1252. {Remedy}."));
        return new FoundEncoding(Strict("windows-1252")!, string.Create(CultureInfo.InvariantCulture, $"{file}: read as Windows-1252, for line {line} is not UTF-8"));
    }

    /// <summary>The encoding of a name.</summary>
    /// <exception cref="FeatureTransferException">There is none.</exception>
    public static FoundEncoding Named(string name) => new(
        Strict(name) ?? throw new FeatureTransferException($"There is no encoding \"{name}\". Expected a name such as utf-8, utf-16, windows-1252 or iso-8859-2."));

    /// <summary>The lines of a file.</summary>
    /// <exception cref="FeatureTransferException">One has bytes that the encoding does not know.</exception>
    public static IEnumerable<string> Lines(string file, Encoding encoding)
    {
        using var reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; Next(reader, file, number) is { } line; number++)
            yield return line;
    }

    /// <summary>The whole text of a file.</summary>
    /// <exception cref="FeatureTransferException">It has bytes that the encoding does not know.</exception>
    public static string Text(string file, Encoding encoding)
    {
        try
        {
            return File.ReadAllText(file, encoding);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FeatureTransferException($"{file}: has bytes that are not {encoding.WebName}. {Remedy}.", exception);
        }
    }

    private static string? Next(StreamReader reader, string file, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException exception)
        {
            throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"{file}({number}): here or a little later there are bytes that are not {reader.CurrentEncoding.WebName}. {Remedy}."), exception);
        }
    }

    private static byte[] Start(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[SampleBytes];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    private static FoundEncoding? ByMark(byte[] start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new FoundEncoding(new UTF8Encoding(true, true)),
        [0xFF, 0xFE, 0, 0, ..] => new FoundEncoding(new UTF32Encoding(false, true, true)),
        [0xFF, 0xFE, ..] => new FoundEncoding(new UnicodeEncoding(false, true, true)),
        [0xFE, 0xFF, ..] => new FoundEncoding(new UnicodeEncoding(true, true, true)),
        _ => null,
    };

    // Every second byte of most text in UTF-16 is 0, and no byte of text in UTF-8 is.
    private static FoundEncoding? ByZeros(byte[] start)
    {
        var (even, odd) = (start.Where((value, i) => value == 0 && i % 2 == 0).Count(), start.Where((value, i) => value == 0 && i % 2 == 1).Count());
        return Math.Max(even, odd) > start.Length / 4 && Math.Min(even, odd) <= start.Length / 32
            ? new FoundEncoding(new UnicodeEncoding(even > odd, true, true))
            : null;
    }

    // Latin-1 gives each byte a character, and the bytes of line ends are part of no other character of UTF-8.
    private static int? FirstBadLine(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file, Encoding.Latin1))
        {
            number++;
            if (!Ascii.IsValid(line) && !Utf8.IsValid(Encoding.Latin1.GetBytes(line)))
                return number;
        }

        return null;
    }

    private static Encoding? Strict(string name)
    {
        try
        {
            var encoding = (Encoding)(CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name)).Clone();
            encoding.DecoderFallback = DecoderFallback.ExceptionFallback;
            return encoding;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
