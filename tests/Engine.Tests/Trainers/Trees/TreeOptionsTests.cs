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

    [Test]
    public void Constructor_SettingThatIsNotSupported_SaysSo()
    {
        var options = new FastTreeRegressionTrainer.Options { DropoutRate = 0.1 };

        Assert.That(() => new MLContext(1).Regression.Trainers.FastTree(options), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("DropoutRate"));
    }
}
