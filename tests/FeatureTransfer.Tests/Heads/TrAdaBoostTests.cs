using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Heads;

/// <summary>Boosting over two domains: some of the source has the labels of the target, and most has the border between them elsewhere.</summary>
public class TrAdaBoostTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void Fit_SourceThatContradictsTheTarget_IsDistrusted()
    {
        var (train, target) = (Rows(400, 24, 3), Rows(0, 400, 9));
        var boosted = Accuracy(_ml.MulticlassClassification.Trainers.TrAdaBoost(), train, target);
        var joint = Accuracy(_ml.MulticlassClassification.Trainers.RidgeClassifier(), train, target);
        Assert.That(joint, Is.LessThan(0.85), "all rows alike, those with another border among them");
        Assert.That(boosted, Is.GreaterThan(joint + 0.05));
    }

    /// <summary>Least squares by the normal equations, weights and votes by the formulas of the paper.</summary>
    [Test]
    public void Fit_AgainstTheFormulas_GivesTheSameVotes()
    {
        const int Rounds = 5;
        var (train, target) = (Rows(60, 12, 4), Rows(0, 50, 8));
        var scores = Transform(_ml.MulticlassClassification.Trainers.TrAdaBoost(new() { Rounds = Rounds, Alpha = 2 }), train, target).GetColumn<float[]>("Score").ToList();

        double[] weights = [.. train.Select(_ => 1.0)];
        var distrust = 1 / (1 + Math.Sqrt(2 * Math.Log(60) / Rounds));
        var votes = target.ConvertAll(_ => new double[2]);
        for (var round = 0; round < Rounds; round++)
        {
            var mean = weights.Average();
            weights = Array.ConvertAll(weights, weight => weight / mean);
            var solved = Solve(train, weights, 2);
            bool[] wrong = [.. train.Select(row => Side(solved, row) != Sign(row))];
            var own = Enumerable.Range(0, train.Count).Where(row => train[row].Domain != "source").ToList();
            var error = Math.Clamp(own.Sum(row => wrong[row] ? weights[row] : 0) / own.Sum(row => weights[row]), 1e-3, 0.499);
            weights = [.. weights.Select((weight, row) => !wrong[row] ? weight : train[row].Domain == "source" ? weight * distrust : weight * (1 - error) / error)];
            for (var row = 0; round >= Rounds / 2 && row < target.Count; row++)
                votes[row][Side(solved, target[row]) > 0 ? 0 : 1] += Math.Log((1 - error) / error);
        }

        Assert.That(scores, Is.EqualTo(votes.Select(row => Array.ConvertAll(row, vote => (float)((vote / row.Sum() * 0.99) + 0.005)))).Within(1e-4));
    }

    [Test]
    public void Fit_OneDomain_SaysWhichColumn() => Assert.That(
        () => Transform(_ml.MulticlassClassification.Trainers.TrAdaBoost(new() { Source = "elsewhere" }), Rows(10, 10, 1), Rows(0, 1, 1)),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'Domain'").And.Message.Contains("0 of 20").And.Message.Contains("'elsewhere'"));

    [Test]
    public void Fit_NoColumnOfTheDomain_NamesIt() => Assert.That(
        () => Transform(_ml.MulticlassClassification.Trainers.TrAdaBoost(new() { DomainColumnName = "Domains" }), Rows(10, 10, 1), Rows(0, 1, 1)),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Domains'").And.Message.Contains("Domain"));

    [Test]
    public void Options_Faults_AreAllNamed() => Assert.That(
        () => _ml.MulticlassClassification.Trainers.TrAdaBoost(new() { DomainColumnName = "Label", Rounds = 0, Alpha = 0 }),
        Throws.ArgumentException.With.Message.Contains("column of its own").And.Message.Contains("Rounds is 0").And.Message.Contains("Alpha is 0"));

    // The first feature tells the label: above 0 in the target, and above 1.2 in three of four rows of the source.
    private static List<Row> Rows(int source, int target, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, source + target).Select(number =>
        {
            var (isSource, place) = (number < source, (random.NextSingle() * 4) - 2);
            var border = isSource && random.NextDouble() < 0.75 ? 1.2 : 0;
            return new Row { Label = place > border ? "a" : "b", Domain = isSource ? "source" : "target", Features = [place, random.NextSingle(), random.NextSingle()] };
        })];
    }

    private IDataView Transform(IEstimator<ITransformer> trainer, List<Row> train, List<Row> rows)
    {
        // The first label that is met is the first class.
        var chain = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Append(trainer);
        return chain.Fit(_ml.Data.LoadFromEnumerable(train)).Transform(_ml.Data.LoadFromEnumerable(rows));
    }

    private double Accuracy(IEstimator<ITransformer> trainer, List<Row> train, List<Row> rows) => _ml.MulticlassClassification.Evaluate(Transform(trainer, train, rows)).MicroAccuracy;

    private static Vector<double> Solve(List<Row> rows, double[] weights, double alpha)
    {
        var design = Matrix<double>.Build.Dense(rows.Count, 4, (row, column) => column == 3 ? 1 : rows[row].Features[column]);
        var scale = Matrix<double>.Build.DenseOfDiagonalArray(weights);
        var penalty = Matrix<double>.Build.DenseDiagonal(4, 4, column => column == 3 ? 0 : alpha);
        return ((design.Transpose() * scale * design) + penalty).Solve(design.Transpose() * scale * Vector<double>.Build.Dense(rows.Count, row => Sign(rows[row])));
    }

    private static int Sign(Row row) => row.Label == "a" ? 1 : -1;

    private static int Side(Vector<double> solved, Row row) => Math.Sign(solved[3] + row.Features.Select((value, column) => value * solved[column]).Sum());

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Domain { get; set; } = "";

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
