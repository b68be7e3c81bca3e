namespace FeatureTransfer.Onnx.Tests.Text;

public class NearestNameTests
{
    private static readonly string[] _known = ["block_4_expand_relu", "block_8_expand_relu", "out_relu", "label", "labels"];

    [TestCase("lable", new[] { "label", "labels" })]
    [TestCase("LABEL", new[] { "label", "labels" })]
    [TestCase("block_4_expand_rel", new[] { "block_4_expand_relu", "block_8_expand_relu" })]
    [TestCase("8_expand", new[] { "block_8_expand_relu" })]
    [TestCase("entirely different", new string[0])]
    public void Find_NearOnes_NearestFirst(string name, string[] expected) => Assert.That(NearestName.Find(name, _known).Take(2), Is.EqualTo(expected));

    [Test]
    public void Find_Most_LimitsThem() => Assert.That(NearestName.Find("lable", _known, most: 1), Is.EqualTo(new[] { "label" }));

    [Test]
    public void Find_NothingKnown_IsEmpty() => Assert.That(NearestName.Find("", []), Is.Empty);

    [TestCase("lable", " Did you mean 'label'?")]
    [TestCase("entirely different", "")]
    public void Hint_IsASentenceOrNothing(string name, string expected) => Assert.That(NearestName.Hint(name, _known), Is.EqualTo(expected));
}
