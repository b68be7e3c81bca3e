using FeatureTransfer.Devices;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Tests.Devices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.FineTuning;

public class FineTuneTests
{
    private readonly StripedImages _images = new();

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Fit_Classes_LearnsWhatTheFrozenHeadCannot()
    {
        var (ml, rows) = (new MLContext(1), StripedImages.Keyed(_images.Rows));
        using var tuned = ml.MulticlassClassification.Trainers.FineTune(_images.Options).Fit(rows);
        var metrics = ml.MulticlassClassification.Evaluate(tuned.Transform(rows));
        var summary = tuned.Summary!;
        Assert.Multiple(() =>
        {
            Assert.That(metrics.MicroAccuracy, Is.GreaterThan(0.95), summary.Verdict);
            Assert.That(metrics.LogLoss, Is.LessThan(0.3));
            Assert.That(summary.KeptTuned, summary.Verdict);
            Assert.That(summary.Gain, Is.GreaterThan(0));
            Assert.That(summary.History.Select(epoch => epoch.Phase).Distinct(), Is.EqualTo(new[] { "head", "tuning" }));
            Assert.That(summary.History, Has.Count.EqualTo(16));
            Assert.That((summary.TrainRows, summary.ValidationRows), Is.EqualTo((72, 18)));
            Assert.That(summary.TunedWeights, Is.EqualTo((8 * 27) + 8 + (8 * 72) + 16));
            Assert.That(summary.Verdict, Does.Contain("kept").And.Contain("18 validation rows"));
        });
    }

    [Test]
    public void Fit_FreeHeightAndWidth_LearnsInTheRecipesSize()
    {
        var backbone = _images.PathOf("free.onnx");
        OnnxFiles.FreeSize().Save(backbone);
        var options = _images.Options with { Backbone = backbone, TrainableFrom = "c", HeadEpochs = 1, Epochs = 1, Preprocessing = new ImagePreprocessing { Height = StripedImages.Size, Width = StripedImages.Size + 4 } };
        using var tuned = new MLContext(1).MulticlassClassification.Trainers.FineTune(options).Fit(StripedImages.Keyed(_images.Rows));
        Assert.That(tuned.Summary!.TunedWeights, Is.EqualTo((4 * 27) + 4));
    }

    [Test]
    public void Fit_SameSeed_GivesTheSameWeights()
    {
        var options = _images.Options with { Epochs = 2, HeadEpochs = 2, Head = new() { Hidden = [6], Dropout = 0.3 }, Mix = new() { MixupAlpha = 0.4, CutmixAlpha = 1 }, AlwaysKeepTuned = true };
        var (first, second, other) = (Bytes(options), Bytes(options), Bytes(options with { Seed = 2 }));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void Fit_BytesInsteadOfFiles_GivesTheSameWeights([Values(0, 1024)] int memory)
    {
        var options = _images.Options with { Epochs = 2, HeadEpochs = 2, Mix = new() { MixupAlpha = 0.4 }, AlwaysKeepTuned = true, ActivationMemory = memory };
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(_images.Rows.Select(row => new BytesRow { Image = File.ReadAllBytes(row.ImagePath), Class = row.Class }));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(view).Transform(view);
        using var tuned = ml.MulticlassClassification.Trainers.FineTune(options with { InputColumnName = "Image" }).Fit(keyed);
        Assert.That(tuned.Model.ToBytes(), Is.EqualTo(Bytes(options)));
    }

    // From images in each epoch, with the frozen part beside, as from activations that were kept.
    [TestCase("conv2")]
    [TestCase("conv1")]
    public void Fit_AugmentationThatChangesNothing_LearnsAsWithoutOne(string from)
    {
        var options = _images.Options with { TrainableFrom = from, Epochs = 3, HeadEpochs = 2, AlwaysKeepTuned = true };
        using var kept = Fit(options);
        using var read = Fit(options with { Augmentation = new PlannedAugmentation(AugmentationPlan.Of(new HorizontalFlip { Probability = 0 })) });
        Assert.That(Weights(read.Model.Proto.Graph, "conv2.weight"), Is.EqualTo(Weights(kept.Model.Proto.Graph, "conv2.weight")).Within(1e-4));
        Assert.That(read.Summary!.History.Select(epoch => epoch.TrainLoss), Is.EqualTo(kept.Summary!.History.Select(epoch => epoch.TrainLoss)).Within(1e-4));
    }

    [Test]
    public void Fit_DeviceThatIsNotThere_SaysWhatIsMissing([Values] bool byServices)
    {
        if (ExecutionProvider.Of(DeviceKind.CoreML).IsThere)
            Assert.Ignore("This machine may have CoreML.");
        var device = Device.Parse("coreml");
        var (options, services) = byServices ? (_images.Options, FeatureTransferServices.Default with { Device = device }) : (_images.Options with { Device = device }, null);
        Assert.That(() => Fit(options, null, services), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains("the device 'coreml' cannot be had"));
    }

    [Test]
    public void Fit_DeviceAuto_SaysWhatTheTrainingRunsOn()
    {
        var log = new ListLogger();
        using var tuned = Fit(_images.Options with { Epochs = 1, HeadEpochs = 1 }, null, FeatureTransferServices.Default with { Logger = log });
        Assert.That(log.Lines, Has.Some.Contains("(training) runs on"));
    }

    [Test]
    public void SaveOnnx_PlainOnnxRuntime_GivesTheSameScores()
    {
        using var tuned = Fit(_images.Options with { Epochs = 1, AlwaysKeepTuned = true });
        var path = _images.PathOf("tuned.onnx");
        tuned.SaveOnnx(path);
        var tensor = new float[3 * StripedImages.Size * StripedImages.Size];
        new ImagePreprocessor(((ImagePreparation)tuned.Preparation).Preprocessing).ReadFile(_images.Rows[4].ImagePath, tensor);
        var plain = Onnxes.Run(OnnxModel.Load(path), tensor, [1, 3, StripedImages.Size, StripedImages.Size])["scores"];
        var ours = new MLContext().Data.CreateEnumerable<Scored>(tuned.Transform(StripedImages.Keyed(_images.Rows)), reuseRowObject: false).ElementAt(4);
        Assert.That(ours.Score, Is.EqualTo(plain).Within(1e-5));
        var (before, after) = (OnnxModel.Load(_images.Backbone).Proto.Graph, OnnxModel.Load(path).Proto.Graph);
        Assert.That(after.Initializer.Select(tensor => tensor.Name), Is.SupersetOf(before.Initializer.Select(tensor => tensor.Name)));
        Assert.That(Weights(after, "conv1.weight"), Is.Not.EqualTo(Weights(before, "conv1.weight")));
        Assert.That(Weights(after, "bn2.mean"), Is.EqualTo(Weights(before, "bn2.mean")));
    }

    [Test]
    public void Fit_YesOrNo_GivesAProbability()
    {
        var (ml, rows) = (new MLContext(1), new MLContext().Data.LoadFromEnumerable(_images.Rows));
        using var tuned = ml.BinaryClassification.Trainers.FineTune(_images.Options with { LabelColumnName = "IsLevel" }).Fit(rows);
        var metrics = ml.BinaryClassification.Evaluate(tuned.Transform(rows), "IsLevel");
        Assert.That(metrics.Accuracy, Is.GreaterThan(0.9), tuned.Summary!.Verdict);
        Assert.That(metrics.AreaUnderRocCurve, Is.GreaterThan(0.9));
    }

    [Test]
    public void Fit_SeveralLabels_GivesAProbabilityEach()
    {
        var (ml, rows) = (new MLContext(1), new MLContext().Data.LoadFromEnumerable(_images.Rows));
        using var tuned = ml.BinaryClassification.Trainers.FineTune(_images.Options with { LabelColumnName = "Several" }).Fit(rows);
        var scored = ml.Data.CreateEnumerable<Several>(tuned.Transform(rows), reuseRowObject: false).ToList();
        var right = scored.Zip(_images.Rows).Average(pair => pair.First.PredictedLabel.Zip(pair.Second.Several).Average(label => label.First == label.Second > 0.5f ? 1 : 0));
        Assert.That(right, Is.GreaterThan(0.9), tuned.Summary!.Verdict);
        Assert.That(tuned.Summary.Metric, Is.EqualTo("Auc"));
    }

    [Test]
    public void Fit_Numbers_EstimatesThem()
    {
        var (ml, rows) = (new MLContext(1), new MLContext().Data.LoadFromEnumerable(_images.Rows));
        using var tuned = ml.Regression.Trainers.FineTune(_images.Options with { LabelColumnName = "Amount", Epochs = 20 }).Fit(rows);
        Assert.That(ml.Regression.Evaluate(tuned.Transform(rows), "Amount").RSquared, Is.GreaterThan(0.8), tuned.Summary!.Verdict);
    }

    [Test]
    public void Fit_NothingToTune_TrainsTheHeadAlone()
    {
        using var tuned = Fit(_images.Options with { TrainableFrom = null });
        Assert.That((tuned.Summary!.KeptTuned, tuned.Summary.TunedMetric), Is.EqualTo((false, (double?)null)));
        Assert.That(Weights(tuned.Model.Proto.Graph, "conv2.weight"), Is.EqualTo(Weights(OnnxModel.Load(_images.Backbone).Proto.Graph, "conv2.weight")));
    }

    [Test]
    public void Fit_TuningThatHarms_KeepsTheFrozenHead()
    {
        // A step so short changes nothing: what does not beat the frozen head is not kept.
        using var tuned = Fit(_images.Options with { Epochs = 1, LearningRate = 1e-30, Optimizer = new() { WeightDecay = 0 } });
        Assert.That(tuned.Summary!.KeptTuned, Is.False, tuned.Summary.Verdict);
        Assert.That(tuned.Summary.Verdict, Does.Contain("frozen backbone with its head is kept"));
    }

    [Test]
    public void Fit_GradualUnfreezing_TrainsMoreWeightsLater()
    {
        using var tuned = Fit(_images.Options with { TrainableFrom = null, Unfreeze = [new(1, "conv2"), new(2, "conv1")], Epochs = 3, AlwaysKeepTuned = true, EarlyStopping = new() { RestoreBest = false } });
        var weights = tuned.Summary!.History.Where(epoch => epoch.Phase == "tuning").Select(epoch => epoch.Weights).ToList();
        Assert.That(weights, Is.EqualTo(new[] { 27, 27 + 576 + 16, 27 + 576 + 16 + 216 + 8 }));
        Assert.That(Weights(tuned.Model.Proto.Graph, "conv1.weight"), Is.Not.EqualTo(Weights(OnnxModel.Load(_images.Backbone).Proto.Graph, "conv1.weight")));
    }

    [Test]
    public void Fit_FreezingAgain_IsRefused() =>
        Assert.That(() => Fit(_images.Options with { Unfreeze = [new(1, "conv2")] }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("freeze 'conv1.weight' again"));

    [Test]
    public void Fit_Patterns_TrainTheirWeightsOnly()
    {
        using var tuned = Fit(_images.Options with { TrainableFrom = null, TrainablePatterns = ["bn2.*"], Epochs = 1, AlwaysKeepTuned = true });
        Assert.That(tuned.Summary!.TunedWeights, Is.EqualTo(16));
        Assert.That(() => Fit(_images.Options with { TrainableFrom = null, TrainablePatterns = ["bn3.*"] }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no weight fits the pattern 'bn3.*'"));
    }

    [Test]
    public void Fit_LayerWithoutWeightsBehindIt_IsRefused() =>
        Assert.That(() => Fit(_images.Options with { TrainableFrom = "relu2" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("from 'relu2' on nothing but the head has weights"));

    [Test]
    public void Fit_UnknownLayer_NamesTheNearest() =>
        Assert.That(() => Fit(_images.Options with { TrainableFrom = "conv3" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no layer 'conv3'"));

    [Test]
    public void Fit_EverySetting_TrainsOn([Values(OptimizerKind.Sgd, OptimizerKind.Adam)] OptimizerKind kind)
    {
        using var tuned = Fit(_images.Options with
        {
            Optimizer = new() { Kind = kind, Nesterov = true },
            Schedule = new() { Kind = ScheduleKind.OneCycle },
            AccumulationSteps = 2,
            EmaDecay = 0.9,
            LayerDecay = 0.9,
            LearningRateGroups = [new("head/*", 2)],
            Loss = new() { LabelSmoothing = 0.1, ClassWeights = ClassWeighting.Balanced },
            Mix = new() { MixupAlpha = 0.2, Place = MixPlace.Activations },
            LearningRateFinder = new() { Enabled = true, Steps = 12 },
            EarlyStopping = new() { Metric = ValidationMetric.MacroF1, Patience = 2 },
            ActivationMemory = 0,
            Epochs = 3,
        });
        Assert.That(tuned.Summary!.History.Select(epoch => epoch.TrainLoss), Is.All.InRange(0, 5));
        Assert.That(tuned.Summary.LearningRateCurve, Has.Count.GreaterThan(5));
        Assert.That(tuned.Summary.LearningRate, Is.InRange(1e-6, 0.5));
    }

    [Test]
    public void Fit_HugeLearningRate_StopsAndSaysWhatToTry() =>
        Assert.That(
            () => Fit(_images.Options with { LearningRate = 1e30, Optimizer = new() { Kind = OptimizerKind.Sgd, ClipNorm = 0 } }),
            Throws.TypeOf<TrainingDivergedException>().With.Message.Contains("Try a third of it or less"));

    [Test]
    public void Fit_UnreadableRow_IsToldOfAndLeftOut()
    {
        var bad = _images.PathOf("bad.png");
        File.WriteAllText(bad, "no image");
        var rejected = new RejectedRowCollector();
        using var tuned = Fit(_images.Options with { Epochs = 1 }, [.. _images.Rows, new StripeRow { ImagePath = bad, Class = "level" }], FeatureTransferServices.Default with { Rejected = rejected });
        Assert.That(rejected.Rows.Select(row => row.Input), Is.EqualTo(new[] { bad }));
        Assert.That(tuned.Summary!.TrainRows + tuned.Summary.ValidationRows, Is.EqualTo(90));
    }

    [Test]
    public void Fit_ContinuedWithANewClass_KeepsTheOldOnes()
    {
        var path = _images.PathOf("two.onnx");
        var old = _images.Rows.Where(row => row.Class != "slanting").ToList();
        using (var first = Fit(_images.Options, old))
            first.SaveOnnx(path);
        using var more = Fit(_images.Options with { ContinueFrom = path, Epochs = 15 });
        Assert.That(more.Labels, Is.EqualTo(StripedImages.Classes));
        var metrics = new MLContext().MulticlassClassification.Evaluate(more.Transform(StripedImages.Keyed(_images.Rows)));
        Assert.That(metrics.MicroAccuracy, Is.GreaterThan(0.9), more.Summary!.Verdict);
        using var least = Fit(_images.Options with { ContinueFrom = path, TrainableFrom = null, HeadEpochs = 1, HeadLearningRate = 1e-30, Optimizer = new() { WeightDecay = 0 } });
        var before = OnnxModel.Load(path).Proto.Graph;
        Assert.That(Weights(least.Model.Proto.Graph, "head/weight").Where((_, i) => i % 3 < 2), Is.EqualTo(Weights(before, "head/weight")).Within(1e-6));
    }

    [Test]
    public void Append_ToAChain_ScoresLikeATrainer()
    {
        var ml = new MLContext();
        var estimator = ml.Transforms.Conversion.MapValueToKey("Label", "Class").Append(ml.MulticlassClassification.Trainers.FineTune(_images.Options with { Epochs = 0, HeadEpochs = 1 }));
        var view = ml.Data.LoadFromEnumerable(_images.Rows);
        var scored = estimator.Fit(view).Transform(view).Schema;
        Assert.That(scored["Score"].HasSlotNames() && scored["PredictedLabel"].HasKeyValues());
        Assert.That(((KeyDataViewType)scored["PredictedLabel"].Type).Count, Is.EqualTo(3));
    }

    private FineTunedTransformer Fit(FineTuneOptions options, IEnumerable<StripeRow>? rows = null, FeatureTransferServices? services = null) =>
        new MLContext(1).MulticlassClassification.Trainers.FineTune(options, services).Fit(StripedImages.Keyed(rows ?? _images.Rows));

    private byte[] Bytes(FineTuneOptions options)
    {
        using var tuned = Fit(options);
        return tuned.Model.ToBytes();
    }

    private static float[] Weights(GraphProto graph, string name) => Initializers.Floats(graph.Initializer.Single(tensor => tensor.Name == name));

    private sealed class BytesRow
    {
        public byte[] Image { get; set; } = [];

        public string Class { get; set; } = "";
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Several
    {
        public bool[] PredictedLabel { get; set; } = [];
    }
}
