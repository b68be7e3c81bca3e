namespace FeatureTransfer.Extraction.Tuning;

/// <summary>How much happens at once. Settings change the speed and never the features.</summary>
internal sealed record ExtractionSettings(int BatchSize, int DecodeThreads, int IntraOpThreads, int Sessions)
{
    /// <summary>How many threads decode and call ONNX Runtime: enough for all cores, and no more than there are places to work at.</summary>
    public int Workers { get; init; } = Math.Min(DecodeThreads + Sessions, Math.Max(Environment.ProcessorCount, Math.Max(DecodeThreads, Sessions)));

    /// <summary>How many batches there are at most: those that run, those that are filled, and one in between.</summary>
    public int Batches => Sessions + ((DecodeThreads + BatchSize - 1) / BatchSize) + 1;

    /// <summary>
    /// What is sound everywhere: an image a run, each run on one core. A thread that decodes an image and then runs it hands nothing over
    /// and waits for nobody; on ordinary processors bigger batches are slower, not faster.
    /// </summary>
    public static ExtractionSettings Default(ExtractFeaturesOptions options, int cores)
    {
        var threads = options.IntraOpThreads ?? (options.Sessions is { } asked ? Math.Max(1, cores / asked) : 1);
        return new ExtractionSettings(options.BatchSize ?? 1, options.DecodeThreads ?? cores, threads, options.Sessions ?? Math.Max(1, cores / threads));
    }

    /// <summary>For a device that works beside the processor: big batches, and a thread that waits for it beside those that decode.</summary>
    public static ExtractionSettings OnDevice(ExtractFeaturesOptions options, int cores)
    {
        var settings = new ExtractionSettings(options.BatchSize ?? 32, options.DecodeThreads ?? cores, options.IntraOpThreads ?? 1, options.Sessions ?? 1);
        return settings with { Workers = settings.DecodeThreads + settings.Sessions };
    }
}
