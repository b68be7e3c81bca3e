namespace FeatureTransfer.FineTuning;

/// <summary>Which rows learn with a target domain, and in which order.</summary>
internal static class DomainAlignment
{
    /// <summary>Refuses tasks that it is not for.</summary>
    /// <exception cref="FeatureTransferException">The rows have no one class.</exception>
    public static void Check(FineTuneTask task, DomainAlignmentOptions options)
    {
        if (options.IsOn && task is not (FineTuneTask.Multiclass or FineTuneTask.Binary))
            throw new FeatureTransferException($"FineTune: alignment of domains is for one class a row, and {task} is to be learned. Leave alignment out.");
    }

    /// <summary>Takes the rows of the target out of those that can be used, for they are neither split nor judged.</summary>
    /// <exception cref="FeatureTransferException">None of them can be used.</exception>
    public static int[] TakeTarget(IReadOnlyList<TuningRow> rows, List<int> usable, DomainAlignmentOptions options)
    {
        if (!options.IsOn)
            return [];
        int[] target = [.. usable.Where(row => rows[row].IsOfTarget)];
        usable.RemoveAll(row => rows[row].IsOfTarget);
        return target.Length > 0
            ? target
            : throw new FeatureTransferException($"Fine-tuning: none of the rows of the domain '{options.Target}' can be used. Check the paths and the rejected rows.");
    }

    /// <summary>Puts behind each <paramref name="half"/> rows of the source as many of the target, which begins again where it ends.</summary>
    public static int[] Interleave(int[] source, int[] target, int half, Random random)
    {
        var (order, next) = (new List<int>(2 * source.Length), target.Length);
        var shuffled = (int[])target.Clone();
        foreach (var part in source.Chunk(half))
        {
            order.AddRange(part);
            for (var i = 0; i < part.Length; i++)
            {
                if (next == shuffled.Length)
                {
                    random.Shuffle(shuffled);
                    next = 0;
                }

                order.Add(shuffled[next++]);
            }
        }

        return [.. order];
    }
}
