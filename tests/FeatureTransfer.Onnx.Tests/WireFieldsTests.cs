namespace FeatureTransfer.Onnx.Tests;

public class WireFieldsTests
{
    [Test]
    public void MoveNext_EachKindOfField_GivesItsNumberAndPlace()
    {
        // 1: the number 300; 2: eight bytes; 3: the text "ab"; 20: four bytes.
        byte[] message = [0x08, 0xAC, 0x02, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1A, 2, (byte)'a', (byte)'b', 0xA5, 0x01, 9, 9, 9, 9];
        var fields = new WireFields(message);
        List<(int Number, bool HoldsBytes, Range Whole, Range Value)> found = [];
        while (fields.MoveNext())
            found.Add((fields.Number, fields.HoldsBytes, fields.Whole, fields.Value));
        Assert.That(found, Is.EqualTo(new[] { (1, false, 0..3, 1..3), (2, false, 3..12, 4..12), (3, true, 12..16, 14..16), (20, false, 16..22, 18..22) }));
        Assert.That(fields.IsBroken, Is.False);
    }

    [TestCase(new byte[] { 0x1A, 3, 1, 2 }, TestName = "{m}_LengthPastTheEnd")]
    [TestCase(new byte[] { 0x11, 1, 2 }, TestName = "{m}_NumberCutOff")]
    [TestCase(new byte[] { 0x08, 0x80 }, TestName = "{m}_NumberWithoutAnEnd")]
    [TestCase(new byte[] { 0x0B, 0x0C }, TestName = "{m}_Group")]
    [TestCase(new byte[] { 0x02, 0 }, TestName = "{m}_NumberZero")]
    [TestCase(new byte[] { 0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, TestName = "{m}_LengthBeyondAnyMemory")]
    [TestCase(new byte[] { 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, TestName = "{m}_NumberOfMoreThan64Bits")]
    [TestCase(new byte[] { 0x88, 0x80, 0x80, 0x80, 0x10, 0 }, TestName = "{m}_TagOfMoreThan32Bits")]
    public void MoveNext_NoField_IsBroken(byte[] message)
    {
        var fields = new WireFields(message);
        Assert.That(fields.MoveNext(), Is.False);
        Assert.That(fields.IsBroken, Is.True);
    }
}
