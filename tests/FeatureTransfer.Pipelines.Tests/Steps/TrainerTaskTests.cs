using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>Trainers whose task, or whose options, are not the pipeline's are told apart before any data move.</summary>
public class TrainerTaskTests
{
    private static readonly object[] _strange =
    [
        new object[] { new FastTreeStep { UnbalancedSets = true }, PipelineTask.Regression, "unbalancedSets", "binary" },
        new object[] { new FastForestStep { ShuffleLabels = true }, PipelineTask.Binary, "shuffleLabels", "regression" },
        new object[] { new LightGbmStep { UseSoftmax = true }, PipelineTask.Binary, "useSoftmax", "multiclass" },
        new object[] { new LightGbmStep { WeightOfPositiveExamples = 2 }, PipelineTask.Multiclass, "weightOfPositiveExamples", "binary" },
        new object[] { new SdcaNonCalibratedStep { PositiveInstanceWeight = 2 }, PipelineTask.Multiclass, "positiveInstanceWeight", "binary" },
        new object[] { new OneVersusAllStep { BinaryEstimator = new FastForestStep { ShuffleLabels = true } }, PipelineTask.Multiclass, "shuffleLabels", "regression" },
    ];

    [Test]
    public void Check_TrainerOfTwoClassesForSeveral_SaysHowToWrapIt() =>
        Assert.That(
            () => StepTable.Check(new FastTreeStep(), PipelineTask.Multiclass),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("binary and regression").And.Message.Contains("""{ "type": "OneVersusAll", "binaryEstimator": { "type": "FastTree" } }""").And.Message.Contains("\"task\""));

    [TestCase(PipelineTask.Binary)]
    [TestCase(PipelineTask.Regression)]
    public void Check_TrainerOfSeveralClassesForAnotherTask_SaysWhichTasksItHas(PipelineTask task) =>
        Assert.That(
            () => StepTable.Check(new NaiveBayesStep(), task),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("NaiveBayes").And.Message.Contains("multiclass").And.Message.Not.Contains("OneVersusAll"));

    [TestCaseSource(nameof(_strange))]
    public void Check_OptionOfAnotherCatalog_IsNamedWithTheTaskThatHasIt(PipelineStep step, PipelineTask task, string option, string owner) =>
        Assert.That(() => StepTable.Check(step, task), Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"\"{option}\"").And.Message.Contains($"in the task {owner} alone"));

    [Test]
    public void Check_OptionAtItsDefault_IsNotStrange() =>
        Assert.That(() => StepTable.Check(new LightGbmStep { Sigmoid = 0.5 }, PipelineTask.Regression), Throws.Nothing);

    [Test]
    public void Create_OfAnotherTask_ChecksToo() =>
        Assert.That(
            () => StepTable.Create(new GamStep(), new StepBuild(new MLContext(1), FeatureTransferServices.Default, null)),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("OneVersusAll"));

    [Test]
    public void Check_StepThatIsNoTrainer_SuitsEveryTask() =>
        Assert.That(() => Enum.GetValues<PipelineTask>().ToList().ForEach(task => StepTable.Check(new NormalizeMinMaxStep { Output = "Out" }, task)), Throws.Nothing);
}
