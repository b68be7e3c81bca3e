using FeatureTransfer.Adaptation;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests;

public class PipelineBuilderTests
{
    internal static readonly DataSource[] Sources =
    [
        new ImageFolderSource { Path = "photos", Extensions = [".png"], Limit = 7 },
        new CsvSource { Path = "a.csv", Image = null, Label = "class", Numbers = ["x", "y"] },
        new TsvSource { Path = "a.tsv", Group = "who", GroupPattern = "^[a-z]+" },
        new JsonLinesSource { Path = "a.jsonl", Image = "img/{file}.png" },
        new JsonSource { Path = "a.json", Where = [new WhereClause("kind", ["a", "b"]), new WhereClause("ok", ["true"])] },
        new SqlSource { Query = "SELECT * FROM data", Database = "a.sqlite", Image = "photo", Name = "sku", Label = "class" },
        new ParquetSource { Path = "*.parquet", Image = "image", Group = "who", Where = [new WhereClause("kind", ["a"])], Limit = 9 },
        new ZipSource { Path = "a.zip", Root = "flowers", Extensions = [".jpg"] },
        new TarSource { Path = "a.tar.gz", Limit = 3 },
        new ListSource { Items = [new ListItem { Path = "1.png", Label = "a" }, new ListItem { Path = "2.png", Label = "b", Group = "g" }] },
    ];

    [TestCaseSource(nameof(Sources))]
    public void Build_EveryStepAndOption_WritesAndReadsBackEqual(DataSource data)
    {
        var definition = Everything(data);
        var json = PipelineWriter.ToJson(definition);
        Assert.That(PipelineReader.Parse(json, "p.json"), Is.EqualTo(definition), json);
    }

    [Test]
    public void Append_KeepsTheFormerBuilderAsItWas()
    {
        var first = PipelineDefinition.From(Sources[0]).Append(new LbfgsMaximumEntropyStep());
        first.Append(new MapKeyToValueStep { Output = "PredictedLabel" });
        Assert.That(first.Build().Estimators, Has.Count.EqualTo(1));
    }

    [Test]
    public void Equals_OtherValueDeepInside_IsFalse()
    {
        var one = PipelineDefinition.From(Sources[0]).Append(new ConcatenateStep { Output = "F", Inputs = ["a", "b"] }).Build();
        var same = PipelineDefinition.From(Sources[0]).Append(new ConcatenateStep { Output = "F", Inputs = ["a", "b"] }).Build();
        var other = PipelineDefinition.From(Sources[0]).Append(new ConcatenateStep { Output = "F", Inputs = ["a", "c"] }).Build();
        Assert.That(one, Is.EqualTo(same));
        Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(other));
    }

    [Test]
    public void ToJson_StepThatIsNotInTheTable_SaysSo() =>
        Assert.That(() => PipelineWriter.ToJson(PipelineDefinition.From(Sources[0]).Append(new ForeignStep()).Build()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("ForeignStep"));

    /// <summary>A pipeline with every step, and every option another than the default.</summary>
    internal static PipelineDefinition Everything(DataSource data) => PipelineDefinition.From(data, "everything")
        .Seed(-5)
        .Split(new SplitOptions { TestFraction = 0.25, Stratified = false, GroupPattern = "(a|b)", Folds = 3, Repeats = 2 })
        .Append(new ExtractFeaturesStep
        {
            Backbone = "b.onnx",
            Output = "F",
            Input = "P",
            Layers = ["one", "two"],
            Pooling = Pooling.Gem,
            Preprocessing = new PreprocessingOverride { Height = 96, Resize = ResizeMode.Pad, Interpolation = Interpolation.Lanczos3, Scale = 0.1f, Mean = [0.485f, 0.456f, 0.406f] },
            BatchSize = 3,
            DecodeThreads = 2,
            IntraOpThreads = null,
            Sessions = 4,
            UseCache = false,
        })
        .Append(new CopyColumnsStep { Output = "C", Input = "F" })
        .Append(new ConcatenateStep { Output = "Features", Inputs = ["F", "C"] })
        .Append(new DropColumnsStep { Columns = ["C"] })
        .Append(new MapValueToKeyStep { Output = "Key", Input = "Label" })
        .Append(new NormalizeMeanVarianceStep { Output = "Features", FixZero = false })
        .Append(new NormalizeMinMaxStep { Output = "Features", FixZero = false })
        .Append(new LbfgsMaximumEntropyStep { LabelColumn = "Key", L1Regularization = 0.1f, L2Regularization = 0.3f, OptimizationTolerance = 1e-5f, HistorySize = 5, EnforceNonNegativity = true })
        .Append(new MapKeyToValueStep { Output = "PredictedLabel" })
        .Evaluate(new EvaluationOptions { LabelColumn = "Label", MaxRejectedShare = 0.5 })
        .Search(new SearchOptions
        {
            Options = [SearchedOption.AmongLists("estimators[0].layers", ["one"], ["${two}"]), SearchedOption.Among("estimators[7]", new NaiveBayesStep(), new LbfgsMaximumEntropyStep { LabelColumn = "Key" }), SearchedOption.Between("estimators[7].l2Regularization", 1e-5, 0.1, SearchScale.Log), SearchedOption.Between("estimators[0].batchSize", 1, 9, whole: true)],
            Strategy = SearchStrategy.Random,
            Trials = 7,
            Minutes = 0.5,
            Folds = 4,
            Reduction = 2,
            FirstRows = 11,
        })
        .Target(new TargetOptions { Data = data, Methods = [AdaptationMethod.Coral, AdaptationMethod.Tca], Weights = [ImportanceMethod.Kliep], TestFraction = 0.4, Significance = 0.01 })
        .Write(new OutputOptions { Folder = "${HOME}/out", Bundle = null, Report = "r.html" })
        .Build();

    private sealed record ForeignStep : PipelineStep;
}
