using System.Globalization;
using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML;

namespace FeatureTransfer.Benchmarks.Texts;

/// <summary>
/// How good frozen layers of a text backbone are with few and with all labelled texts, n-grams beside them. The penalty of each row of the table is
/// the one with the best mean on the development set; the test set is asked once.
/// </summary>
internal sealed class LearningCurve(string folder, int draws)
{
    private const string Counts = "Text";

    private static readonly string[] _layers = ["features", "layer5", "layer4"];
    private static readonly float[] _penalties = [10, 30, 100, 300, 1000];
    private static readonly float[] _penaltiesOfCounts = [0.03f, 0.1f, 0.3f, 1, 3];
    private readonly Table _train = Read(Path.Combine(folder, "train.tsv"));
    private readonly Table _dev = Read(Path.Combine(folder, "dev.tsv"));
    private readonly Table _test = Read(Path.Combine(folder, "test.tsv"));

    /// <summary>Runs the mode: <c>FOLDER [DRAWS]</c>, the folder of train.tsv, dev.tsv and test.tsv, each line a text, a tab and a label.</summary>
    public static int Run(string[] arguments)
    {
        var draws = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 10;
        new LearningCurve(arguments is [var folder, ..] ? folder : Path.Combine("..", "shared", "datasets", "sst2"), draws).Write();
        return 0;
    }

    private void Write()
    {
        foreach (var rows in new[] { _train.Count, 2000, 256, 64, 16 })
        {
            // What is best with all rows is looked at with few.
            foreach (var input in rows > 256 ? _layers.Append(Counts) : ["layer5", Counts])
                Console.WriteLine(Line(rows, input));
        }
    }

    private string Line(int rows, string input)
    {
        var drawn = Enumerable.Range(0, rows == _train.Count ? 1 : draws).Select(draw => Draw(rows, draw)).ToList();
        var judged = (input == Counts ? _penaltiesOfCounts : _penalties).Select(penalty => (Penalty: penalty, Accuracies: drawn.ConvertAll(train => Judge(train, input, penalty)))).ToList();
        var best = judged.MaxBy(row => row.Accuracies.Average(accuracy => accuracy.Dev));
        var test = best.Accuracies.ConvertAll(accuracy => accuracy.Test);
        return string.Create(CultureInfo.InvariantCulture, $"{rows,5} rows  {(input == Counts ? "n-grams" : input),-8}  l2 {best.Penalty,5}  dev {best.Accuracies.Average(accuracy => accuracy.Dev):0.000}  test {test.Average():0.000}  worst {test.Min():0.000}  best {test.Max():0.000}");
    }

    // As many of each label, so that a draw of 16 has 8 a class.
    private Table Draw(int rows, int draw)
    {
        var (labels, random) = (_train.Text("Label")!, new Random(1 + draw));
        if (rows == _train.Count)
            return _train;
        var classes = Enumerable.Range(0, _train.Count).GroupBy(row => labels[row]).OrderBy(rowsOf => rowsOf.Key, StringComparer.Ordinal).ToList();
        return _train.Select([.. classes.SelectMany(rowsOf =>
        {
            int[] all = [.. rowsOf];
            random.Shuffle(all);
            return all.Take(rows / classes.Count);
        })]);
    }

    private (double Dev, double Test) Judge(Table train, string input, float penalty)
    {
        var ml = new MLContext(seed: 1);
        IEstimator<ITransformer> features = input == Counts ? ml.Transforms.Text.FeaturizeText("Vector", Counts) : ml.Transforms.NormalizeMeanVariance("Vector", input, fixZero: false);
        var model = features
            .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "Vector", l1Regularization: 0, l2Regularization: penalty))
            .Fit(train);
        return (Accuracy(_dev), Accuracy(_test));

        // Reading the scores once is faster than all of ML.NET's metrics.
        double Accuracy(Table rows)
        {
            var (scored, labels) = (ScoredRows.Of(model.Transform(rows)), rows.Text("Label")!);
            return scored.Rows.Select((row, i) => scored.Labels[Array.IndexOf(row.Scores, row.Scores.Max())] == labels[i] ? 1.0 : 0).Average();
        }
    }

    private static Table Read(string file)
    {
        var lines = File.ReadLines(file).Select(line => line.Split('\t')).ToList();
        string[] texts = [.. lines.Select(line => line[0])];
        var table = new Table(lines.Count).With(Counts, texts).With("Label", [.. lines.Select(line => line[1])]);
        foreach (var layer in _layers)
        {
            using var extractor = new FeatureExtractor(new ExtractFeaturesOptions { Backbone = "minilm_l6.sbert", Layers = [layer] });
            table = table.With(layer, extractor.Extract(texts, CancellationToken.None).Select(row => row.Features).ToArray());
        }

        return table;
    }
}
