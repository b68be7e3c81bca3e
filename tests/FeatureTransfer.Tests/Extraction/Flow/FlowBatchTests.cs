using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Extraction.Sessions;

namespace FeatureTransfer.Tests.Extraction.Flow;

/// <summary>A batch knows which of its slots hold an image.</summary>
public class FlowBatchTests
{
    [Test]
    public void Filled_SlotGivenBackBeforeAnother_IsNotCounted()
    {
        var batch = new FlowBatch<int>(new TensorPool(new RowShapes([2], [1])), 3);
        var (cached, decoded) = (batch.Take(), batch.Take());

        batch.GiveBack(cached);
        batch.Fill(decoded, new FlowTicket<int>(new FlowInput<int>(new FeatureInput("image", null), 7)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(batch.Rows, Is.EqualTo(2), "the gap is run along");
            Assert.That(batch.Filled, Is.EqualTo(1));
            Assert.That(batch.IsStill);
        }
    }
}
