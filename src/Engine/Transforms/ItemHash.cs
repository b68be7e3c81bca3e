using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The hash of one item of a column.</summary>
internal static class ItemHash
{
    /// <summary>Whether items of this type can be hashed.</summary>
    public static bool Knows(DataViewType item) =>
        item is TextDataViewType or KeyDataViewType or NumberDataViewType or BooleanDataViewType or RowIdDataViewType;

    /// <summary>A function from seed and value to hash; types of four bytes and less are hashed as four bytes.</summary>
    public static Func<uint, T, uint> Of<T>(DataViewSchema.Column column)
    {
        if (!Knows(column.Type.ItemType()))
            throw new ArgumentOutOfRangeException("inputSchema",
                $"Column '{column.Name}' is of type {column.Type}. Expected Text, Key, numeric, Boolean or DataViewRowId item type");
        Delegate hash = default(T) switch
        {
            float => (uint seed, float v) => Murmur3.Hash(seed, BitConverter.SingleToUInt32Bits(v == 0 ? 0 : v)),
            double => (uint seed, double v) => Murmur3.Hash(seed, BitConverter.DoubleToUInt64Bits(v == 0 ? 0 : v)),
            bool => (uint seed, bool v) => Murmur3.Hash(seed, v ? 1u : 0u),
            sbyte => (uint seed, sbyte v) => Murmur3.Hash(seed, (uint)v),
            byte => (uint seed, byte v) => Murmur3.Hash(seed, (uint)v),
            short => (uint seed, short v) => Murmur3.Hash(seed, (uint)v),
            ushort => (uint seed, ushort v) => Murmur3.Hash(seed, (uint)v),
            int => (uint seed, int v) => Murmur3.Hash(seed, (uint)v),
            uint => (uint seed, uint v) => Murmur3.Hash(seed, v),
            long => (uint seed, long v) => Murmur3.Hash(seed, (ulong)v),
            ulong => (uint seed, ulong v) => Murmur3.Hash(seed, v),
            DataViewRowId => (uint seed, DataViewRowId v) => Murmur3.Hash(Murmur3.Hash(seed, v.Low), v.High),
            _ => (uint seed, ReadOnlyMemory<char> v) => Murmur3.Hash(seed, v.Span),
        };
        return (Func<uint, T, uint>)hash;
    }
}
