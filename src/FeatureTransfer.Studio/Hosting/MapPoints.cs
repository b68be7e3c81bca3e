using System.Runtime.InteropServices;
using FeatureTransfer.Studio.Session;

namespace FeatureTransfer.Studio.Hosting;

/// <summary>The map as bytes: for each row, place, class and what is special about it. 10,000 rows are 110 KB.</summary>
internal static class MapPoints
{
    /// <summary>What is special about a row.</summary>
    [Flags]
    private enum Marks : byte
    {
        Mistake = 1,
        Doubtful = 2,
        Next = 4,
        Duplicate = 8,
    }

    /// <summary>Two floats across and up (negative for a row that is on no map), a 16-bit class (-1 for none) and a byte of marks; all of one kind stand together.</summary>
    public static byte[] Of(StudioState state)
    {
        var count = state.Rows.Count;
        var (x, y, classes, marks) = (new float[count], new float[count], new short[count], new Marks[count]);
        var places = state.Classes.Index().ToDictionary(label => label.Item, label => (short)label.Index, StringComparer.Ordinal);
        for (var row = 0; row < count; row++)
        {
            (x[row], y[row]) = state.Facts.Points.TryGetValue(row, out var point) ? point : (-1, -1);
            classes[row] = state.Labels[row] is { } label ? places.GetValueOrDefault(label, (short)-1) : (short)-1;
        }

        foreach (var (mark, rows) in new[] { (Marks.Mistake, state.Mistakes), (Marks.Doubtful, state.Doubtful), (Marks.Next, state.Next), (Marks.Duplicate, state.Duplicates) })
        {
            foreach (var row in rows)
                marks[row] |= mark;
        }

        return [.. MemoryMarshal.AsBytes<float>(x), .. MemoryMarshal.AsBytes<float>(y), .. MemoryMarshal.AsBytes<short>(classes), .. MemoryMarshal.AsBytes<Marks>(marks)];
    }
}
