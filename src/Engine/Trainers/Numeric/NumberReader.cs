using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Reads a column of labels or weights as numbers.</summary>
internal static class NumberReader
{
    /// <summary>Keys become their number from 0 and NaN where they are missing; booleans become 0 and 1.</summary>
    public static Func<int, float> Create(BatchColumn column, DataViewType type)
    {
        if (type is KeyDataViewType)
            return CreateKey(column);
        return column switch
        {
            BatchColumn<float> c => row => c.Values[row],
            BatchColumn<double> c => row => (float)c.Values[row],
            BatchColumn<bool> c => row => c.Values[row] ? 1 : 0,
            _ => throw new InvalidOperationException($"A column of type {type} cannot be read as a number."),
        };
    }

    private static Func<int, float> CreateKey(BatchColumn column) => column switch
    {
        BatchColumn<uint> c => row => Number(c.Values[row]),
        BatchColumn<ulong> c => row => Number(c.Values[row]),
        BatchColumn<ushort> c => row => Number(c.Values[row]),
        BatchColumn<byte> c => row => Number(c.Values[row]),
        _ => throw new InvalidOperationException("This is not a column of keys."),
    };

    private static float Number(ulong key) => key == 0 ? float.NaN : key - 1;
}
