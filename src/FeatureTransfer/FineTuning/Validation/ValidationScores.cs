using System.Numerics.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>Judges logits by labels.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="Logits">The logits, (rows, outputs).</param>
/// <param name="Targets">The labels, (rows, outputs).</param>
/// <param name="Outputs">The outputs a row.</param>
internal sealed record ValidationScores(FineTuneTask Task, float[] Logits, float[] Targets, int Outputs)
{
    private const double LeastProbability = 1e-15;

    private bool OneClass => Task is FineTuneTask.Multiclass or FineTuneTask.Binary;

    /// <summary>The rows.</summary>
    public int Rows => Logits.Length / Outputs;

    /// <summary>The metric that stands for <see cref="ValidationMetric.Auto"/>.</summary>
    public static ValidationMetric Resolve(ValidationMetric metric, FineTuneTask task) => metric != ValidationMetric.Auto ? metric : task switch
    {
        FineTuneTask.Multiclass or FineTuneTask.Binary => ValidationMetric.Accuracy,
        FineTuneTask.MultiLabel => ValidationMetric.Auc,
        _ => ValidationMetric.RootMeanSquaredError,
    };

    /// <summary>Whether more of a metric is better.</summary>
    public static bool HigherIsBetter(ValidationMetric metric) =>
        metric is not (ValidationMetric.Loss or ValidationMetric.RootMeanSquaredError or ValidationMetric.MeanAbsoluteError);

    /// <summary>Whether a metric can be had for a task.</summary>
    public static bool Suits(ValidationMetric metric, FineTuneTask task) => metric switch
    {
        ValidationMetric.Auto or ValidationMetric.Loss => true,
        ValidationMetric.RootMeanSquaredError or ValidationMetric.MeanAbsoluteError or ValidationMetric.RSquared => task == FineTuneTask.Regression,
        ValidationMetric.Auc => task is FineTuneTask.Binary or FineTuneTask.MultiLabel,
        _ => task != FineTuneTask.Regression,
    };

    /// <summary>The mean negative logarithm of the true label's probability, or the mean squared error.</summary>
    public double Loss() => Task switch
    {
        FineTuneTask.Multiclass or FineTuneTask.Binary => Enumerable.Range(0, Rows).Average(CrossEntropy),
        FineTuneTask.Regression => Errors().Average(error => error * error),
        _ => Enumerable.Range(0, Logits.Length).Average(i => Softplus(Logits[i]) - (Targets[i] * Logits[i])),
    };

    /// <summary>A metric.</summary>
    public double Metric(ValidationMetric metric) => metric switch
    {
        ValidationMetric.Loss => Loss(),
        ValidationMetric.Accuracy => OneClass ? Confusion().Accuracy : Enumerable.Range(0, Logits.Length).Average(i => IsRight(i) ? 1.0 : 0),
        ValidationMetric.MacroAccuracy => Confusion().MacroRecall,
        ValidationMetric.MacroF1 => Confusion().MacroF1,
        ValidationMetric.Auc => MeanAuc(),
        ValidationMetric.RootMeanSquaredError => Math.Sqrt(Errors().Average(error => error * error)),
        ValidationMetric.MeanAbsoluteError => Errors().Average(Math.Abs),
        _ => 1 - (Errors().Sum(error => error * error) / Math.Max(1e-30, Variance())),
    };

    private double CrossEntropy(int row)
    {
        var logits = Logits.AsSpan(row * Outputs, Outputs);
        var largest = (double)TensorPrimitives.Max<float>(logits);
        var (sum, loss) = (0.0, 0.0);
        for (var i = 0; i < Outputs; i++)
            sum += Math.Exp(logits[i] - largest);
        for (var i = 0; i < Outputs; i++)
            loss -= Targets[(row * Outputs) + i] * Math.Max(logits[i] - largest - Math.Log(sum), Math.Log(LeastProbability));
        return loss;
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private bool IsRight(int i) => Logits[i] > 0 == Targets[i] > 0.5f;

    private IEnumerable<double> Errors() => Logits.Zip(Targets, (logit, target) => (double)logit - target);

    private double Variance()
    {
        var means = Enumerable.Range(0, Outputs).Select(output => Enumerable.Range(0, Rows).Average(row => (double)Targets[(row * Outputs) + output])).ToArray();
        return Enumerable.Range(0, Targets.Length).Sum(i => Math.Pow(Targets[i] - means[i % Outputs], 2));
    }

    // Labels without rows of both kinds say nothing.
    private double MeanAuc()
    {
        if (Task == FineTuneTask.Binary)
            return RocCurve.Area([.. Column(Logits, 1).Zip(Column(Logits, 0), (yes, no) => yes - no)], Column(Targets, 1));
        var areas = Enumerable.Range(0, Outputs).Select(output => RocCurve.Area(Column(Logits, output), Column(Targets, output))).Where(double.IsFinite).ToList();
        return areas.Count > 0 ? areas.Average() : double.NaN;
    }

    private float[] Column(float[] values, int output) => [.. Enumerable.Range(0, Rows).Select(row => values[(row * Outputs) + output])];

    private ClassCounts Confusion()
    {
        var counts = new ClassCounts(Math.Max(2, Outputs));
        for (var row = 0; row < Rows; row++)
        {
            if (OneClass)
                counts.Add(TensorPrimitives.IndexOfMax<float>(Targets.AsSpan(row * Outputs, Outputs)), TensorPrimitives.IndexOfMax<float>(Logits.AsSpan(row * Outputs, Outputs)));
            else
                AddYesNo(counts, row);
        }

        return counts;
    }

    private void AddYesNo(ClassCounts counts, int row)
    {
        for (var i = row * Outputs; i < (row + 1) * Outputs; i++)
            counts.Add(Targets[i] > 0.5f ? 1 : 0, Logits[i] > 0 ? 1 : 0);
    }
}
