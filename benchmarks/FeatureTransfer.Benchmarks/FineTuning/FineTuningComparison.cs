using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Benchmarks.FineTuning;

/// <summary>
/// Fine-tuning against frozen taps on the same folds. Prints the accuracies fold by fold and, for each tap, the paired difference with
/// its 95 % interval.
/// </summary>
internal sealed class FineTuningComparison(ComparisonOptions options)
{
    private const int BootstrapSeed = 1;

    private readonly OutcomeFile _outcomes = new(options.Results);
    private int _fits;

    /// <summary>Runs what <paramref name="arguments"/> ask for.</summary>
    public static int Run(string[] arguments)
    {
        try
        {
            new FineTuningComparison(ComparisonOptions.Parse(arguments)).Compare();
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("As many folds as were asked for are trained; the next call goes on from here.");
            return 2;
        }
    }

    private void Compare()
    {
        var task = ComparisonTask.Read(options.Task, options.Images, options.Overrides);
        if (task.Frozen.Any(chain => !chain.Paths.SequenceEqual(task.Tuned.Paths)))
            throw new InvalidOperationException("The chains read different rows, so they cannot be paired.");
        Print($"{task.Name}: {task.Tuned.Paths.Count} rows in {task.Tuned.Groups.Distinct(StringComparer.Ordinal).Count()} groups, {options.Folds} folds, seeds {string.Join(", ", options.Seeds)}");
        var tuned = Judge(task.Tuned);
        foreach (var frozen in task.Frozen)
        {
            var difference = PairedBootstrap.Compare(task.Tuned.Groups, Judge(frozen), tuned, BootstrapSeed);
            Print($"  tuned - {frozen.Name,-34} {difference.Mean:+0.0000;-0.0000} [{difference.Lower:+0.0000;-0.0000}, {difference.Upper:+0.0000;-0.0000}]{(difference.IsClear ? "" : "  (not clear)")}");
        }
    }

    // The share of the seeds for which each row is right; a row is judged once a seed.
    private double[] Judge(ComparedChain chain)
    {
        var right = new double[chain.Paths.Count];
        foreach (var seed in options.Seeds)
        {
            var folds = chain.Folds(options.Folds, seed);
            var outcomes = folds.Select((fold, i) => _outcomes.Get(chain, seed, options.Folds, i, () => Judge(chain, fold, seed, i))).ToList();
            foreach (var outcome in outcomes)
            {
                for (var i = 0; i < outcome.Rows.Length; i++)
                    right[outcome.Rows[i]] += outcome.Right[i] ? 1.0 / options.Seeds.Count : 0;
            }

            var mean = outcomes.Average(outcome => outcome.Accuracy);
            var deviation = Math.Sqrt(outcomes.Sum(outcome => Math.Pow(outcome.Accuracy - mean, 2)) / (outcomes.Count - 1));
            Print($"  {chain.Name,-34} seed {seed}  {mean:0.000} ± {deviation:0.000}   {string.Join(" ", outcomes.Select(outcome => outcome.Accuracy.ToString("0.000", CultureInfo.InvariantCulture)))}   {outcomes.Sum(outcome => outcome.Seconds):0} s");
        }

        return right;
    }

    private FoldOutcome Judge(ComparedChain chain, SplitRows fold, int seed, int number)
    {
        if (_fits++ == options.Fits)
            throw new OperationCanceledException();
        var watch = Stopwatch.StartNew();
        var right = chain.Judge(fold, seed);
        var outcome = new FoldOutcome(chain.Name, chain.Key, seed, options.Folds, number, [.. fold.Test], right, watch.Elapsed.TotalSeconds);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chain.Name}, seed {seed}, fold {number}: {outcome.Accuracy:0.000} in {outcome.Seconds:0} s"));
        return outcome;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
