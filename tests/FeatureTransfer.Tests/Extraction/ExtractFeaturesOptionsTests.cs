using FeatureTransfer.Extraction;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Extraction;

public class ExtractFeaturesOptionsTests
{
    [Test]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new ExtractFeaturesOptions { Backbone = "b" };
        Assert.Multiple(() =>
        {
            Assert.That((options.OutputColumnName, options.InputColumnName), Is.EqualTo(("Features", "ImagePath")));
            Assert.That(options.UseCache, Is.True);
            Assert.That(new object?[] { options.Layers, options.Pooling, options.Preprocessing, options.BatchSize, options.DecodeThreads, options.IntraOpThreads, options.Sessions }, Has.All.Null);
            Assert.That(options.Validate, Throws.Nothing);
        });
    }

    [Test]
    public void Validate_ManyFaults_NamesAllAtOnce()
    {
        var options = new ExtractFeaturesOptions { Backbone = " ", OutputColumnName = "", InputColumnName = "", BatchSize = 0, DecodeThreads = 0, IntraOpThreads = -1, Sessions = 0 };
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        foreach (var name in new[] { "Backbone", "OutputColumnName", "InputColumnName", "BatchSize is 0", "DecodeThreads is 0", "IntraOpThreads is -1", "Sessions is 0" })
            Assert.That(message, Does.Contain(name));
    }

    [TestCase(1, true)]
    [TestCase(1024, true)]
    [TestCase(1025, false)]
    public void Estimator_BatchSize_IsCheckedWhenItIsMade(int size, bool allowed) => Assert.That(
        () => new MLContext().Transforms.ExtractFeatures(new ExtractFeaturesOptions { Backbone = "b", BatchSize = size }),
        allowed ? Throws.Nothing : Throws.ArgumentException.With.Message.Contains("1 to 1024"));
}
