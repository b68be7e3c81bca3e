using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Scores rows and names the cluster with the lowest score.</summary>
internal sealed class ClusteringPrediction(
    IVectorModel model, int feature, DataViewSchema.DetachedColumn predicted, DataViewSchema.DetachedColumn score)
    : MapStep([predicted, score], feature)
{
    public const string Kind = "clustering-prediction";

    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) =>
        new Runner((BatchColumn<VBuffer<float>>)inputs[0], model.OpenScorer());

    /// <summary>The key of the nearest cluster; 0 where the distances are not numbers.</summary>
    public static uint Nearest(ReadOnlySpan<float> scores)
    {
        int nearest = TensorPrimitives.IndexOfMin(scores);
        return nearest < 0 || float.IsNaN(scores[nearest]) ? 0 : (uint)nearest + 1;
    }

    private sealed class Runner(BatchColumn<VBuffer<float>> features, RowMap<VBuffer<float>, VBuffer<float>> scorer) : StepRun
    {
        private readonly BatchColumn<uint> _predicted = new();
        private readonly BatchColumn<VBuffer<float>> _scores = new();

        public override BatchColumn Output(int index) => index == 0 ? _predicted : _scores;

        public override void Run(int rows)
        {
            _predicted.Resize(rows);
            _scores.Resize(rows);
            for (int i = 0; i < rows; i++)
            {
                scorer(in features.Values[i], ref _scores.Values[i]);
                _predicted.Values[i] = Nearest(_scores.Values[i].GetValues());
            }
        }
    }
}
