namespace FeatureTransfer.Extraction;

/// <summary>What the cache has of a scope.</summary>
/// <param name="Scope">The scope's hash, 64 hexadecimal digits; the name of its folder.</param>
/// <param name="Description">What it is; null when nobody said.</param>
/// <param name="Records">Feature vectors.</param>
/// <param name="Bytes">Bytes of its files.</param>
/// <param name="Segments">Segment files.</param>
/// <param name="Oldest">When the oldest record was written; null when there is none.</param>
/// <param name="Newest">When the newest record was written; null when there is none.</param>
public sealed record FeatureScopeStatistics(
    string Scope, FeatureScope? Description, int Records, long Bytes, int Segments, DateTimeOffset? Oldest, DateTimeOffset? Newest)
{
    internal static FeatureScopeStatistics Of(string folder, Hash256 scope)
    {
        var records = new Dictionary<UInt128, long>();
        var segments = 0;
        foreach (var path in CacheLayout.Segments(folder))
        {
            if (FeatureSegment.Open(path, scope) is not { } segment)
                continue;
            using (segment)
            {
                segments++;
                foreach (var record in SegmentIndex.Records(segment))
                    records[record.Key] = record.Time;
            }
        }

        return new FeatureScopeStatistics(
            scope.ToString(), FeatureScope.TryLoad(folder), records.Count, CacheLayout.Size(folder), segments, Time(records.Values.Order().Take(1)), Time(records.Values.OrderDescending().Take(1)));
    }

    private static DateTimeOffset? Time(IEnumerable<long> times) => times.Select(time => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(time)).FirstOrDefault();
}
