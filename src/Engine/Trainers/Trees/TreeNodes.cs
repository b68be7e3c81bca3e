namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// The arrays that make up a tree. A child is the number of a node, or the complement (~) of the number of a leaf; rows
/// whose value does not exceed the threshold go left.
/// </summary>
internal sealed record TreeNodes(int[] Left, int[] Right, int[] Features, float[] Thresholds, double[] Gains, double[] LeafValues)
{
    public int LeafOf(ReadOnlySpan<float> row)
    {
        if (Left.Length == 0)
            return 0;
        int at = 0;
        while (at >= 0)
            at = row[Features[at]] <= Thresholds[at] ? Left[at] : Right[at];
        return ~at;
    }

    public void Write(BinaryWriter writer)
    {
        writer.WriteArray(Left);
        writer.WriteArray(Right);
        writer.WriteArray(Features);
        writer.WriteArray(Thresholds);
        writer.WriteArray(Gains);
        writer.WriteArray(LeafValues);
    }

    public static TreeNodes Read(BinaryReader reader) => new(
        reader.ReadArray<int>(), reader.ReadArray<int>(), reader.ReadArray<int>(), reader.ReadArray<float>(), reader.ReadArray<double>(),
        reader.ReadArray<double>());
}
