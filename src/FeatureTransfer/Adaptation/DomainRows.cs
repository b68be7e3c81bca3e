using Microsoft.ML.Data;

namespace FeatureTransfer.Adaptation;

/// <summary>The features of both domains' rows in memory; no label is read.</summary>
internal sealed record DomainRows(double[][] Source, double[][] Target)
{
    public int Dimension => Source[0].Length;

    /// <summary>Reads rows.</summary>
    /// <exception cref="FeatureTransferException">A domain has fewer than two rows, a row has another domain, or a feature is not finite.</exception>
    public static DomainRows Read(IDataView rows, DomainOptions options, CancellationToken cancellation)
    {
        var (domains, features) = (rows.Schema[options.DomainColumnName], rows.Schema[options.FeatureColumnName]);
        var (source, target) = (new List<double[]>(), new List<double[]>());
        using var cursor = rows.GetRowCursor([domains, features]);
        var (readDomain, readFeatures) = (cursor.GetGetter<ReadOnlyMemory<char>>(domains), cursor.GetGetter<VBuffer<float>>(features));
        ReadOnlyMemory<char> domain = default;
        VBuffer<float> vector = default;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            readDomain(ref domain);
            readFeatures(ref vector);
            double[] values = [.. vector.DenseValues()];
            if (!values.All(double.IsFinite))
                throw new FeatureTransferException($"Column '{options.FeatureColumnName}' holds a number that is not finite in row {source.Count + target.Count + 1}. Put ReplaceMissingValues before the adaptation.");
            (domain.Span.SequenceEqual(options.Source) ? source : domain.IsEmpty || domain.Span.SequenceEqual(options.Target) ? target : throw Other(options, domain.ToString())).Add(values);
        }

        return source.Count >= 2 && target.Count >= 2
            ? new DomainRows([.. source], [.. target])
            : throw new FeatureTransferException($"Column '{options.DomainColumnName}' says '{options.Source}' of {source.Count} rows and '{options.Target}' of {target.Count}. Expected two of each or more.");
    }

    /// <summary>Some rows of each domain, in their order.</summary>
    public DomainRows Some(int most, int seed) => new(Some(Source, most, seed), Some(Target, most, seed));

    private static double[][] Some(double[][] rows, int most, int seed)
    {
        if (rows.Length <= most)
            return rows;
        int[] places = [.. Enumerable.Range(0, rows.Length)];
        new Random(seed).Shuffle(places);
        return [.. places.Take(most).Order().Select(place => rows[place])];
    }

    private static FeatureTransferException Other(DomainOptions options, string domain) =>
        new($"Column '{options.DomainColumnName}' holds '{domain}'. Expected '{options.Source}' or '{options.Target}', or nothing for the latter.");
}
