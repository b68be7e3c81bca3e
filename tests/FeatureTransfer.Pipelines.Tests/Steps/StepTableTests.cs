using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Steps;

public class StepTableTests
{
    [Test]
    public void All_EveryStepAndOption_IsDocumentedOnce()
    {
        Assert.That(StepTable.All.Select(step => step.Name), Is.Unique);
        foreach (var step in StepTable.All)
        {
            Assert.That(step.Summary, Is.Not.Empty, step.Name);
            Assert.That(step.Options.Select(option => option.Name), Is.Unique, step.Name);
            Assert.That(step.Options, Has.All.Matches<OptionInfo>(option => option is { Description.Length: > 0, Expected.Length: > 0 } && option.Required == (option.Default is null)), step.Name);
        }
    }

    [Test]
    public void All_EverySubclassOfPipelineStep_IsInTheTable()
    {
        var steps = typeof(PipelineStep).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PipelineStep)) && !type.IsAbstract).Select(type => type.Name);
        Assert.That(StepTable.All.Select(step => step.Name + "Step"), Is.EquivalentTo(steps));
    }

    [Test]
    public void Trains_FrozenSteps_DoNot() =>
        Assert.That(StepTable.All.Where(step => !step.Trains).Select(step => step.Name), Is.EquivalentTo(new[]
        {
            "ExtractFeatures", "LoadImages", "LoadRawImageBytes", "ResizeImages", "ConvertToGrayscale", "ExtractPixels", "ApplyOnnxModel",
            "CopyColumns", "Cascade", "Concatenate", "DropColumns", "SelectColumns", "NormalizeLpNorm", "NormalizeGlobalContrast",
        }));

    [Test]
    public void PreprocessingOverride_LaysOverTheCardOnlyWhatIsGiven()
    {
        var card = new ImagePreprocessing { Height = 299, Width = 299, CropFraction = 0.875, Mean = [0.5f, 0.5f, 0.5f] };
        var preprocessing = new PreprocessingOverride { Resize = ResizeMode.Stretch, Width = 128 }.Apply(card);
        Assert.That(preprocessing, Is.EqualTo(card with { Resize = ResizeMode.Stretch, Width = 128 }));
        Assert.That(new PreprocessingOverride().Apply(card), Is.EqualTo(card));
    }

    [Test]
    public void PreprocessingOverride_OutOfRange_SaysWhichSetting() =>
        Assert.That(() => new PreprocessingOverride { Std = [0f, 1f, 1f] }.Apply(new ImagePreprocessing()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("preprocessing").And.Message.Contains("Std"));
}
