using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>What a classifier learns from, as it is read from a table.</summary>
/// <param name="Features">The rows, with the classes that occur numbered from 0.</param>
/// <param name="Keys">The place of each of these among the names.</param>
/// <param name="Names">The names of all classes of the label's key.</param>
internal sealed record HeadRows(LabelledFeatures Features, IReadOnlyList<int> Keys, IReadOnlyList<string> Names)
{
    /// <summary>The features of rows without a label, (rows, dimension); empty where they were not asked for.</summary>
    public float[] Unlabelled { get; init; } = [];

    /// <summary>Whether each row with a label is of the source domain; empty where domains were not asked for.</summary>
    public IReadOnlyList<bool> OfSource { get; init; } = [];

    /// <summary>Reads rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="label">The column of the label.</param>
    /// <param name="features">That of the features.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="unlabelled">Whether rows without a label are kept, and not passed over.</param>
    /// <param name="domains">The column of the domain, and what it says of the source. Default null: none is read.</param>
    /// <exception cref="FeatureTransferException">Features are not finite, or there are fewer than two classes.</exception>
    public static HeadRows Read(IDataView rows, string label, string features, CancellationToken cancellation, bool unlabelled = false, (string Column, string Source)? domains = null)
    {
        var names = KeyNames.Of(rows.Schema[label]);
        var dimension = ((VectorDataViewType)rows.Schema[features].Type).Size;
        var (values, keys, others, sources) = (new List<float>(), new List<int>(), new List<float>(), new List<bool>());
        foreach (var (row, read, domain) in Cursor(rows, label, features, domains?.Column))
        {
            if (read is null && !unlabelled)
                continue;
            cancellation.ThrowIfCancellationRequested();
            if (TensorPrimitives.IndexOfMaxMagnitude(row.Span) is var worst && !float.IsFinite(row.Span[worst]))
                throw new FeatureTransferException($"Column '{features}' holds {row.Span[worst].ToString(CultureInfo.InvariantCulture)} in row {(read is null ? others.Count / dimension : keys.Count) + 1} of those {(read is null ? "without" : "with")} a label. Expected finite numbers: put ReplaceMissingValues before the trainer.");
            (read is null ? others : values).AddRange(row.Span);
            if (read is not { } key)
                continue;
            keys.Add(key);
            if (domains is { Source: var source })
                sources.Add(domain == source);
        }

        int[] present = [.. keys.Distinct().Order()];
        if (present.Length < 2)
            throw new FeatureTransferException($"Column '{label}' has {keys.Count} rows of {present.Length} class{(present.Length == 1 ? "" : "es")}. Expected rows of two or more.");
        var place = present.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return new HeadRows(new LabelledFeatures([.. values], dimension, [.. keys.Select(key => place[key])], present.Length), present, names) { Unlabelled = [.. others], OfSource = sources };
    }

    private static IEnumerable<(ReadOnlyMemory<float> Row, int? Key, string Domain)> Cursor(IDataView rows, string label, string features, string? domain)
    {
        var (labels, vectors) = (rows.Schema[label], rows.Schema[features]);
        DataViewSchema.Column[] columns = domain is null ? [labels, vectors] : [labels, vectors, rows.Schema[domain]];
        using var cursor = rows.GetRowCursor(columns);
        var readDomain = domain is null ? null : cursor.GetGetter<ReadOnlyMemory<char>>(columns[^1]);
        ReadOnlyMemory<char> name = default;
        var (readKey, readVector) = (KeyNames.Reader(cursor, labels), cursor.GetGetter<VBuffer<float>>(vectors));
        VBuffer<float> vector = default, dense = default;
        while (cursor.MoveNext())
        {
            readVector(ref vector);
            vector.CopyToDense(ref dense);
            readDomain?.Invoke(ref name);
            yield return (dense.GetValues().ToArray(), readKey(), name.ToString());
        }
    }
}
