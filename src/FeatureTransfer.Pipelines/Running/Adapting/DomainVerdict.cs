namespace FeatureTransfer.Pipelines.Running;

/// <summary>Which candidate to keep, and why.</summary>
internal static class DomainVerdict
{
    // From here on, aligning features as wholes also aligns classes that are not the same.
    private const double MuchClassShift = 0.15;

    // How far to trust what is measured without labels.
    private const string LabelFree = "Label some rows of the target to know: weighted accuracy holds only where the domains differ in which rows are frequent, and counts for little where its effective rows are few; low entropy may be certain error; and neither a high density nor a small distance of the domains says that classes lie where they belong.";

    /// <summary>Chooses: an adaptation has to beat source-only beyond chance.</summary>
    public static (string Keep, string Why) Of(IReadOnlyList<DomainCandidate> candidates, IReadOnlyList<DomainCandidate> adapted, double significance, double? classShift)
    {
        var source = candidates[0];
        if (source.Accuracy is null)
            return (source.Name, "The target has no labels, so nothing can judge: the plain model is kept. " + LabelFree);
        var harm = string.Concat(candidates.Where(candidate => candidate.IsNegativeTransfer).Select(candidate => Harm(source, candidate, classShift)));
        harm += string.Concat(candidates.Skip(1).Except(adapted).Where(candidate => candidate.Gain > 0 && candidate.PValue < significance).Select(candidate => Text($" Negative transfer: without the backbone ({candidate.Name}) it is better than source-only by {candidate.Gain:0.000}.")));
        var best = adapted.Where(candidate => candidate.Gain > 0 && candidate.PValue < significance).MaxBy(candidate => candidate.Accuracy);
        if (best is not null)
            return (best.Name, Text($"{best.Name} is better than source-only by {best.Gain:0.000} ({best.GainInterval!.Value.Low:0.000} to {best.GainInterval.Value.High:0.000}) on the same rows, p = {best.PValue:0.0000} by McNemar's test with Holm's correction.") + harm);
        return (source.Name, "No adaptation beats source-only beyond chance on these rows, so the plain model is kept." + harm);
    }

    private static string Harm(DomainCandidate source, DomainCandidate candidate, double? classShift)
    {
        var text = Text($" Negative transfer: {candidate.Name} is worse than source-only by {-candidate.Gain:0.000}, p = {candidate.PValue:0.0000}");
        return text + (classShift >= MuchClassShift ? Text($"; the classes have other shares in the two domains (they differ by {classShift:0.00}), and aligning the features as wholes takes that for shift.")
            : candidate.DomainDistance is not { } after ? "."
            : source.DomainDistance is { } before && after > 0.8 * before ? Text($"; the domains lie as far apart as before (proxy A-distance {before:0.00}, then {after:0.00}).")
            : "; the domains came nearer, and not class by class: rows of one class now lie among another's.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
