using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>The type of a column: what its values mean and how they are stored.</summary>
[SuppressMessage("Design", "CA1067", Justification = "ML.NET's base type compares only through IEquatable.")]
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType)
    {
        ArgumentNullException.ThrowIfNull(rawType);
        RawType = rawType;
    }

    /// <summary>The .NET type that a getter of such a column fills.</summary>
    public Type RawType { get; }

    public abstract bool Equals(DataViewType? other);
}

/// <summary>A type made of parts, such as a vector.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}

/// <summary>A type without parts.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
            throw new ArgumentOutOfRangeException(nameof(rawType), $"A primitive type cannot be disposable, {rawType} is.");
    }
}
