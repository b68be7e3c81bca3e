namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The training rows by feature, each value as the number of its interval.</summary>
internal sealed class BinnedFeatures
{
    private BinnedFeatures(BinnedColumn[] columns, int rows, ParallelOptions parallel)
    {
        Columns = columns;
        Rows = rows;
        Parallel = parallel;
        Offsets = new int[columns.Length + 1];
        for (int i = 0; i < columns.Length; i++)
            Offsets[i + 1] = Offsets[i] + columns[i].BinCount;
    }

    public BinnedColumn[] Columns { get; }

    public int Rows { get; }

    /// <summary>Where the intervals of each feature begin when they lie one after the other.</summary>
    public int[] Offsets { get; }

    public ParallelOptions Parallel { get; }

    public static BinnedFeatures Create(TrainingSet set, TreeOptions options)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.NumberOfThreads ?? Environment.ProcessorCount };
        var columns = new BinnedColumn[set.Features];
        // Some features at a time: the rows are read once for all of them, and the copies stay small.
        const int Together = 16;
        System.Threading.Tasks.Parallel.For(0, (columns.Length + Together - 1) / Together, parallel, group =>
        {
            int first = group * Together;
            var values = Transpose(set, first, Math.Min(Together, columns.Length - first));
            for (int i = 0; i < values.Length; i++)
                columns[first + i] = BinnedColumn.Create(values[i], options.MaximumBinCountPerFeature);
        });
        return new(columns, set.Count, parallel);
    }

    private static float[][] Transpose(TrainingSet set, int first, int count)
    {
        var values = new float[count][];
        for (int i = 0; i < count; i++)
            values[i] = new float[set.Count];
        for (int row = 0; row < set.Count; row++)
        {
            var features = set.Row(row);
            if (features.IsDense)
            {
                for (int i = 0; i < count; i++)
                    values[i][row] = features.Values[first + i];
                continue;
            }
            int at = features.Indices.BinarySearch(first);
            for (at = at < 0 ? ~at : at; at < features.Indices.Length && features.Indices[at] < first + count; at++)
                values[features.Indices[at] - first][row] = features.Values[at];
        }
        return values;
    }
}
