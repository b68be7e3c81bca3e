using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Backbones;

public class RawPixelsTests
{
    [Test]
    public void Features_OfAnImage_AreItsPixelsByChannel()
    {
        var folder = Directory.CreateTempSubdirectory("ft-pixels-").FullName;
        try
        {
            var path = Path.Combine(folder, "red.png");
            File.WriteAllBytes(path, TestImages.SolidPng(40, 50, 255, 51, 0));
            using var predictor = new FeaturePredictor(new ExtractFeaturesOptions { Backbone = RawPixels.Id, UseCache = false }, new FeatureTransferServices { Backbones = new BackboneStore(folder) });
            var features = predictor.Predict(path);
            Assert.That(features, Has.Length.EqualTo(3 * 32 * 32));
            Assert.That(new[] { features[0], features[1024], features[2048] }, Is.EqualTo(new[] { 1f, 0.2f, 0f }).Within(1e-6f));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
