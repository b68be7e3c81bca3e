using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Vision;
using Architecture = Microsoft.ML.Vision.ImageClassificationTrainer.Architecture;
using Dataset = Microsoft.ML.Vision.ImageClassificationTrainer.ImageClassificationMetrics.Dataset;
using ImageClassificationMetrics = Microsoft.ML.Vision.ImageClassificationTrainer.ImageClassificationMetrics;
using Options = Microsoft.ML.Vision.ImageClassificationTrainer.Options;

namespace Engine.Tests.Vision;

/// <summary>The trainer from encoded images to answers, on a network of mean colours.</summary>
[TestFixture]
public class ImageClassificationTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => TinyBackbone.Save(_folder = Directory.CreateTempSubdirectory("image-classification-").FullName);

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Fit_ThreeColours_TellsThemApart()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Rows(30));
        using var model = Chain(ml, Usual()).Fit(data);

        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(Rows(12, seed: 2))));

        Assert.That(metrics.MicroAccuracy, Is.EqualTo(1));
        Assert.That(metrics.LogLoss, Is.LessThan(0.5));
    }

    [Test]
    public void Schema_OfTheModel_NamesClassesAsTheChainSaid()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Rows(30));
        var options = Usual();
        (options.ScoreColumnName, options.PredictedLabelColumnName) = ("Odds", "Answer");
        var chain = Chain(ml, options);
        using var model = chain.Fit(data);
        var schema = model.GetOutputSchema(data.Schema);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        schema["Odds"].GetSlotNames(ref slots);

        Assert.That(slots.DenseValues().Select(s => s.ToString()), Is.EqualTo(new[] { "red", "green", "blue" }));
        Assert.That(schema["Answer"].Type, Is.EqualTo(new KeyDataViewType(typeof(uint), 3)));
        Assert.That(schema.GetColumnOrNull("Score"), Is.Null);
        Assert.That(
            chain.GetOutputSchema(SchemaShape.Create(data.Schema)).Select(c => c.Name),
            Is.EquivalentTo(schema.Where(c => !c.IsHidden).Select(c => c.Name)));
    }

    [TestCase("Score", "PredictedLabel")]
    [TestCase("Odds", "Answer")]
    public void Load_SavedModel_GivesTheSameAnswers(string score, string answer)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Rows(30));
        var options = Usual();
        (options.ScoreColumnName, options.PredictedLabelColumnName) = (score, answer);
        using var model = Chain(ml, options).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        stream.Position = 0;

        using var loaded = (IDisposable)new MLContext(2).Model.Load(stream, out _);

        var view = ((ITransformer)loaded).Transform(data);
        Assert.That(view.GetColumn<float[]>(score), Is.EqualTo(model.Transform(data).GetColumn<float[]>(score)));
        Assert.That(view.GetColumn<uint>(answer), Is.EqualTo(model.Transform(data).GetColumn<uint>(answer)));
    }

    [Test]
    public void Predict_OneImage_IsAsInTheBatch()
    {
        var ml = new MLContext(1);
        var rows = Rows(30);
        var data = ml.Data.LoadFromEnumerable(rows);
        using var model = Chain(ml, Usual()).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<Picture, Answer>(model);

        var answers = rows.Select(engine.Predict).ToArray();

        Assert.That(answers.Select(a => a.PredictedLabel), Is.EqualTo(rows.Select(r => r.Label)));
        Assert.That(answers.Select(a => a.Score), Is.EqualTo(model.Transform(data).GetColumn<float[]>("Score")).Within(1e-6));
    }

    [Test]
    public void CrossValidate_ThreeFolds_AllLearn()
    {
        var ml = new MLContext(1);
        var options = Usual();
        options.EarlyStoppingCriteria = new(patience: 5);

        var folds = ml.MulticlassClassification.CrossValidate(ml.Data.LoadFromEnumerable(Rows(45)), Chain(ml, options), 3);

        Assert.That(folds.Select(f => f.Metrics.MicroAccuracy), Is.All.EqualTo(1));
    }

    [Test]
    public void Fit_OneSeed_RepeatsExactly()
    {
        float[][] Scores(int seed)
        {
            var ml = new MLContext(seed);
            var data = ml.Data.LoadFromEnumerable(Rows(30));
            using var model = Chain(ml, Usual()).Fit(data);
            return [.. model.Transform(data).GetColumn<float[]>("Score")];
        }

        var first = Scores(3);

        Assert.That(Scores(3), Is.EqualTo(first));
        Assert.That(Scores(4), Is.Not.EqualTo(first));
    }

    [Test]
    public void Callback_OfAFit_TellsImagesThenEpochs()
    {
        var ml = new MLContext(1);
        var told = new List<ImageClassificationMetrics>();
        var options = Usual();
        (options.Epoch, options.MetricsCallback) = (2, told.Add);
        using var model = Chain(ml, options).Fit(ml.Data.LoadFromEnumerable(Rows(30)));

        Assert.That(told.Take(30).Select(m => (m.Bottleneck!.DatasetUsed, m.Bottleneck.Index, m.Train)), Is.EqualTo(Enumerable.Range(1, 30).Select(i => (Dataset.Train, i, (ImageClassificationTrainer.TrainMetrics?)null))));
        Assert.That(told.Skip(30).Select(m => (m.Train!.DatasetUsed, m.Train.Epoch, m.Train.BatchProcessedCount)), Is.EqualTo(new[]
        {
            (Dataset.Train, 0, 3), (Dataset.Validation, 0, 1), (Dataset.Train, 1, 3), (Dataset.Validation, 1, 1),
        }));
        Assert.That(told[0].ToString(), Is.EqualTo("Phase: Bottleneck Computation, Dataset used:      Train, Image Index:   1"));
        Assert.That(told[30].ToString(), Does.StartWith("Phase: Training, Dataset used:      Train, Batch Processed Count:   3, Epoch:   0, Accuracy:").And.EndsWith("Learning Rate:        0.5"));
        Assert.That(told[31].ToString(), Does.StartWith("Phase: Training, Dataset used: Validation, Batch Processed Count:   1, Epoch:   0, Accuracy:").And.Not.Contain("Learning Rate"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Fit_ValidationRows_AreReadFirstAndWhole(bool asArgument)
    {
        var ml = new MLContext(1);
        var told = new List<ImageClassificationMetrics>();
        var keys = ml.Transforms.Conversion.MapValueToKey("Label").Fit(ml.Data.LoadFromEnumerable(Rows(30)));
        var (train, validation) = (keys.Transform(ml.Data.LoadFromEnumerable(Rows(30))), keys.Transform(ml.Data.LoadFromEnumerable(Rows(9))));
        var options = Usual();
        (options.Epoch, options.MetricsCallback, options.ValidationSet) = (1, told.Add, asArgument ? null : validation);
        var trainer = Trainer(ml, options);
        using var model = asArgument ? trainer.Fit(train, validation) : trainer.Fit(train);

        Assert.That(told.Where(m => m.Bottleneck is not null).Select(m => m.Bottleneck!.DatasetUsed), Is.EqualTo(
            Enumerable.Repeat(Dataset.Validation, 9).Concat(Enumerable.Repeat(Dataset.Train, 30))));
        Assert.That(told[^1].Train!.DatasetUsed, Is.EqualTo(Dataset.Validation));
    }

    [Test]
    public void Fit_ImagesThatCannotBeUsed_AreLeftOutAndToldOf()
    {
        var ml = new MLContext(1);
        var warnings = new List<string>();
        ml.Log += (_, e) => warnings.AddRange(e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning ? [e.RawMessage] : []);
        Picture[] rows = [.. Rows(30), new() { Image = [], Label = "red" }, new() { Image = [1, 2, 3, 4, 5], Label = "red" }, new() { Image = Pictures.Plain(255, 0, 0), Label = "" }];
        var data = ml.Data.LoadFromEnumerable(rows);
        using var model = Chain(ml, Usual()).Fit(data);
        var scores = model.Transform(data).GetColumn<float[]>("Score").ToArray();

        Assert.That(warnings, Has.Exactly(1).Contains("Row 30").And.Exactly(1).Contains("it is empty"));
        Assert.That(warnings, Has.Exactly(1).Contains("Row 31").And.Exactly(1).Contains("known format"));
        Assert.That(warnings, Has.Exactly(1).Contains("Row 32").And.Exactly(1).Contains("no label"));
        Assert.That(model.Transform(data).GetColumn<uint>("PredictedLabel").Skip(29), Is.EqualTo(new[] { 3, 0, 0, 1 }));
        Assert.That(scores[30].Concat(scores[31]), Is.All.NaN);
        Assert.That(scores[32], Is.All.Not.NaN);
    }

    [Test]
    public void Fit_Workspace_HoldsTheNetworkThatScores()
    {
        var ml = new MLContext(1);
        var options = Usual();
        (options.WorkspacePath, options.FinalModelPrefix) = (_folder, "colours_");
        var data = ml.Data.LoadFromEnumerable([new Picture { Image = Pictures.Plain(0, 255, 0), Label = "green" }, .. Rows(30)]);
        using var model = Chain(ml, options).Fit(data);
        using var session = new InferenceSession(Path.Combine(_folder, "colours_mobilenet_v2.onnx"));
        var pixels = new float[3 * 8 * 8];
        pixels.AsSpan(64, 64).Fill(1);
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 8, 8]);
        using var run = new RunOptions();
        using var output = session.Run(run, ["pixels"], [input], ["Score"]);

        Assert.That(output[0].GetTensorDataAsSpan<float>().ToArray(), Is.EqualTo(model.Transform(data).GetColumn<float[]>("Score").First()).Within(1e-6));
    }

    [TestCase(1)]
    [TestCase(5)]
    public void Fit_NetworkOfAFixedBatch_LearnsToo(long batch)
    {
        TinyBackbone.Save(_folder, model: TinyBackbone.Model(batch: batch));
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Rows(12));
        using var model = Chain(ml, Usual()).Fit(data);

        Assert.That(ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, Is.EqualTo(1));
    }

    [Test]
    public void Fit_NoBackbone_SaysWhatToDo()
    {
        var ml = new MLContext(1);
        var options = Usual();
        options.Arch = Architecture.ResnetV250;

        Assert.That(() => Chain(ml, options).Fit(ml.Data.LoadFromEnumerable(Rows(6))), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("resnet_v2_50.onnx"));
    }

    [Test]
    public void Fit_OneClass_Throws()
    {
        var ml = new MLContext(1);
        Picture[] rows = [.. Rows(6).Where(r => r.Label == "red")];

        Assert.That(() => Chain(ml, Usual()).Fit(ml.Data.LoadFromEnumerable(rows)), Throws.InvalidOperationException.With.Message.Contains("at least two"));
    }

    [Test]
    public void Fit_StoppingWithoutRowsThatValidate_Throws()
    {
        var ml = new MLContext(1);
        var options = Usual();
        (options.EarlyStoppingCriteria, options.ValidationSetFraction, options.TestOnTrainSet) = (new(), null, false);

        Assert.That(() => Chain(ml, options).Fit(ml.Data.LoadFromEnumerable(Rows(6))), Throws.InvalidOperationException.With.Message.Contains("ValidationSetFraction"));
    }

    [Test]
    public void Fit_TextForImages_NamesBothTypes()
    {
        var ml = new MLContext(1);
        var options = Usual();
        options.FeatureColumnName = "Label";

        Assert.That(
            () => Trainer(ml, options).Fit(ml.Data.LoadFromEnumerable(Rows(6))),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("expected VarVector<Byte>, got String"));
    }

    [Test]
    public void ConvertToOnnx_Decoding_IsRefusedByName()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Rows(30));
        using var model = Chain(ml, Usual()).Fit(data);

        Assert.That(() => ml.Model.ConvertToOnnx(model, data, Stream.Null), Throws.InvalidOperationException.With.Message.Contains("ImageClassification"));
    }

    [Test]
    public void Options_Defaults_AreThoseOfMLNet()
    {
        var options = new Options();

        Assert.That(
            (options.BatchSize, options.Epoch, options.LearningRate, options.Arch, options.ScoreColumnName, options.PredictedLabelColumnName, options.FinalModelPrefix),
            Is.EqualTo((10, 200, 0.01f, Architecture.ResnetV250, "Score", "PredictedLabel", "custom_retrained_model_based_on_")));
        Assert.That(
            (options.TestOnTrainSet, options.ReuseTrainSetBottleneckCachedValues, options.ReuseValidationSetBottleneckCachedValues, options.ValidationSetFraction, options.WorkspacePath),
            Is.EqualTo((true, false, false, (float?)0.1f, (string?)null)));
        Assert.That(
            (options.TrainSetBottleneckCachedValuesFileName, options.ValidationSetBottleneckCachedValuesFileName, options.LabelColumnName, options.FeatureColumnName),
            Is.EqualTo(("trainSetBottleneckFile.csv", "validationSetBottleneckFile.csv", "Label", "Features")));
        Assert.That(options.EarlyStoppingCriteria, Is.Not.Null);
        Assert.That(options.LearningRateScheduler, Is.TypeOf<Microsoft.ML.Trainers.ExponentialLRDecay>());
    }

    private static Options Usual() => new()
    {
        Arch = Architecture.MobilenetV2,
        FeatureColumnName = "Image",
        Epoch = 60,
        LearningRateScheduler = null,
        LearningRate = 0.5f,
        EarlyStoppingCriteria = null,
    };

    private static Picture[] Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        byte Dark() => (byte)random.Next(100);
        byte Light() => (byte)random.Next(156, 256);
        return [.. Enumerable.Range(0, count).Select(i => (i % 3) switch
        {
            0 => new Picture { Image = Pictures.Plain(Light(), Dark(), Dark()), Label = "red" },
            1 => new Picture { Image = Pictures.Plain(Dark(), Light(), Dark()), Label = "green" },
            _ => new Picture { Image = Pictures.Plain(Dark(), Dark(), Light()), Label = "blue" },
        })];
    }

    private ImageClassificationTrainer Trainer(MLContext ml, Options options)
    {
        var trainer = ml.MulticlassClassification.Trainers.ImageClassification(options);
        trainer.BackboneFolders = [_folder];
        return trainer;
    }

    private EstimatorChain<MulticlassPredictionTransformer<ImageClassificationModelParameters>> Chain(MLContext ml, Options options) =>
        ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer(ml, options));

    private sealed class Picture
    {
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
