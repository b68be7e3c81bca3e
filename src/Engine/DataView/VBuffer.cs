using System.Collections;
using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>A vector, dense or sparse, in arrays that are used again from row to row.</summary>
public readonly struct VBuffer<T> : IEnumerable, IBufferValue<VBuffer<T>>
{
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[]? indices = null)
        : this(length, length, values, indices)
    {
    }

    public VBuffer(int length, int valuesCount, T[] values, int[]? indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valuesCount, length);
        ArgumentOutOfRangeException.ThrowIfNegative(valuesCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valuesCount, values?.Length ?? 0);
        if (valuesCount < length)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(valuesCount, indices?.Length ?? 0);
        Length = length;
        _count = valuesCount;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    internal T[]? ValuesArray => _values;

    internal int[]? IndicesArray => _indices;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - sourceIndex);
        if (IsDense)
        {
            var dense = VBufferEditor.Create(ref destination, length);
            GetValues().Slice(sourceIndex, length).CopyTo(dense.Values);
            destination = dense.Commit();
            return;
        }
        var (from, to) = StoredRange(sourceIndex, sourceIndex + length);
        var editor = VBufferEditor.Create(ref destination, length, to - from);
        GetValues()[from..to].CopyTo(editor.Values);
        if (to - from < length)
            for (int i = from; i < to; i++)
                editor.Indices[i - from] = _indices![i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T? defaultValue = default)
    {
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        target.Fill(defaultValue!);
        for (int i = 0; i < _count; i++)
            target[_indices![i]] = _values![i];
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        // Both may share arrays, so a sparse source is copied out before its own arrays are overwritten.
        if (!IsDense && ReferenceEquals(_values, destination._values))
            destination = default;
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (IsDense)
        {
            for (int i = 0; i < Length; i++)
                yield return new(i, _values![i]);
            yield break;
        }
        for (int i = 0, next = 0; all ? i < Length : next < _count; i++)
        {
            bool stored = next < _count && (!all || _indices![next] == i);
            if (!all)
                yield return new(_indices![next], _values![next]);
            else
                yield return new(i, stored ? _values![next] : default!);
            if (stored)
                next++;
        }
    }

    public IEnumerable<T> DenseValues()
    {
        foreach (var item in Items(all: true))
            yield return item.Value;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        if (IsDense)
            return _values![index];
        int at = GetIndices().BinarySearch(index);
        return at >= 0 ? _values![at] : default!;
    }

    public IEnumerator GetEnumerator() => DenseValues().GetEnumerator();

    public override string ToString() => IsDense
        ? string.Create(CultureInfo.InvariantCulture, $"Dense vector of size {Length}")
        : string.Create(CultureInfo.InvariantCulture, $"Sparse vector of size {Length}, {_count} explicit values");

    ValueCopier<VBuffer<T>> IBufferValue<VBuffer<T>>.MakeCopier() => static (in source, ref destination) => source.CopyTo(ref destination);

    private (int From, int To) StoredRange(int first, int end)
    {
        var indices = GetIndices();
        return (LowerBound(indices, first), LowerBound(indices, end));
    }

    private static int LowerBound(ReadOnlySpan<int> sorted, int value)
    {
        int at = sorted.BinarySearch(value);
        return at >= 0 ? at : ~at;
    }
}
