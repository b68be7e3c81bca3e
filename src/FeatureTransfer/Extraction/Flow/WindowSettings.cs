namespace FeatureTransfer.Extraction.Flow;

/// <summary>How much happens at once with windows.</summary>
/// <param name="BatchSize">Windows a run of the model, at most.</param>
/// <param name="Runs">Runs at once.</param>
/// <param name="Preparers">Inputs that are prepared at once.</param>
internal sealed record WindowSettings(int BatchSize, int Runs, int Preparers)
{
    /// <summary>Windows a run where nothing else is asked: sorted by length, so many hardly differ.</summary>
    public const int DefaultBatch = 32;
}
