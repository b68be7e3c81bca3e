using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Scores rows, turns scores into probabilities where there is a calibrator, and decides.</summary>
internal sealed class BinaryPrediction(
    IScalarModel model, ICalibrator? calibrator, float threshold, int feature, IReadOnlyList<DataViewSchema.DetachedColumn> outputs)
    : MapStep(outputs, feature)
{
    public const string Kind = "binary-prediction";

    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) =>
        new Runner((BatchColumn<VBuffer<float>>)inputs[0], model.OpenScorer(), calibrator, threshold);

    private sealed class Runner(
        BatchColumn<VBuffer<float>> features, RowMap<VBuffer<float>, float> scorer, ICalibrator? calibrator, float threshold) : StepRun
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
            _predicted.Resize(rows);
            _scores.Resize(rows);
            _probabilities.Resize(rows);
            for (int i = 0; i < rows; i++)
            {
                scorer(in features.Values[i], ref _scores.Values[i]);
                _predicted.Values[i] = _scores.Values[i] > threshold;
                if (calibrator is not null)
                    _probabilities.Values[i] = calibrator.PredictProbability(_scores.Values[i]);
            }
        }
    }
}
