namespace Microsoft.ML.Data;

/// <summary>Resolves the columns that the options describe: ranges to places, places to slot names.</summary>
internal static class TextColumns
{
    public static TextColumn[] Resolve(TextLoader.Options options, IMultiStreamSource? sample)
    {
        var columns = options.Columns ?? throw new ArgumentOutOfRangeException("Columns", "The options name no columns.");
        int size = options.InputSize ?? 0;
        if (size == 0 && columns.Any(c => Ranges(c).Any(RunsToTheEnd)))
            size = Measure(options, sample);
        var taken = columns.SelectMany(Ranges).Where(r => !r.AllOther).SelectMany(r => Places(r, size)).ToHashSet();
        return [.. columns.Select(c => Resolve(c, size, taken))];
    }

    public static DataViewSchema ToSchema(TextColumn[] columns, TextLoader.Options options, string? header)
    {
        var names = new LineSplitter(options);
        if (header is not null)
            names.Split(header.AsMemory());
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type, Annotations(column, names.Values));
        return builder.ToSchema();
    }

    private static DataViewSchema.Annotations? Annotations(TextColumn column, List<ReadOnlyMemory<char>> header)
    {
        if (header.Count == 0 || column.Type is not VectorDataViewType { IsKnownSize: true })
            return null;
        var slots = column.Places.Select(p => p < header.Count ? header[p].ToString() : "").ToArray();
        if (slots.All(s => s.Length == 0))
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(slots);
        return builder.ToAnnotations();
    }

    private static TextLoader.Range[] Ranges(TextLoader.Column column) => column.Source is { Length: > 0 } ranges
        ? ranges
        : throw new ArgumentOutOfRangeException("Source", $"Column '{column.Name}' has no source places.");

    private static bool RunsToTheEnd(TextLoader.Range range) => range.AutoEnd || range.AllOther;

    private static IEnumerable<int> Places(TextLoader.Range range, int size)
    {
        int last = range.Max ?? (range.VariableEnd ? range.Min - 1 : size - 1);
        return Enumerable.Range(range.Min, Math.Max(0, last - range.Min + 1));
    }

    private static TextColumn Resolve(TextLoader.Column column, int size, HashSet<int> taken)
    {
        Check.Name(column.Name, "Name");
        var ranges = Ranges(column);
        var places = ranges.SelectMany(r => r.AllOther ? Places(r, size).Where(p => !taken.Contains(p)) : Places(r, size)).ToArray();
        var variable = Array.Find(ranges, r => r.VariableEnd);
        PrimitiveDataViewType item = column.DataKind.ToType();
        if (column.KeyCount is { } count)
            item = new KeyDataViewType(item.RawType, count.Count ?? KeyDataViewType.MaxCount(item.RawType));
        bool isScalar = ranges is [{ ForceVector: false, VariableEnd: false, AutoEnd: false, AllOther: false } only] && only.Max == only.Min;
        DataViewType type = isScalar ? item : new VectorDataViewType(item, variable is null ? places.Length : 0);
        return new(column.Name, type, places, variable?.Min ?? -1);
    }

    private static int Measure(TextLoader.Options options, IMultiStreamSource? sample)
    {
        int size = 0;
        if (sample is { Count: > 0 })
        {
            var splitter = new LineSplitter(options);
            using var lines = new LineReader(sample, options);
            for (int i = 0; i < 1000 && lines.Next() is { } line; i++)
            {
                splitter.Split(line.AsMemory());
                size = Math.Max(size, splitter.Values.Count);
            }
        }
        return size > 0 ? size : throw new ArgumentOutOfRangeException("Source", "Can't determine the number of source columns without valid data");
    }
}
