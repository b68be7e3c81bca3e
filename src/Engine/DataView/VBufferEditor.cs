namespace Microsoft.ML.Data;

/// <summary>Makes editors for <see cref="VBuffer{T}"/>, using its arrays again where they are long enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination) =>
        Create(ref destination, destination.Length, destination.GetValues().Length, keepOldOnResize: true);

    public static VBufferEditor<T> Create<T>(
        ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        int count = valuesCount ?? newLogicalLength;
        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(valuesCount));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, newLogicalLength, nameof(valuesCount));
        var values = Room(destination.ValuesArray, count, maxValuesCapacity ?? newLogicalLength, keepOldOnResize, out bool newValues);
        var indices = destination.IndicesArray;
        bool newIndices = false;
        if (count < newLogicalLength || requireIndicesOnDense)
            indices = Room(indices, count, maxValuesCapacity ?? newLogicalLength, keepOldOnResize, out newIndices);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, requireIndicesOnDense, newValues, newIndices);
    }

    private static TItem[] Room<TItem>(TItem[]? old, int count, int max, bool keep, out bool isNew)
    {
        isNew = old is null || old.Length < count;
        if (!isNew)
            return old!;
        if (count == 0)
            return [];
        // Growing by half keeps a slowly growing vector from being reallocated on every row.
        var room = new TItem[Math.Max(count, Math.Min(Math.Max(max, count), count + ((old?.Length ?? 0) / 2)))];
        if (keep)
            old?.CopyTo(room, 0);
        return room;
    }
}

/// <summary>Write access to the arrays of a vector; <see cref="Commit"/> makes the vector.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[]? _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[]? indices, bool keepIndices, bool newValues, bool newIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || keepIndices ? indices.AsSpan(0, count) : default;
        CreatedNewValues = newValues;
        CreatedNewIndices = newIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(physicalValuesCount, Values.Length);
        return new(_length, physicalValuesCount, _values, _indices);
    }
}
