using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Vision;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Vision;

/// <summary>The trainer on a small network with random weights, whose frozen features tell stripes apart only in part.</summary>
public class OnnxImageClassificationTrainerTests
{
    private readonly StripedImages _images = new();

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    private OnnxImageClassificationOptions Options => new()
    {
        Backbone = _images.Backbone,
        FeatureColumnName = "ImagePath",
        Epoch = 8,
        LearningRateScheduler = null,
        LearningRate = 0.2,
        UseCache = false,
    };

    [Test]
    public void Fit_OneStepOverAllRows_IsOneOfPlainGradientDescent()
    {
        var options = Options with { Epoch = 1, BatchSize = 90, LearningRate = 0.5, ValidationSetFraction = null };
        using var trained = Fit(options);
        var (features, labels) = Features();
        var expected = new double[features[0].Length * 3];
        for (var i = 0; i < features.Count * expected.Length; i++)
        {
            // From weights of 0 each class has a third; the gradient by a logit is probability less truth.
            var (row, feature, label) = (i / expected.Length, i % expected.Length / 3, i % 3);
            expected[(feature * 3) + label] -= 0.5 / features.Count * features[row][feature] * ((1 / 3.0) - (labels[row] == label + 1 ? 1 : 0));
        }

        Assert.That(Weights(trained.Model, "head/weight"), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Fit_SameSeed_GivesTheSameWeights()
    {
        var options = Options with { Epoch = 3 };
        byte[] first = Bytes(options), second = Bytes(options), other = Bytes(options with { Seed = 2 });
        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void Fit_EncodedImages_GiveTheWeightsOfTheirFiles()
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(_images.Rows.Select(row => new BytesRow { Features = File.ReadAllBytes(row.ImagePath), Class = row.Class }));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(view).Transform(view);
        var options = Options with { Epoch = 2 };
        using var trained = ml.MulticlassClassification.Trainers.OnnxImageClassification(options with { FeatureColumnName = "Features" }).Fit(keyed);
        Assert.That(trained.Model.ToBytes(), Is.EqualTo(Bytes(options)));
        Assert.That((trained.FeatureColumnName, ((VectorDataViewType)trained.FeatureColumnType).ItemType), Is.EqualTo(("Features", (DataViewType)NumberDataViewType.Byte)));
    }

    [Test]
    public void Fit_TrainableFrom_LearnsWhatTheFrozenBackboneCannot()
    {
        using var frozen = Fit(Options with { Epoch = 20 });
        using var tuned = Fit(Options with { Epoch = 20, TrainableFrom = "conv1", TuningEpoch = 14, TuningLearningRate = 0.02 });
        var before = OnnxModel.Load(_images.Backbone);
        Assert.Multiple(() =>
        {
            Assert.That(Weights(frozen.Model, "conv1.weight"), Is.EqualTo(Weights(before, "conv1.weight")));
            Assert.That(Weights(tuned.Model, "conv1.weight"), Is.Not.EqualTo(Weights(before, "conv1.weight")));
            Assert.That(tuned.Summary!.KeptTuned, tuned.Summary.Verdict);
            Assert.That(Accuracy(tuned), Is.GreaterThan(Accuracy(frozen) + 0.05).And.GreaterThan(0.9), tuned.Summary.Verdict);
        });
    }

    [Test]
    public void Fit_MetricsCallback_IsToldOfEveryImageAndEpoch()
    {
        List<ImageClassificationMetrics> told = [];
        using var trained = Fit(Options with { Epoch = 2, BatchSize = 10, MetricsCallback = told.Add });
        var (images, epochs) = (told.Select(metrics => metrics.Bottleneck).OfType<BottleneckMetrics>().ToList(), told.Select(metrics => metrics.Train).OfType<TrainMetrics>().ToList());
        Assert.Multiple(() =>
        {
            Assert.That(images.Select(image => (image.DatasetUsed, image.Index)), Is.EqualTo(Enumerable.Range(1, 90).Select(index => (ImageClassificationDataset.Train, index))));
            Assert.That(epochs.Select(epoch => (epoch.Epoch, epoch.DatasetUsed)), Is.EqualTo(new[]
            {
                (0, ImageClassificationDataset.Train), (0, ImageClassificationDataset.Validation), (1, ImageClassificationDataset.Train), (1, ImageClassificationDataset.Validation),
            }));
            Assert.That(epochs.Select(epoch => epoch.Phase).Distinct(), Is.EqualTo(new[] { "head" }));
            Assert.That(epochs.Take(2).Select(epoch => epoch.BatchProcessedCount), Is.EqualTo(new[] { 9, 1 }), "81 rows teach and 9 judge");
            Assert.That(epochs[3].CrossEntropy, Is.EqualTo(trained.Summary!.History[1].ValidationLoss!.Value).Within(1e-6));
            Assert.That(epochs[3].Accuracy, Is.EqualTo(trained.Summary.History[1].Metric!.Value).Within(1e-6));
            Assert.That(epochs.Select(epoch => epoch.LearningRate), Is.All.EqualTo(0.2f));
            Assert.That(told[^1].ToString(), Does.Contain("Validation").And.Contain("Cross-Entropy"));
            Assert.That(told[0].ToString(), Does.Contain("Image Index:   1"));
        });
    }

    [Test]
    public void Fit_TestOnTrainSetOff_TellsOfValidationRowsAlone()
    {
        List<TrainMetrics> epochs = [];
        using var trained = Fit(Options with { Epoch = 2, TestOnTrainSet = false, MetricsCallback = metrics => epochs.AddRange(metrics.Train is { } epoch ? [epoch] : []) });
        Assert.That(epochs.Select(epoch => epoch.DatasetUsed), Is.EqualTo(new[] { ImageClassificationDataset.Validation, ImageClassificationDataset.Validation }));
    }

    [Test]
    public void Fit_Scheduler_GivesTheRateOfEachEpoch()
    {
        using var trained = Fit(Options with { Epoch = 4, LearningRateScheduler = new() { LearningRate = 0.1, DecayRate = 0.5, NumEpochsPerDecay = 1 } });
        Assert.That(trained.Summary!.History.Select(epoch => epoch.LearningRate), Is.EqualTo(new[] { 0.1, 0.05, 0.025, 0.0125 }).Within(1e-12));
    }

    [Test]
    public void Fit_NothingGetsBetter_StopsAfterThePatience()
    {
        using var trained = Fit(Options with { Epoch = 50, LearningRate = 1e-9, EarlyStoppingCriteria = new() { Patience = 3, Metric = EarlyStoppingMetric.Loss } });
        Assert.That(trained.Summary!.History, Has.Count.EqualTo(4), "the first epoch sets the mark");
    }

    [Test]
    public void Fit_NoEarlyStopping_RunsThroughAllEpochs()
    {
        using var trained = Fit(Options with { Epoch = 30, LearningRate = 1e-9, EarlyStoppingCriteria = null });
        Assert.That(trained.Summary!.History, Has.Count.EqualTo(30));
    }

    [Test]
    public void Fit_ValidationSet_JudgesByItsRowsAndTeachesByAllOthers([Values] bool asArgument)
    {
        var ml = new MLContext(1);
        var (train, validation) = (StripedImages.Keyed(_images.Rows.Take(60)), StripedImages.Keyed(_images.Rows.Skip(60)));
        List<BottleneckMetrics> images = [];
        var options = Options with { Epoch = 2, MetricsCallback = metrics => images.AddRange(metrics.Bottleneck is { } image ? [image] : []) };
        using var trained = asArgument
            ? ml.MulticlassClassification.Trainers.OnnxImageClassification(options).Fit(train, validation)
            : ml.MulticlassClassification.Trainers.OnnxImageClassification(options with { ValidationSet = validation }).Fit(train);
        Assert.That((trained.Summary!.TrainRows, trained.Summary.ValidationRows), Is.EqualTo((60, 30)));
        Assert.That(images.GroupBy(image => image.DatasetUsed).Select(part => (part.Key, part.Max(image => image.Index))), Is.EquivalentTo(new[] { (ImageClassificationDataset.Train, 60), (ImageClassificationDataset.Validation, 30) }));
    }

    [Test]
    public void Fit_ValidationSetOfOtherClasses_SaysHowToMapThem()
    {
        var (train, validation) = (StripedImages.Keyed(_images.Rows), StripedImages.Keyed(_images.Rows.Where(row => row.Class != "upright")));
        var trainer = new MLContext(1).MulticlassClassification.Trainers.OnnxImageClassification(Options);
        Assert.That(() => trainer.Fit(train, validation), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains("one fitted MapValueToKey"));
    }

    [Test]
    public void Fit_ImageThatCannotBeRead_IsRejectedAndTheRestIsLearned()
    {
        var broken = _images.PathOf("broken.png");
        File.WriteAllText(broken, "no image");
        var rejected = new RejectedRowCollector();
        using var trained = Fit(Options with { Epoch = 1 }, FeatureTransferServices.Default with { Rejected = rejected }, [.. _images.Rows, new StripeRow { ImagePath = broken, Class = "level" }]);
        Assert.That(rejected.Rows.Select(row => row.Input).Distinct(), Is.EqualTo(new[] { broken }));
        Assert.That(trained.Summary!.TrainRows + trained.Summary.ValidationRows, Is.EqualTo(90));
    }

    [Test]
    public void Fit_WorkspacePath_HoldsTheTrainedNetworkByTheBackbonesName()
    {
        var folder = _images.PathOf("workspace");
        using var trained = Fit(Options with { Epoch = 1, WorkspacePath = folder, FinalModelPrefix = "tuned_" });
        Assert.That(Directory.EnumerateFiles(folder).Select(Path.GetFileName), Is.EqualTo(new[] { "tuned_small.local.onnx" }));
        Assert.That(OnnxModel.Load(Path.Combine(folder, "tuned_small.local.onnx")).ToBytes(), Is.EqualTo(trained.Model.ToBytes()));
    }

    [Test]
    public void Fit_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        var epochs = 0;
        var options = Options with { Epoch = 1000, EarlyStoppingCriteria = null, MetricsCallback = metrics => Count(metrics) };
        using var trained = Fit(options, FeatureTransferServices.Default with { Cancellation = stop.Token });
        Assert.That((trained.Summary!.Cancelled, trained.Summary.History.Count), Is.EqualTo((true, 3)), "what was learned until then is kept");

        void Count(ImageClassificationMetrics metrics)
        {
            if (metrics.Train is { DatasetUsed: ImageClassificationDataset.Validation } && ++epochs == 3)
                stop.Cancel();
        }
    }

    [Test]
    public void Fit_OneClass_SaysThatTwoAreNeeded() =>
        Assert.That(() => Fit(Options, null, [.. _images.Rows.Where(row => row.Class == "level")]), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains("has one class"));

    [Test]
    public void Fit_BackboneThatIsNotKnown_NamesTheOnesThatAre() =>
        Assert.That(() => Fit(Options with { Backbone = "mobilenet_v2.nsfwj" }), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains("mobilenet_v2.nsfwjs"));

    [Test]
    public void Save_ByMlNet_GivesTheSameScoresWhenLoaded()
    {
        var (ml, rows, path) = (new MLContext(1), StripedImages.Keyed(_images.Rows), _images.PathOf("model.zip"));
        using var trained = Fit(Options with { Epoch = 2 });
        ml.Model.Save(trained, rows.Schema, path);
        var loaded = ml.Model.Load(path, out _);
        Assert.That(Scores(loaded), Is.EqualTo(Scores(trained)));
        (loaded as IDisposable)?.Dispose();

        List<float[]> Scores(ITransformer model) => [.. model.Transform(rows).GetColumn<float[]>("Score")];
    }

    [Test]
    public void GetOutputSchema_OfTheTrainer_HasTheColumnsOfItsModel()
    {
        var ml = new MLContext(1);
        var trainer = ml.MulticlassClassification.Trainers.OnnxImageClassification(Options with { Epoch = 1 });
        using var trained = trainer.Fit(StripedImages.Keyed(_images.Rows));
        var read = ml.Transforms.CustomMapping<NoRow, ReadRow>((_, _) => { }, null).GetOutputSchema(new SchemaShape([]));
        var shape = trainer.GetOutputSchema(ml.Transforms.Conversion.MapValueToKey("Label", "Class").GetOutputSchema(read));
        var schema = trained.GetOutputSchema(StripedImages.Keyed(_images.Rows).Schema);
        Assert.That(shape.Select(column => column.Name), Is.SubsetOf(schema.Select(column => column.Name)).And.SupersetOf(new[] { "Score", "PredictedLabel" }));
        Assert.That((trainer.Info.NeedNormalization, trainer.Info.WantCaching), Is.EqualTo((false, false)));
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Score"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(StripedImages.Classes));
        Assert.That(schema["PredictedLabel"].Type, Is.EqualTo(new KeyDataViewType(typeof(uint), 3)));
    }

    private FineTunedTransformer Fit(OnnxImageClassificationOptions options, FeatureTransferServices? services = null, IEnumerable<StripeRow>? rows = null) =>
        new MLContext(1).MulticlassClassification.Trainers.OnnxImageClassification(options, services).Fit(StripedImages.Keyed(rows ?? _images.Rows));

    private byte[] Bytes(OnnxImageClassificationOptions options)
    {
        using var trained = Fit(options);
        return trained.Model.ToBytes();
    }

    private double Accuracy(FineTunedTransformer trained) =>
        new MLContext(1).MulticlassClassification.Evaluate(trained.Transform(StripedImages.Keyed(_images.Rows))).MicroAccuracy;

    private (List<float[]> Features, List<uint> Labels) Features()
    {
        var view = StripedImages.Keyed(_images.Rows);
        var features = new MLContext(1).Transforms.ExtractFeatures(new ExtractFeaturesOptions { Backbone = _images.Backbone, UseCache = false }).Fit(view).Transform(view);
        return ([.. features.GetColumn<float[]>("Features")], [.. features.GetColumn<uint>("Label")]);
    }

    private static float[] Weights(OnnxModel model, string name) => Initializers.Floats(model.Proto.Graph.Initializer.Single(tensor => tensor.Name == name));

    private sealed class NoRow;

    private sealed class ReadRow
    {
        public string ImagePath { get; set; } = "";

        public string Class { get; set; } = "";
    }

    private sealed class BytesRow
    {
        public byte[] Features { get; set; } = [];

        public string Class { get; set; } = "";
    }
}
