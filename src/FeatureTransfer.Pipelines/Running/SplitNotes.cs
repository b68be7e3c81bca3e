using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Says where a split is not what was asked for, or says little.</summary>
internal static class SplitNotes
{
    private const int FewRows = 10;

    /// <summary>The notes on a split.</summary>
    /// <param name="fraction">The share that was to be held out.</param>
    /// <param name="split">The split.</param>
    /// <param name="grouped">Whether whole groups of rows stay on one side.</param>
    /// <param name="classes">The rows of each label on both sides.</param>
    public static IEnumerable<string> Of(double fraction, SplitRows split, bool grouped, IReadOnlyList<ClassRows> classes)
    {
        var (rows, tested) = (split.Train.Count + split.Test.Count, split.Test.Count);
        if (tested == 0)
            yield break;
        var wanted = fraction * rows;
        if (Math.Abs(tested - wanted) > Math.Max(1, wanted / 10))
            yield return Text($"{tested} of {rows} rows are held out, where split.testFraction {fraction} is {wanted:0.#}: {(grouped ? "groups stay whole" : "labels keep a row to learn from")}");
        if (tested < FewRows)
            yield return Text($"the test has {Rows(tested)}, too few to judge by");
        if (Some(classes, label => label.TestRows == 0) is { } untested)
            yield return Text($"{untested} have no row in the test, which says nothing of them");
        if (Some(classes, label => label.TrainRows == 0) is { } unlearned)
            yield return Text($"{unlearned} have no row to learn from and count as mistakes in the test");
    }

    /// <summary>Says that rows have no label.</summary>
    public static IEnumerable<string> Unlabelled(int count, PipelineDefinition definition) =>
        count == 0 ? [] : [Text($"{Rows(count)} without a label: {StepTable.NameOf(definition.Estimators.First(step => step is IUnlabelledStep))} learns from {(count == 1 ? "it" : "them")} too")];

    private static string? Some(IReadOnlyList<ClassRows> classes, Func<ClassRows, bool> choose) => classes.Where(choose).ToList() is { Count: > 0 } some
        ? Text($"{some.Count} of {classes.Count} labels, such as '{some[0].Label}' ({Rows(some[0].TrainRows + some[0].TestRows)} in all),")
        : null;

    private static string Rows(int count) => count == 1 ? "1 row" : Text($"{count} rows");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
