namespace FeatureTransfer.FineTuning;

/// <summary>Which weights are kept, and why.</summary>
internal sealed record Verdict(bool KeepTuned, string Text)
{
    /// <summary>Keeps the tuned weights only where they beat the frozen ones on the validation rows.</summary>
    public static Verdict Of(TuningContext context, StageOutcome? frozen, StageOutcome? tuned)
    {
        if (tuned is null)
            return new(false, "Only the head was trained; the backbone is as it was.");
        if (frozen is null)
            return new(true, "The tuned network is kept; no frozen head was trained to compare it with.");
        if (context.Options.AlwaysKeepTuned)
            return new(true, $"The tuned network is kept, as was asked for. {Compare(context, frozen, tuned)}");
        if (frozen.Metric is not null && tuned.Metric is null)
            return new(false, "The frozen backbone with its head is kept; tuning was stopped before its first epoch was judged.");
        if (frozen.Metric is null)
            return new(true, "The tuned network is kept; there were no validation rows to compare it with the frozen head on.");
        return Beats(context, frozen, tuned)
            ? new(true, $"The tuned network is kept. {Compare(context, frozen, tuned)}")
            : new(false, $"The frozen backbone with its head is kept, for tuning did not beat it. {Compare(context, frozen, tuned)}");
    }

    // Less than this share of the loss is rounding.
    private const double LeastGain = 0.001;

    // Of equal metrics the lower loss decides: small validation sets often tie.
    private static bool Beats(TuningContext context, StageOutcome frozen, StageOutcome tuned)
    {
        var (was, became) = (frozen.Metric!.Value, tuned.Metric!.Value);
        if (became == was)
            return tuned.Loss < frozen.Loss * (1 - LeastGain);
        return ValidationScores.HigherIsBetter(context.Metric) ? became > was : became < was;
    }

    private static string Compare(TuningContext context, StageOutcome frozen, StageOutcome tuned)
    {
        if (frozen.Metric is not { } was || tuned.Metric is not { } became)
            return "";
        var rows = string.Create(CultureInfo.InvariantCulture, $"{context.Metric} on {context.Validation.Length} validation rows");
        return was == became
            ? string.Create(CultureInfo.InvariantCulture, $"{rows}: {became:0.####} both; the loss decided, {tuned.Loss:0.####} tuned, {frozen.Loss:0.####} frozen.")
            : string.Create(CultureInfo.InvariantCulture, $"{rows}: {became:0.####} tuned, {was:0.####} frozen ({became - was:+0.####;-0.####}).");
    }
}
