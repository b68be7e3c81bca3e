namespace Microsoft.ML.Trainers;

/// <summary>Gives every row the same score, probability and decision, without reading any column.</summary>
internal sealed class ConstantPrediction(float score, float probability, float threshold, IReadOnlyList<DataViewSchema.DetachedColumn> outputs)
    : MapStep(outputs)
{
    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner(score, probability, threshold);

    private sealed class Runner(float score, float probability, float threshold) : StepRun
    {
        private readonly BatchColumn<bool> _predicted = new();
        private readonly BatchColumn<float> _scores = new();
        private readonly BatchColumn<float> _probabilities = new();

        public override BatchColumn Output(int index) => index switch
        {
            0 => _predicted,
            1 => _scores,
            _ => _probabilities,
        };

        public override void Run(int rows)
        {
            Fill(_predicted, score > threshold, rows);
            Fill(_scores, score, rows);
            Fill(_probabilities, probability, rows);
        }

        private static void Fill<T>(BatchColumn<T> column, T value, int rows)
        {
            column.Resize(rows);
            column.Values.AsSpan(0, rows).Fill(value);
        }
    }
}
