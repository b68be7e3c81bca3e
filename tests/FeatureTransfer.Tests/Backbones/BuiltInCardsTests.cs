using FeatureTransfer.Backbones;

namespace FeatureTransfer.Tests.Backbones;

public class BuiltInCardsTests
{
    [TestCaseSource(typeof(BuiltInCards), nameof(BuiltInCards.Ids))]
    public void Read_Id_IsThatOfTheCard(string id)
    {
        var card = BuiltInCards.Read(id);
        Assert.That((card.Id, card.Origin), Is.EqualTo((id, $"onnx-models/{id}.json")));
    }

    [Test]
    public void Ids_HoldTheDefaultBackbone() => Assert.That(BuiltInCards.Ids, Does.Contain("resnet_18.mlnet").And.None.Contains("schema"));
}
