using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The temperature and the limits of the model that is kept for a target, and how it does with them on the rows of the target that judge.</summary>
/// <param name="Temperature">The temperature; null where there is none.</param>
/// <param name="Limits">The limits; null where there are none.</param>
internal sealed record KeptLimits(TemperatureScaling? Temperature, AnswerLimits? Limits) : IDisposable
{
    /// <summary>The labelled rows of the target that they were found on. Default 0: they are those of the plain model, found on the source.</summary>
    public int Rows { get; init; }

    /// <summary>The temperature behind the adaptation that is kept; null where there is none.</summary>
    public ITransformer? Scaling { get; init; }

    /// <summary>How the model does with them; null where no row of the target judges.</summary>
    public EvaluationResult? Judged { get; init; }

    /// <summary>What the temperature does to the errors; null where there is none, or no row of the target judges.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>What a user ought to know of them, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public void Dispose() => (Scaling as IDisposable)?.Dispose();
}
