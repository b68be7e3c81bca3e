using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values out of text, as loaders and conversions read them.</summary>
internal static class TextValues
{
    /// <summary>The parser of a raw type: false where the text is no such value. Empty text is the default.</summary>
    public delegate bool Parser<T>(ReadOnlySpan<char> text, out T value);

    /// <summary>The parser of a raw type, or null where text is never such a value.</summary>
    public static Parser<T>? Find<T>()
    {
        Delegate? parser = default(T) switch
        {
            float => (Parser<float>)Single,
            double => (Parser<double>)Double,
            bool => (Parser<bool>)Boolean,
            sbyte => (Parser<sbyte>)Integer,
            byte => (Parser<byte>)Integer,
            short => (Parser<short>)Integer,
            ushort => (Parser<ushort>)Integer,
            int => (Parser<int>)Integer,
            uint => (Parser<uint>)Integer,
            long => (Parser<long>)Integer,
            ulong => (Parser<ulong>)Integer,
            DateTime => (Parser<DateTime>)Date,
            DateTimeOffset => (Parser<DateTimeOffset>)DateWithOffset,
            TimeSpan => (Parser<TimeSpan>)Span,
            _ => null,
        };
        return (Parser<T>?)parser;
    }

    public static bool Single(ReadOnlySpan<char> text, out float value)
    {
        bool ok = Double(text, out double number);
        value = ok && float.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out float single) ? single : (float)number;
        return ok;
    }

    public static bool Double(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        value = 0;
        if (text.IsEmpty)
            return true;
        if (text is "?" || text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }
        if (text is "∞" or "+∞" or "-∞")
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public static bool Boolean(ReadOnlySpan<char> text, out bool value)
    {
        text = text.Trim();
        value = IsOneOf(text, "true", "yes", "t", "y", "1", "+", "+1");
        return value || text.IsEmpty || IsOneOf(text, "false", "no", "f", "n", "0", "-", "-1");
    }

    private static bool Integer<T>(ReadOnlySpan<char> text, out T value)
        where T : System.Numerics.IBinaryInteger<T>
    {
        text = text.Trim();
        value = T.Zero;
        return text.IsEmpty || T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value!);
    }

    private static bool Date(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        return text.Trim().IsEmpty || DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    private static bool DateWithOffset(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        return text.Trim().IsEmpty || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    private static bool Span(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        return text.Trim().IsEmpty || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
