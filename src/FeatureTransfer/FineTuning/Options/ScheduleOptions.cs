namespace FeatureTransfer.FineTuning;

/// <summary>The courses of the learning rate.</summary>
public enum ScheduleKind
{
    /// <summary>Down along half a cosine (Loshchilov and Hutter, 2017, arXiv:1608.03983).</summary>
    Cosine,

    /// <summary>The same all along.</summary>
    Constant,

    /// <summary>Times a factor every so many epochs.</summary>
    Step,

    /// <summary>Up along a cosine, then down along a longer one (Smith, 2018, arXiv:1803.09820).</summary>
    OneCycle,
}

/// <summary>How the learning rate changes within a phase, step by step.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The course. Default <see cref="ScheduleKind.Cosine"/>.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Cosine;

    /// <summary>Epochs in which the learning rate rises in a line from near 0, before the course begins. Not for <see cref="ScheduleKind.OneCycle"/>. Default 1.</summary>
    public double WarmUpEpochs { get; init; } = 1;

    /// <summary>The share of the learning rate that <see cref="ScheduleKind.Cosine"/> and <see cref="ScheduleKind.OneCycle"/> end at. Default 0.01.</summary>
    public double FinalFactor { get; init; } = 0.01;

    /// <summary>Epochs between the falls of <see cref="ScheduleKind.Step"/>. Default 5.</summary>
    public int StepEpochs { get; init; } = 5;

    /// <summary>The factor of each fall of <see cref="ScheduleKind.Step"/>. Default 0.1.</summary>
    public double StepFactor { get; init; } = 0.1;

    /// <summary>The share of the learning rate that <see cref="ScheduleKind.OneCycle"/> begins at. Default 0.04.</summary>
    public double InitialFactor { get; init; } = 0.04;

    /// <summary>The share of the steps in which <see cref="ScheduleKind.OneCycle"/> rises. Default 0.3.</summary>
    public double RisingShare { get; init; } = 0.3;
}
