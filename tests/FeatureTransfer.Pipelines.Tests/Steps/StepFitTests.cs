using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Fits every step but those on images, and reads what it makes.</summary>
public class StepFitTests
{
    private const int Rows = 30;

    private static readonly PipelineStep _key = new MapValueToKeyStep { Output = "Key", Input = "Label" };

    private static readonly PipelineStep[][] _chains =
    [
        [new CopyColumnsStep { Output = "Out", Input = "Vector" }],
        [new ConcatenateStep { Output = "Out", Inputs = ["Vector", "Number"] }],
        [_key],
        [_key, new MapKeyToValueStep { Output = "Out", Input = "Key" }],
        [_key, new MapKeyToVectorStep { Output = "Out", Input = "Key" }],
        [new ConvertTypeStep { Output = "Out", Input = "Number", OutputKind = DataKind.Double }],
        [new OneHotEncodingStep { Output = "Out", Input = "Label" }],
        [new OneHotHashEncodingStep { Output = "Out", Input = "Label", NumberOfBits = 4 }],
        [new NormalizeMeanVarianceStep { Output = "Out", Input = "Vector" }],
        [new NormalizeMinMaxStep { Output = "Out", Input = "Vector" }],
        [new NormalizeLogMeanVarianceStep { Output = "Out", Input = "Vector" }],
        [new NormalizeBinningStep { Output = "Out", Input = "Vector", MaximumBinCount = 4 }],
        [new NormalizeRobustScalingStep { Output = "Out", Input = "Vector" }],
        [new NormalizeLpNormStep { Output = "Out", Input = "Vector" }],
        [new NormalizeGlobalContrastStep { Output = "Out", Input = "Vector" }],
        [new ProjectToPrincipalComponentsStep { Output = "Out", Input = "Vector", Rank = 2, OverSampling = 1 }],
        [new ReplaceMissingValuesStep { Output = "Out", Input = "Number" }],
        [new IndicateMissingValuesStep { Output = "Out", Input = "Number" }],
        [new SelectFeaturesBasedOnCountStep { Output = "Out", Input = "Vector" }],
        [_key, new SelectFeaturesBasedOnMutualInformationStep { Output = "Out", Input = "Vector", LabelColumn = "Key", SlotsInOutput = 2 }],
        [new FeaturizeTextStep { Output = "Out", Inputs = ["Label"], OutputTokensColumn = "Words" }],
        [new FeaturizeTextStep { Output = "Out", Inputs = ["Label"], CharFeatureExtractor = null, WordFeatureExtractor = new NgramOptions { Weighting = Microsoft.ML.Transforms.Text.NgramExtractingEstimator.WeightingCriteria.TfIdf } }],
        [_key, new LbfgsMaximumEntropyStep { LabelColumn = "Key", FeatureColumn = "Vector" }],
        [_key, new SdcaMaximumEntropyStep { LabelColumn = "Key", FeatureColumn = "Vector" }],
        [_key, new SdcaNonCalibratedStep { LabelColumn = "Key", FeatureColumn = "Vector" }],
        [_key, new NaiveBayesStep { LabelColumn = "Key", FeatureColumn = "Vector" }],
    ];

    private static readonly IBinaryTrainerStep[] _binary =
    [
        new LbfgsLogisticRegressionStep { FeatureColumn = "Vector", L1Regularization = 0, L2Regularization = 0.01f },
        new SdcaLogisticRegressionStep { FeatureColumn = "Vector" },
        new AveragedPerceptronStep { FeatureColumn = "Vector" },
        new LinearSvmStep { FeatureColumn = "Vector", NumberOfIterations = 20 },
        new SgdCalibratedStep { FeatureColumn = "Vector", LearningRate = 0.1 },
    ];

    [TestCaseSource(nameof(_chains))]
    public void Fit_EveryStep_MakesItsColumnForEveryRow(params PipelineStep[] chain)
    {
        var view = Run(chain);
        var name = chain[^1] switch { OutputStep step => step.Output, TrainerStep => "Score", _ => "Out" };
        Assert.That(view.Preview(Rows).RowView.Select(row => row.Values.Last(value => value.Key == name).Value), Has.Exactly(Rows).Not.Null);
    }

    [TestCaseSource(nameof(_binary))]
    public void Fit_TrainerOfSeveralBinaryOnes_SeparatesTheClasses(IBinaryTrainerStep binary)
    {
        Assert.That(Accuracy(new OneVersusAllStep { BinaryEstimator = binary, LabelColumn = "Key" }), Is.GreaterThan(0.6), "chance is 0.33");
        Assert.That(Accuracy(new PairwiseCouplingStep { BinaryEstimator = binary, LabelColumn = "Key" }), Is.GreaterThan(0.6), "chance is 0.33");
    }

    [Test]
    public void Chains_AndTheOtherTests_HaveEveryStep()
    {
        var images = StepTable.All.TakeWhile(step => step.Name != "CopyColumns").Select(step => step.Name);
        var tested = _chains.SelectMany(chain => chain).Select(StepTable.NameOf).Concat(["DropColumns", "SelectColumns", "OneVersusAll", "PairwiseCoupling", "FineTune", "ImageClassification"]);
        Assert.That(tested.Concat(images).Distinct(), Is.EquivalentTo(StepTable.All.Select(step => step.Name)));
    }

    [TestCaseSource(nameof(_chains))]
    public void Save_EveryStep_LoadsAndMakesTheSameColumns(params PipelineStep[] chain) => AssertSaves(chain);

    [TestCaseSource(nameof(_binary))]
    public void Save_TrainerOfSeveralBinaryOnes_GivesTheSameScores(IBinaryTrainerStep binary)
    {
        AssertSaves(_key, new OneVersusAllStep { BinaryEstimator = binary, LabelColumn = "Key" });
        AssertSaves(_key, new PairwiseCouplingStep { BinaryEstimator = binary, LabelColumn = "Key" });
    }

    [Test]
    public void Fit_DropAndSelectColumns_LeaveTheRightOnes()
    {
        Assert.That(Run(new DropColumnsStep { Columns = ["Number"] }).Schema.Select(column => column.Name), Is.EqualTo(new[] { "Label", "Vector" }));
        Assert.That(Run(new SelectColumnsStep { Columns = ["Number"] }).Schema.Select(column => column.Name), Is.EqualTo(new[] { "Number" }));
    }

    [Test]
    public void Fit_OptionsOfAStep_ReachTheEstimator()
    {
        Assert.That(Run(new ProjectToPrincipalComponentsStep { Output = "Out", Input = "Vector", Rank = 3, OverSampling = 1 }).Schema["Out"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 3)));
        Assert.That(Run(new ConvertTypeStep { Output = "Out", Input = "Number", OutputKind = DataKind.Double }).Schema["Out"].Type, Is.EqualTo(NumberDataViewType.Double));
        Assert.That(Run(new OneHotHashEncodingStep { Output = "Out", Input = "Label", NumberOfBits = 3 }).Schema["Out"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 8)));
    }

    private static void AssertSaves(params PipelineStep[] chain)
    {
        var (ml, rows) = (new MLContext(1), Data());
        var model = ChainModel.Fit(chain, rows, new StepBuild(ml, FeatureTransferServices.Default, null));
        using var file = new MemoryStream();
        ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var (before, after) = (model.Transform(rows), ml.Model.Load(file, out _).Transform(rows));
        Assert.That(after.Schema.Select(column => $"{column.Name} {column.Type}"), Is.EqualTo(before.Schema.Select(column => $"{column.Name} {column.Type}")));
        foreach (var column in before.Schema.Where(column => column.Type is VectorDataViewType { Size: > 0 } vector && vector.ItemType.RawType == typeof(float)))
            Assert.That(after.GetColumn<float[]>(column.Name), Is.EqualTo(before.GetColumn<float[]>(column)), column.Name);
    }

    private static double Accuracy(MetaTrainerStep trainer)
    {
        var view = Run(_key, trainer);
        return new MLContext(1).MulticlassClassification.Evaluate(view, "Key").MacroAccuracy;
    }

    private static IDataView Run(params PipelineStep[] chain)
    {
        var rows = Data();
        return ChainModel.Fit(chain, rows, new StepBuild(new MLContext(1), FeatureTransferServices.Default, null)).Transform(rows);
    }

    private static Table Data()
    {
        var random = new Random(3);
        string[] labels = ["one", "two", "three"];
        return new Table(Rows)
            .With("Label", [.. Enumerable.Range(0, Rows).Select(row => labels[row % 3])])
            .With("Number", [.. Enumerable.Range(0, Rows).Select(row => row % 7 == 0 ? float.NaN : row)])
            .With("Vector", [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, 4).Select(slot => (slot == row % 3 ? 2f : 0f) + random.NextSingle()).ToArray())]);
    }
}
