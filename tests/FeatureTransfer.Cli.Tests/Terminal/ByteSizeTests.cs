using FeatureTransfer.Cli.Terminal;

namespace FeatureTransfer.Cli.Tests.Terminal;

public class ByteSizeTests
{
    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1000, "1 KB")]
    [TestCase(69_120_000, "69.1 MB")]
    [TestCase(5_000_000_000_000_000, "5000 TB")]
    [TestCase(-1500, "-1.5 KB")]
    public void Text_Bytes_AreShort(long bytes, string expected) => Assert.That(ByteSize.Text(bytes), Is.EqualTo(expected));

    [TestCase("12", 12)]
    [TestCase("12B", 12)]
    [TestCase("500MB", 500_000_000)]
    [TestCase("1.5 gb", 1_500_000_000)]
    [TestCase("2TB", 2_000_000_000_000)]
    public void TryParse_Size_IsRead(string text, long expected)
    {
        Assert.That(ByteSize.TryParse(text, out var bytes));
        Assert.That(bytes, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("GB")]
    [TestCase("1XB")]
    [TestCase("1BB")]
    [TestCase("-1")]
    [TestCase("99999999TB")]
    public void TryParse_NoSize_IsRefused(string text) => Assert.That(ByteSize.TryParse(text, out _), Is.False);
}
