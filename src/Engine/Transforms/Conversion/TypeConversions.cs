using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>
/// Which values turn into which: numbers into numbers of their own sign and into reals, all into text, text into all,
/// points in time and spans into their ticks.
/// </summary>
internal static class TypeConversions
{
    /// <summary>The conversion of one value, or null where there is none.</summary>
    public static Func<TIn, TOut>? Find<TIn, TOut>()
    {
        if (typeof(TIn) == typeof(TOut))
            return (Func<TIn, TOut>)(object)(Func<TIn, TIn>)(value => value);
        if (typeof(TOut) == typeof(ReadOnlyMemory<char>))
            return Format<TIn>() is { } format ? (Func<TIn, TOut>)(object)(Func<TIn, ReadOnlyMemory<char>>)(v => format(v).AsMemory()) : null;
        if (typeof(TIn) == typeof(ReadOnlyMemory<char>))
            return Parse<TOut>() is { } parse ? (Func<TIn, TOut>)(object)parse : null;
        return Via<TIn, long, TOut>(ReadSigned<TIn>(), WriteSigned<TOut>())
            ?? Via<TIn, ulong, TOut>(ReadUnsigned<TIn>(), WriteUnsigned<TOut>())
            ?? Via<TIn, double, TOut>(ReadReal<TIn>(), WriteReal<TOut>())
            ?? Via<TIn, long, TOut>(ReadTicks<TIn>(), WriteTicks<TOut>());
    }

    private static Func<TIn, TOut>? Via<TIn, TMiddle, TOut>(Func<TIn, TMiddle>? read, Func<TMiddle, TOut>? write) =>
        read is null || write is null ? null : value => write(read(value));

    private static Func<T, long>? ReadSigned<T>() => (Func<T, long>?)(Delegate?)(default(T) switch
    {
        sbyte => (Func<sbyte, long>)(v => v),
        short => (Func<short, long>)(v => v),
        int => (Func<int, long>)(v => v),
        long => (Func<long, long>)(v => v),
        bool => (Func<bool, long>)(v => v ? 1 : 0),
        _ => null,
    });

    private static Func<long, T>? WriteSigned<T>() => (Func<long, T>?)(Delegate?)(default(T) switch
    {
        sbyte => (Func<long, sbyte>)(v => (sbyte)v),
        short => (Func<long, short>)(v => (short)v),
        int => (Func<long, int>)(v => (int)v),
        long => (Func<long, long>)(v => v),
        bool => (Func<long, bool>)(v => v != 0),
        float => (Func<long, float>)(v => v),
        double => (Func<long, double>)(v => v),
        _ => null,
    });

    private static Func<T, ulong>? ReadUnsigned<T>() =>
        default(T) is byte or ushort or uint or ulong ? KeyNumber.Get : null;

    private static Func<ulong, T>? WriteUnsigned<T>() => (Func<ulong, T>?)(Delegate?)(default(T) switch
    {
        byte or ushort or uint or ulong => (Func<ulong, T>)(v => v <= KeyDataViewType.MaxCount(typeof(T)) ? KeyNumber.Of<T>(v) : default!),
        bool => (Func<ulong, bool>)(v => v != 0),
        float => (Func<ulong, float>)(v => v),
        double => (Func<ulong, double>)(v => v),
        _ => null,
    });

    private static Func<T, double>? ReadReal<T>() => (Func<T, double>?)(Delegate?)(default(T) switch
    {
        float => (Func<float, double>)(v => v),
        double => (Func<double, double>)(v => v),
        _ => null,
    });

    private static Func<double, T>? WriteReal<T>() => (Func<double, T>?)(Delegate?)(default(T) switch
    {
        float => (Func<double, float>)(v => (float)v),
        double => (Func<double, double>)(v => v),
        bool => (Func<double, bool>)(v => v != 0),
        _ => null,
    });

    private static Func<T, long>? ReadTicks<T>() => (Func<T, long>?)(Delegate?)(default(T) switch
    {
        DateTime => (Func<DateTime, long>)(v => v.Ticks),
        DateTimeOffset => (Func<DateTimeOffset, long>)(v => v.UtcTicks),
        TimeSpan => (Func<TimeSpan, long>)(v => v.Ticks),
        _ => null,
    });

    private static Func<long, T>? WriteTicks<T>() => default(T) is long or float or double ? WriteSigned<T>() : null;

    private static Func<T, string>? Format<T>() => (Func<T, string>?)(Delegate?)(default(T) switch
    {
        float => (Func<float, string>)(v => v.ToString(CultureInfo.InvariantCulture)),
        double => (Func<double, string>)(v => v.ToString("G17", CultureInfo.InvariantCulture)),
        DateTime => (Func<DateTime, string>)(v => v.ToString("o", CultureInfo.InvariantCulture)),
        DateTimeOffset => (Func<DateTimeOffset, string>)(v => v.ToString("o", CultureInfo.InvariantCulture)),
        TimeSpan => (Func<TimeSpan, string>)(v => v.ToString("c", CultureInfo.InvariantCulture)),
        bool => (Func<bool, string>)(v => v ? "True" : "False"),
        sbyte or short or int or long or byte or ushort or uint or ulong => (Func<T, string>)(v => ((IFormattable)v!).ToString(null, CultureInfo.InvariantCulture)),
        _ => null,
    });

    private static Func<ReadOnlyMemory<char>, T>? Parse<T>()
    {
        if (TextValues.Find<T>() is not { } parser)
            return null;
        // Reals can say that the text was no number; signed integers cannot, so it is an error; the others give their default.
        bool throws = default(T) is sbyte or short or int or long;
        T unreadable = default(T) switch
        {
            float => (T)(object)float.NaN,
            double => (T)(object)double.NaN,
            _ => default!,
        };
        return text => parser(text.Span, out var value) ? value
            : !throws ? unreadable
            : throw new InvalidOperationException($"Could not parse value '{text}' as {typeof(T).Name}.");
    }
}
