using System.Text;

namespace FeatureTransfer.Tests;

public class Crc32CTests
{
    // The check value of the CRC catalogue's CRC-32/ISCSI, which is this one.
    [Test]
    public void Of_NineDigits_IsTheCheckValue() => Assert.That(Crc32C.Of("123456789"u8), Is.EqualTo(0xE3069283));

    [Test]
    public void Of_Files_IsThatOfTheirBytesInOrder()
    {
        var folder = Directory.CreateTempSubdirectory("ft-crc-").FullName;
        try
        {
            var (first, second) = (Path.Combine(folder, "1"), Path.Combine(folder, "2"));
            var bytes = new byte[(1 << 18) + 13];
            new Random(1).NextBytes(bytes);
            File.WriteAllBytes(first, bytes);
            File.WriteAllText(second, "123456789", Encoding.ASCII);
            Assert.That(Crc32C.Of([first, second]), Is.EqualTo(Crc32C.Of([.. bytes, .. "123456789"u8])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
