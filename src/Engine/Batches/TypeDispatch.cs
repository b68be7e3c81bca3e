using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A computation that is generic in the raw type of an item.</summary>
internal interface IItemVisitor<out TResult>
{
    TResult Visit<T>();
}

/// <summary>Calls generic code for a column type that is known only at run time: by table, so that trimming keeps it.</summary>
internal static class TypeDispatch
{
    public static TResult Call<TResult>(Type rawType, IItemVisitor<TResult> visitor)
    {
        switch (Type.GetTypeCode(rawType))
        {
            case TypeCode.Single: return visitor.Visit<float>();
            case TypeCode.Double: return visitor.Visit<double>();
            case TypeCode.Boolean: return visitor.Visit<bool>();
            case TypeCode.SByte: return visitor.Visit<sbyte>();
            case TypeCode.Byte: return visitor.Visit<byte>();
            case TypeCode.Int16: return visitor.Visit<short>();
            case TypeCode.UInt16: return visitor.Visit<ushort>();
            case TypeCode.Int32: return visitor.Visit<int>();
            case TypeCode.UInt32: return visitor.Visit<uint>();
            case TypeCode.Int64: return visitor.Visit<long>();
            case TypeCode.UInt64: return visitor.Visit<ulong>();
            case TypeCode.DateTime: return visitor.Visit<DateTime>();
        }
        if (rawType == typeof(ReadOnlyMemory<char>))
            return visitor.Visit<ReadOnlyMemory<char>>();
        if (rawType == typeof(DateTimeOffset))
            return visitor.Visit<DateTimeOffset>();
        if (rawType == typeof(TimeSpan))
            return visitor.Visit<TimeSpan>();
        if (rawType == typeof(DataViewRowId))
            return visitor.Visit<DataViewRowId>();
        return CallByReflection(rawType, visitor);
    }

    /// <summary>Calls with the raw type of the column itself: for a vector that is <see cref="VBuffer{T}"/>.</summary>
    public static TResult CallRaw<TResult>(DataViewType type, IItemVisitor<TResult> visitor) => type is VectorDataViewType vector
        ? Call(vector.ItemType.RawType, new VectorVisitor<TResult>(visitor))
        : Call(type.RawType, visitor);

    public static Type VectorRawType(PrimitiveDataViewType itemType)
    {
        ArgumentNullException.ThrowIfNull(itemType);
        return Call(itemType.RawType, RawTypeVisitor.Instance);
    }

    // Types of others' making: reached only where such a type exists, so its code was not trimmed.
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The type argument is a type in use.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reference types share code; a new value type needs the JIT.")]
    private static TResult CallByReflection<TResult>(Type rawType, IItemVisitor<TResult> visitor)
    {
        var method = typeof(IItemVisitor<TResult>).GetMethod(nameof(IItemVisitor<TResult>.Visit))!.MakeGenericMethod(rawType);
        return (TResult)method.Invoke(visitor, System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    private sealed class VectorVisitor<TResult>(IItemVisitor<TResult> inner) : IItemVisitor<TResult>
    {
        public TResult Visit<T>() => inner.Visit<VBuffer<T>>();
    }

    private sealed class RawTypeVisitor : IItemVisitor<Type>
    {
        public static readonly RawTypeVisitor Instance = new();

        public Type Visit<T>() => typeof(VBuffer<T>);
    }
}
