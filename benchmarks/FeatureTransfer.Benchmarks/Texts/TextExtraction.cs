using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Benchmarks.Texts;

/// <summary>
/// Texts to vectors, tokenizing included and without the feature cache: FeatureTransfer, ONNX Runtime alone on the same batches, tokenized before,
/// and the plainest good loop, in turns.
/// </summary>
internal sealed class TextExtraction : IDisposable
{
    private const string Backbone = "minilm_l6.sbert";
    private static readonly ExtractFeaturesOptions _options = new() { Backbone = Backbone, UseCache = false };

    private readonly string[] _texts;
    private readonly FeatureExtractor _extractor = new(_options);
    private readonly ReadyBatches _ready;
    private readonly PlainLoop _loop;

    private TextExtraction(string file)
    {
        _texts = [.. File.ReadLines(file).Select(line => line.Split('\t')[0])];
        using var transformer = new ExtractFeaturesEstimator(_options).Open();
        _ready = new ReadyBatches(transformer.Model, (TextPreparation)transformer.Preparation, _texts);
        _loop = new PlainLoop((TextPreparation)transformer.Preparation);
    }

    /// <summary>Runs the mode: <c>[FILE] [ROUNDS]</c>, a file of a text a line, before a tab where there is one.</summary>
    public static int Run(string[] arguments)
    {
        using var race = new TextExtraction(arguments is [var file, ..] ? file : Path.Combine("..", "shared", "datasets", "sst2", "train.tsv"));
        return race.Run(arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5);
    }

    public void Dispose()
    {
        _extractor.Dispose();
        _ready.Dispose();
        _loop.Dispose();
    }

    private int Run(int rounds)
    {
        var difference = Difference();
        var times = Enumerable.Range(0, rounds).Select(_ => (Alone: Seconds(_ready.Run), Ours: Seconds(() => Ours()), Loop: Seconds(() => _loop.Run(_texts)))).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_texts.Length} texts, {Environment.ProcessorCount} threads, {rounds} rounds in turns: texts a second, medians (least to most)"));
        Print("FeatureTransfer", times.Select(time => time.Ours));
        Print("ONNX Runtime alone, same batches", times.Select(time => time.Alone));
        Print("plain loop", times.Select(time => time.Loop));
        Console.WriteLine(Ratio("of ONNX Runtime's speed", times.Select(time => time.Alone / time.Ours)) + "  " + Ratio("of the loop's", times.Select(time => time.Loop / time.Ours)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"features differ by {difference:0.0e+0} at most"));
        return difference < 1e-4 ? 0 : 1;
    }

    private List<float[]> Ours() => [.. _extractor.Extract(_texts).Select(row => row.Features)];

    // The first run of each also warms it up.
    private float Difference()
    {
        _ready.Run();
        return Ours().Zip(_loop.Run(_texts), (ours, theirs) => ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max()).Max();
    }

    private void Print(string what, IEnumerable<double> seconds)
    {
        var speeds = seconds.Select(time => _texts.Length / time).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-34} {speeds[speeds.Count / 2],7:0}   ({speeds[0]:0} to {speeds[^1]:0})"));
    }

    private static string Ratio(string what, IEnumerable<double> values)
    {
        var ratios = values.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 2]:0.00} {what} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
