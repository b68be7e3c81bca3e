using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit identity of a row, stable under shuffling and filtering.</summary>
public readonly struct DataViewRowId : IEquatable<DataViewRowId>, IComparable<DataViewRowId>
{
    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The identity of the first copy made of this row.</summary>
    public DataViewRowId Fork() => Mix(Low, High, 0x9E3779B97F4A7C15UL);

    /// <summary>The identity of the next copy made of the same row.</summary>
    public DataViewRowId Next() => Mix(Low, High, 0xC2B2AE3D27D4EB4FUL);

    /// <summary>The identity of a row made out of two rows.</summary>
    public DataViewRowId Combine(DataViewRowId other) => Mix(Low ^ ulong.RotateLeft(other.Low, 23), High ^ ulong.RotateLeft(other.High, 41), other.Low + other.High);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object? obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    private static DataViewRowId Mix(ulong low, ulong high, ulong salt)
    {
        var a = Scramble(low + salt);
        var b = Scramble(high ^ a ^ ulong.RotateLeft(salt, 32));
        return new DataViewRowId(a ^ ulong.RotateLeft(b, 17), b);
    }

    // The finalizer of SplitMix64: every input bit reaches every output bit.
    private static ulong Scramble(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
