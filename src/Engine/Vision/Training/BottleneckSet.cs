namespace Microsoft.ML.Vision;

/// <summary>The features of some images, a vector each, with their labels from 0.</summary>
internal sealed class BottleneckSet(float[][] rows, int[] labels)
{
    public float[][] Rows => rows;

    public int[] Labels => labels;

    public int Count => labels.Length;

    public int Features => rows[0].Length;

    /// <summary>The first so many rows of a random order, and the others.</summary>
    public (BottleneckSet First, BottleneckSet Others) Split(int first, Random random)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        random.Shuffle(order);
        return (Take(order.AsSpan(0, first)), Take(order.AsSpan(first)));
    }

    /// <summary>The rows in batches of this size, the last perhaps shorter: features one row after the other, and labels.</summary>
    public IEnumerable<(ReadOnlyMemory<float> Rows, ReadOnlyMemory<int> Labels)> Batches(int size)
    {
        var room = new float[Math.Min(size, Count) * Features];
        for (int start = 0; start < Count; start += size)
        {
            int count = Math.Min(size, Count - start);
            for (int i = 0; i < count; i++)
                rows[start + i].CopyTo(room, i * Features);
            yield return (room.AsMemory(0, count * Features), labels.AsMemory(start, count));
        }
    }

    private BottleneckSet Take(ReadOnlySpan<int> order)
    {
        var (chosen, own) = (new float[order.Length][], new int[order.Length]);
        for (int i = 0; i < order.Length; i++)
            (chosen[i], own[i]) = (rows[order[i]], labels[order[i]]);
        return new(chosen, own);
    }
}
