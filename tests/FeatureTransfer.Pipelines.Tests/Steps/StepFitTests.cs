using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Fits every step but trainers and those on images, and reads what it makes.</summary>
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
    ];

    [TestCaseSource(nameof(_chains))]
    public void Fit_EveryStep_MakesItsColumnForEveryRow(params PipelineStep[] chain)
    {
        var view = Run(chain);
        var name = chain[^1] switch { OutputStep step => step.Output, _ => "Out" };
        Assert.That(view.Preview(Rows).RowView.Select(row => row.Values.Last(value => value.Key == name).Value), Has.Exactly(Rows).Not.Null);
    }

    [Test]
    public void Chains_AndTheOtherTests_HaveEveryStep()
    {
        var images = StepTable.All.TakeWhile(step => step.Name != "CopyColumns").Select(step => step.Name);
        var tested = _chains.SelectMany(chain => chain).Select(StepTable.NameOf).Concat(["DropColumns", "SelectColumns", "FineTune", "ImageClassification", "ClassWeights", "Gate", "Ensemble", "Cascade", "AdaptFeatures", "ImportanceWeights", "EraseConcept", "ClassDistance"]);
        var trainers = TrainerKinds.All.Select(kind => kind.Info.Name);
        Assert.That(tested.Concat(images).Concat(trainers).Distinct(), Is.EquivalentTo(StepTable.All.Select(step => step.Name)), "trainers are found and tested by TrainerFitTests, steps of steps by CompositePipelineTests and CascadePipelineTests");
    }

    [TestCaseSource(nameof(_chains))]
    public void Save_EveryStep_LoadsAndMakesTheSameColumns(params PipelineStep[] chain) => AssertSaves(chain);

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

    [Test]
    public void Fit_ClassWeights_AreForTrainingAlone([Values("Label", "Key")] string label)
    {
        var weighted = new LbfgsMaximumEntropyStep { LabelColumn = "Key", FeatureColumn = "Vector", ExampleWeightColumn = "Weight", NumberOfThreads = 1 };
        Assert.That(Run(_key, new ClassWeightsStep { LabelColumn = label }, weighted).Schema.Select(column => column.Name), Does.Contain("Score").And.Not.Contain("Weight"));
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
