using System.Globalization;
using System.Numerics.Tensors;
using FeatureTransfer.Benchmarks.Against.OpenCv;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>
/// Extraction with MobileNetV2 over JPEGs: what the cores allow, what we reach, what a JavaScript user reaches, and what one row
/// a run reaches. Everybody's best setting is found first; then all run in turns, several rounds, every second one backwards, so that a
/// machine that slows down is nobody's gain; the medians over the rounds of the rates and of the ratios count.
/// </summary>
internal sealed class ExtractionRace : IDisposable
{
    private const int TrialImages = 96, SampleImages = 8;
    private readonly RaceOptions _options;
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-race-").FullName;
    private readonly FeatureExtractor _extractor;
    private readonly ExtractFeaturesTransformer _graph;
    private readonly string[] _images;
    private readonly NodePeer? _node;
    private readonly OpenCvPeer? _openCv;

    /// <summary>Opens the model for all of them.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="openCv">Against the loop of OpenCvSharp, instead of node and one row a run.</param>
    public ExtractionRace(RaceOptions options, bool openCv = false)
    {
        _options = options;
        _images = Photographs.Take(options.Folder, options.Images);
        var features = new ExtractFeaturesOptions { Backbone = "mobilenet_v2.nsfwjs", Layers = ["features"], UseCache = false };
        _extractor = new FeatureExtractor(features);
        _graph = new ExtractFeaturesEstimator(features).Fit(new Microsoft.ML.MLContext().Data.LoadFromEnumerable(Array.Empty<Row>()));
        File.WriteAllBytes(ModelPath, _graph.Model.ToBytes());
        _openCv = openCv ? new OpenCvPeer(OpenCvPeer.Build(), ModelPath, Preprocessing) : null;
        _node = !openCv && NodePeer.FindFolder() is { } peer ? new NodePeer(peer, ModelPath, Preprocessing) : null;
    }

    private ImagePreprocessing Preprocessing => ((ImagePreparation)_graph.Preparation).Preprocessing;

    private string ModelPath => Path.Combine(_folder, "model.onnx");

    public int Run()
    {
        if (_node is null && _openCv is null)
            Console.Error.WriteLine("The peer is not installed, so it does not run: npm ci --ignore-scripts in benchmarks/peers/node.");
        var contenders = Contenders();
        var trial = _images.Take(TrialImages).ToArray();
        var chosen = contenders.ConvertAll(contender => (contender.Name, Setting: contender.Best(trial)));
        var rates = chosen.ConvertAll(_ => new List<double>());
        for (var round = 0; round < _options.Rounds; round++)
        {
            foreach (var i in round % 2 == 0 ? Enumerable.Range(0, chosen.Count) : Enumerable.Range(0, chosen.Count).Reverse())
                rates[i].Add(chosen[i].Setting.Run(_images));
            Console.Error.WriteLine($"  round {round + 1} of {_options.Rounds}");
        }

        var lines = chosen.Zip(rates, (who, rate) => new RaceLine(who.Name, who.Setting.Label, [.. rate])).ToList();
        Print(lines);
        return 0;
    }

    public void Dispose()
    {
        _extractor.Dispose();
        _graph.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<Contender> Contenders()
    {
        var model = _graph.Model;
        List<Contender> all =
        [
            DecodingAlone.Of(Preprocessing),
            InferenceAlone.Of(model.ToBytes(), Preprocessing),
            OurExtraction.Of(_extractor),
        ];
        if (_openCv is not null)
            return [.. all, _openCv.Loop()];
        if (_node is not null)
            all.AddRange([_node.Fair(), _node.Plain()]);
        all.Add(RowByRow.Of(ModelPath, model.Inputs[0].Name, model.Outputs[0].Name, Preprocessing));
        return all;
    }

    private void Print(List<RaceLine> lines)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_images.Length} JPEGs, MobileNetV2, {Environment.ProcessorCount} cores, medians of {_options.Rounds} rounds (images/s, all rounds behind)"));
        foreach (var line in lines)
            Console.WriteLine(line);
        double[] allowed = [.. lines[0].Rates.Zip(lines[1].Rates, (decoding, inference) => 1 / ((1 / decoding) + (1 / inference)))];
        Console.WriteLine(new RaceLine("allowed by the cores, 1 / (1/D + 1/I)", "of each round", allowed));
        Ratio("what the cores allow", lines[2].Rates, allowed, 0.95);
        foreach (var (line, bound) in lines.Skip(3).Zip(_openCv is not null ? [1.0] : _node is null ? [2.0] : new[] { 1.1, 1.15, 2 }))
            Ratio(line.Name, lines[2].Rates, line.Rates, bound);
        if ((_openCv?.LastSample ?? _node?.LastSample) is { } sample)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the peer's features against ours: cosine similarity {Likeness(sample):0.0000}, mean of {SampleImages} images"));
    }

    // What ran one after the other in a round is compared with each other: the machine's speed changes between rounds.
    private static void Ratio(string against, double[] ours, double[] theirs, double bound)
    {
        double[] ratios = [.. ours.Zip(theirs, (one, other) => one / other)];
        var median = RaceLine.MedianOf(ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  end to end / {against,-33} {median,6:0.000}   {string.Join(" ", ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))}   {(median >= bound ? "reaches" : "MISSES")} {bound}"));
    }

    private double Likeness(float[][] sample) => _extractor.Extract(_images.Take(SampleImages))
        .Zip(sample, (ours, theirs) => (double)TensorPrimitives.CosineSimilarity<float>(ours.Features, theirs)).Average();

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }
}
