using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Adaptation;

/// <summary>Rows of two domains with three classes; the target's features are the source's, turned, stretched and moved.</summary>
internal sealed class TwoDomains
{
    public const int Dimension = 3;
    private static readonly double[][] _centres = [[6, 0, 0], [0, 3, 0], [-2, -2, 2]];

    public TwoDomains(Func<double[], double[]> shift, int count = 600, int seed = 1)
    {
        var random = new Random(seed);
        Rows = [.. Enumerable.Range(0, count).Select(i =>
        {
            var kind = i % 3;
            var place = _centres[kind].Select(value => value + (0.4 * Normal(random))).ToArray();
            var isSource = i < count / 2;
            return new Row { Features = [.. (isSource ? place : shift(place)).Select(value => (float)value)], Domain = isSource ? "source" : "target", Class = isSource ? $"{kind}" : "", Truth = $"{kind}" };
        })];
    }

    public IReadOnlyList<Row> Rows { get; }

    /// <summary>The features of a domain.</summary>
    public double[][] Of(string domain) => [.. Rows.Where(row => row.Domain == domain).Select(row => Array.ConvertAll(row.Features, value => (double)value))];

    /// <summary>Rotation by 1 radian, other scales, an offset.</summary>
    public static double[] Turn(double[] place)
    {
        var (x, y, z) = (place[0], place[1], place[2]);
        return [(2 * ((Math.Cos(0.5) * x) - (Math.Sin(0.5) * y))) + 5, (0.5 * ((Math.Sin(0.5) * x) + (Math.Cos(0.5) * y))) - 3, (3 * z) + 4];
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static IDataView View(IEnumerable<Row> rows) => new MLContext(1).Data.LoadFromEnumerable(rows);

    /// <summary>The share of target rows that a classifier of source rows gets right.</summary>
    public double Accuracy(IEstimator<ITransformer>? adaptation)
    {
        var ml = new MLContext(1);
        var rows = View(Rows);
        var adapted = adaptation is null ? rows : adaptation.Fit(rows).Transform(rows);
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", "Class", keyData: ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(kind => new Key { Class = $"{kind}" }))).Fit(adapted).Transform(adapted);

        // Rows of the target have no label, and the trainer passes over them.
        var model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l2Regularization: 0.01f).Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel")).Fit(ml.Data.Cache(keyed));
        var answers = model.Transform(keyed).GetColumn<string>("Answer").ToList();
        return Rows.Zip(answers).Where(pair => pair.First.Domain == "target").Average(pair => pair.First.Truth == pair.Second ? 1.0 : 0);
    }

    private sealed class Key
    {
        public string Class { get; set; } = "";
    }

    public sealed class Row
    {
        [VectorType(Dimension)]
        public float[] Features { get; set; } = [];

        public string Domain { get; set; } = "";

        public string Class { get; set; } = "";

        public string Truth { get; set; } = "";
    }
}
