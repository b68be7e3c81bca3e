using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The mean loss of a linear model over a training set, with L2 regularisation of the weights. The parameters are the
/// biases, then the weights (outputs, features). The sum is made in lanes that depend on the data alone, so that the
/// result is the same for every number of threads.
/// </summary>
internal sealed class LinearObjective : IObjective
{
    // A tile's rows stay in the second-level cache between the two products that read them.
    private const int TileRows = 64;
    private const int MaxLanes = 8;
    private const long MaxLaneValues = 1 << 24;

    private readonly TrainingSet _set;
    private readonly RowLoss _loss;
    private readonly double _l2;
    private readonly int _threads;
    private readonly WeightMatrix _weights;
    private readonly float[] _biases;
    private readonly (FeatureBlock Block, int Row, int Rows)[] _tiles;
    private readonly GradientSum[] _lanes;

    public LinearObjective(TrainingSet set, int outputs, RowLoss loss, double l2, int threads)
    {
        _set = set;
        _loss = loss;
        _l2 = l2;
        _threads = Math.Max(1, threads);
        _weights = new WeightMatrix(outputs, set.Features);
        _biases = new float[outputs];
        _tiles = [.. set.Blocks.SelectMany(Tiles)];
        long values = Math.Max(1, (long)outputs * set.Features);
        int lanes = (int)Math.Clamp(Math.Min(MaxLaneValues / values, _tiles.Length), 1, MaxLanes);
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new GradientSum(outputs, set.Features))];
    }

    public int Size => _biases.Length + _weights.Values.Length;

    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        int outputs = _biases.Length;
        for (int k = 0; k < outputs; k++)
            _biases[k] = (float)x[k];
        _weights.Set(x[outputs..]);
        if (_threads == 1 || _lanes.Length == 1)
            for (int lane = 0; lane < _lanes.Length; lane++)
                Sum(lane);
        else
            Parallel.For(0, _lanes.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, Sum);
        gradient.Clear();
        double loss = 0;
        foreach (var lane in _lanes)
        {
            loss += lane.Loss;
            lane.AddTo(gradient);
        }
        return Regularize(x[outputs..], gradient, outputs, loss);
    }

    private double Regularize(ReadOnlySpan<double> weights, Span<double> gradient, int outputs, double loss)
    {
        if (_l2 > 0)
        {
            loss += _l2 / 2 * TensorPrimitives.SumOfSquares(weights);
            TensorPrimitives.MultiplyAdd(weights, _l2, gradient[outputs..], gradient[outputs..]);
        }
        TensorPrimitives.Divide(gradient, _set.WeightSum, gradient);
        return loss / _set.WeightSum;
    }

    private void Sum(int lane)
    {
        var sum = _lanes[lane];
        sum.Clear();
        int outputs = _biases.Length;
        var scores = new float[TileRows * outputs];
        int end = Bound(lane + 1);
        for (int t = Bound(lane); t < end; t++)
        {
            var (block, row, rows) = _tiles[t];
            var tile = scores.AsSpan(0, rows * outputs);
            block.Multiply(_weights, row, rows, tile);
            for (int r = 0; r < rows; r++)
                TensorPrimitives.Add(tile.Slice(r * outputs, outputs), _biases, tile.Slice(r * outputs, outputs));
            var labels = _set.Labels.AsSpan(block.Start + row, rows);
            var weights = _set.Weights is null ? default : _set.Weights.AsSpan(block.Start + row, rows);
            sum.Loss += _loss.Apply(tile, labels, weights);
            for (int r = 0; r < rows; r++)
                for (int k = 0; k < outputs; k++)
                    sum.Biases[k] += tile[(r * outputs) + k];
            block.AddProduct(tile, row, rows, sum);
        }
    }

    private int Bound(int lane) => (int)((long)_tiles.Length * lane / _lanes.Length);

    private static IEnumerable<(FeatureBlock Block, int Row, int Rows)> Tiles(FeatureBlock block)
    {
        for (int row = 0; row < block.Count; row += TileRows)
            yield return (block, row, Math.Min(TileRows, block.Count - row));
    }
}
