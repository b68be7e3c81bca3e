using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

/// <summary>Models for a target beside adapted features: with statistics of its images, and with labels of its own.</summary>
public class TargetModelTests
{
    private TwoStyles _rows = null!;

    [SetUp]
    public void MakeRows() => _rows = new TwoStyles();

    [TearDown]
    public void RemoveRows() => _rows.Dispose();

    [Test]
    public async Task Compare_LabelledTarget_LearnsFromItsLabels()
    {
        var options = new DomainComparisonOptions { Methods = [], Models = [TargetModel.Joint, TargetModel.TargetOnly, TargetModel.TrAdaBoost] };
        var report = await new DomainComparison().CompareAsync(_rows.Pipeline(), _rows.Write("target.csv", moved: 4), options);
        Assert.Multiple(() =>
        {
            Assert.That(report.Candidates.Select(candidate => candidate.Name), Is.EqualTo(new[] { "source-only", "Joint", "TargetOnly", "TrAdaBoost" }));
            Assert.That(report.Candidates[0].Accuracy, Is.LessThan(0.7));
            Assert.That(report.Candidates.Skip(1).Select(candidate => candidate.Accuracy), Is.All.GreaterThan(0.9));
            Assert.That(report.Candidates.Skip(1).Select(candidate => candidate.PValue), Is.All.LessThan(0.01));
        });
    }

    [Test]
    public async Task Run_TargetOnlyWins_TheModelFileKnowsTheRowsOfTheTargetThatTaughtIt()
    {
        var target = new TargetOptions { Data = _rows.Write("target.csv", moved: 4), Methods = [], Models = [TargetModel.TargetOnly] };
        var result = await new PipelineRunner().RunAsync(_rows.Pipeline(target));
        using var bundle = Bundle.LoadForDrift(result.BundlePath!, FeatureTransferServices.Default);
        var judged = BundleEvaluation.OnAll(bundle, _rows.Pipeline() with { Data = target.Data });
        Assert.Multiple(() =>
        {
            Assert.That(result.Target!.Keep, Is.EqualTo("TargetOnly"), result.Target.Why);
            Assert.That((bundle.Manifest.TrainRows, judged.TrainedOn), Is.EqualTo((60, 60)));
            Assert.That(bundle.Sample!.Rows, Has.Count.EqualTo(60), "the target's rows are what new data are compared with");
            Assert.That(judged.Metrics.Metrics["microAccuracy"]!.Value, Is.GreaterThan(0.9));
            Assert.That(BundleEvaluation.OnAll(bundle, _rows.Pipeline()).TrainedOn, Is.Zero);
        });
    }

    [Test]
    public void Compare_TargetWithoutLabels_SaysWhatToDo() => Assert.That(
        () => new DomainComparison().CompareAsync(_rows.Pipeline(), _rows.Write("target.csv", 4, labelled: false), new DomainComparisonOptions { Methods = [], Models = [TargetModel.Joint] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Joint learns from labels of the target").And.Message.Contains("leave Joint out"));

    [Test]
    public void Compare_AdaBNWithoutImages_SaysWhatItIsFor() => Assert.That(
        () => new DomainComparison().CompareAsync(_rows.Pipeline(), _rows.Write("target.csv", 4), new DomainComparisonOptions { Models = [TargetModel.AdaBN] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("adaBN is for backbones that read images"));

    /// <summary>The target's images are brighter than the source's by more than its classes differ.</summary>
    [Test]
    public async Task Run_BrighterTarget_TheModelFileHasTheBackboneWithItsStatistics()
    {
        Network().Save(Path.Combine(_rows.Folder, "norm.onnx"));
        Images("source", 60, 100);
        Images("target", 160, 200);
        var pipeline = PipelineDefinition.From(new ImageFolderSource { Path = "source" }, "brightness")
            .Split(new SplitOptions { Folds = 2 })
            .Evaluate(new EvaluationOptions { Calibrate = true, Conformal = new ConformalOptions() })
            .Append(new ExtractFeaturesStep { Backbone = "norm.onnx", UseCache = false, Preprocessing = new PreprocessingOverride { Mean = [0, 0, 0], Std = [1, 1, 1] } })
            .Append(new MapValueToKeyStep { Output = "Label" })
            .Append(new LbfgsMaximumEntropyStep { L2Regularization = 0.1f })
            .Target(new TargetOptions { Data = new ImageFolderSource { Path = "target" }, Methods = [], Models = [TargetModel.AdaBN] })
            .Write(new OutputOptions { Folder = "out", Report = null })
            .Build();
        pipeline = pipeline with { BaseFolder = _rows.Folder };
        var result = await new PipelineRunner().RunAsync(pipeline);
        using var bundle = Bundle.LoadForDrift(result.BundlePath!, FeatureTransferServices.Default);
        var onTarget = BundleEvaluation.OnAll(bundle, pipeline with { Data = pipeline.Target!.Data });
        Assert.Multiple(() =>
        {
            Assert.That(result.Target!.Keep, Is.EqualTo("AdaBN"), result.Target.Why);
            Assert.That(result.Target.Candidates.Select(candidate => candidate.Accuracy), Is.EqualTo(new[] { 0.5, 1 }));
            Assert.That(result.Target.Candidates[1].DomainDistance, Is.LessThan(result.Target.Candidates[0].DomainDistance!.Value));
            Assert.That(bundle.Sample!.Rows, Has.Count.EqualTo(result.Target.TargetRows));
            Assert.That((result.Target.LimitRows, bundle.Manifest.Limits!.Sets!.Rows), Is.EqualTo(((int?)20, 20)));
            Assert.That(result.Target.Calibration!.After!.LogLoss, Is.LessThanOrEqualTo(result.Target.Calibration.Before!.LogLoss), "all answers are right");
            Assert.That(onTarget.Calibration!.Temperature, Is.EqualTo(result.Target.Calibration.Temperature));
            Assert.That(bundle.Sample.Rows.Average(row => row[0]), Is.EqualTo(0).Within(0.2), "normalized by its own mean; that of the source would give 5");
            Assert.That(onTarget.Metrics.Metrics["microAccuracy"]!.Value, Is.EqualTo(1));
            Assert.That(BundleEvaluation.OnAll(bundle, pipeline).Metrics.Metrics["microAccuracy"]!.Value, Is.EqualTo(0.5), "the source's rows, with statistics that are not theirs");
        });
    }

    private void Images(string domain, int dark, int bright)
    {
        var random = new Random(dark);
        foreach (var (kind, level) in new[] { ("dark", dark), ("bright", bright) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_rows.Folder, domain, kind)).FullName;
            for (var i = 0; i < 20; i++)
                File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), TestImages.SolidPng(4, 4, [.. Enumerable.Range(0, 3).Select(_ => (byte)(level + random.Next(-5, 6)))]));
        }
    }

    // Normalizes by the mean and variance of the source, 80 and 20 squared of 255, and takes the mean of each colour.
    private static OnnxModel Network()
    {
        var builder = new GraphBuilder("norm");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 4, 4));
        builder.Node("BatchNormalization", "bn", ["x", Same("scale", 1), Same("offset", 0), Same("mean", 80 / 255f), Same("variance", 400 / 65025f)]);
        builder.Node("Flatten", "features", [builder.Node("GlobalAveragePool", "average", ["bn"])]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "features" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "norm");

        string Same(string name, float value) => builder.Constant(name, [value, value, value], 3);
    }
}
