using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Benchmarks.Against;

/// <summary>ML.NET: LbfgsMaximumEntropy on rows that lie in memory.</summary>
internal static class MLNetTraining
{
    private const int Repetitions = 3;

    public static TrainingOutcome Run(TrainingProblem problem, double l2, int iterations, int threads)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Rows(problem));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", "Label", keyData: KeyData(ml)).Fit(data).Transform(data);
        var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = (float)l2,
            MaximumNumberOfIterations = iterations,
            NumberOfThreads = threads,
        });

        var best = double.MaxValue;
        var peak = 0L;
        MaximumEntropyModelParameters? model = null;
        for (var i = 0; i < Repetitions; i++)
        {
            var watch = new Stopwatch();
            peak = Math.Max(peak, PeakMemory.During(() =>
            {
                watch.Start();
                model = trainer.Fit(keyed).Model;
            }));
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        VBuffer<float>[] weights = [];
        model!.GetWeights(ref weights, out _);
        const double DataBytes = sizeof(float) * (double)TrainingProblem.Rows * TrainingProblem.Columns;
        return new("LbfgsMaximumEntropy", best, peak / DataBytes, [.. weights.Select(w => w.DenseValues().ToArray())], [.. model.GetBiases()]);
    }

    private static IDataView KeyData(MLContext ml) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, TrainingProblem.Classes).Select(c => new Value { Label = c }));

    private static List<Row> Rows(TrainingProblem problem) =>
        [.. problem.Features.Zip(problem.Labels, (features, label) => new Row { Features = features, Label = label })];

    private sealed class Value
    {
        public int Label { get; set; }
    }

    private sealed class Row
    {
        [VectorType(TrainingProblem.Columns)]
        public float[] Features { get; set; } = [];

        public int Label { get; set; }
    }
}
