using Microsoft.ML.Runtime;
using static Microsoft.ML.Vision.ImageClassificationTrainer;
using Dataset = Microsoft.ML.Vision.ImageClassificationTrainer.ImageClassificationMetrics.Dataset;

namespace Microsoft.ML.Vision;

/// <summary>Brings the features to train and to validate with: from the cache where that is asked for and fits, else computed.</summary>
internal sealed class BottleneckRows(ImageNetwork network, string networkHash, Options options, Action<ImageClassificationMetrics> report, IChannel channel)
{
    private const string Whole = "all rows";

    /// <summary>The rows of both; without validation rows the second is null.</summary>
    public (BottleneckSet Train, BottleneckSet? Validation) Bring(BottleneckReader train, BottleneckReader? validation, Random random)
    {
        if (validation is not null)
        {
            var judged = Bring(validation, Dataset.Validation, Whole);
            return (Bring(train, Dataset.Train, Whole), judged);
        }
        return options.ValidationSetFraction is { } fraction ? BringSplit(train, fraction, random) : (Bring(train, Dataset.Train, Whole), null);
    }

    private BottleneckSet Bring(BottleneckReader reader, Dataset dataset, string part)
    {
        var origin = OriginOf(reader, part);
        if (Cached(dataset, origin) is { } cached)
            return cached;
        var set = reader.Read(network, dataset, report, channel);
        Keep(set, dataset, origin);
        return set;
    }

    // A cached set to train with was split when it was made: the rows that were split off then are the other set.
    private (BottleneckSet Train, BottleneckSet? Validation) BringSplit(BottleneckReader reader, float fraction, Random random)
    {
        string share = FormattableString.Invariant($"a share of {fraction}");
        var (trainOrigin, validationOrigin) = (OriginOf(reader, $"all but {share}"), OriginOf(reader, share));
        if (Cached(Dataset.Train, trainOrigin) is { } train)
        {
            var validation = Cached(Dataset.Validation, validationOrigin);
            if (validation is null)
                channel.Warning(MessageSensitivity.None, "Training goes without validation: the rows to train with come from the cache, and those that were split off from them do not. Set ReuseValidationSetBottleneckCachedValues too.");
            return (train, validation);
        }
        var all = reader.Read(network, Dataset.Train, report, channel);
        var (first, rest) = all.Split((int)(all.Count * fraction), random);
        Keep(rest, Dataset.Train, trainOrigin);
        if (first.Count > 0)
            Keep(first, Dataset.Validation, validationOrigin);
        else
            channel.Warning(MessageSensitivity.None, $"Training goes without validation: {share} of {all.Count} rows is less than one.");
        return (rest, first.Count > 0 ? first : null);
    }

    private BottleneckSet? Cached(Dataset dataset, BottleneckOrigin? origin)
    {
        bool isWanted = dataset == Dataset.Train ? options.ReuseTrainSetBottleneckCachedValues : options.ReuseValidationSetBottleneckCachedValues;
        if (!isWanted || origin is null)
            return null;
        var set = CacheOf(dataset).Read(origin, out string reason);
        if (set is null)
            channel.Warning(MessageSensitivity.None, $"Bottleneck values of the {dataset} rows are computed: {reason}.");
        return set;
    }

    private void Keep(BottleneckSet set, Dataset dataset, BottleneckOrigin? origin)
    {
        if (origin is not null)
            CacheOf(dataset).Write(set, origin);
    }

    // Nothing is kept without a workspace, and so nothing has to be known of the rows.
    private BottleneckOrigin? OriginOf(BottleneckReader reader, string part) =>
        options.WorkspacePath is null ? null : new(networkHash, network.Input.Describe(), reader.Fingerprint(), part);

    private BottleneckCache CacheOf(Dataset dataset) => new(
        options.WorkspacePath!,
        dataset == Dataset.Train ? options.TrainSetBottleneckCachedValuesFileName : options.ValidationSetBottleneckCachedValuesFileName);
}
