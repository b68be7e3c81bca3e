using FeatureTransfer.Cascades;

namespace FeatureTransfer.Tests.Cascades;

public class DetectedObjectTests
{
    [TestCase(0, 0, 2, 2, 1f)]
    [TestCase(1, 0, 3, 2, 1 / 3f)]
    [TestCase(1, 1, 3, 3, 1 / 7f)]
    [TestCase(2, 0, 4, 2, 0f)]
    [TestCase(0, 0, 1, 1, 1 / 4f)]
    [TestCase(5, 5, 5, 5, 0f)]
    public void Overlap_TwoBoxes_IsIntersectionOverUnion(float left, float top, float right, float bottom, float expected)
    {
        var (one, other) = (Box(0, 0, 2, 2, 1), Box(left, top, right, bottom, 1));
        Assert.That(one.Overlap(other), Is.EqualTo(expected).Within(1e-6));
        Assert.That(other.Overlap(one), Is.EqualTo(expected).Within(1e-6));
    }

    [TestCase(1, 0, 1, 2)]
    [TestCase(0, 1, 2, 1)]
    [TestCase(1, 1, 1, 1)]
    public void Overlap_SameBoxWithoutAnArea_IsNone(float left, float top, float right, float bottom)
    {
        var box = Box(left, top, right, bottom, 1);
        Assert.That(box.Overlap(box), Is.Zero);
    }

    // 0 to 3 and 1 to 4 overlap by 1/2, 0 to 3 and 2 to 5 by 1/5.
    [TestCase(0.49f, new[] { 0.9f, 0.7f })]
    [TestCase(0.5f, new[] { 0.9f, 0.8f, 0.7f })]
    [TestCase(0.1f, new[] { 0.9f })]
    public void Best_OverlappingBoxes_KeepsTheBetter(float most, float[] kept) => Assert.That(
        DetectedObject.Best([Box(2, 0, 5, 1, 0.7f), Box(0, 0, 3, 1, 0.9f), Box(1, 0, 4, 1, 0.8f)], new ObjectDetectorOptions { MaxOverlap = most }).Select(one => one.Score), Is.EqualTo(kept));

    [TestCase(true, 1)]
    [TestCase(false, 2)]
    public void Best_SameBoxUnderTwoLabels_IsGivenOnceAcrossLabels(bool across, int count) => Assert.That(
        DetectedObject.Best([Box(0, 0, 1, 1, 0.9f), Box(0, 0, 1, 1, 0.8f) with { Class = 1 }], new ObjectDetectorOptions { SuppressesAcrossLabels = across }), Has.Count.EqualTo(count));

    [Test]
    public void Best_MoreThanTheMost_KeepsThoseOfTheHighestScores() => Assert.That(
        DetectedObject.Best([Box(0, 0, 1, 1, 0.1f), Box(2, 0, 3, 1, 0.3f), Box(4, 0, 5, 1, 0.2f)], new ObjectDetectorOptions { MaxObjects = 2 }).Select(one => one.Score), Is.EqualTo(new[] { 0.3f, 0.2f }));

    [Test]
    public void Find_Heatmap_GivesPeaksWithTheirSides()
    {
        // One class, 3 x 4 cells of 4 pixels; 0.6 is beside 0.9, and 0.2 too low.
        var heatmap = new CascadeTensor(new[] { 0, 0.9f, 0.6f, 0, 0, 0, 0, 0, 0.2f, 0, 0, 0.5f }, 1, 1, 3, 4);
        var sides = new CascadeTensor(Enumerable.Range(0, 4).SelectMany(side => Enumerable.Repeat(4f * (side + 1), 12)).ToArray(), 1, 4, 3, 4);
        Assert.That(CenterNetPeaks.Find(heatmap, sides, 4, _ => true, 0.3f), Is.EqualTo(new[] { new DetectedObject(0, -2, 4, 4, 0.9f, 0), new DetectedObject(2, 0, 6, 6, 0.5f, 0) }));
    }

    private static DetectedObject Box(float left, float top, float right, float bottom, float score) => new(left, top, right, bottom, score, 0);
}
