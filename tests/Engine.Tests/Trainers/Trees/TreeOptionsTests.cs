using Engine.Tests.Golden;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Engine.Tests.Trainers.Trees;

[TestFixture]
public class TreeOptionsTests
{
    [Test]
    public void Defaults_OfBoostedTrees_AreMLNets()
    {
        Assert.That(OptionDefaults.Differences("trainers-binary", new FastTreeBinaryTrainer.Options()), Is.Empty);
        Assert.That(OptionDefaults.Differences("trainers-regression", new FastTreeRegressionTrainer.Options()), Is.Empty);
    }

    [Test]
    public void Defaults_OfForests_AreMLNets()
    {
        Assert.That(OptionDefaults.Differences("trainers-binary", new FastForestBinaryTrainer.Options()), Is.Empty);
        Assert.That(OptionDefaults.Differences("trainers-regression", new FastForestRegressionTrainer.Options()), Is.Empty);
    }

    [Test]
    public void Constructor_SettingOutOfRange_Throws()
    {
        var trainers = new MLContext(1).Regression.Trainers;

        Assert.That(() => trainers.FastTree(numberOfLeaves: 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => trainers.FastTree(new FastTreeRegressionTrainer.Options { FeatureFraction = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => trainers.FastForest(minimumExampleCountPerLeaf: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCaseSource(nameof(Unsupported))]
    public void Constructor_SettingThatIsNotSupported_SaysSo(string name, FastTreeRegressionTrainer.Options options)
    {
        Assert.That(
            () => new MLContext(1).Regression.Trainers.FastTree(options),
            Throws.InstanceOf<NotSupportedException>().With.Message.StartsWith(name).And.Message.Contains("leave it"));
    }

    [Test]
    public void Differences_OptionsThatThrow_AreListed()
    {
        string page = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Surface", "differences.md"));

        Assert.That(Unsupported().Select(c => (string)c.Arguments[0]!).Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<TestCaseData> Unsupported() =>
    [
        new("EntropyCoefficient", new FastTreeRegressionTrainer.Options { EntropyCoefficient = 0.1 }),
        new("CategoricalSplit", new FastTreeRegressionTrainer.Options { CategoricalSplit = true }),
        new("Smoothing", new FastTreeRegressionTrainer.Options { Smoothing = 0.1 }),
        new("UseLineSearch", new FastTreeRegressionTrainer.Options { UseLineSearch = true }),
        new("OptimizationAlgorithm", new FastTreeRegressionTrainer.Options
        {
            OptimizationAlgorithm = BoostedTreeOptions.OptimizationAlgorithmType.ConjugateGradientDescent,
        }),
        new("GetDerivativesSampleRate", new FastTreeRegressionTrainer.Options { GetDerivativesSampleRate = 2 }),
        new("RandomStart", new FastTreeRegressionTrainer.Options { RandomStart = true }),
    ];
}
