namespace Microsoft.ML.Data;

/// <summary>Gives the column of a member another name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ColumnNameAttribute : Attribute
{
    public ColumnNameAttribute(string name)
    {
        Name = name;
    }

    internal string Name { get; }
}

/// <summary>Leaves a member out.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NoColumnAttribute : Attribute
{
    public NoColumnAttribute()
    {
    }
}

/// <summary>Gives the size of a vector member.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute()
    {
        Dimensions = [0];
    }

    public VectorTypeAttribute(int size)
    {
        Check.Param(size >= 0, nameof(size), "The size of a vector is not negative.");
        Dimensions = [size];
    }

    public VectorTypeAttribute(params int[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        Check.Param(dimensions.All(d => d >= 0), nameof(dimensions), "No dimension of a vector is negative.");
        Dimensions = dimensions.Length == 0 ? [0] : dimensions;
    }

    internal int[] Dimensions { get; }
}

/// <summary>Makes a member of an unsigned integer type a key.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KeyTypeAttribute : Attribute
{
    public KeyTypeAttribute()
    {
        throw new NotSupportedException("Using KeyType without the Count parameter is not supported");
    }

    public KeyTypeAttribute(ulong count)
    {
        Count = count;
    }

    internal ulong Count { get; }
}
