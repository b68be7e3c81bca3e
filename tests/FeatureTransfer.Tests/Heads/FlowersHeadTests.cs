using FeatureTransfer.Extraction;
using FeatureTransfer.Heads;
using FeatureTransfer.Tests.Conformance;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Heads;

/// <summary>The classifiers on features of photographs: 40 of each of five kinds of flowers, by the default backbone.</summary>
public class FlowersHeadTests
{
    private readonly MLContext _ml = new(1);
    private HeadRows _rows = null!;

    [OneTimeSetUp]
    public void Extract()
    {
        var folder = Reference.Shared("datasets/flowers");
        Pulled.Backbone("resnet_18.mlnet");
        var photographs = Directory.GetDirectories(folder).Order().SelectMany(kind => Directory.GetFiles(kind).Order().Select(file => new Photograph { ImagePath = file, Class = Path.GetFileName(kind) })).ToList();
        var chain = _ml.Transforms.ExtractFeatures(new ExtractFeaturesOptions { Backbone = "resnet_18.mlnet" }, FeatureTransferServices.Default with { Backbones = Pulled.Store })
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", nameof(Photograph.Class)));
        var view = _ml.Data.LoadFromEnumerable(photographs);
        using var model = chain.Fit(view);
        _rows = HeadRows.Read(model.Transform(view), "Label", "Features", default);
    }

    // 80 rows teach, 59 fit the threshold and 61 judge: 54 of 60 is 90 % to the row.
    [TestCase(ConformalMethod.LeastAmbiguous)]
    [TestCase(ConformalMethod.Adaptive)]
    public void ConformalSets_NinetyPercentOver20Seeds_CoverNinety(ConformalMethod method)
    {
        var covered = 0.0;
        for (var seed = 0; seed < 20; seed++)
        {
            var order = Enumerable.Range(0, _rows.Features.Count).ToArray();
            new Random(seed).Shuffle(order);
            using var model = _ml.MulticlassClassification.Trainers.LinearSvc().Fit(View(order[..80]));
            var sets = ConformalSets.Fit(Scores(model, order[80..139]), Labels(order[80..139]), 0.9, method, seed).Of(Scores(model, order[139..]));
            covered += sets.Zip(Labels(order[139..]), (set, label) => set.Contains(label) ? 1.0 : 0).Average() / 20;
        }

        Assert.That(covered, Is.EqualTo(0.9).Within(0.02));
    }

    // What docs/few-labels.md says, within its interval.
    [Test]
    public void FewShot_CentroidAndSvm_ReachWhatThePageSays()
    {
        var options = new FewShotOptions { Shots = [1, 16] };
        var all = View([.. Enumerable.Range(0, _rows.Features.Count)]);
        var centroid = FewShotEvaluation.Run(all, _ml.MulticlassClassification.Trainers.NearestCentroid(), options);
        var svm = FewShotEvaluation.Run(all, _ml.MulticlassClassification.Trainers.LinearSvc(), options);
        Assert.That(centroid.Concat(svm).Select(result => result.Mean), Is.EqualTo(new[] { 0.464, 0.757, 0.471, 0.821 }).Within(0.02));
    }

    private static float[][] Scores(ITransformer model, IDataView rows) => Answers.Batch(model.Transform(rows), "Score");

    private float[][] Scores(ITransformer model, int[] rows) => Scores(model, View(rows));

    private int[] Labels(int[] rows) => Array.ConvertAll(rows, row => _rows.Features.Labels[row]);

    private IDataView View(int[] rows) => FeatureTable.Of(_rows, rows, new FewShotOptions());

    private sealed class Photograph
    {
        public string ImagePath { get; set; } = "";

        public string Class { get; set; } = "";
    }
}
