namespace Microsoft.ML;

/// <summary>Copies a value so that the copy stays when the source is overwritten.</summary>
internal delegate void ValueCopier<T>(in T source, ref T destination);

/// <summary>A value that holds arrays and must be copied item by item.</summary>
internal interface IBufferValue<T>
{
    ValueCopier<T> MakeCopier();
}

/// <summary>The copier of each type.</summary>
internal static class ValueCopiers<T>
{
    public static readonly bool IsBuffer = default(T) is IBufferValue<T>;

    public static readonly ValueCopier<T> Copy = default(T) is IBufferValue<T> buffer
        ? buffer.MakeCopier()
        : static (in source, ref destination) => destination = source;
}
